from django.apps import AppConfig


class IntakeConfig(AppConfig):
    name = "mianyue.domain.intake"
    label = "intake"
    default_auto_field = "django.db.models.BigAutoField"
