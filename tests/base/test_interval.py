"""Half-open spans: union and difference against sets of minutes, and the nights in which a clock changes."""

import pickle
from copy import deepcopy
from dataclasses import FrozenInstanceError, replace
from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mianyue.base.interval import Interval, subtract, union

MIDNIGHT = datetime(2026, 12, 1, tzinfo=UTC)
VIENNA = ZoneInfo("Europe/Vienna")


def span(first: int, last: int) -> Interval:
    return Interval(MIDNIGHT + timedelta(minutes=first), MIDNIGHT + timedelta(minutes=last))


def minutes(intervals: list[Interval]) -> set[int]:
    """The slow model: every minute an interval holds."""
    return {
        minute
        for interval in intervals
        for minute in range(
            int((interval.start - MIDNIGHT).total_seconds()) // 60, int((interval.end - MIDNIGHT).total_seconds()) // 60
        )
    }


spans = st.tuples(st.integers(0, 60), st.integers(1, 25)).map(lambda pair: span(pair[0], pair[0] + pair[1]))
some = st.lists(spans, max_size=8)


def assert_tidy(intervals: list[Interval]) -> None:
    assert intervals == sorted(intervals)
    assert all(before.end < after.start for before, after in zip(intervals, intervals[1:], strict=False))


@given(some)
def test_union_holds_the_same_minutes_tidily(intervals):
    assert minutes(union(intervals)) == minutes(intervals)
    assert_tidy(union(intervals))


@given(some, some)
def test_difference_holds_the_minutes_outside_every_hole_tidily(intervals, holes):
    assert minutes(subtract(intervals, holes)) == minutes(intervals) - minutes(holes)
    assert_tidy(subtract(intervals, holes))


@given(spans, spans)
def test_relations_agree_with_the_minutes(one, other):
    assert one.overlaps(other) == bool(minutes([one]) & minutes([other]))
    assert one.contains(other) == (minutes([one]) >= minutes([other]))
    clipped = one.clipped(other)
    assert minutes([clipped] if clipped else []) == minutes([one]) & minutes([other])


def test_touching_is_not_clashing():
    assert not span(0, 30).overlaps(span(30, 60))
    assert union([span(30, 60), span(0, 30)]) == [span(0, 60)]
    assert subtract([span(0, 60)], [span(60, 90)]) == [span(0, 60)]


def test_arguments_may_be_generators():
    assert union(span(n, n + 1) for n in range(3)) == [span(0, 3)]
    assert subtract((s for s in [span(0, 9)]), (s for s in [span(3, 6)])) == [span(0, 3), span(6, 9)]


@pytest.mark.parametrize(
    ("start", "end", "hours"),
    [
        (datetime(2026, 3, 29, tzinfo=VIENNA), datetime(2026, 3, 30, tzinfo=VIENNA), 23),
        (datetime(2026, 10, 25, tzinfo=VIENNA), datetime(2026, 10, 26, tzinfo=VIENNA), 25),
        (datetime(2026, 10, 25, 2, 30, tzinfo=VIENNA), datetime(2026, 10, 25, 2, 30, tzinfo=VIENNA, fold=1), 1),
    ],
)
def test_length_is_elapsed_time_in_a_night_that_changes_the_clock(start, end, hours):
    assert Interval(start, end).length == timedelta(hours=hours)


def test_the_hour_that_happens_twice_is_two_hours():
    first = Interval(datetime(2026, 10, 25, 2, tzinfo=VIENNA), datetime(2026, 10, 25, 2, tzinfo=VIENNA, fold=1))
    second = Interval(datetime(2026, 10, 25, 2, tzinfo=VIENNA, fold=1), datetime(2026, 10, 25, 3, tzinfo=VIENNA))
    assert not first.overlaps(second)
    assert union([first, second])[0].length == timedelta(hours=2)


def test_the_same_instants_in_another_zone_are_the_same_interval():
    shanghai = timezone(timedelta(hours=8))
    there = Interval(MIDNIGHT.astimezone(shanghai), (MIDNIGHT + timedelta(hours=1)).astimezone(shanghai))
    assert there == span(0, 60)
    assert hash(there) == hash(span(0, 60))
    assert there.start.tzinfo is UTC


@pytest.mark.parametrize(
    ("start", "end"),
    [
        (datetime(2026, 12, 1), datetime(2026, 12, 2)),  # noqa: DTZ001 - naive on purpose
        (MIDNIGHT, datetime(2026, 12, 2)),  # noqa: DTZ001 - naive on purpose
        (datetime(2026, 11, 30), MIDNIGHT),  # noqa: DTZ001 - naive on purpose
        (MIDNIGHT, MIDNIGHT),
        (MIDNIGHT, MIDNIGHT - timedelta(minutes=1)),
        # The wall clock goes on, time does not: 02:30 happens before 02:00 of the second pass.
        (datetime(2026, 10, 25, 2, tzinfo=VIENNA, fold=1), datetime(2026, 10, 25, 2, 30, tzinfo=VIENNA)),
    ],
)
def test_what_is_no_span_is_refused(start, end):
    with pytest.raises(ValueError, match="an interval"):
        Interval(start, end)


def test_it_stays_as_it_was_made_and_a_copy_is_as_good():
    one = span(0, 60)
    with pytest.raises(FrozenInstanceError):
        one.start = MIDNIGHT + timedelta(minutes=5)
    assert replace(one, end=MIDNIGHT + timedelta(minutes=5)) == span(0, 5)
    assert pickle.loads(pickle.dumps(one)) == deepcopy(one) == one
