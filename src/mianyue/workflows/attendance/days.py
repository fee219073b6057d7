"""Deriving attendance days: shifts, punches, requests and interviews become what each date came to."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

from django.db import transaction
from psycopg.types.range import TimestamptzRange

from mianyue.base.interval import Interval
from mianyue.domain.attendance.actions import days as actions
from mianyue.domain.attendance.models import AttendanceDay
from mianyue.domain.attendance.queries import days as queries
from mianyue.domain.interviews.models import Claim
from mianyue.domain.interviews.states import ClaimState
from mianyue.domain.organization.models import Employee
from mianyue.domain.organization.queries import company
from mianyue.domain.spans import spans_by
from mianyue.worktime import sheet
from mianyue.worktime.day_kinds import day_kind
from mianyue.worktime.days import DAY, from_to, local
from mianyue.worktime.derive import DerivedDay
from mianyue.worktime.sheet import Employment, Facts

PEOPLE_AT_ONCE = 200
"""Per transaction: while it lasts, these people's days are locked, and a punch of theirs waits."""
SETTLED_AFTER = timedelta(days=4)
"""After its date a shift that reaches into the second night is over on every clock, and its last punches have come in."""
LOOK_BACK = timedelta(days=7)
"""How far the nightly run looks for days that were forgotten."""


def derive_days(employee_ids: Collection[UUID], first: date, last: date, now: datetime) -> int:
    """Derives the days from ``first`` to ``last`` that are missing, were forgotten, or were not over when they were derived last.

    Only dates that have begun and on which the person is employed; never those of a signed-off month. Returns how many were written.
    """
    ids = sorted(set(employee_ids))
    return sum(_derive(some, first, last, now, nightly=False) for some in _chunks(ids))


def derive_latest(now: datetime) -> int:
    """Derives everybody's days up to yesterday on their own clocks. For the worker to do again and again: after each midnight there is
    work, else only what was forgotten of the last days. Returns how many were written.
    """
    ids = list(Employee.objects.order_by("pk").values_list("pk", flat=True))
    return sum(_derive(some, now.date() - LOOK_BACK, now.date(), now, nightly=True) for some in _chunks(ids))


def _chunks(ids: Sequence[UUID]) -> Iterator[Sequence[UUID]]:
    return (ids[at : at + PEOPLE_AT_ONCE] for at in range(0, len(ids), PEOPLE_AT_ONCE))


def _derive(employee_ids: Sequence[UUID], first: date, last: date, now: datetime, *, nightly: bool) -> int:
    """One transaction. ``nightly`` leaves out today, and what was derived since midnight."""
    employments = queries.employments_of(employee_ids)
    wanted = _wanted(employments, first, last, now, nightly)
    if not wanted:
        return 0
    with transaction.atomic():
        actions.lock_days_of(wanted.keys())
        wanted = _wanted({pk: employments[pk] for pk in wanted}, first, last, now, nightly)
        if not wanted:
            return 0
        begin, end = min(days[0] for days in wanted.values()), max(days[-1] for days in wanted.values())
        facts = queries.facts_of(wanted.keys(), begin, end)
        held = _interviews(wanted.keys(), queries.around(begin, end))
        rows = list(_rows({pk: (employments[pk], facts[pk], held.get(pk, ()), days) for pk, days in wanted.items()}, now))
        actions.write_days(rows)
    return len(rows)


def _wanted(
    employments: Mapping[UUID, Employment], first: date, last: date, now: datetime, nightly: bool
) -> dict[UUID, list[date]]:
    """The dates to derive, in order, by person."""
    known = queries.derived_at(employments.keys(), first, last)
    closed = queries.signed_off(employments.keys(), first, last)
    settled = {day: datetime.combine(day, time(0), UTC) + SETTLED_AFTER for day in from_to(first, last)}
    wanted = {}
    for pk, employment in employments.items():
        rows, until, fresh = known.get(pk, {}), last, now
        if nightly:
            today = now.astimezone(employment.zone).date()
            until, fresh = min(last, today - DAY), local(today, time(0), employment.zone)
        days = [
            day
            for day in employment.dates(first, until, now)
            if (day not in rows or (rows[day] < settled[day] and not fresh <= rows[day] <= now))
            and (pk, day.replace(day=1)) not in closed
        ]
        if days:
            wanted[pk] = days
    return wanted


def _interviews(employee_ids: Collection[UUID], window: Interval) -> dict[UUID, list[Interval]]:
    """The interviews these people are booked for within ``window``."""
    claims = Claim.objects.filter(
        resource_kind=Claim.Resource.EMPLOYEE,
        resource_id__in=list(employee_ids),
        state=ClaimState.BOOKED,
        interview__isnull=False,
        during__overlap=TimestamptzRange(window.start, window.end, "[)"),
    )
    return spans_by(claims, "resource_id")


Case = tuple[Employment, Facts, Sequence[Interval], Sequence[date]]


def _rows(cases: Mapping[UUID, Case], now: datetime) -> Iterator[AttendanceDay]:
    week = company().working_week
    kinds: dict[tuple[date, str], str] = {}
    for employee_id, (employment, facts, held, days) in cases.items():
        for derived in sheet.derive_days(employment, facts, held, days, now):
            at = derived.day, employment.country
            if at not in kinds:
                kinds[at] = str(day_kind(*at, week).kind)
            yield _row(employee_id, kinds[at], derived, now)


def _row(employee_id: UUID, kind: str, day: DerivedDay, now: datetime) -> AttendanceDay:
    return AttendanceDay(
        employee_id=employee_id,
        day=day.day,
        day_kind=kind,
        shift_id=day.version,
        findings=[str(finding) for finding in day.findings],
        first_in=day.first_in,
        last_out=day.last_out,
        planned=day.planned,
        worked=day.worked,
        late=day.late,
        early=day.early,
        absent=day.absent,
        on_leave=day.on_leave,
        on_trip=day.on_trip,
        overtime=day.overtime,
        open=day.open,
        punches=day.punches,
        derived_at=now,
    )
