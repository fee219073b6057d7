"""Changing attendance, a file per thing that is changed."""
