"""Trains the résumé's entity tagger on invented biographies: ``python -m training.tagger``."""
