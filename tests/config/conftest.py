"""Homes and processes of a test's own: nothing is left running, nothing is left lying about."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from mianyue.config.embedded import ROOTS_DATA, Server

HOLD = """
import sys
from pathlib import Path
from mianyue.config.embedded import Server
server = Server(Path(sys.argv[1]), durable=False)
server.acquire()
print("ready", flush=True)
sys.stdin.read()
"""
"""A process that needs the server until its standard input ends."""


class Holders:
    """Starts such processes and ends them."""

    def __init__(self) -> None:
        self.running: list[subprocess.Popen[str]] = []

    def start(self, home: Path, *, wait: bool = True) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            [sys.executable, "-c", HOLD, str(home)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        self.running.append(process)
        if wait:
            assert process.stdout.readline() == "ready\n", process.communicate()[1]
        return process

    def leave(self, process: subprocess.Popen[str]) -> None:
        told = process.communicate(timeout=60)[1]
        assert process.returncode == 0, told


@pytest.fixture
def holders():
    made = Holders()
    yield made
    for process in made.running:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        if not process.stdin.closed:
            process.communicate()


@pytest.fixture(scope="session")
def fresh_data():
    """A data folder as a first start makes it: making one takes seconds, copying it none."""
    parent = Path(tempfile.mkdtemp(prefix="mianyue-fresh-"))
    parent.chmod(0o711)
    server = Server(parent / "home", durable=False)
    server.acquire()
    server.release()
    yield server.data
    shutil.rmtree(parent)


@pytest.fixture
def home(bare_home, fresh_data):
    """A home with a database that nobody uses at the moment."""
    shutil.copytree(fresh_data, bare_home / "postgres")
    for place in (bare_home / "postgres", *(bare_home / "postgres").rglob("*")):
        os.chown(place, fresh_data.stat().st_uid, fresh_data.stat().st_gid)
    return bare_home


@pytest.fixture
def bare_home():
    """A new folder that everybody may enter, with a space and Chinese characters in its name."""
    parent = Path(tempfile.mkdtemp(prefix="mianyue-home-"))
    parent.chmod(0o711)
    yield from _cleared(parent / "my company 我的公司", parent)


@pytest.fixture
def closed_home():
    """A folder that nobody but its owner may enter, as /root is."""
    parent = Path(tempfile.mkdtemp(prefix="mianyue-closed-"))
    yield from _cleared(parent / "home", parent)


def _cleared(home: Path, parent: Path):
    home.mkdir()
    server = Server(home)
    yield home
    server.stop()
    if server.data.is_relative_to(ROOTS_DATA):
        shutil.rmtree(server.data.parent)
    shutil.rmtree(server.sockets, ignore_errors=True)
    shutil.rmtree(parent)
