"""Promises to act later, each a row, so that no restart forgets one."""
