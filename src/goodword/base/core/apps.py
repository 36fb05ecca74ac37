from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "goodword.base.core"
    label = "core"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from . import connections, days, postgres  # noqa: PLC0415 - Django's parts are there only now

        connections.watch()
        days.watch()
        postgres.watch()
