"""A month of timesheets for a company: punches read, days derived, rows written, against reading and writing without a thought."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from benchmarks.harness import Row
from mianyue.worktime.shift import PunchRule

PEOPLE = 2_000
FIRST, LAST = date(2026, 7, 1), date(2026, 7, 31)
"""A month of 23 working days without a holiday: 184,000 punches."""
NOW = datetime(2026, 8, 20, tzinfo=UTC)
SEED = 20_260_701
ZONE = ZoneInfo("Asia/Shanghai")
SEGMENTS = ((540, 720), (780, 1080))
"""9:00 to 12:00, 13:00 to 18:00; every one of the four ends is punched."""


def run(quick: bool) -> list[Row]:
    """The month as a whole, and the thinking in it per day."""
    from mianyue.domain.attendance.models import AttendanceDay, Punch
    from mianyue.domain.attendance.queries import days as queries
    from mianyue.domain.organization.models import Employee
    from mianyue.workflows.attendance import days
    from mianyue.worktime import sheet

    _company(PEOPLE // 20 if quick else PEOPLE)
    ids = list(Employee.objects.order_by("pk").values_list("pk", flat=True))
    start = time.perf_counter()
    derived = days.derive_days(ids, FIRST, LAST, NOW)
    whole = time.perf_counter() - start

    read, written = _without_thinking(ids)
    AttendanceDay.objects.all().delete()
    people, facts = queries.employments_of(ids), queries.facts_of(ids, FIRST, LAST)
    wanted = {pk: person.dates(FIRST, LAST, NOW) for pk, person in people.items()}
    start = time.process_time()
    thought = sum(1 for pk in ids for _ in sheet.derive_days(people[pk], facts[pk], (), wanted[pk], NOW))
    thinking = time.process_time() - start
    what = f"{len(ids):,} timesheets: {Punch.objects.count():,} punches, {derived:,} days"
    return [
        Row(what, whole, read + written, "s", "the same read and written", "(target ≤ 20)"),
        Row("deriving one day, nothing read or written", thinking / thought * 1e6, None, "µs", "–", "(target ≤ 100)"),
    ]


def _without_thinking(ids: list) -> tuple[float, float]:
    """Seconds for reading the same punches, and for writing as many rows with nothing in them."""
    from mianyue.domain.attendance.actions.days import write_days
    from mianyue.domain.attendance.models import AttendanceDay
    from mianyue.domain.attendance.queries import days as queries

    AttendanceDay.objects.all().delete()
    start = time.perf_counter()
    queries.punches_of(ids, queries.around(FIRST, LAST))
    read = time.perf_counter() - start
    dates = [FIRST + timedelta(days) for days in range((LAST - FIRST).days + 1)]
    start = time.perf_counter()
    write_days([AttendanceDay(employee_id=pk, day=day, day_kind="plain", derived_at=NOW) for pk in ids for day in dates])
    return read, time.perf_counter() - start


def _company(people: int) -> None:
    """People who mostly work as planned: some late, some early, some forget a punch, some are on leave or stay longer."""
    from mianyue.domain.attendance.actions.punches import NewPunch, add_punches
    from mianyue.domain.attendance.actions.shifts import new_shift
    from mianyue.domain.attendance.models import Leave, Overtime, ShiftAssignment
    from mianyue.domain.organization.models import Company, Employee, Site

    dice = random.Random(SEED)
    Company.objects.create(name="Benchmark", working_week=[1, 2, 3, 4, 5])
    site = Site.objects.create(code="S1", name="Shanghai", time_zone=ZONE.key, holiday_country="CN")
    shift = new_shift("D", "Day", SEGMENTS, range(1, 6), PunchRule(late_grace=5, early_grace=5, breaks=True))
    staff = Employee.objects.bulk_create(
        Employee(code=f"E{n:05}", name=f"Employee {n}", site=site, time_zone=ZONE.key) for n in range(people)
    )
    ShiftAssignment.objects.bulk_create(ShiftAssignment(employee=one, shift=shift, first_day=date(2020, 1, 1)) for one in staff)
    for model, share, hours in ((Leave, 0.4, 4), (Overtime, 0.5, 2)):
        asking = [one for one in staff if dice.random() < share]
        model.objects.bulk_create(model(employee=one, status="approved", during=_some_hours(dice, hours)) for one in asking)
    add_punches(
        [NewPunch(one.pk, at, ZONE.key, "clock", f"clock:{one.pk}:{at.isoformat()}") for one in staff for at in _punches(dice)],
        NOW,
    )


def _punches(dice: random.Random) -> Iterator[datetime]:
    for offset in range((LAST - FIRST).days + 1):
        day = FIRST + timedelta(days=offset)
        if day.isoweekday() > 5:
            continue
        midnight = datetime(day.year, day.month, day.day, tzinfo=ZONE).astimezone(UTC)
        for minute, sign in zip((540, 720, 780, 1080), (-1, 1, -1, 1), strict=True):
            off = dice.expovariate(1 / 8) - (10 if dice.random() < 0.05 else 0)
            yield midnight + timedelta(minutes=minute + sign * min(off, 25.0))


def _some_hours(dice: random.Random, hours: int) -> tuple[datetime, datetime]:
    start = datetime(2026, 7, dice.randint(1, 28), 10, tzinfo=UTC)
    return start - timedelta(hours=hours), start
