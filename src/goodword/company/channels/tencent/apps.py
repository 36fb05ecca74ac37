from django.apps import AppConfig


class TencentConfig(AppConfig):
    name = "goodword.company.channels.tencent"
    label = "tencent"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from ..registry import register  # noqa: PLC0415 - models can be named only now
        from .media import WAY  # noqa: PLC0415 - as just said

        register(WAY)
