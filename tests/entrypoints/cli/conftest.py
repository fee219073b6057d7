"""The real command, run as people run it, against a home of its own with a mail server that keeps what it gets."""

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest
from aiosmtpd.controller import Controller
from psycopg import sql

from mianyue.config.embedded import DATABASE, ROOTS_DATA, Server
from tests.conftest import EXPORTED_AT, SAMPLE
from tests.entrypoints.cli.ports import free_port


@dataclass
class Done:
    """What a command left: exit code, output, complaints."""

    code: int
    out: str
    err: str

    @property
    def json(self):
        return json.loads(self.out)


class Command:
    """``mianyue`` with an environment."""

    def __init__(self, environ: dict[str, str]) -> None:
        self.environ = environ

    def __call__(self, *arguments: str | Path, **environ: str) -> Done:
        ran = subprocess.run(
            [sys.executable, "-m", "mianyue", *map(str, arguments)],
            env=self.environ | environ,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        assert "Traceback" not in ran.stdout + ran.stderr, ran.stderr
        return Done(ran.returncode, ran.stdout, ran.stderr)


SAMPLE_IMPORTED = "sample_imported"


def put_in_place(server: Server, source: str, name: str = DATABASE) -> None:
    """Makes the database ``name`` a copy of ``source``, whatever it was before."""
    with administrator(server) as connection:
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))
        connection.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), sql.Identifier(source)))


def holds(server: Server, name: str) -> bool:
    with administrator(server) as connection:
        return connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone() is not None


def administrator(server: Server) -> psycopg.Connection:
    address = server.address()
    return psycopg.connect(host=address["HOST"], port=address["PORT"], user=address["USER"], dbname="postgres", autocommit=True)


class Mailbox:
    """Keeps every envelope."""

    def __init__(self) -> None:
        self.received: list[bytes] = []

    async def handle_DATA(self, server, session, envelope) -> str:  # noqa: N802 - aiosmtpd's name
        self.received.append(envelope.content)
        return "250 Taken"


@pytest.fixture(scope="module")
def mailbox():
    box = Mailbox()
    port = free_port()
    controller = Controller(box, hostname="127.0.0.1", port=port)
    controller.start()
    box.url = f"smtp://127.0.0.1:{port}"
    yield box
    controller.stop()


@pytest.fixture(scope="session")
def server():
    """A server that runs as long as the tests do, so that no command waits for it."""
    parent = Path(tempfile.mkdtemp(prefix="mianyue-cli-"))
    parent.chmod(0o711)
    server = Server(parent / "面 约", durable=False)
    server.acquire()
    yield server
    server.stop()
    server.release()
    if server.data.is_relative_to(ROOTS_DATA):
        shutil.rmtree(server.data.parent)
    shutil.rmtree(parent)


@pytest.fixture(scope="module")
def home(server):
    """A home with nothing in its database yet."""
    put_in_place(server, "template0")
    return server.home


@pytest.fixture(scope="module")
def bare(home) -> dict[str, str]:
    """The environment of a newcomer: nothing of mianyue's is set but the home."""
    ours = ("MIANYUE_", "DATABASE_URL", "EMAIL_URL", "DJANGO_", "TESTS_", "PYTHONDONTWRITEBYTECODE")
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    # Where Python may keep what it compiled, a command starts in half the time.
    compiled = {"PYTHONPYCACHEPREFIX": os.environ.get("PYTHONPYCACHEPREFIX") or str(home.parent / "compiled")}
    # The sample's three scans would take seconds each time it is imported; tests/workflows reads them.
    return inherited | compiled | {"MIANYUE_HOME": str(home), "MIANYUE_READ_SCANS": "0"}


@pytest.fixture(scope="module")
def mianyue(bare, mailbox) -> Command:
    """The command at the sample's moment of export."""
    clock = {"MIANYUE_DEMO": "1", "MIANYUE_CLOCK": EXPORTED_AT.isoformat()}
    return Command(bare | clock | {"EMAIL_URL": mailbox.url, "MIANYUE_LOG_LEVEL": "WARNING"})


@pytest.fixture(scope="module")
def imported(mianyue, server) -> None:
    """The home with the sample company in it: imported by the command once, and put in place from then on."""
    if holds(server, SAMPLE_IMPORTED):
        put_in_place(server, SAMPLE_IMPORTED)
    else:
        assert mianyue("import", SAMPLE).code == 0
        put_in_place(server, DATABASE, SAMPLE_IMPORTED)


@pytest.fixture(scope="session")
def documented() -> dict[str, object]:
    """The examples of docs/cli.md by the word behind ```json."""
    text = (Path(__file__).parents[3] / "docs" / "cli.md").read_text(encoding="utf-8")
    return {name: json.loads(example) for name, example in re.findall(r"^```json (\w+)\n(.*?)^```", text, re.MULTILINE | re.DOTALL)}


@pytest.fixture
def own_home():
    """A home whose server nobody else uses."""
    parent = Path(tempfile.mkdtemp(prefix="mianyue-up-"))
    parent.chmod(0o711)
    server = Server(parent / "面 约")
    yield server.home
    server.stop()
    if server.data.is_relative_to(ROOTS_DATA):
        shutil.rmtree(server.data.parent)
    shutil.rmtree(parent)
