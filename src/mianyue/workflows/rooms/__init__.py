"""Rooms that people book: taken, checked in, given back, released."""
