"""What every test can ask for: a clock that is moved by hand, the sample company, and channels that keep what they are given."""

from __future__ import annotations

import os
import pickle
import shutil
from collections.abc import Callable, Iterable
from datetime import datetime
from pathlib import Path

import pytest
from django.db import connection
from django.db.backends.utils import CursorWrapper
from xdist.remote import Producer
from xdist.scheduler import LoadFileScheduling

from mianyue.adapters.channels.memory import MemoryChannel
from mianyue.base.clock import ManualClock
from mianyue.domain.security.actor import SYSTEM
from mianyue.ports import registry
from mianyue.workflows.bring_in import bring_in
from mianyue.workflows.matching import match_waiting

SAMPLE = Path(__file__).parent / "data" / "company"
EXPORTED_AT = datetime.fromisoformat("2026-11-30T08:00:00+08:00")
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")


@pytest.fixture
def clock(settings) -> ManualClock:
    """The product's clock, standing at the moment the sample company was exported."""
    settings.CLOCK = ManualClock(EXPORTED_AT)
    return settings.CLOCK


@pytest.fixture
def now(clock) -> datetime:
    return clock.now()


@pytest.fixture
def mail(monkeypatch) -> MemoryChannel:
    """Every e-mail of the test."""
    return _channel("email", monkeypatch)


@pytest.fixture
def sms(monkeypatch) -> MemoryChannel:
    """Every text message of the test."""
    return _channel("sms", monkeypatch)


def _channel(name: str, monkeypatch: pytest.MonkeyPatch) -> MemoryChannel:
    channel = MemoryChannel(name)
    monkeypatch.setitem(registry._loaded, ("channel", name), channel)
    return channel


_worlds: dict[str, dict[str, bytes]] = {}


def remembered(world: str, make: Callable[[], object]) -> None:
    """Fills the empty database as ``make`` does, table by table from what it left the first time: making it anew would take seconds.

    Processes that test side by side share what the first of them left.
    """
    kept_at = Path(os.environ["TESTS_HOME"]) / f"{world}.world"
    with connection.cursor() as cursor:
        if world not in _worlds and kept_at.exists():
            _worlds[world] = pickle.loads(kept_at.read_bytes())
            _number_beyond(_worlds[world], cursor)
        if world in _worlds:
            cursor.execute("SET session_replication_role = replica")
            for table, rows in _worlds[world].items():
                with cursor.copy(f"COPY {table} FROM STDIN") as copy:
                    copy.write(rows)
            cursor.execute("SET session_replication_role = DEFAULT")
            return
        make()
        kept = _worlds[world] = {}
        for table in connection.introspection.table_names(cursor):
            if table.startswith(("django_", "auth_", "procrastinate_")):
                continue
            with cursor.copy(f"COPY {table} TO STDOUT") as copy:
                rows = b"".join(bytes(block) for block in copy)
            if rows:
                kept[table] = rows
        _number_beyond(kept, cursor)
    unfinished = kept_at.with_suffix(f".{os.getpid()}")
    unfinished.write_bytes(pickle.dumps(kept))
    unfinished.replace(kept_at)


def _number_beyond(tables: Iterable[str], cursor: CursorWrapper) -> None:
    """What is added to a world that was put back gets numbers of its own."""
    for table in tables:
        cursor.execute("SELECT pg_get_serial_sequence(%s, 'id')", [table])
        if cursor.fetchone()[0]:
            cursor.execute("SELECT setval(pg_get_serial_sequence(%s, 'id'), 1000000)", [table])


@pytest.fixture
def company(db, clock) -> None:
    """The sample company, imported; nobody is invited yet. Ask for ``transactional_db`` too where several connections must see it."""

    def make() -> None:
        bring_in(SAMPLE, SYSTEM, clock.now())
        match_waiting(clock.now())

    remembered("company", make)


COMMANDS = "tests/entrypoints/cli/"


class ByFile(LoadFileScheduling):
    """A file's tests run in one process; those of all commands too, since they share a database server of their own."""

    def _split_scope(self, nodeid: str) -> str:
        return COMMANDS if nodeid.startswith(COMMANDS) else super()._split_scope(nodeid)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> ByFile:
    return ByFile(config, log)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """The commands, which take longest, come first. Browser tests are skipped, saying so, where there is no browser."""
    items.sort(key=lambda item: not item.nodeid.startswith(COMMANDS))
    if CHROMIUM is None:
        for item in items:
            if "browser" in item.keywords:
                item.add_marker(pytest.mark.skip(reason="chromium is not installed (Debian: apt-get install chromium)"))
