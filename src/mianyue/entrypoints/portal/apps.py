from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "mianyue.entrypoints.portal"
    label = "portal"
