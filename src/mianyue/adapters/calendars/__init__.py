"""Plugs that tell when a person is busy (``ports.calendar``)."""
