"""The working time that a span covers, against somebody who looks at every minute."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mianyue.base.interval import Interval
from mianyue.worktime.attendance import Assignment, Layer
from mianyue.worktime.covered import Works, dates_of, minutes_of, working_time
from mianyue.worktime.day_kinds import is_make_up_workday, is_public_holiday
from mianyue.worktime.shift import ShiftRule

SHANGHAI, VIENNA = ZoneInfo("Asia/Shanghai"), ZoneInfo("Europe/Vienna")
DAY = ShiftRule(((540, 720), (780, 1080)), frozenset({1, 2, 3, 4, 5}))
NIGHT = ShiftRule(((1320, 1560), (1590, 1800)), frozenset(range(1, 8)))


def works(rule: ShiftRule, zone: ZoneInfo = SHANGHAI, country: str = "CN", **employment) -> Works:
    return Works(zone, country, [Assignment(rule, date(2020, 1, 1), None)], **employment)


def local(text: str, zone: ZoneInfo = SHANGHAI) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=zone)


def every_minute(during: Interval, rule: ShiftRule, zone: ZoneInfo, country: str) -> int:
    """Counts the minutes of which both the shift's wall clock and the calendar say that they are worked."""
    count, at = 0, during.start
    while at < during.end:
        here = at.astimezone(zone)
        for back in (0, 1):
            day = here.date() - timedelta(days=back)
            minute = here.hour * 60 + here.minute + 1440 * back
            begins = day.isoweekday() in rule.weekdays or (is_make_up_workday(day, country) and rule.weekdays & set(range(1, 6)))
            if begins and any(first <= minute < last for first, last in rule.segments):
                count += not is_public_holiday(day, country)  # a night shift belongs to the date it begins on
                break
        at += timedelta(minutes=1)
    return count


@settings(deadline=None)
@given(
    start=st.integers(0, 60 * 24 * 40),
    length=st.integers(1, 60 * 24 * 4),
    rule=st.sampled_from([DAY, NIGHT, ShiftRule(((0, 480),), frozenset({6, 7})), ShiftRule(((1020, 1440),), frozenset({1, 3}))]),
    first=st.sampled_from([datetime(2026, 9, 10, tzinfo=UTC), datetime(2026, 2, 1, tzinfo=UTC), datetime(2026, 4, 20, tzinfo=UTC)]),
)
def test_as_many_minutes_as_somebody_counts_one_by_one(start, length, rule, first):
    begin = first + timedelta(minutes=start)
    during = Interval(begin, begin + timedelta(minutes=length))
    assert minutes_of(working_time(during, works(rule))) == every_minute(during, rule, SHANGHAI, "CN")


def test_a_holiday_that_the_roster_or_the_rotation_names_costs_leave_and_one_of_the_week_does_not():
    national_day = Interval(local("2026-10-01T00:00"), local("2026-10-02T00:00"))
    holiday = date(2026, 10, 1)
    rostered = Assignment(DAY.every_day(), holiday, holiday, Layer.ROSTER)
    rotating = Assignment(None, date(2026, 1, 1), None, Layer.GROUP, cycle=(DAY.every_day(),))
    costs = [[Assignment(DAY, date(2020, 1, 1), None)], [Assignment(DAY, date(2020, 1, 1), None), rostered], [rotating]]
    assert [minutes_of(working_time(national_day, Works(SHANGHAI, "CN", one))) for one in costs] == [0, 480, 480]


@pytest.mark.parametrize(("night", "minutes"), [("2026-03-28", 390), ("2026-10-24", 510), ("2026-11-21", 450)])
def test_a_night_in_which_the_clock_changes_is_as_long_as_it_is(night, minutes):
    start = local(f"{night}T20:00", VIENNA)
    during = Interval(start, start.astimezone(UTC) + timedelta(hours=14))
    assert minutes_of(working_time(during, works(NIGHT, VIENNA, "AT"))) == minutes


@pytest.mark.parametrize(
    ("seconds", "step", "minutes"), [(60, 1, 1), (61, 1, 2), (60, 30, 30), (1800, 30, 30), (1801, 30, 60), (14400, 240, 240)]
)
def test_a_step_that_was_begun_counts_as_a_whole(seconds, step, minutes):
    begin = datetime(2026, 12, 2, tzinfo=UTC)
    assert minutes_of([Interval(begin, begin + timedelta(seconds=seconds))], step) == minutes


def test_of_nothing_nothing_counts():
    assert minutes_of([], 240) == 0


def test_only_the_employment_counts():
    during = Interval(local("2026-12-01T00:00"), local("2026-12-12T00:00"))
    employed = works(DAY, hired=date(2026, 12, 3), last_day=date(2026, 12, 7))
    assert minutes_of(working_time(during, employed)) == 3 * 480


@pytest.mark.parametrize(
    ("first", "last", "days"),
    [
        ("2026-12-01T09:00", "2026-12-01T18:00", [1]),
        ("2026-12-01T00:00", "2026-12-02T00:00", [1]),
        ("2026-12-01T23:00", "2026-12-02T00:01", [1, 2]),
        ("2026-12-02T00:00", "2026-12-04T00:00", [2, 3]),
    ],
)
def test_dates_of_a_span_by_day(first, last, days):
    assert dates_of(Interval(local(first), local(last)), works(DAY)) == [date(2026, 12, day) for day in days]


@pytest.mark.parametrize(
    ("first", "last", "days"),
    [
        ("2026-12-02T05:00", "2026-12-02T06:00", [1, 2]),
        ("2026-12-02T06:00", "2026-12-02T07:00", [2]),
        ("2026-12-01T22:00", "2026-12-02T06:00", [1, 2]),
    ],
)
def test_the_end_of_a_night_belongs_to_the_date_before(first, last, days):
    assert dates_of(Interval(local(first), local(last)), works(NIGHT)) == [date(2026, 12, day) for day in days]
