"""Free time against a model that looks at every minute: random plans, nights, rosters, rotations, requests, claims, holidays, clock changes."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import holidays
import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from psycopg.types.range import TimestamptzRange

from mianyue.base.interval import Interval, subtract
from mianyue.domain.attendance.models import (
    AttendanceGroup,
    GroupMember,
    Leave,
    Overtime,
    RosterDay,
    Rotation,
    RotationDay,
    Shift,
    ShiftAssignment,
    ShiftVersion,
    Trip,
)
from mianyue.domain.interviews.models import Claim, Interview, Option
from mianyue.domain.organization.models import Employee, Site
from mianyue.domain.recruiting.models import Application, Round
from mianyue.workflows.gather import Facts, add_people, claimed_times

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)
WEEKS = [
    ("Asia/Shanghai", "AT", date(2026, 12, 7)),  # a holiday on the 8th
    ("Europe/Vienna", "AT", date(2026, 3, 27)),  # clocks forward on the 29th
    ("Europe/Vienna", "AT", date(2026, 10, 23)),  # clocks back on the 25th, a holiday on the 26th
    ("America/New_York", "US", date(2026, 10, 30)),
    ("Asia/Beirut", "LB", date(2026, 3, 27)),  # clocks forward at midnight
    ("Asia/Shanghai", "CN", date(2026, 12, 11)),
]
DAYS = 4
HOURS = [
    [(540, 720), (780, 1080)],
    [(1320, 1500), (1530, 1800)],
    [(0, 480)],
    [(60, 300)],
    [(1200, 1440), (1440, 1560)],
    [(480, 1920)],
]


@dataclass
class Drawn:
    """One person's whole attendance, as indexes into HOURS and offsets from the first day."""

    zone: str
    country: str
    first: date
    own: tuple[int, frozenset[int], int] | None = None
    group: tuple[int, frozenset[int], int, bool] | None = None
    rotation: list[int | None] | None = None
    roster: dict[int, int | None] = field(default_factory=dict)
    leave: list[tuple[int, int, str]] = field(default_factory=list)
    trips: list[tuple[int, int, str]] = field(default_factory=list)
    overtime: list[tuple[int, int, str]] = field(default_factory=list)
    claims: list[tuple[int, int]] = field(default_factory=list)
    hired: int = -99
    left: int = 99

    @property
    def start(self) -> datetime:
        return datetime.combine(self.first, time(0), ZoneInfo(self.zone)).astimezone(UTC)

    def day(self, offset: int) -> date:
        return self.first + timedelta(days=offset)

    def span(self, begin: int, length: int) -> Interval:
        return Interval(self.start + begin * MINUTE, self.start + (begin + length) * MINUTE)


SHIFT = st.integers(0, len(HOURS) - 1)
WEEKDAYS = st.frozensets(st.integers(1, 7), min_size=1)
BEGIN, LENGTH = st.integers(-600, DAYS * 1440), st.integers(1, 900)
REQUEST = st.tuples(BEGIN, LENGTH, st.sampled_from(["approved", "pending", "rejected", "cancelled"]))


@st.composite
def people(draw) -> Drawn:
    zone, country, first = draw(st.sampled_from(WEEKS))
    claims, at = [], -600
    for gap, length in draw(st.lists(st.tuples(st.integers(0, 900), st.integers(15, 120)), max_size=6)):
        claims.append((at + gap, length))
        at += gap + length
    return Drawn(
        zone,
        country,
        first,
        own=draw(st.none() | st.tuples(SHIFT, WEEKDAYS, st.integers(-5, DAYS))),
        group=draw(st.none() | st.tuples(SHIFT, WEEKDAYS, st.integers(-5, DAYS), st.booleans())),
        rotation=draw(st.none() | st.lists(st.none() | SHIFT, min_size=1, max_size=5)),
        roster=draw(st.dictionaries(st.integers(-2, DAYS + 1), st.none() | SHIFT, max_size=4)),
        leave=draw(st.lists(REQUEST, max_size=3)),
        trips=draw(st.lists(REQUEST, max_size=2)),
        overtime=draw(st.lists(REQUEST, max_size=3)),
        claims=claims,
        hired=draw(st.just(-99) | st.integers(-1, DAYS)),
        left=draw(st.just(99) | st.integers(0, DAYS)),
    )


