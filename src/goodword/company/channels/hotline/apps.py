from django.apps import AppConfig


class HotlineConfig(AppConfig):
    name = "goodword.company.channels.hotline"
    label = "hotline"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from ..readers import register_reader  # noqa: PLC0415 - models are loaded by now
        from .actions.reading_again import read_again  # noqa: PLC0415 - as just said
        from .actions.taking import CHANNEL  # noqa: PLC0415 - as just said

        register_reader(CHANNEL, read_again)
