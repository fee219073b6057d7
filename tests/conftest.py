"""What every test can ask for: a clock that is moved by hand, the sample company, and channels that keep what they are given."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from django.db import connection

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
    """Fills the empty database as ``make`` does, table by table from what it left the first time: making it anew would take seconds."""
    with connection.cursor() as cursor:
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
        for table in kept:
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


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Browser tests are skipped, saying so, where there is no browser."""
    if CHROMIUM is None:
        for item in items:
            if "browser" in item.keywords:
                item.add_marker(pytest.mark.skip(reason="chromium is not installed (Debian: apt-get install chromium)"))
