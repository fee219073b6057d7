"""``mianyue up``: everything runs, what falls over stands up again, and one signal leaves nothing behind."""

import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from pathlib import Path

import pytest

from mianyue.config.embedded import PORT, Server
from mianyue.config.postmaster import listens
from tests.entrypoints.cli.ports import free_port


@contextmanager
def up(environ: dict[str, str], home: Path):
    """A running ``mianyue up`` and its port; killed at the end where the test didn't stop it."""
    port = free_port()
    log = (home.parent / "up.log").open("wb")
    process = subprocess.Popen(
        [sys.executable, "-m", "mianyue", "up", "--port", str(port)], env=environ, stdout=log, stderr=log, start_new_session=True
    )
    try:
        yield process, port
    finally:
        if process.poll() is None:
            process.terminate()
            process.wait(60)
        log.close()


def family(pid: int) -> dict[int, str]:
    """The living processes that descend from it, with their command lines."""
    parents, told = {}, {}
    for place in Path("/proc").glob("[0-9]*"):
        try:
            stat = (place / "stat").read_text().rpartition(")")[2].split()
            line = (place / "cmdline").read_bytes().replace(b"\0", b" ").decode()
        except OSError:
            continue
        if stat[0] != "Z":
            parents[int(place.name)], told[int(place.name)] = int(stat[1]), line
    found = {pid}
    while more := {child for child, parent in parents.items() if parent in found} - found:
        found |= more
    return {one: told[one] for one in found - {pid} if one in told}


def answers(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/console/login/", timeout=10) as response:
            return response.status == 200
    except (urllib.error.URLError, OSError):
        return False


def eventually(question, seconds: float = 60) -> bool:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if question():
            return True
        time.sleep(0.2)
    return False


def one_of(process: subprocess.Popen, command: str) -> int | None:
    return next((pid for pid, line in family(process.pid).items() if f"mianyue {command}" in line), None)


def alive(pids) -> list[int]:
    return [pid for pid in pids if Path(f"/proc/{pid}").exists() and "State:\tZ" not in Path(f"/proc/{pid}/status").read_text()]


@pytest.fixture
def running(bare, own_home):
    environ = bare | {"MIANYUE_HOME": str(own_home), "EMAIL_URL": "smtp://127.0.0.1:9"}
    with up(environ, own_home) as (process, port):
        assert eventually(lambda: answers(port)), (own_home.parent / "up.log").read_text()
        yield process, port


@pytest.mark.parametrize(
    "number", [signal.SIGTERM, pytest.param(signal.SIGINT, marks=pytest.mark.slow)], ids=["terminate", "ctrl-c"]
)
def test_one_signal_stops_web_worker_and_database(running, own_home, number):
    process, port = running
    everybody = family(process.pid)
    assert one_of(process, "web") and one_of(process, "worker")
    process.send_signal(number)
    assert process.wait(60) == 0
    assert eventually(lambda: alive(everybody) == [], 10)
    assert not answers(port)
    assert not Server(own_home).sockets.exists()
    assert "Traceback" not in (own_home.parent / "up.log").read_text()


@pytest.mark.slow
def test_whatever_falls_over_stands_up_again(running, own_home):
    process, port = running
    # The worker
    assert eventually(lambda: one_of(process, "worker"))
    worker = one_of(process, "worker")
    os.kill(worker, signal.SIGKILL)
    assert eventually(lambda: (one_of(process, "worker") or worker) != worker)
    # The web server, whose own processes must not stay behind and keep the port
    web = one_of(process, "web")
    its_own = family(web)
    os.kill(web, signal.SIGKILL)
    assert eventually(lambda: alive(its_own) == [])
    assert eventually(lambda: answers(port))
    # The database
    server = Server(own_home)
    os.kill(int((server.data / "postmaster.pid").read_text().splitlines()[0]), signal.SIGKILL)
    assert eventually(lambda: not listens(server.sockets, PORT), 10)
    assert eventually(lambda: listens(server.sockets, PORT))
    assert answers(port)
    process.terminate()
    assert process.wait(60) == 0
