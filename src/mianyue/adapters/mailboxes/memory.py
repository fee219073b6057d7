"""The in-memory twin of a mailbox, for tests: holds what it is given and fails when it is told to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import ClassVar

from mianyue.ports.mailbox import MailboxError, Received
from mianyue.ports.registry import Setting


class MemoryMailbox:
    """Mails by key; ``finished`` and ``aside`` are the keys of those that were dealt with, in order."""

    name = "memory"
    settings: ClassVar[tuple[Setting, ...]] = ()

    def __init__(self) -> None:
        self._mails: dict[str, Received] = {}
        self.finished: list[str] = []
        self.aside: list[str] = []
        self._failure: tuple[str, type[MailboxError]] | None = None

    @classmethod
    def from_environment(cls, env: Mapping[str, str]) -> MemoryMailbox:
        """Reads nothing."""
        return cls()

    def arrive(self, raw: bytes, at: datetime) -> str:
        """Puts a mail into the box. Returns its key."""
        key = str(len(self._mails) + 1)
        self._mails[key] = Received(raw, at)
        return key

    def fail_next(self, call: str, failure: type[MailboxError]) -> None:
        """Lets the next ``open``, ``waiting``, ``read`` or ``done`` fail."""
        self._failure = (call, failure)

    @contextmanager
    def open(self) -> Iterator[MemoryMailbox]:
        """The box itself."""
        self._maybe_fail("open")
        yield self

    def waiting(self, at_most: int) -> list[str]:
        self._maybe_fail("waiting")
        return [key for key in self._mails if key not in self.finished + self.aside][:at_most]

    def read(self, key: str, at_most: int) -> Received | None:
        self._maybe_fail("read")
        mail = self._mails.get(key)
        return Received(mail.raw[:at_most], mail.arrived_at) if mail else None

    def done(self, key: str) -> None:
        self._maybe_fail("done")
        if key in self._mails and key not in self.finished + self.aside:
            self.finished.append(key)

    def put_aside(self, key: str) -> None:
        if key in self._mails and key not in self.finished + self.aside:
            self.aside.append(key)

    def _maybe_fail(self, call: str) -> None:
        if self._failure and self._failure[0] == call:
            failure, self._failure = self._failure[1], None
            raise failure("This failure was asked for.")