def minutes_by_the_model(drawn: Drawn) -> set[datetime]:
    """Every free minute of these days, by asking each minute by itself."""
    zone, off = ZoneInfo(drawn.zone), holidays.country_holidays(drawn.country, years=[drawn.first.year])

    def shift_of(day: date) -> list[tuple[int, int]]:
        offset = (day - drawn.first).days
        if offset in drawn.roster:
            return [] if drawn.roster[offset] is None else HOURS[drawn.roster[offset]]
        if drawn.own and offset >= drawn.own[2]:
            return HOURS[drawn.own[0]] if day.isoweekday() in drawn.own[1] else []
        if drawn.group and offset >= drawn.group[2]:
            if drawn.rotation:
                turn = drawn.rotation[offset % len(drawn.rotation)]
                return [] if turn is None else HOURS[turn]
            return HOURS[drawn.group[0]] if day.isoweekday() in drawn.group[1] else []
        return []

    def instant(day: date, minute: int) -> datetime:
        return datetime.combine(day + timedelta(days=minute // 1440), time(minute % 1440 // 60, minute % 60), zone).astimezone(UTC)

    worked = [
        (instant(day, begin), instant(day, end))
        for day in (drawn.day(offset) for offset in range(-3, DAYS + 2))
        for begin, end in shift_of(day)
    ]
    opened = []
    for begin, length, status in drawn.overtime:
        one = drawn.span(begin, length)
        offset = (one.start.astimezone(zone).date() - drawn.first).days
        closed = drawn.group and offset >= drawn.group[2] and not drawn.group[3]
        if status == "approved" and not closed:
            opened.append((one.start, one.end))
    away = [
        (one.start, one.end)
        for asked in (drawn.leave, drawn.trips)
        for begin, length, status in asked
        if status in ("approved", "pending")
        for one in [drawn.span(begin, length)]
    ]
    away += [(one.start, one.end) for one in (drawn.span(*claim) for claim in drawn.claims)]

    def among(at: datetime, spans: list[tuple[datetime, datetime]]) -> bool:
        return any(start <= at < end for start, end in spans)

    found, at = set(), drawn.start
    end = datetime.combine(drawn.day(DAYS), time(0), zone).astimezone(UTC)
    while at < end:
        day = at.astimezone(zone).date()
        offset = (day - drawn.first).days
        if drawn.hired <= offset <= drawn.left and day not in off and among(at, worked + opened) and not among(at, away):
            found.add(at)
        at += MINUTE
    return found


def keep(drawn: Drawn, now: datetime) -> Employee:
    site = Site.objects.create(code="X", name="X", time_zone=drawn.zone, holiday_country=drawn.country)
    dates = {"hire_date": drawn.day(drawn.hired), "last_day": drawn.day(drawn.left)}
    employee = Employee.objects.create(code="X1", name="X", site=site, time_zone=drawn.zone, **dates)

    def shift(number: int, weekdays: frozenset[int] = frozenset(range(1, 8))) -> Shift:
        made = Shift.objects.create(code=f"X{Shift.objects.count()}", name="X")
        ShiftVersion.objects.create(shift=made, segments=[list(part) for part in HOURS[number]], weekdays=sorted(weekdays))
        return made

    if drawn.own:
        number, weekdays, offset = drawn.own
        ShiftAssignment.objects.create(employee=employee, shift=shift(number, weekdays), first_day=drawn.day(offset))
    if drawn.group:
        number, weekdays, offset, opens = drawn.group
        rotation = None
        if drawn.rotation:
            rotation = Rotation.objects.create(code="X", name="X", anchor=drawn.first)
            for place, turn in enumerate(drawn.rotation):
                RotationDay.objects.create(rotation=rotation, number=place, shift=None if turn is None else shift(turn))
        worked = None if rotation else shift(number, weekdays)
        group = AttendanceGroup.objects.create(code="X", name="X", shift=worked, rotation=rotation, overtime_opens=opens)
        GroupMember.objects.create(employee=employee, group=group, first_day=drawn.day(offset))
    for offset, number in drawn.roster.items():
        RosterDay.objects.create(
            employee=employee, day=drawn.day(offset), shift=None if number is None else shift(number, frozenset({3}))
        )
    for model, asked in ((Leave, drawn.leave), (Trip, drawn.trips), (Overtime, drawn.overtime)):
        for begin, length, status in asked:
            model.objects.create(employee=employee, during=ranged(drawn.span(begin, length)), status=status)
    _claim(employee, drawn, now)
    return employee


def _claim(employee: Employee, drawn: Drawn, now: datetime) -> None:
    application = Application.objects.get(code="A039")
    round_ = Round.objects.get(job_id=application.job_id, number=application.round_number)
    interview = Interview.objects.create(application=application, round=round_, state="offered", created_at=now, changed_at=now)
    for number, claim in enumerate(drawn.claims):
        during = ranged(drawn.span(*claim))
        option = Option.objects.create(interview=interview, proposal=1, number=number, during=during)
        given = {"state": "booked"} if number % 2 else {"state": "hold", "expires_at": now + timedelta(days=1)}
        Claim.objects.create(
            resource_kind="employee", resource_id=employee.pk, during=during, option=option, interview=interview, **given
        )


def ranged(span: Interval) -> TimestamptzRange:
    return TimestamptzRange(span.start, span.end, "[)")


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(drawn=people())
def test_free_time_is_what_every_minute_says(company, now, drawn):
    with transaction.atomic():
        employee = keep(drawn, now)
        window = Interval(drawn.start, datetime.combine(drawn.day(DAYS), time(0), ZoneInfo(drawn.zone)))
        facts = Facts()
        add_people(facts, [employee], window, claimed_times(window, now))
        transaction.set_rollback(True)
    found = facts.people["X1"]
    free = subtract(found.attendance, (one.interval for one in found.blocked))
    minutes = {one.start + offset * MINUTE for one in free for offset in range(one.length // MINUTE)}
    assert minutes == minutes_by_the_model(drawn)
    assert all(window.contains(one) and one.start.second == one.end.second == 0 for one in free)
