"""Which shift is due on which date, and to which date a punch belongs."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from mianyue.base.interval import Interval
from mianyue.worktime.attendance import Assignment, Layer, in_force, shift_on
from mianyue.worktime.instances import Belonging, RestDay, days_of, shift_instances
from mianyue.worktime.shift import EVERY_DAY, PunchRule, ShiftRule

SHANGHAI, VIENNA, NEW_YORK = ZoneInfo("Asia/Shanghai"), ZoneInfo("Europe/Vienna"), ZoneInfo("America/New_York")
WEEKDAYS = frozenset(range(1, 6))
OFFICE, NIGHT = ((540, 720), (780, 1080)), ((1320, 1800),)
TUESDAY = date(2026, 12, 1)
DAY = timedelta(days=1)


def works(segments=OFFICE, weekdays=EVERY_DAY, first=date(2020, 1, 1), last=None, layer=Layer.PERSON, **punching) -> Assignment:
    return Assignment(ShiftRule(segments, weekdays, PunchRule(**punching)), first, last, layer)


def rostered(day: date, segments=OFFICE, **punching) -> Assignment:
    return works(segments, EVERY_DAY, day, day, Layer.ROSTER, **punching)


def wall(text: str, zone: ZoneInfo = SHANGHAI) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=zone).astimezone(UTC)


def windows(*assignments: Assignment, days: int = 2, zone: ZoneInfo = SHANGHAI, first: date = TUESDAY) -> list[str]:
    found = shift_instances(assignments, first, first + (days - 1) * DAY, zone, "CN")
    return [f"{one.day:%d}: {one.opens.astimezone(zone):%d %H:%M}–{one.closes.astimezone(zone):%d %H:%M}" for one in found]


@pytest.mark.parametrize(
    ("assignments", "expected"),
    [
        ([works()], ["01: 01 05:00–02 02:00", "02: 02 05:00–03 02:00"]),
        ([works(NIGHT)], ["01: 01 18:00–02 14:00", "02: 02 18:00–03 14:00"]),
        ([works(before=60, after=30)], ["01: 01 08:00–01 18:30", "02: 02 08:00–02 18:30"]),
        # From the day shift into the morning of the next: the middle of the eleven hours between them.
        (
            [rostered(TUESDAY), rostered(TUESDAY + DAY, ((240, 600),), before=600)],
            ["01: 01 05:00–01 23:00", "02: 01 23:00–02 18:00"],
        ),
        # The next one wants no punch before midnight: all until then are the day's.
        ([rostered(TUESDAY), rostered(TUESDAY + DAY, ((240, 600),))], ["01: 01 05:00–02 00:00", "02: 02 00:00–02 18:00"]),
        # One after the other without a break.
        (
            [rostered(TUESDAY, ((960, 1440),)), rostered(TUESDAY + DAY, ((0, 480),))],
            ["01: 01 12:00–02 00:00", "02: 02 00:00–02 16:00"],
        ),
        # The next one wants no punch before its start: the ones until then stay with the one before.
        (
            [rostered(TUESDAY), rostered(TUESDAY + DAY, ((60, 480),), before=0)],
            ["01: 01 05:00–02 01:00", "02: 02 01:00–02 16:00"],
        ),
    ],
)
def test_the_window_in_which_punches_belong_to_a_shift(assignments, expected):
    assert windows(*assignments) == expected


def test_a_shift_before_the_dates_asked_for_has_its_punches_too():
    early = rostered(TUESDAY, ((0, 480),))
    assert windows(rostered(TUESDAY - DAY, ((960, 1440),)), early, days=1) == ["01: 01 00:00–01 16:00"]


@pytest.mark.parametrize(
    ("assignment", "day", "due"),
    [
        (works(weekdays=WEEKDAYS), "2026-10-01", False),  # National Day, a Thursday
        (works(weekdays=WEEKDAYS), "2026-10-07", False),  # a bridge day off
        (works(weekdays=WEEKDAYS), "2026-10-10", True),  # a Saturday that is worked for it
        (works(weekdays=frozenset({6, 7})), "2026-10-10", True),
        (rostered(date(2026, 10, 1)), "2026-10-01", True),
        (Assignment(None, date(2026, 1, 1), None, Layer.GROUP, (ShiftRule(OFFICE, EVERY_DAY),)), "2026-10-01", True),
        (Assignment(None, date(2026, 10, 9), date(2026, 10, 9), Layer.ROSTER), "2026-10-09", False),
    ],
)
def test_what_is_due_on_holidays(assignment, day, due):
    on = date.fromisoformat(day)
    assert [one.day for one in shift_instances([assignment], on, on, SHANGHAI, "CN")] == [on] * due


def test_only_shifts_that_begin_while_employed_the_last_to_its_end():
    found = shift_instances([works(NIGHT)], TUESDAY, TUESDAY + 9 * DAY, SHANGHAI, "CN", TUESDAY + DAY, TUESDAY + 2 * DAY)
    assert [one.day for one in found] == [TUESDAY + DAY, TUESDAY + 2 * DAY]
    assert found[-1].end == wall("2026-12-04T06:00")
    assert shift_instances([works()], TUESDAY, TUESDAY, SHANGHAI, "CN", date(2027, 1, 1)) == []


@pytest.mark.parametrize(
    ("day", "zone", "segments", "worked", "closes"),
    [
        ("2026-03-28", VIENNA, NIGHT, 7, "2026-03-29T14:00"),
        ("2026-10-24", VIENNA, NIGHT, 9, "2026-10-25T14:00"),
        ("2026-03-07", NEW_YORK, NIGHT, 7, "2026-03-08T14:00"),
        ("2026-10-31", NEW_YORK, NIGHT, 9, "2026-11-01T14:00"),
    ],
)
def test_the_night_the_clocks_change(day, zone, segments, worked, closes):
    (found,) = shift_instances([rostered(date.fromisoformat(day), segments)], date(2026, 3, 1), date(2026, 11, 30), zone, "")
    assert sum((one.length for one in found.segments), timedelta()) == timedelta(hours=worked)
    assert found.closes == wall(closes, zone)


def test_a_shift_that_the_clock_change_swallows_leaves_a_day_of_rest():
    day = date(2026, 3, 29)
    found = shift_instances([rostered(day, ((120, 180),))], day, day, VIENNA, "")
    assert found == []
    ((on, frame),) = days_of(found, day, day, VIENNA)
    assert (on, type(frame), frame.during.length) == (day, RestDay, timedelta(hours=23))


@pytest.mark.parametrize(
    ("at", "day"),
    [
        ("2026-12-01T21:50", "2026-12-01"),
        ("2026-12-02T06:05", "2026-12-01"),
        ("2026-12-02T13:59", "2026-12-01"),
        ("2026-12-02T14:00", "2026-12-02"),  # of no shift: its own date
        ("2026-12-02T17:59", "2026-12-02"),
        ("2026-12-02T21:50", "2026-12-02"),
        ("2026-12-03T06:05", "2026-12-02"),
        ("2026-12-04T03:00", "2026-12-04"),
    ],
)
def test_a_punch_belongs_to_the_night_it_falls_in(at, day):
    nights = shift_instances([works(NIGHT, last=TUESDAY + DAY)], TUESDAY, TUESDAY + 5 * DAY, SHANGHAI, "CN")
    assert Belonging(nights, SHANGHAI).day_of(wall(at)) == date.fromisoformat(day)


@pytest.mark.parametrize(
    ("at", "day"),
    [("2026-12-05T22:00", 5), ("2026-12-06T02:00", 5), ("2026-12-06T03:59", 5), ("2026-12-06T04:00", 6), ("2026-12-06T12:00", 6)],
)
def test_overtime_across_midnight_keeps_its_punches_together(at, day):
    overtime = [Interval(wall("2026-12-05T20:00"), wall("2026-12-06T02:00"))]
    assert Belonging([], SHANGHAI, overtime).day_of(wall(at)) == date(2026, 12, day)


ZONES = [(SHANGHAI, TUESDAY), (VIENNA, date(2026, 3, 28)), (VIENNA, date(2026, 10, 24)), (NEW_YORK, date(2026, 10, 31))]


@st.composite
def rosters(draw):
    """A shift on each of some days, none of which begins before the one before has ended."""
    zone, first = draw(st.sampled_from(ZONES))
    found = []
    for n in range(4):
        if draw(st.booleans()):
            start = draw(st.integers(0, 1439))
            punching = {"before": draw(st.sampled_from([0, 60, 240])), "after": draw(st.sampled_from([0, 120, 480]))}
            found.append(rostered(first + n * DAY, ((start, start + draw(st.integers(1, 900))),), **punching))
    return zone, first, found


@settings(max_examples=300, deadline=None)
@given(rosters(), st.integers(-600, 6 * 1440))
def test_a_punch_goes_to_the_nearest_shift_that_wants_it(roster, minute):
    zone, first, assignments = roster
    found = shift_instances(assignments, first, first + 4 * DAY, zone, "")
    assume(all(one.end <= following.start for one, following in pairwise(found)))
    at = datetime(first.year, first.month, first.day, tzinfo=zone).astimezone(UTC) + timedelta(minutes=minute)
    wanting = []
    for one in found:
        before, after = timedelta(minutes=one.punching.before), timedelta(minutes=one.punching.after)
        if one.start - before <= at < one.end + after:
            wanting.append((max(one.start - at, at - one.end, timedelta(0)), one.day))
    nearest = sorted(wanting)[:2]
    assume(len(nearest) < 2 or nearest[0][0] != nearest[1][0])  # in the very middle either will do
    expected = nearest[0][1] if nearest else at.astimezone(zone).date()
    assert Belonging(found, zone).day_of(at) == expected


@settings(max_examples=200, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 1439), st.integers(1, 3000), st.integers(0, 3000), st.integers(0, 3000)), max_size=5))
def test_no_instant_belongs_to_two_shifts_however_they_overlap(shifts):
    assignments = [
        rostered(TUESDAY + n * DAY, ((start, start + length),), before=before, after=after)
        for n, (start, length, before, after) in enumerate(shifts)
    ]
    found = shift_instances(assignments, TUESDAY, TUESDAY + 9 * DAY, SHANGHAI, "")
    assert len(found) == len(shifts)
    assert all(one.opens <= one.closes for one in found)
    assert all(one.closes <= following.opens for one, following in pairwise(found))


# The layers: what counts on a date, against looking each date up by itself.

MORNING, LATE = ShiftRule(((360, 600),), EVERY_DAY), ShiftRule(((840, 1080),), EVERY_DAY)
dates = st.integers(0, 13).map(lambda n: TUESDAY + n * DAY)


@st.composite
def assignments(draw):
    first = draw(dates)
    last = draw(st.one_of(st.none(), dates))
    cycle = draw(st.one_of(st.just(()), st.lists(st.sampled_from([MORNING, LATE, None]), min_size=1, max_size=3).map(tuple)))
    rule = draw(st.sampled_from([MORNING, LATE, None]))
    since = draw(st.one_of(st.none(), dates.map(lambda day: min(day, first))))
    return Assignment(rule, first, last, draw(st.sampled_from(Layer)), cycle, TUESDAY - 5 * DAY, since)


@settings(max_examples=400, deadline=None)
@given(st.lists(assignments(), max_size=6, unique_by=lambda one: one.precedence), dates)
def test_the_layers_say_on_every_date_what_a_plain_look_says(some, first):
    last = first + 6 * DAY
    applying = in_force(some, first, last)
    assert all(
        one.first <= one.last < following.first for one, following in pairwise([*applying, Assignment(None, date.max, None)])
    )
    for n in range(7):
        day = first + n * DAY
        covering = [one for one in some if one.first <= day and (one.last is None or day <= one.last)]
        counts = max(covering, key=lambda one: (one.layer, one.since or one.first), default=None)
        rule = None
        if counts:
            rule = counts.cycle[(day - counts.anchor).days % len(counts.cycle)] if counts.cycle else counts.rule
        assert shift_on(some, day, "") == rule
        assert next((one.rule_on(day) for one in applying if one.covers(day)), None) == rule
