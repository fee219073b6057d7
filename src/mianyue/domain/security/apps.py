from django.apps import AppConfig
from django.db.models.signals import post_migrate


class SecurityConfig(AppConfig):
    name = "mianyue.domain.security"
    label = "security"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from mianyue.domain.security.roles import grant_to_application

        post_migrate.connect(grant_to_application, dispatch_uid="mianyue.grants")
