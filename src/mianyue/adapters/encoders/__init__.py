"""Encoders of meaning that are not in the house; the bundled one is ``understanding/phrases/bundled.py``."""
