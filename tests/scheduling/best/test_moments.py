"""Bins against the clock, start by start."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mianyue.base.interval import Interval
from mianyue.scheduling.best.acceptance import DEFAULT, Kind
from mianyue.scheduling.best.moments import Moment, moments
from mianyue.scheduling.facts import Need
from mianyue.scheduling.search import Space
from mianyue.scheduling.timeline import Grid


def as_the_clock_shows(cell: int, start: datetime, need: Need) -> Moment:
    zone = ZoneInfo(need.zone)
    local, end = start.astimezone(zone), (start + timedelta(minutes=need.minutes)).astimezone(zone)
    begins, ends = ((one.toordinal() * 24 + one.hour) * 60 + one.minute - local.toordinal() * 1440 for one in (local, end))
    comfortable = begins >= 540 and ends <= 1080
    suits = 920 - (100 if not comfortable else 40 if begins < 780 and ends > 720 else 0) - 5 * (local.minute % 30 != 0)
    since = start - need.window.start
    suits -= 80 if since < timedelta(hours=24) else 20 if since > timedelta(days=14) else 0
    days = (local.date() - need.window.start.astimezone(zone).date()).days
    kind = Kind(500, 0 if begins < 720 else 1 if begins < 1080 else 2, suits)
    return Moment(cell, local.date(), kind, comfortable, -min(560, 40 * days))


ZONES = ["Asia/Shanghai", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "Africa/Casablanca", "Pacific/Apia", "UTC"]


@settings(max_examples=150, deadline=None)
@given(
    st.sampled_from(ZONES),
    st.sampled_from([datetime(*day, tzinfo=UTC) for day in ((2027, 3, 10), (2027, 10, 29), (2027, 4, 1), (2011, 12, 28))]),
    st.integers(0, 20_000),
    st.integers(1, 25),
    st.sampled_from([5, 30, 47, 60, 240]),
    st.integers(),
)
def test_every_start_is_what_the_candidates_clock_shows(
    zone: str, around: datetime, later: int, days: int, minutes: int, some: int
) -> None:
    begin = around + timedelta(minutes=later)
    need = Need("N", minutes, (("A",),), Interval(begin, begin + timedelta(days=days)), zone)
    grid = Grid.over(need.window)
    starts = some % (1 << grid.count) | (1 << grid.count) // 7
    found = moments(Space(need, starts, {}, {}, starts), grid)
    assert list(found) == [cell for cell in range(grid.count) if starts >> cell & 1]
    assert all(moment == as_the_clock_shows(cell, grid.at(cell), need) for cell, moment in found.items())


@pytest.mark.parametrize(("hour", "half"), [(11.75, 0), (12, 1), (17.75, 1), (18, 2)])
def test_halves_of_the_day_go_by_the_start(hour: float, half: int) -> None:
    midnight = datetime(2027, 3, 2, tzinfo=UTC)
    need = Need("N", 60, (("A",),), Interval(midnight, midnight + timedelta(days=1)), "UTC")
    cell = int(hour * 12)
    [moment] = moments(Space(need, 1 << cell, {}, {}, 1 << cell), Grid.over(need.window), replace(DEFAULT, odd=0)).values()
    assert moment.half == half
