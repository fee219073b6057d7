"""A real installation in processes of its own: embedded database, real workers that can be killed, a real mail server that counts."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date
from email import message_from_bytes
from pathlib import Path
from typing import Any

import psycopg
import pytest
from aiosmtpd.controller import Controller

from benchmarks.big_company import write_company
from mianyue.config.embedded import Server

TODAY = date(2026, 11, 30)


class Sink:
    """A mail server that remembers every Message-ID it accepted, and can be told to misbehave."""

    def __init__(self) -> None:
        self.arrived: Counter[str] = Counter()
        self.delay = 0.0
        self.port = 0
        self.refuse = False

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        if self.refuse:
            return "451 4.3.0 come back later"
        self.arrived[message_from_bytes(envelope.content)["Message-ID"]] += 1
        time.sleep(self.delay)  # between taking the letter over and saying so: the window in which a killed worker can't know
        return "250 OK"


class Installation:
    """One home with everything in it."""

    def __init__(self, home: Path, mail_port: int) -> None:
        self.home = home
        self.workers: list[subprocess.Popen[bytes]] = []
        self.environ = {
            **{name: value for name, value in os.environ.items() if not name.startswith(("MIANYUE_", "DJANGO_"))},
            "MIANYUE_HOME": str(home),
            "MIANYUE_DEMO": "1",
            "MIANYUE_CLOCK": f"{TODAY}T08:00:00+08:00@{time.time():.3f}",
            "EMAIL_URL": f"smtp://127.0.0.1:{mail_port}",
            "MIANYUE_ANSWER_LOST_AFTER": "2s",
            "MIANYUE_RETRY_FIRST": "1s",
            "MIANYUE_LOG_LEVEL": "ERROR",
        }
        self.environ.pop("DATABASE_URL", None)
        self.server = Server(home, durable=False)
        self.server.acquire()

    def mianyue(self, *arguments: str) -> str:
        done = subprocess.run(
            [sys.executable, "-m", "mianyue", *arguments],
            env=self.environ,
            capture_output=True,
            text=True,
            check=False,
            timeout=300,
        )
        assert done.returncode == 0, done.stderr[-2000:]
        return done.stdout

    def start_worker(self) -> subprocess.Popen[bytes]:
        worker = subprocess.Popen([sys.executable, "-m", "mianyue", "worker"], env=self.environ, start_new_session=True)
        self.workers.append(worker)
        return worker

    def kill(self, worker: subprocess.Popen[bytes]) -> None:
        os.killpg(worker.pid, signal.SIGKILL)
        worker.wait()

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        place = self.server.address()
        with psycopg.connect(host=place["HOST"], user=place["USER"], dbname=place["NAME"]) as connection:
            return connection.execute(sql).fetchall()

    def wait_until(self, true: Callable[[], bool], seconds: float, what: str) -> None:
        until = time.monotonic() + seconds
        while not true():
            assert time.monotonic() < until, f"waited {seconds} s in vain until {what}"
            time.sleep(0.2)

    def close(self) -> None:
        for worker in self.workers:
            if worker.poll() is None:
                self.kill(worker)
        self.server.stop()
        self.server.release()
        shutil.rmtree(self.server.data, ignore_errors=True)


@pytest.fixture
def sink() -> Iterator[Sink]:
    handler = Sink()
    with socket.socket() as probe:  # the controller can't choose a free port itself
        probe.bind(("127.0.0.1", 0))
        handler.port = probe.getsockname()[1]
    controller = Controller(handler, hostname="127.0.0.1", port=handler.port)
    controller.start()
    yield handler
    controller.stop()


@pytest.fixture
def installation(sink) -> Iterator[Installation]:
    home = Path(tempfile.mkdtemp(prefix="mianyue-endurance-"))
    home.chmod(0o711)
    made = Installation(home, sink.port)
    yield made
    made.close()
    shutil.rmtree(home, ignore_errors=True)


@pytest.fixture
def company_of(installation, tmp_path) -> Callable[[int], None]:
    """Imports a company with so many applications, all of them free to be invited."""

    def bring(applications: int) -> None:
        folder = write_company(tmp_path / "company", applications=applications, interviewers=60, rooms=10, today=TODAY)
        installation.mianyue("import", str(folder))

    return bring
