"""Local days in instants, where clocks change."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from mianyue.base.interval import Interval
from mianyue.scheduling.days import days


@pytest.mark.parametrize(
    ("zone", "day", "many", "hours"),
    [
        ("Asia/Shanghai", date(2026, 12, 2), 1, 24),
        ("Europe/Vienna", date(2026, 10, 25), 1, 25),
        ("America/New_York", date(2027, 3, 14), 1, 23),
        ("Australia/Lord_Howe", date(2027, 4, 4), 1, 24.5),
        ("Africa/Cairo", date(2027, 4, 30), 1, 23),
        ("Europe/Vienna", date(2026, 10, 19), 7, 169),
    ],
)
def test_a_day_lasts_from_midnight_to_midnight(zone: str, day: date, many: int, hours: float) -> None:
    found = days(day, many, ZoneInfo(zone))
    assert found is not None
    assert found.length == timedelta(hours=hours)
    assert found.start.astimezone(ZoneInfo(zone)).date() == day
    assert (found.start - timedelta(minutes=1)).astimezone(ZoneInfo(zone)).date() == day - timedelta(days=1)
    assert found.end.astimezone(ZoneInfo(zone)).date() == day + timedelta(days=many)


def test_a_part_of_a_day_follows_the_wall_clock() -> None:
    found = days(date(2026, 10, 25), 1, ZoneInfo("Europe/Vienna"), (60, 480))
    assert found == Interval(datetime(2026, 10, 24, 23, tzinfo=UTC), datetime(2026, 10, 25, 7, tzinfo=UTC))


def test_a_day_that_a_change_swallows_is_none() -> None:
    assert days(date(2011, 12, 30), 1, ZoneInfo("Pacific/Apia")) is None
