from django.apps import AppConfig


class AppBoxConfig(AppConfig):
    name = "goodword.company.channels.app"
    label = "appbox"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from ..correspondence.registering import register_channel  # noqa: PLC0415 - it names models
        from .sending import WAY  # noqa: PLC0415 - as just said

        register_channel(WAY)
