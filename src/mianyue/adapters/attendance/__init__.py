"""Plugs for attendance that is kept elsewhere, and the twin for tests."""
