from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "goodword.doors.web"
    label = "web"
    default_auto_field = "django.db.models.BigAutoField"
