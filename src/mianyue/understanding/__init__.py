"""Thinking about text: résumé → facts, sensitive passages, job keywords. Pure: text in, values out."""
