"""What mianyue asks of a mailbox that answers come to."""

from __future__ import annotations

from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from mianyue.base.errors import MianyueError


@dataclass(frozen=True, slots=True)
class Received:
    """One mail as it lies in the mailbox.

    ``raw`` is cut where it is longer than was asked for; ``arrived_at`` is None where the mailbox does not say.
    """

    raw: bytes
    arrived_at: datetime | None


class MailboxError(MianyueError):
    """A mailbox did not give, or keep, what was asked for. Its words never hold a password or a mail's contents."""

    code = "mailbox_error"


class TemporaryFailure(MailboxError):
    """The same may succeed later: the server is away, the line broke."""

    code = "mailbox_temporary"


class PermanentFailure(MailboxError):
    """A person has to mend something first: the password, the certificate, the folder's name."""

    code = "mailbox_permanent"


class OpenMailbox(Protocol):
    """A mailbox while it is looked through. Keys hold until it is closed; every call may raise one of the two failures."""

    def waiting(self, at_most: int) -> list[str]:
        """The keys of the mails nobody has dealt with, oldest first."""
        ...

    def read(self, key: str, at_most: int) -> Received | None:
        """The mail, at most that many bytes of it, left as it is; None where somebody took it away meanwhile."""
        ...

    def done(self, key: str) -> None:
        """Marks the mail as dealt with, so that it is not waiting any more; repeated, or for one that is gone, it does nothing."""
        ...

    def put_aside(self, key: str) -> None:
        """The same for a mail that couldn't be dealt with; where the mailbox can show that, a person sees it there."""
        ...


class Mailbox(Protocol):
    """A plug that holds mails. Used outside any transaction; several workers may look through it at once."""

    name: str

    def open(self) -> AbstractContextManager[OpenMailbox]:
        """Raises one of the two failures."""
        ...
