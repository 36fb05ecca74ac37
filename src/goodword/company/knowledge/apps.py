from django.apps import AppConfig


class KnowledgeConfig(AppConfig):
    name = "goodword.company.knowledge"
    label = "knowledge"
    default_auto_field = "django.db.models.BigAutoField"
