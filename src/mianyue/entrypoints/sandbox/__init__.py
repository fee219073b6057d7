"""The demo's own mail server, mailbox and phone: everything that was sent can be looked at, and nothing leaves this machine."""
