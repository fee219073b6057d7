"""The command line: ``mianyue …``."""
