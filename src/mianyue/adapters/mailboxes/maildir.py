"""A mailbox that a mail server on this machine delivers into: a Maildir (one file per mail, moved and never changed)."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import ClassVar

from mianyue.adapters.mailboxes import mailbox_url
from mianyue.adapters.mailboxes.mailbox_url import MaildirAddress
from mianyue.base.errors import SettingError
from mianyue.ports.mailbox import PermanentFailure, Received, TemporaryFailure
from mianyue.ports.registry import Setting

_SEEN, _FLAGGED = ":2,S", ":2,FS"


class MaildirMailbox:
    """New mails wait in ``new``; those dealt with are moved to ``cur``, marked as seen, and flagged where they were put aside."""

    name = "maildir"
    settings: ClassVar[tuple[Setting, ...]] = mailbox_url.SETTINGS

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @classmethod
    def from_environment(cls, env: Mapping[str, str]) -> MaildirMailbox:
        """Raises SettingError."""
        address = mailbox_url.from_environment(env)
        if not isinstance(address, MaildirAddress):
            raise SettingError(mailbox_url.NAME, "…" if address else "", "a folder such as maildir:///var/mail/answers")
        return cls(address.folder)

    @contextmanager
    def open(self) -> Iterator[MaildirMailbox]:
        """The folder itself; one that isn't there yet is an empty box, since mail servers make it with the first mail."""
        if self.folder.exists() and not os.access(self.folder, os.R_OK | os.W_OK | os.X_OK):
            raise PermanentFailure("The Maildir can't be read and written.", "Give its folders to the user that mianyue runs as.")
        yield self

    def waiting(self, at_most: int) -> list[str]:
        try:
            arrived = sorted((entry.stat().st_mtime_ns, entry.name) for entry in os.scandir(self.folder / "new") if entry.is_file())
        except FileNotFoundError:
            return []
        except OSError as error:
            raise _unreadable(error) from None
        return [name for _, name in arrived[:at_most]]

    def read(self, key: str, at_most: int) -> Received | None:
        try:
            with (self.folder / "new" / key).open("rb") as file:
                arrived_at = datetime.fromtimestamp(os.fstat(file.fileno()).st_mtime, UTC)
                return Received(file.read(at_most), arrived_at)
        except FileNotFoundError:
            return None
        except OSError as error:
            raise _unreadable(error) from None

    def done(self, key: str) -> None:
        self._move(key, _SEEN)

    def put_aside(self, key: str) -> None:
        self._move(key, _FLAGGED)

    def _move(self, key: str, flags: str) -> None:
        try:
            (self.folder / "cur").mkdir(exist_ok=True, mode=0o700)
            (self.folder / "new" / key).rename(self.folder / "cur" / f"{key.partition(':')[0]}{flags}")
        except FileNotFoundError:
            return
        except OSError as error:
            raise _unreadable(error) from None


def _unreadable(error: OSError) -> TemporaryFailure:
    return TemporaryFailure(f"The Maildir can't be used ({type(error).__name__}).", "Check its permissions and the disk.")
