from django.apps import AppConfig


class ConsoleConfig(AppConfig):
    name = "mianyue.entrypoints.console"
    label = "console"
