"""When somebody is at work, checked against a model that looks at every minute."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mianyue.base.interval import Interval
from mianyue.worktime.attendance import Assignment, attendance
from mianyue.worktime.days import days_off, on_dates, public_holidays, whole_day
from mianyue.worktime.nights import rest_after_nights
from mianyue.worktime.shift import ShiftRule, shift_instants

SHANGHAI, VIENNA, NEW_YORK = ZoneInfo("Asia/Shanghai"), ZoneInfo("Europe/Vienna"), ZoneInfo("America/New_York")
BEIRUT = ZoneInfo("Asia/Beirut")  # its clocks change at midnight
WEEKDAYS, WEEKEND, EVERY_DAY = frozenset(range(1, 6)), frozenset({6, 7}), frozenset(range(1, 8))
MINUTE = timedelta(minutes=1)


def clock(text: str) -> time | None:
    return time.fromisoformat(text) if text else None


def rule(hours: str, pause: str = "", weekdays: frozenset[int] = WEEKDAYS) -> ShiftRule:
    """``"09:00-18:00"`` with a break ``"12:00-13:00"``."""
    start, _, end = hours.partition("-")
    pause_start, _, pause_end = pause.partition("-")
    return ShiftRule.between(clock(start), clock(end), clock(pause_start), clock(pause_end), weekdays)


OFFICE = rule("09:00-18:00", "12:00-13:00")
NIGHT = rule("22:00-06:00", "01:00-01:30")


def told(spans: list[Interval], zone: ZoneInfo) -> list[str]:
    return [f"{span.start.astimezone(zone):%d %H:%M}–{span.end.astimezone(zone):%d %H:%M}" for span in spans]


def span(text: str, zone: ZoneInfo = SHANGHAI) -> Interval:
    start, _, end = text.partition("..")
    return Interval(*(datetime.fromisoformat(at).replace(tzinfo=zone) for at in (start, end)))


@pytest.mark.parametrize(
    ("shift", "day", "zone", "worked"),
    [
        (rule("09:00-18:00"), "2026-12-01", SHANGHAI, ["01 09:00–01 18:00"]),
        (OFFICE, "2026-12-01", SHANGHAI, ["01 09:00–01 12:00", "01 13:00–01 18:00"]),
        (rule("22:00-06:00"), "2026-12-01", SHANGHAI, ["01 22:00–02 06:00"]),
        (NIGHT, "2026-12-01", SHANGHAI, ["01 22:00–02 01:00", "02 01:30–02 06:00"]),
        (rule("20:00-04:00", "23:30-00:30"), "2026-12-01", SHANGHAI, ["01 20:00–01 23:30", "02 00:30–02 04:00"]),
        (rule("18:00-02:00", "22:00-23:00"), "2026-12-01", SHANGHAI, ["01 18:00–01 22:00", "01 23:00–02 02:00"]),
        (rule("08:00-08:00"), "2026-12-01", SHANGHAI, ["01 08:00–02 08:00"]),
        (rule("00:00-00:00"), "2026-12-01", SHANGHAI, ["01 00:00–02 00:00"]),
        (rule("16:00-00:00"), "2026-12-31", SHANGHAI, ["31 16:00–01 00:00"]),
        # A break that lies outside the shift takes nothing away.
        (rule("09:00-12:00", "12:00-13:00"), "2026-12-01", SHANGHAI, ["01 09:00–01 12:00"]),
        (rule("13:00-18:00", "12:00-13:00"), "2026-12-01", SHANGHAI, ["01 13:00–01 18:00"]),
    ],
)
def test_shift_less_break(shift, day, zone, worked):
    assert told(shift_instants(shift, date.fromisoformat(day), zone), zone) == worked


@pytest.mark.parametrize(
    ("shift", "day", "zone", "hours"),
    [
        (rule("01:00-05:00"), "2026-03-29", VIENNA, 3),
        (rule("01:00-05:00"), "2026-10-25", VIENNA, 5),
        (rule("22:00-06:00"), "2026-03-28", VIENNA, 7),
        (rule("22:00-06:00"), "2026-10-24", VIENNA, 9),
        (rule("00:00-06:00"), "2026-03-08", NEW_YORK, 5),
        (rule("00:00-06:00"), "2026-11-01", NEW_YORK, 7),
        (rule("22:00-06:00", "02:00-03:00"), "2026-03-28", VIENNA, 7),  # a break nobody has: the clock jumps over it
        (rule("02:00-03:00"), "2026-03-29", VIENNA, 0),
        (rule("09:00-18:00", "12:00-13:00"), "2026-03-29", VIENNA, 8),
    ],
)
def test_night_that_changes_the_clock_is_as_long_as_it_is(shift, day, zone, hours):
    worked = shift_instants(shift, date.fromisoformat(day), zone)
    assert sum((one.length for one in worked), timedelta(0)) == timedelta(hours=hours)


@pytest.mark.parametrize(
    ("day", "zone", "hours"), [("2026-03-29", VIENNA, 23), ("2026-10-25", VIENNA, 25), ("2026-12-01", VIENNA, 24)]
)
def test_a_whole_day_runs_from_midnight_to_midnight(day, zone, hours):
    assert whole_day(date.fromisoformat(day), zone).length == timedelta(hours=hours)


def at_work(
    window: str, *assignments: Assignment, zone=SHANGHAI, country="CN", overtime=(), hired=None, last_day=None
) -> list[str]:
    found = attendance(
        span(window, zone),
        zone,
        country,
        assignments,
        [span(one, zone) for one in overtime],
        date.fromisoformat(hired) if hired else None,
        date.fromisoformat(last_day) if last_day else None,
    )
    return told(found, zone)


def works(shift: ShiftRule, first: str = "2020-01-01", last: str | None = None) -> Assignment:
    return Assignment(shift, date.fromisoformat(first), date.fromisoformat(last) if last else None)


MORNING, LATE = rule("06:00-10:00"), rule("14:00-18:00")
NIGHTS = rule("22:00-06:00")


@pytest.mark.parametrize(
    ("case", "expected"),
    [
        ({"window": "2026-12-04..2026-12-08", "assignments": [works(LATE)]}, ["04 14:00–04 18:00", "07 14:00–07 18:00"]),
        ({"window": "2026-12-04T15:00..2026-12-04T16:00", "assignments": [works(LATE)]}, ["04 15:00–04 16:00"]),
        ({"window": "2026-12-04..2026-12-05", "assignments": []}, []),
        # A night shift that began before the window reaches in; one that began on Friday ends on Saturday.
        ({"window": "2026-12-02..2026-12-03", "assignments": [works(NIGHTS)]}, ["02 00:00–02 06:00", "02 22:00–03 00:00"]),
        ({"window": "2026-12-05..2026-12-06", "assignments": [works(NIGHTS)]}, ["05 00:00–05 06:00"]),
        # Where two assignments apply, the one that begins later counts, whichever comes first in the file.
        (
            {"window": "2026-12-01..2026-12-03", "assignments": [works(MORNING), works(LATE, "2026-12-02")]},
            ["01 06:00–01 10:00", "02 14:00–02 18:00"],
        ),
        (
            {"window": "2026-12-01..2026-12-03", "assignments": [works(LATE, "2026-12-02"), works(MORNING)]},
            ["01 06:00–01 10:00", "02 14:00–02 18:00"],
        ),
        (
            {"window": "2026-12-01..2026-12-04", "assignments": [works(MORNING), works(LATE, "2026-12-02", "2026-12-02")]},
            ["01 06:00–01 10:00", "02 14:00–02 18:00", "03 06:00–03 10:00"],
        ),
        ({"window": "2026-12-01..2026-12-04", "assignments": [works(LATE, "2026-12-02", "2026-12-02")]}, ["02 14:00–02 18:00"]),
        # Hire and last day are both days at work.
        (
            {"window": "2026-12-01..2026-12-05", "assignments": [works(LATE)], "hired": "2026-12-02", "last_day": "2026-12-03"},
            ["02 14:00–02 18:00", "03 14:00–03 18:00"],
        ),
        ({"window": "2026-12-01..2026-12-05", "assignments": [works(LATE)], "hired": "2026-12-07"}, []),
        ({"window": "2026-12-07..2026-12-09", "assignments": [works(LATE)], "last_day": "2026-12-04"}, []),
        # Overtime: at work without a break, on a day off too, joined with the shift it touches, but not before the hire.
        (
            {"window": "2026-12-05..2026-12-06", "assignments": [works(LATE)], "overtime": ["2026-12-05T09:00..2026-12-05T12:00"]},
            ["05 09:00–05 12:00"],
        ),
        (
            {"window": "2026-12-04..2026-12-05", "assignments": [works(LATE)], "overtime": ["2026-12-04T18:00..2026-12-04T20:00"]},
            ["04 14:00–04 20:00"],
        ),
        (
            {
                "window": "2026-12-04..2026-12-05",
                "assignments": [works(OFFICE)],
                "overtime": ["2026-12-04T11:00..2026-12-04T12:30"],
            },
            ["04 09:00–04 12:30", "04 13:00–04 18:00"],
        ),
        (
            {
                "window": "2026-12-04..2026-12-06",
                "assignments": [],
                "overtime": ["2026-12-04T11:00..2026-12-04T12:00"],
                "hired": "2026-12-05",
            },
            [],
        ),
        # 2026-10-10 is a make-up Saturday in China: worked by whoever works in the week, and by weekend shifts as ever.
        ({"window": "2026-10-10..2026-10-12", "assignments": [works(LATE)]}, ["10 14:00–10 18:00"]),
        (
            {"window": "2026-10-10..2026-10-12", "assignments": [works(rule("14:00-18:00", weekdays=frozenset({3})))]},
            ["10 14:00–10 18:00"],
        ),
        (
            {"window": "2026-10-10..2026-10-12", "assignments": [works(rule("14:00-18:00", weekdays=WEEKEND))]},
            ["10 14:00–10 18:00", "11 14:00–11 18:00"],
        ),
        ({"window": "2026-10-10..2026-10-12", "assignments": [works(LATE)], "country": "AT"}, []),
        # A public holiday is a reason of its own, not an absence.
        ({"window": "2026-10-01..2026-10-02", "assignments": [works(LATE)]}, ["01 14:00–01 18:00"]),
        # Weekday sets are those of the day a shift begins on.
        (
            {"window": "2026-12-05..2026-12-08", "assignments": [works(rule("22:00-06:00", weekdays=frozenset({7})))]},
            ["06 22:00–07 06:00"],
        ),
    ],
)
def test_attendance(case, expected):
    case = dict(case)
    assert at_work(case.pop("window"), *case.pop("assignments"), **case) == expected


quarters = st.integers(0, 95).map(lambda n: time(n // 4, n % 4 * 15))
rules = st.builds(
    lambda start, end, pause, weekdays: ShiftRule.between(start, end, *(pause or (None, None)), frozenset(weekdays)),
    quarters,
    quarters,
    st.none() | st.tuples(quarters, quarters),
    st.sets(st.integers(1, 7)),
)
offsets = st.integers(-3, 8)


@given(
    rules=st.lists(st.tuples(rules, offsets, st.none() | st.integers(0, 6)), max_size=3, unique_by=lambda entry: entry[1]),
    first=st.sampled_from([date(2026, 3, 27), date(2026, 10, 9), date(2026, 10, 23), date(2026, 12, 1)]),
    zone=st.sampled_from([SHANGHAI, VIENNA]),
    country=st.sampled_from(["CN", "AT"]),
    hired=st.none() | offsets,
    last=st.none() | offsets,
    overtime=st.lists(st.tuples(st.integers(0, 2 * 96), st.integers(1, 40)), max_size=2),
)
def test_attendance_agrees_with_a_look_at_every_quarter_of_an_hour(rules, first, zone, country, hired, last, overtime):
    def day(offset: int) -> date:
        return first + timedelta(days=offset)

    assignments = [Assignment(r, day(o), None if length is None else day(o + length)) for r, o, length in rules]
    window = Interval(datetime.combine(first, time(0), zone), datetime.combine(day(3), time(0), zone))
    extra = [
        Interval(window.start + start * 15 * MINUTE, window.start + (start + length) * 15 * MINUTE) for start, length in overtime
    ]
    hired_on, last_on = (None if hired is None else day(hired)), (None if last is None else day(last))
    found = attendance(window, zone, country, assignments, extra, hired_on, last_on)
    instant = window.start
    while instant < window.end:
        expected = _works_at(instant, zone, country, assignments, extra, hired_on, last_on)
        assert any(one.start <= instant < one.end for one in found) == expected, instant.astimezone(zone)
        instant += 15 * MINUTE
    assert found == sorted(found)
    assert all(window.contains(one) for one in found)


MAKE_UP = {date(2026, 10, 10)}


def _works_at(instant, zone, country, assignments, extra, hired, last) -> bool:
    """The slow model: is this very instant within a shift of today or yesterday and outside its break, by the local calendar?"""
    today = instant.astimezone(zone).date()
    if (hired and today < hired) or (last and today > last):
        return False
    if any(one.start <= instant < one.end for one in extra):
        return True
    for day in (today - timedelta(days=1), today):
        applying = [a for a in assignments if a.first <= day and (a.last is None or day <= a.last)]
        if not applying:
            continue
        shift = max(applying, key=lambda a: a.first).rule
        worked = day.isoweekday() in shift.weekdays or (country == "CN" and day in MAKE_UP and shift.weekdays & WEEKDAYS)
        if worked and any(_between(instant, day, part, zone) for part in shift.segments):
            return True
    return False


def _between(instant, day, part, zone) -> bool:
    """Whether the instant lies between two minutes of the wall clock, counted from midnight of ``day``."""
    begins, ends = (_on_the_wall(day, minute, zone) for minute in part)
    return begins <= instant < ends


def _on_the_wall(day, minute, zone) -> datetime:
    return (datetime.combine(day, time()) + timedelta(minutes=minute)).replace(tzinfo=zone).astimezone(UTC)


def test_holidays_and_days_off_are_whole_local_days():
    window = span("2026-10-08T12:00..2026-10-12T12:00", SHANGHAI)
    assert told(days_off(window, SHANGHAI, [1, 2, 3, 4, 5], "CN"), SHANGHAI) == ["11 00:00–12 00:00"]
    assert told(days_off(window, SHANGHAI, [1, 2, 3, 4, 5], "AT"), SHANGHAI) == ["10 00:00–12 00:00"]
    national_day = span("2026-10-07T12:00..2026-10-08T12:00", SHANGHAI)
    assert told(public_holidays(national_day, [SHANGHAI], "CN"), SHANGHAI) == ["07 00:00–08 00:00"]
    # Somebody who lives in Vienna has the holiday of the site by either date.
    assert told(public_holidays(national_day, [SHANGHAI, VIENNA], "CN"), SHANGHAI) == ["07 00:00–08 06:00"]


def rests(window: str, shift: ShiftRule, hours: float, zone: ZoneInfo = SHANGHAI, **employed: str) -> list[str]:
    days = {name: date.fromisoformat(day) for name, day in employed.items()}
    spans = rest_after_nights(
        span(window, zone),
        zone,
        "CN" if zone is SHANGHAI else "AT",
        [Assignment(shift, date(2020, 1, 1), None)],
        days.get("hired"),
        days.get("last_day"),
        timedelta(hours=hours),
    )
    return told(spans, zone)


@pytest.mark.parametrize(
    ("hours", "rested"),
    [
        ("22:00-06:00", ["02 06:00–02 17:00"]),
        # Any part of the night makes a night shift, and the rest begins with the end of the whole shift.
        ("16:00-00:15", ["02 00:15–02 11:15"]),
        ("04:45-12:00", ["02 12:00–02 23:00"]),
        # Until midnight, or from five on, is no night.
        ("16:00-00:00", []),
        ("05:00-13:00", []),
        ("09:00-18:00", []),
    ],
)
def test_rest_after_a_shift_that_touches_the_night(hours, rested):
    shift = rule(hours, weekdays=frozenset({2 if hours > "15" else 3}))
    assert rests("2026-12-02T00:00..2026-12-03T00:00", shift, 11) == rested


def test_a_break_over_the_whole_night_makes_no_day_shift():
    shift = rule("20:00-07:00", "23:00-05:30", frozenset({2}))
    assert rests("2026-12-02T00:00..2026-12-03T00:00", shift, 11) == ["02 07:00–02 18:00"]


def test_rest_reaches_into_the_window_from_days_before_and_is_cut_at_its_ends():
    shift = rule("22:00-06:00", weekdays=frozenset({1}))
    assert rests("2026-12-03T00:00..2026-12-05T00:00", shift, 72) == ["03 00:00–04 06:00"]
    assert rests("2026-12-01T00:00..2026-12-01T12:00", shift, 72) == ["01 06:00–01 12:00"]


def test_rest_is_elapsed_time_across_a_clock_change():
    # 2026-10-25 03:00 is 02:00 again in Vienna; 2026-03-29 02:00 is 03:00.
    shift = rule("20:00-01:00", weekdays=frozenset({6}))
    assert rests("2026-10-25T00:00..2026-10-26T00:00", shift, 11, VIENNA) == ["25 01:00–25 11:00"]
    assert rests("2026-03-29T00:00..2026-03-30T00:00", shift, 11, VIENNA) == ["29 01:00–29 13:00"]


def test_nobody_rests_from_a_shift_before_the_hire_or_after_the_last_day():
    nights = rule("22:00-06:00", weekdays=EVERY_DAY)
    window = "2026-12-02T00:00..2026-12-04T00:00"
    assert rests(window, nights, 11) == ["02 06:00–02 17:00", "03 06:00–03 17:00"]
    assert rests(window, nights, 11, hired="2026-12-03") == ["03 06:00–03 17:00"]
    # The last day's night ends with the day: what is left of it is no night shift, the one before still is.
    assert rests(window, nights, 11, last_day="2026-12-02") == ["02 06:00–02 17:00"]


def test_without_a_rule_nobody_rests():
    assert rests("2026-12-02T00:00..2026-12-04T00:00", rule("22:00-06:00", weekdays=EVERY_DAY), 0) == []


@given(
    rules=st.lists(st.tuples(rules, offsets, st.none() | st.integers(0, 6)), max_size=3, unique_by=lambda entry: entry[1]),
    first=st.sampled_from([date(2026, 3, 27), date(2026, 10, 9), date(2026, 10, 23), date(2026, 12, 1)]),
    zone=st.sampled_from([SHANGHAI, VIENNA, BEIRUT]),
    hired=st.none() | offsets,
    last=st.none() | offsets,
    rest=st.integers(0, 40).map(lambda hours: timedelta(hours=hours)),
)
def test_rest_agrees_with_a_look_at_every_quarter_of_an_hour(rules, first, zone, hired, last, rest):
    def day(offset: int) -> date:
        return first + timedelta(days=offset)

    assignments = [Assignment(r, day(o), None if length is None else day(o + length)) for r, o, length in rules]
    window = Interval(datetime.combine(first, time(0), zone), datetime.combine(day(3), time(0), zone))
    hired_on, last_on = (None if hired is None else day(hired)), (None if last is None else day(last))
    found = rest_after_nights(window, zone, "AT", assignments, hired_on, last_on, rest)
    ends = _ends_of_night_shifts(first, zone, assignments, hired_on, last_on)
    instant = window.start
    while instant < window.end:
        expected = any(end <= instant < end + rest for end in ends)
        assert any(one.start <= instant < one.end for one in found) == expected, instant.astimezone(zone)
        instant += 15 * MINUTE
    assert all(window.contains(one) for one in found)


def _ends_of_night_shifts(first, zone, assignments, hired, last) -> list[datetime]:
    """The slow model: walk through every shift of the week around, a quarter of an hour at a time, and look at the clock on the wall."""
    ends = []
    for offset in range(-5, 5):
        day = first + timedelta(days=offset)
        applying = [a for a in assignments if a.first <= day and (a.last is None or day <= a.last)]
        if not applying:
            continue
        shift = max(applying, key=lambda a: a.first).rule
        if day.isoweekday() not in shift.weekdays or not shift.segments:
            continue
        at, end = _on_the_wall(day, shift.segments[0][0], zone), _on_the_wall(day, shift.segments[-1][1], zone)
        worked = []
        while at < end:
            local_day = at.astimezone(zone).date()
            if (hired is None or hired <= local_day) and (last is None or local_day <= last):
                worked.append(at)
            at += 15 * MINUTE
        if any(quarter.astimezone(zone).hour < 5 for quarter in worked):
            ends.append(worked[-1] + 15 * MINUTE)
    return ends


def test_dates_are_whole_local_days_within_the_window():
    window = span("2026-12-24T12:00..2026-12-26T12:00", SHANGHAI)
    wanted = [date(2026, 12, 23), date(2026, 12, 24), date(2026, 12, 26), date(2027, 1, 1)]
    assert told(on_dates(window, SHANGHAI, wanted), SHANGHAI) == ["24 00:00–25 00:00", "26 00:00–27 00:00"]
    assert on_dates(window, SHANGHAI, []) == []
