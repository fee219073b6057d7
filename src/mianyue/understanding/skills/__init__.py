"""Knows what people can do by its names in Chinese and English, and finds those names in a text."""
