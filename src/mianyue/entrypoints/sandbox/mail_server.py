"""A mail server for the demo: takes every mail, delivers none, keeps all of them as files."""

from __future__ import annotations

import asyncio
import mailbox
import os
import signal
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

from aiosmtpd.smtp import SMTP, Envelope, Session

from mianyue.base.clock import Clock
from mianyue.base.errors import Unavailable

LOOPBACK = "127.0.0.1"


@dataclass(frozen=True, slots=True)
class Answers:
    """Where the demo's people answer to: mails to ``address`` also go to the Maildir ``folder``, in which mianyue reads them."""

    address: str
    folder: Path
    clock: Clock
    """The product's: a mail arrives at the demo's time, not at the machine's."""

    def deliver(self, content: bytes) -> None:
        """Puts a mail into the folder in one step, with its time. Raises OSError."""
        name = f"{uuid4().hex}.sandbox"
        for place in ("tmp", "new"):
            (self.folder / place).mkdir(parents=True, exist_ok=True, mode=0o700)
        written = self.folder / "tmp" / name
        written.write_bytes(content)
        at = self.clock.now().timestamp()
        os.utime(written, (at, at))
        written.rename(self.folder / "new" / name)


def folder_in(home: Path) -> Path:
    """Where the sandbox's mails lie in mianyue's folder."""
    return home / "sandbox" / "mail"


def answers_in(home: Path) -> Path:
    """Where what is written to mianyue lies in its folder."""
    return home / "sandbox" / "answers"


def run(port: int, folder: Path, answers: Answers | None = None) -> None:
    """Serves SMTP on 127.0.0.1 until SIGTERM or SIGINT, then returns; mails go to the Maildir ``folder``, made when missing.

    For a process of its own, since it takes over the signals. Raises Unavailable if the port can't be had.
    """
    asyncio.run(_serve(port, folder, answers))


async def _serve(port: int, folder: Path, answers: Answers | None) -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    keeper = Keeper(folder, answers)
    try:
        server = await loop.create_server(
            lambda: SMTP(keeper, hostname="sandbox.localhost", ident="mianyue sandbox"), LOOPBACK, port
        )
    except OSError as error:
        raise Unavailable(
            f"The sandbox's mail server can't listen on port {port} ({error.strerror or error}).",
            "Choose another port, or stop the program that uses this one.",
        ) from error
    await stop.wait()
    server.close()
    await server.wait_closed()


class Keeper:
    """Does what the last server on a mail's way does: keeps one copy per recipient, with the envelope on top."""

    def __init__(self, folder: Path, answers: Answers | None = None) -> None:
        self.folder, self.answers = folder, answers

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        for recipient in envelope.rcpt_tos:
            # RFC 5321 §4.4: the return path is added at final delivery. Delivered-To is what tells one copy from another.
            trace = f"Return-Path: <{envelope.mail_from or ''}>\r\nDelivered-To: {recipient}\r\n".encode("utf-8", "replace")
            try:
                self._box().add(trace + (envelope.original_content or b""))
                if self.answers and recipient.lower() == self.answers.address:
                    self.answers.deliver(trace + (envelope.original_content or b""))
            except OSError:
                return "452 4.3.1 The sandbox's folder takes no file"
        return "250 2.0.0 Kept in the sandbox"

    def _box(self) -> mailbox.Maildir:
        # Made anew for every mail: whoever starts the demo over deletes the folder under the running server.
        self.folder.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        return mailbox.Maildir(self.folder, create=True)
