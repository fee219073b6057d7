from django.apps import AppConfig


class RecruitingConfig(AppConfig):
    name = "mianyue.domain.recruiting"
    label = "recruiting"
    default_auto_field = "django.db.models.BigAutoField"
