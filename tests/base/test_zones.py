"""Which zone database answers, and which release of it."""

import shutil
import zoneinfo
from datetime import UTC, datetime
from importlib import resources
from zoneinfo import ZoneInfo

import pytest
import tzdata

from mianyue.base import zones

SHANGHAI = "Asia/Shanghai"
NOON = datetime(2026, 12, 1, 12, tzinfo=UTC)


@pytest.fixture
def strange_machine(tmp_path, monkeypatch):
    """A machine whose own database is of 1999 and thinks that Shanghai lies in New York."""
    packaged = resources.files("tzdata") / "zoneinfo"
    for name in ("Asia", "Europe"):
        (tmp_path / name).mkdir()
    shutil.copy(str(packaged / "America" / "New_York"), tmp_path / SHANGHAI)
    shutil.copy(str(packaged / "Europe" / "Berlin"), tmp_path / "Europe")
    (tmp_path / "tzdata.zi").write_text("# version 1999z\n# more\n", encoding="ascii")
    monkeypatch.setattr(zones, "_SYSTEM", (str(tmp_path),))
    yield tmp_path
    zones.use("packaged")


def test_the_package_answers_for_itself_alone(strange_machine):
    zones.use("system")
    zones.use("packaged")
    assert (zones.packaged(), zones.release(), zoneinfo.TZPATH) == (True, tzdata.IANA_VERSION, ())
    assert NOON.astimezone(ZoneInfo(SHANGHAI)).hour == 20


def test_no_zone_of_the_other_source_is_left_over(strange_machine):
    zones.use("packaged")
    right = ZoneInfo(SHANGHAI)
    zones.use("system")
    wrong = ZoneInfo(SHANGHAI)
    zones.use("packaged")
    assert [zone is right for zone in (right, wrong, ZoneInfo(SHANGHAI))] == [True, False, False]


def test_the_machine_is_asked_where_that_is_wished(strange_machine):
    zones.use("system")
    assert (zones.packaged(), zones.release(), zones.packaged_release()) == (False, "1999z", tzdata.IANA_VERSION)
    assert NOON.astimezone(ZoneInfo(SHANGHAI)).hour == 7
    (strange_machine / "tzdata.zi").unlink()
    assert zones.release() == ""


def test_a_machine_without_a_database_leaves_it_to_the_package(strange_machine):
    (strange_machine / "Europe" / "Berlin").unlink()
    zones.use("system")
    assert zones.release() == tzdata.IANA_VERSION
