from django.apps import AppConfig


class RobotsConfig(AppConfig):
    name = "goodword.company.channels.robots"
    label = "robots"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from . import apps_of_platforms, groups  # noqa: PLC0415 - models are loaded by now

        groups.register_here()
        apps_of_platforms.register_here()
