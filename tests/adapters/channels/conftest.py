"""Real SMTP servers on free ports of this machine, each with its own way to behave."""

from __future__ import annotations

import asyncio
import contextlib
from dataclasses import dataclass, field

import pytest
from aiosmtpd.controller import Controller

from mianyue.adapters.channels.email import EmailChannel


@dataclass
class Behaviour:
    """What the server answers; ``None`` is its usual good answer, ``"hang up"`` closes the connection instead."""

    on_mail: str | None = None
    on_recipient: str | None = None
    on_message: str | None = None
    contents: list[bytes] = field(default_factory=list)
    envelopes: list[tuple[str, list[str]]] = field(default_factory=list)
    peers: list[object] = field(default_factory=list)

    async def handle_MAIL(self, server, session, envelope, address, options):
        if self.on_mail:
            return self.on_mail
        envelope.mail_from = address
        return "250 2.1.0 OK"

    async def handle_RCPT(self, server, session, envelope, address, options):
        if self.on_recipient == "hang up":
            server.transport.abort()
        if self.on_recipient:
            return self.on_recipient
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 OK"

    async def handle_DATA(self, server, session, envelope):
        if self.on_message not in (None, "hang up", "silent"):
            return self.on_message
        self.contents.append(envelope.content)
        self.envelopes.append((envelope.mail_from, envelope.rcpt_tos))
        self.peers.append(session.peer)
        if self.on_message == "hang up":
            server.transport.abort()
        if self.on_message == "silent":
            await asyncio.sleep(1)
        return "250 2.0.0 OK"


class Served(Controller):
    """A server at a port of its own choice."""

    def __init__(self, behaviour: Behaviour, port: int = 0, **options) -> None:
        super().__init__(behaviour, hostname="127.0.0.1", port=port, server_hostname="mail.test", **options)

    def _trigger_server(self) -> None:
        # The port is known only now; the base class then connects to it once, to see that the server works.
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()


@pytest.fixture
def serve():
    """Starts servers that stop with the test: ``serve(behaviour, **options of aiosmtpd) -> port``."""
    with contextlib.ExitStack() as servers:

        def start(behaviour: Behaviour, **options) -> int:
            server = Served(behaviour, **options)
            server.start()
            servers.callback(server.stop)
            return server.port

        yield start


@pytest.fixture
def behaviour() -> Behaviour:
    return Behaviour()


@pytest.fixture
def channel(serve, behaviour):
    """A channel to a well-behaved server, unless the test changes ``behaviour``."""
    channel = to_port(serve(behaviour))
    yield channel
    channel.close()


def to_port(port: int, url: str = "smtp://127.0.0.1:{}?timeout=5") -> EmailChannel:
    return EmailChannel.from_environment({"EMAIL_URL": url.format(port), "MIANYUE_MAIL_FROM": "面约 <noreply@mianyue.example>"})


@pytest.fixture
def connect():
    """``connect(port, url with {} for the port)``: a channel that is closed with the test."""
    with contextlib.ExitStack() as channels:

        def to(port: int, url: str = "smtp://127.0.0.1:{}?timeout=5") -> EmailChannel:
            channel = to_port(port, url)
            channels.callback(channel.close)
            return channel

        yield to
