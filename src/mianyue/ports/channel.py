"""What mianyue asks of anything that carries a message to a person."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

from mianyue.base.errors import MianyueError


@dataclass(frozen=True, slots=True)
class Message:
    """One finished message to one address; everything in it is meant for the recipient's eyes.

    ``key`` is stable over repeated attempts (RFC 5322 Message-ID without brackets for e-mail), so that a repeat can be recognised.
    """

    key: str
    to: str
    to_name: str
    subject: str
    text: str
    html: str = ""
    language: str = "en"
    headers: Mapping[str, str] = field(default_factory=dict)
    sender: str = ""
    reply_to: str = ""
    calendar: bytes = b""
    calendar_method: str = ""


@dataclass(frozen=True, slots=True)
class Receipt:
    """The channel took the message over; ``reference`` is its own number for it, possibly empty."""

    reference: str = ""


class ChannelError(MianyueError):
    """A channel did not take a message over."""

    code = "channel_error"


class TemporaryFailure(ChannelError):
    """Surely not sent; the same attempt may succeed later (connection refused, 4xx)."""

    code = "channel_temporary"


class PermanentFailure(ChannelError):
    """Surely not sent, and never will be to this address (5xx, address refused)."""

    code = "channel_permanent"


class AnswerLost(ChannelError):
    """The message left, but the answer never came: it may have arrived or not."""

    code = "channel_answer_lost"


class Channel(Protocol):
    """A plug that carries messages. Called outside any transaction; raises one of the three failures above."""

    name: str

    def send(self, message: Message) -> Receipt: ...

    def close(self) -> None:
        """Gives up kept connections; the next ``send`` opens new ones."""
        ...
