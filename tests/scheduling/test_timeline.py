"""Cells against the plainest model there is: lists of truth values and minutes."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from mianyue.base.interval import Interval
from mianyue.scheduling.timeline import Grid, cells, covering, first, reaching, runs

MONDAY = datetime(2026, 11, 30, tzinfo=UTC)
masks = st.integers(0, (1 << 70) - 1)
lengths = st.integers(1, 20)


def minutes(start: int, end: int) -> Interval:
    return Interval(MONDAY + timedelta(minutes=start), MONDAY + timedelta(minutes=end))


spans = st.lists(st.tuples(st.integers(-60, 400), st.integers(1, 200)).map(lambda s: minutes(s[0], s[0] + s[1])), max_size=6)


@given(masks, lengths)
def test_runs_are_the_starts_of_free_stretches(mask: int, length: int) -> None:
    assert list(cells(runs(mask, length))) == [i for i in range(70) if all(mask >> i + k & 1 for k in range(length))]


@given(masks, lengths)
def test_reaching_are_the_starts_that_touch_something(mask: int, length: int) -> None:
    assert list(cells(reaching(mask, length))) == [i for i in range(70) if any(mask >> i + k & 1 for k in range(length))]


@given(masks, lengths)
def test_covering_are_the_cells_of_all_stretches(mask: int, length: int) -> None:
    assert set(cells(covering(mask, length))) == {i + k for i in range(70) if mask >> i & 1 for k in range(length)}


@given(masks.filter(bool))
def test_first_is_the_earliest_cell(mask: int) -> None:
    assert first(mask) == next(cells(mask))


@given(spans)
def test_attendance_is_rounded_inwards_and_events_outwards(intervals: list[Interval]) -> None:
    grid = Grid.over(minutes(0, 300))

    def inside(minute: int) -> bool:
        return any(interval.contains(minutes(minute, minute + 1)) for interval in intervals)

    whole = [cell for cell in range(60) if all(inside(5 * cell + k) for k in range(5))]
    touched = [cell for cell in range(60) if any(inside(5 * cell + k) for k in range(5))]
    assert (list(cells(grid.whole(intervals))), list(cells(grid.touched(intervals)))) == (whole, touched)


def test_one_second_of_an_event_takes_its_cell() -> None:
    grid = Grid.over(minutes(0, 30))
    second = Interval(MONDAY + timedelta(minutes=5), MONDAY + timedelta(minutes=5, seconds=1))
    assert list(cells(grid.touched([second]))) == [1]


@given(st.integers(0, 3000), st.integers(1, 600), st.sampled_from([5, 10, 15, 25, 30, 60]))
def test_every_step_counts_from_the_epoch_not_from_the_window(start: int, length: int, step: int) -> None:
    grid = Grid.over(minutes(start, start + length))
    expected = [cell for cell in range(grid.count) if int(grid.at(cell).timestamp()) % (step * 60) == 0]
    assert list(cells(grid.every(step))) == expected


def test_a_grid_covers_its_window() -> None:
    grid = Grid.over(minutes(3, 12))
    assert (grid.at(0), grid.at(grid.count)) == (MONDAY, MONDAY + timedelta(minutes=15))
    assert grid.interval(1, 7) == minutes(5, 12)
