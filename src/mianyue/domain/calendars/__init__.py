"""Busy times read from people's calendars; never a title, never a place."""
