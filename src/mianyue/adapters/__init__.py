"""Plugs: one file per outside system, no Django, no database. Named once, in ``config/plugs.py``."""
