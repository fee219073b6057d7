from django.apps import AppConfig


class InterviewsConfig(AppConfig):
    name = "mianyue.domain.interviews"
    label = "interviews"
    default_auto_field = "django.db.models.BigAutoField"
