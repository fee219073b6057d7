from django.apps import AppConfig


class SandboxConfig(AppConfig):
    name = "mianyue.entrypoints.sandbox"
    label = "sandbox"
