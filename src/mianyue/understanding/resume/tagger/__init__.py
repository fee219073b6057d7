"""Finds names, employers, titles and degrees in sentences that no rule can read, with a model trained on text of our own."""
