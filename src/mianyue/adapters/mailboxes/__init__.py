"""Mailboxes that answers come to."""
