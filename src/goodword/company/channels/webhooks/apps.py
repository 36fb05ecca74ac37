from django.apps import AppConfig


class WebhooksConfig(AppConfig):
    name = "goodword.company.channels.webhooks"
    label = "webhooks"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from ..registry import register  # noqa: PLC0415 - models are loaded by now
        from ..ways import Way  # noqa: PLC0415 - as just said
        from .actions.sending import send  # noqa: PLC0415 - as just said
        from .events import WAY  # noqa: PLC0415 - as just said

        register(Way(WAY, send, repeatable=True))
