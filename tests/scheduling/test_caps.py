"""What caps leave: by the person's own dates and ISO weeks."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from mianyue.base.interval import Interval
from mianyue.scheduling.caps import periods
from mianyue.scheduling.facts import Person
from mianyue.scheduling.timeline import Grid

MIDNIGHT = datetime(2026, 11, 27, 16, tzinfo=UTC)  # Saturday 2026-11-28, 00:00 in Shanghai
GRID = Grid.over(Interval(MIDNIGHT, MIDNIGHT + timedelta(days=4)))
PERSON = Person("E001", (), zone="Asia/Shanghai")


def days(*counts: int) -> list[tuple[int, int]]:
    return [(((1 << 288) - 1) << 288 * at, left) for at, left in enumerate(counts)]


def test_nobody_is_capped_unless_somebody_says_so() -> None:
    assert periods(GRID, PERSON) == ()


def test_each_local_date_has_what_the_cap_leaves() -> None:
    held = Interval(MIDNIGHT + timedelta(hours=33), MIDNIGHT + timedelta(hours=34))
    assert [tuple(one) for one in periods(GRID, replace(PERSON, day_cap=2))][:4] == days(2, 2, 2, 2)
    assert [tuple(one) for one in periods(GRID, replace(PERSON, day_cap=2, engaged=((held,), (held, held), (held,))))][:4] == days(
        2, 0, 2, 2
    )


def test_a_week_begins_on_monday_and_counts_what_lies_before_the_grid() -> None:
    thursday = Interval(MIDNIGHT - timedelta(days=2), MIDNIGHT - timedelta(days=2) + timedelta(hours=1))
    weekend, week = periods(GRID, replace(PERSON, week_cap=5, engaged=((thursday, thursday),)))[:2]
    assert (weekend.mask, weekend.left) == ((1 << 2 * 288) - 1, 4)
    assert (week.mask, week.left) == (((1 << 2 * 288) - 1) << 2 * 288, 5)
