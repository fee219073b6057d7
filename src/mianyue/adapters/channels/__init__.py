"""Plugs that carry a message to a person: e-mail, SMS, and the twin for tests."""
