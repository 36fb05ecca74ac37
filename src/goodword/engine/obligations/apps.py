from django.apps import AppConfig


class ObligationsConfig(AppConfig):
    name = "goodword.engine.obligations"
    label = "obligations"
    default_auto_field = "django.db.models.BigAutoField"
