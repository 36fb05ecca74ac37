from django.apps import AppConfig


class CarriersConfig(AppConfig):
    name = "goodword.company.channels.carriers"
    label = "carriers"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from . import telling  # noqa: PLC0415 - models are loaded by now

        telling.register_here()
