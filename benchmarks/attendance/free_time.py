"""Everybody's free time: 2,000 people × 28 days, read from PostgreSQL and computed by the code that looks for interview times."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from benchmarks.harness import TODAY, Row, timed

if TYPE_CHECKING:
    from mianyue.base.interval import Interval
    from mianyue.domain.organization.models import Employee

PEOPLE, DAYS, TIMES = 2000, 28, 7
SHANGHAI = ZoneInfo("Asia/Shanghai")


def run(quick: bool) -> list[Row]:
    """A company that works in groups: a tenth are rostered for nights, a tenth have overtime, a twentieth are on leave or on a trip;
    everybody has five interviews, and a meeting on each weekday. The floor reads the same rows and throws them away.
    """
    from django.conf import settings
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from mianyue.base.interval import Interval

    now = settings.CLOCK.now()
    window = Interval(now + timedelta(hours=24), now + timedelta(days=DAYS + 1))
    staff = _company(PEOPLE // 20 if quick else PEOPLE, now)

    def ours() -> list[Interval]:
        return _free(staff, window, now)

    with CaptureQueriesContext(connection) as captured:
        free = ours()
    _must_be_plausible(free, staff, window)
    statements = [query["sql"] for query in captured.captured_queries]

    def floor() -> None:
        with connection.cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)
                cursor.fetchall()

    whole, alone, computed = timed(ours, TIMES), timed(floor, TIMES), timed(ours, TIMES, cpu=True)
    what = f"free time of {len(staff):,} people × {DAYS} days"
    return [
        Row(what, whole.median, alone.median, "ms", "the same rows, thrown away", "(target ≤ 2,000)", whole.least, whole.p95),
        Row(f"{what}, CPU of Python", computed.median, None, "ms", "–", "", computed.least, computed.p95),
        Row(f"{what}, SQL statements", len(statements), None, "statements", "–"),
    ]


def _free(staff: list[Employee], window: Interval, now: datetime) -> list[Interval]:
    from mianyue.base.interval import subtract
    from mianyue.workflows.gather import Facts, add_people, claimed_times

    facts = Facts()
    add_people(facts, staff, window, claimed_times(window, now))
    return [
        span for person in facts.people.values() for span in subtract(person.attendance, (one.interval for one in person.blocked))
    ]


def _must_be_plausible(free: list[Interval], staff: list[Employee], window: Interval) -> None:
    hours = sum((span.length for span in free), timedelta()) / timedelta(hours=1) / len(staff)
    if not 60 < hours < 160 or not all(window.contains(span) for span in free):
        raise AssertionError(f"{hours:.0f} free hours per person in four weeks can't be right")


def _company(people: int, now: datetime) -> list[Employee]:
    from mianyue.domain.organization.models import Company, Employee, Site

    Company.objects.create(name="千帆", working_week=[1, 2, 3, 4, 5], rest_after_night_shift=11)
    site = Site.objects.create(code="SHA", name="上海", time_zone="Asia/Shanghai", holiday_country="CN")
    Employee.objects.bulk_create(
        Employee(code=f"E{n:05}", name="–", site=site, time_zone="Asia/Shanghai", hire_date=date(2020, 1, 1)) for n in range(people)
    )
    staff = list(Employee.objects.select_related("site").order_by("code"))
    _plans(staff)
    _requests(staff)
    _promises(staff, site, now)
    return staff


def _plans(staff: list[Employee]) -> None:
    from mianyue.domain.attendance.actions.shifts import new_shift
    from mianyue.domain.attendance.models import AttendanceGroup, GroupMember, RosterDay, Rotation, RotationDay, ShiftAssignment

    day, late, early = (
        new_shift(code, code, [(start, start + 180), (start + 240, start + 540)], range(1, 6))
        for code, start in (("D", 540), ("L", 660), ("E", 420))
    )
    night = new_shift("N", "N", [(1320, 1500), (1530, 1800)], range(1, 6))
    rotation = Rotation.objects.create(code="R", name="R", anchor=date(2026, 11, 2))
    cycle = [day, day, late, late, None, None]
    RotationDay.objects.bulk_create(RotationDay(rotation=rotation, number=n, shift=shift) for n, shift in enumerate(cycle))
    groups = [
        AttendanceGroup.objects.create(code=f"G{n}", name=f"G{n}", shift=shift, rotation=turns, overtime_opens=n % 2 == 0)
        for n, (shift, turns) in enumerate([(day, None), (late, None), (early, None), (None, rotation)])
    ]
    GroupMember.objects.bulk_create(
        GroupMember(group=groups[n % len(groups)], employee=one, first_day=date(2021, 1, 1)) for n, one in enumerate(staff)
    )
    ShiftAssignment.objects.bulk_create(
        ShiftAssignment(employee=one, shift=(day, late, early)[n % 3], first_day=date(2022, 1, 1))
        for n, one in enumerate(staff)
        if n % 3 == 0
    )
    RosterDay.objects.bulk_create(
        RosterDay(employee=one, day=TODAY + timedelta(days=offset), shift=night if offset % 7 < 5 else None)
        for one in staff[::10]
        for offset in range(-30, 60)
    )


def _requests(staff: list[Employee]) -> None:
    from mianyue.domain.attendance.models import Leave, Overtime, Punch, Trip

    for model, some in ((Leave, staff[::20]), (Trip, staff[7::20])):
        model.objects.bulk_create(
            model(employee=one, during=_span(TODAY + timedelta(days=3 + n % 20), 9, 24), status="pending" if n % 4 else "approved")
            for n, one in enumerate(some)
        )
    Overtime.objects.bulk_create(
        Overtime(employee=one, during=_span(TODAY + timedelta(days=day), 19, 3), status="approved")
        for one in staff[3::10]
        for day in range(1, 15)
    )
    Punch.objects.bulk_create(
        Punch(
            employee=one,
            at=datetime.combine(TODAY, time(7, n % 60), SHANGHAI),
            zone="Asia/Shanghai",
            wall=f"{TODAY}T07:{n % 60:02}:00",
            source=Punch.Source.PHONE,
            key=f"bench:{n}",
            recorded_at=datetime.combine(TODAY, time(7, n % 60), SHANGHAI),
        )
        for n, one in enumerate(staff)
    )


def _promises(staff: list[Employee], site: Any, now: datetime) -> None:
    """Five interviews each, all of them options of one interview: only the claims count here. And a meeting each weekday."""
    from mianyue.domain.calendars.models import BusyTime, CalendarAccount
    from mianyue.domain.interviews.models import Claim, Interview, Option
    from mianyue.domain.recruiting.models import Application, Candidate, Job, Round

    job = Job.objects.create(code="J", title="J", site=site)
    application = Application.objects.create(
        code="A", candidate=Candidate.objects.create(name="–"), job=job, round_number=1, time_zone="Asia/Shanghai"
    )
    round_ = Round.objects.create(job=job, number=1, name="1", minutes=60, mode="video", needs_room=False)
    interview = Interview.objects.create(application=application, round=round_, state="offered", created_at=now, changed_at=now)
    option = Option.objects.create(interview=interview, proposal=1, number=1, during=_span(TODAY, 10, 1))
    Claim.objects.bulk_create(
        Claim(
            resource_kind="employee",
            resource_id=one.pk,
            during=_span(TODAY + timedelta(days=1 + 5 * k + n % 5), 14 + n % 3, 1),
            state="booked",
            option=option,
            interview=interview,
        )
        for n, one in enumerate(staff)
        for k in range(5)
    )
    accounts = CalendarAccount.objects.bulk_create(
        CalendarAccount(employee=one, sha256=b"", known=_span(TODAY - timedelta(days=30), 0, 24 * 120), read_at=now)
        for one in staff
    )
    BusyTime.objects.bulk_create(
        (
            BusyTime(account=account, during=_span(TODAY + timedelta(days=day), 10 + n % 2, 1))
            for n, account in enumerate(accounts)
            for day in range(DAYS)
            if (TODAY + timedelta(days=day)).isoweekday() < 6
        ),
        batch_size=5000,
    )


def _span(day: date, hour: int, hours: int) -> Any:
    from psycopg.types.range import TimestamptzRange

    start = datetime.combine(day, time(hour), SHANGHAI)
    return TimestamptzRange(start, start + timedelta(hours=hours), "[)")
