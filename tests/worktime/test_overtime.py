"""How much overtime a month holds, checked against a model that counts minutes."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mianyue.base.interval import Interval, union
from mianyue.worktime import overtime as law

SHANGHAI, VIENNA, BEIRUT = ZoneInfo("Asia/Shanghai"), ZoneInfo("Europe/Vienna"), ZoneInfo("Asia/Beirut")
HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)


def span(start: str, hours: float, zone: ZoneInfo = SHANGHAI) -> Interval:
    begin = datetime.fromisoformat(start).replace(tzinfo=zone).astimezone(UTC)
    return Interval(begin, begin + timedelta(hours=hours))


TWELVE_EVENINGS = [span(f"2026-12-{day:02}T19:00", 3) for day in range(1, 13)]


def test_the_thirty_seventh_hour_of_a_month_is_beyond():
    more = [*TWELVE_EVENINGS, span("2026-12-13T10:00", 1)]
    assert law.within_cap(more, SHANGHAI) == (TWELVE_EVENINGS, [span("2026-12-13T10:00", 1)])


def test_the_hour_in_which_the_month_is_full_is_cut_there():
    allowed, beyond = law.within_cap([*TWELVE_EVENINGS[:11], span("2026-12-20T10:00", 5)], SHANGHAI)
    assert (allowed[-1], beyond) == (span("2026-12-20T10:00", 3), [span("2026-12-20T13:00", 2)])


def test_each_month_begins_anew_at_its_local_midnight():
    night = span("2026-12-31T23:00", 3)
    allowed, beyond = law.within_cap([*TWELVE_EVENINGS, night], SHANGHAI)
    assert (allowed[-1], beyond) == (span("2027-01-01T00:00", 2), [span("2026-12-31T23:00", 1)])
    assert law.by_month([night], SHANGHAI) == {date(2026, 12, 1): HOUR, date(2027, 1, 1): 2 * HOUR}


def test_what_overlaps_counts_once():
    assert law.by_month([span("2026-12-01T19:00", 2), span("2026-12-01T20:00", 2)], SHANGHAI) == {date(2026, 12, 1): 3 * HOUR}


@pytest.mark.parametrize(("evenings", "told"), [(9, 0), (10, 10), (12, 12)])
def test_people_are_told_from_thirty_hours_on(evenings, told):
    found = law.to_be_told(TWELVE_EVENINGS[:evenings], SHANGHAI)
    assert found == [(one, evenings * 3 * HOUR) for one in TWELVE_EVENINGS[:told]]


@pytest.mark.parametrize(
    ("zone", "start", "hours", "first", "whole"),
    [
        (SHANGHAI, "2026-12-05T10:00", 5, "2026-12-01T00:00", 31 * 24),
        (SHANGHAI, "2026-11-30T23:00", 2, "2026-11-01T00:00", 61 * 24),
        (SHANGHAI, "2026-11-30T23:00", 1, "2026-11-01T00:00", 30 * 24),
        (VIENNA, "2026-03-20T10:00", 5, "2026-03-01T00:00", 31 * 24 - 1),
        (VIENNA, "2026-10-20T10:00", 5, "2026-10-01T00:00", 31 * 24 + 1),
    ],
)
def test_whole_months(zone, start, hours, first, whole):
    assert law.whole_months(span(start, hours, zone), zone) == span(first, whole, zone)


def test_only_china_has_that_law():
    assert [law.is_capped(country) for country in ("CN", "CN-SH", "AT", "DE-BE")] == [True, True, False, False]


@given(
    st.lists(st.tuples(st.integers(0, 60 * 24 * 70), st.integers(1, 900)), max_size=60),
    st.sampled_from([SHANGHAI, VIENNA, BEIRUT]),
    st.sampled_from(["2026-03-01", "2026-10-01", "2026-12-01"]),
)
def test_like_counting_minutes(drawn, zone, first):
    origin = datetime.fromisoformat(first).replace(tzinfo=zone).astimezone(UTC)
    spans = [Interval(origin + start * MINUTE, origin + (start + length) * MINUTE) for start, length in drawn]
    taken: Counter[tuple[int, int]] = Counter()
    within, beyond = [], []
    for minute in sorted({start + offset for start, length in drawn for offset in range(length)}):
        at = origin + minute * MINUTE
        month = at.astimezone(zone).year, at.astimezone(zone).month
        taken[month] += 1
        (within if taken[month] <= 36 * 60 else beyond).append(Interval(at, at + MINUTE))
    assert law.within_cap(spans, zone) == (union(within), union(beyond))
    assert {(month.year, month.month): much // MINUTE for month, much in law.by_month(spans, zone).items()} == taken
