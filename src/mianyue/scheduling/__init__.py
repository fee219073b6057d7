"""Thinking about time: facts in, ranked slots out. Pure: no clock, no database, no network."""
