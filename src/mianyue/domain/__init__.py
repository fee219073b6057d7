"""Remembering: one Django app per room, the same file names in each. Rooms see the rooms below them only."""
