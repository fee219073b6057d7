"""The month of somebody's attendance: its days added up, signed off by HR, opened again, and written as CSV for payroll."""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from types import MappingProxyType
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction

from mianyue.base.errors import NotFound
from mianyue.domain.attendance.actions import days as actions
from mianyue.domain.attendance.models import AttendanceDay, Timesheet
from mianyue.domain.attendance.queries import days as queries
from mianyue.domain.organization.models import Employee
from mianyue.domain.security.actions import record
from mianyue.domain.security.actor import Actor
from mianyue.workflows.attendance.days import derive_days
from mianyue.worktime.derive import Finding

MINUTES = ("planned", "worked", "on_trip", "on_leave", "late", "early", "absent", "open", "overtime")
"""Lengths that are added up."""
COUNTED: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "days_late": frozenset({Finding.LATE}),
        "days_early": frozenset({Finding.EARLY}),
        "days_missing_punch": frozenset({Finding.MISSING_IN, Finding.MISSING_OUT}),
        "days_absent": frozenset({Finding.ABSENT}),
        "days_rest_worked": frozenset({Finding.REST_WORKED}),
        "days_field": frozenset({Finding.FIELD}),
        "days_conflict": frozenset({Finding.CONFLICT}),
        "days_open": frozenset({Finding.OPEN}),
    }
)
"""Days on which one of these was found."""
TOTALS = ("days_planned", "days_attended", *MINUTES, *COUNTED)
"""What a month comes to, in this order: ``days_attended`` has any work or trip; minutes; days by what was found."""
HEADER = ("employee_id", "name", "department", "month", *TOTALS, "signed_off_at")


@dataclass(frozen=True, slots=True)
class Month:
    """One person's month: ``totals`` by the keys of TOTALS, and the days so far. Signed off, the totals are those that were signed."""

    employee: Employee
    month: date
    totals: Mapping[str, int]
    days: Sequence[AttendanceDay]
    signed: Timesheet | None


@dataclass(frozen=True, slots=True)
class Left:
    """A month that can't be signed off: ``not_over`` on the person's own clock, or ``open``, because something waits for a decision."""

    employee: Employee
    why: str


@dataclass(frozen=True, slots=True)
class SignedOff:
    """What signing off came to; months that were signed off before are in neither list."""

    signed: list[Timesheet]
    left: list[Left]


def first_of(month: date) -> date:
    """The month that a date lies in, as it is named everywhere: its first day."""
    return month.replace(day=1)


def people(department: str | None = None) -> list[UUID]:
    """Everybody, or everybody of a department, by its name. Raises NotFound where nobody is."""
    some = Employee.objects.filter(department=department) if department else Employee.objects.all()
    found = list(some.order_by("code").values_list("pk", flat=True))
    if department and not found:
        raise NotFound("Nobody is in such a department.", "Name it as the company's list of employees does.")
    return found


def month_of(employee_ids: Collection[UUID], month: date, now: datetime) -> list[Month]:
    """The month (any date in it) of each of these people who is employed in it, by their number. Derives what isn't derived yet."""
    first = first_of(month)
    last = actions.last_of(first)
    derive_days(employee_ids, first, last, now)
    return _months(employee_ids, first, last)


def sign_off(employee_ids: Collection[UUID], month: date, actor: Actor, now: datetime) -> SignedOff:
    """Signs off the month of each of these people, after which its days stay as they are. One transaction.

    Who still has something open, a request that waits or a day that isn't over, is left; saying it again changes nothing.
    """
    first = first_of(month)
    last = actions.last_of(first)
    derive_days(employee_ids, first, last, now)
    done = SignedOff([], [])
    with transaction.atomic():
        actions.lock_days_of(employee_ids)
        derive_days(employee_ids, first, last, now)  # what changed between the two is nobody's to overlook
        for one in _months(employee_ids, first, last):
            if one.signed:
                continue
            today = now.astimezone(ZoneInfo(one.employee.time_zone)).date()
            if today <= last or one.totals["days_open"]:
                done.left.append(Left(one.employee, "not_over" if today <= last else "open"))
                continue
            sheet = actions.sign_off(one.employee.pk, first, dict(one.totals), f"{actor.kind}:{actor.id}"[:80], now)
            record("timesheet.signed_off", sheet, actor, now, employee_id=one.employee.code, month=first.isoformat())
            done.signed.append(sheet)
    return done


def open_again(employee_ids: Collection[UUID], month: date, actor: Actor, now: datetime) -> int:
    """Opens signed-off months again, so that their days are derived anew and can change. Returns how many there were."""
    first = first_of(month)
    with transaction.atomic():
        sheets = actions.open_again(employee_ids, first)
        for sheet in sheets:
            record("timesheet.opened", sheet, actor, now, employee_id=sheet.employee.code, month=first.isoformat())
    return len(sheets)


def as_csv(months: Iterable[Month], header: Sequence[str] = HEADER) -> str:
    """The table for payroll; ``header`` may say the same columns in another language. Instants as ISO 8601 with offset."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(header)
    for one in months:
        names = (_text(text) for text in (one.employee.code, one.employee.name, one.employee.department))
        signed = one.signed.closed_at.isoformat() if one.signed else ""
        writer.writerow([*names, f"{one.month:%Y-%m}", *(one.totals.get(key, 0) for key in TOTALS), signed])
    return out.getvalue()


def _months(employee_ids: Collection[UUID], first: date, last: date) -> list[Month]:
    people = Employee.objects.filter(pk__in=list(employee_ids)).order_by("code")
    sheets = {sheet.employee_id: sheet for sheet in Timesheet.objects.filter(employee__in=people, month=first)}
    derived = queries.days_of(employee_ids, first, last)
    return [
        Month(one, first, sheet.totals if sheet else _totals(days), days, sheet)
        for one in people
        if (days := list(derived.get(one.pk, {}).values())) or sheets.get(one.pk)
        for sheet in (sheets.get(one.pk),)
    ]


def _totals(days: Sequence[AttendanceDay]) -> dict[str, int]:
    return {
        "days_planned": sum(day.planned > 0 for day in days),
        "days_attended": sum(day.worked + day.on_trip > 0 for day in days),
        **{name: sum(getattr(day, name) for day in days) for name in MINUTES},
        **{name: sum(not findings.isdisjoint(day.findings) for day in days) for name, findings in COUNTED.items()},
    }


def _text(value: str) -> str:
    """A cell that no spreadsheet takes for a formula (OWASP, CSV injection)."""
    return f"'{value}" if value.startswith(("=", "+", "-", "@", "\t", "\r")) else value
