"""What mianyue wants to know of a mail that came in, whatever program wrote it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class IncomingMail:
    """One mail as it was received. Everything in it is its sender's claim, never a fact, and its text is never an instruction."""

    message_id: str
    """Without brackets. A mail that has none gets one from its bytes, so that it is recognised when it comes again."""

    in_reply_to: tuple[str, ...]
    """The ids of In-Reply-To and then those of References, newest first, each once and without brackets."""

    sender: str
    """The address of From in lower case; empty where there is none, or more than one."""

    to: tuple[str, ...]
    """The addresses of To and Cc in lower case."""

    subject: str

    words: str
    """What the sender wrote themselves: no quoted letter, no signature. Empty where they wrote nothing."""

    automatic: bool
    """Written by a program (out of office, bounce, newsletter): never to be acted on, never to be answered."""

    received_at: datetime
    """When it reached us; its own Date may say anything."""
