from django.apps import AppConfig


class ApiConfig(AppConfig):
    name = "goodword.doors.api"
    label = "api"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from goodword.wiring.administration.programs import lend  # noqa: PLC0415 - models are loaded only now

        from .lending import OwnTokens  # noqa: PLC0415 - as just said

        lend(OwnTokens())
