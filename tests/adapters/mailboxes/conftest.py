"""Mailboxes of every kind, each with a way to put a mail into it."""

from __future__ import annotations

import contextlib
import os
import ssl
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pytest

from mianyue.adapters.mailboxes.imap import ImapMailbox
from mianyue.adapters.mailboxes.mailbox_url import ImapAddress
from mianyue.adapters.mailboxes.maildir import MaildirMailbox
from mianyue.adapters.mailboxes.memory import MemoryMailbox
from mianyue.ports.mailbox import Mailbox
from tests.adapters.mailboxes.imap_server import PASSWORD, USER, Door, ImapServer, throw_away_certificate


@dataclass
class Box:
    """A mailbox and how mails get into it."""

    mailbox: Mailbox
    arrive: Callable[[bytes, datetime], object]


@pytest.fixture(scope="session")
def certificate(tmp_path_factory) -> Path:
    return throw_away_certificate(tmp_path_factory.mktemp("certificate"))


@pytest.fixture
def server() -> Iterator[ImapServer]:
    running = ImapServer()
    yield running
    running.stop()


@pytest.fixture
def through(server, certificate) -> Iterator[Callable[..., ImapMailbox]]:
    """``through(**address or door options)``: the server's mailbox behind a door of TLS."""
    with contextlib.ExitStack() as doors:

        def made(
            *,
            security="tls",
            host="127.0.0.1",
            user=USER,
            password=PASSWORD,
            trust=True,
            folder="INBOX",
            done="",
            timeout=5.0,
            shown=None,
            **door,
        ):
            if security == "plain":
                port = server.port
            else:
                opened = Door(server.port, shown or certificate, starttls=door.pop("starttls", security == "starttls"), **door)
                doors.callback(opened.stop)
                port = opened.port
            trusted = ssl.create_default_context(cafile=certificate) if trust else None
            return ImapMailbox(ImapAddress(host, port, security, user, password, folder, done, timeout), trusted)

        yield made


@pytest.fixture(params=["memory", "maildir", "imap", "imap with a folder for done ones"])
def box(request, tmp_path) -> Box:
    """The same promises for every kind."""
    if request.param == "memory":
        memory = MemoryMailbox()
        return Box(memory, memory.arrive)
    if request.param == "maildir":
        folder = tmp_path / "answers"

        def deliver(raw: bytes, at: datetime) -> None:
            (folder / "new").mkdir(parents=True, exist_ok=True)
            path = folder / "new" / f"{len(list(folder.rglob('*')))}.host"
            path.write_bytes(raw)
            os.utime(path, (at.timestamp(), at.timestamp()))

        return Box(MaildirMailbox(folder), deliver)
    through, server = request.getfixturevalue("through"), request.getfixturevalue("server")
    return Box(through(done="mianyue/done" if "folder" in request.param else ""), server.inbox.keep)
