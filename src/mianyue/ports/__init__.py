"""Sockets: what mianyue asks of calendars and channels, as protocols and values. Plugs live in ``adapters``."""
