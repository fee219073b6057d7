"""The company: its sites and its people."""
