"""Plugs that word sentences for a letter, one file each; named in ``config/plugs.py``."""
