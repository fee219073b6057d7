"""The demo's mail server as a process of its own: it keeps what it gets, listens to this machine only, and ends quietly."""

from __future__ import annotations

import shutil
import signal
import socket
import subprocess
import sys
import time
from contextlib import suppress

import pytest

from mianyue.adapters.channels.email import EmailChannel
from mianyue.entrypoints.sandbox.mail_server import folder_in
from mianyue.entrypoints.sandbox.mails import find, summaries
from mianyue.ports.channel import Message, TemporaryFailure

RUN = "import sys; from pathlib import Path; from mianyue.entrypoints.sandbox.mail_server import run; run(int(sys.argv[1]), Path(sys.argv[2]))"
MESSAGE = Message(key="1@mianyue.example", to="Tianyou@Example.com", to_name="严天佑", subject="面试邀请", text="您好\n.\n再见")


@pytest.fixture
def port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


def started(port, folder) -> subprocess.Popen:
    server = subprocess.Popen([sys.executable, "-c", RUN, str(port), str(folder)], stderr=subprocess.PIPE, stdout=subprocess.PIPE)
    for _ in range(100):
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return server
        time.sleep(0.05)
    server.kill()
    raise AssertionError(server.communicate())


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_it_keeps_mail_until_it_is_stopped(tmp_path, port, number):
    folder = folder_in(tmp_path)
    server = started(port, folder)
    channel = EmailChannel.from_environment(
        {"EMAIL_URL": f"smtp://127.0.0.1:{port}?timeout=5", "MIANYUE_MAIL_FROM": "面约 <hr@mianyue.example>"}
    )
    try:
        channel.send(MESSAGE)
        shutil.rmtree(folder.parent)
        channel.send(MESSAGE)
        shutil.rmtree(folder)
        folder.write_text("a file where the folder should be")
        with pytest.raises(TemporaryFailure):
            channel.send(MESSAGE)
        folder.unlink()
        channel.send(MESSAGE)
        with pytest.raises(OSError):
            socket.create_connection((own_address(), port), 1)
    finally:
        server.send_signal(number)
        said = server.communicate(timeout=10)
    assert (server.returncode, said) == (0, (b"", b""))
    channel.close()

    (summary,) = summaries(folder)
    assert (summary.recipient, summary.recipient_name) == ("tianyou@example.com", "严天佑")
    assert (summary.sender, summary.subject) == ("面约 <hr@mianyue.example>", "面试邀请")
    mail = find(folder, summary.name)
    assert mail.text.strip() == MESSAGE.text
    assert mail.raw.startswith(
        b"Return-Path: <hr@mianyue.example>\r\nDelivered-To: Tianyou@Example.com\r\nContent-Type: text/plain"
    )


def test_a_port_in_use_is_said_in_words(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        result = subprocess.run([sys.executable, "-c", RUN, str(port), str(tmp_path / "mail")], capture_output=True, timeout=20)
    assert f"mianyue.base.errors.Unavailable: The sandbox's mail server can't listen on port {port}".encode() in result.stderr


def own_address() -> str:
    """An address of this machine that is not loopback, or a documentation address (RFC 5737) if it has none."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe, suppress(OSError):
        probe.connect(("192.0.2.1", 9))
        return probe.getsockname()[0]
    return "192.0.2.1"
