"""A month of one's own days: what was worked, what stands out, and how a forgotten punch is put right."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from mianyue.domain.attendance.models import AttendanceDay
from mianyue.domain.attendance.queries.days import days_of, signed_off
from mianyue.domain.notices.staff.times import length
from mianyue.entrypoints.portal import staff_words
from mianyue.entrypoints.portal.staff_door import Member, by_staff, shown_to
from mianyue.entrypoints.portal.staff_time import shifts_of
from mianyue.worktime.instances import ShiftInstance

TELLING = ("late", "early", "missing_in", "missing_out", "absent", "unpunched", "conflict")
"""Findings that somebody should look at; the others only say what the day was."""


@dataclass(frozen=True, slots=True)
class Correction:
    """The punch that is missing, and the address of a form that knows it."""

    what: str
    address: str


@dataclass(frozen=True, slots=True)
class Day:
    """One date in words; ``findings`` are pairs of words and whether they need a look."""

    date: str
    punches: str
    worked: str
    findings: tuple[tuple[str, bool], ...]
    corrections: tuple[Correction, ...]


@by_staff
@require_safe
def days(request: HttpRequest, member: Member) -> HttpResponse:
    """The month ``?month=2026-11``, this one unless told otherwise."""
    first = _month(request.GET.get("month", ""), member.today)
    last = _following(first) - timedelta(days=1)
    rows = list(reversed(days_of([member.employee.pk], first, last)[member.employee.pk].values()))
    shifts = {shift.day: shift for shift in shifts_of(member, first, last)}
    closed = bool(signed_off([member.employee.pk], first, last))
    shown = {
        "days": [_day(member, row, shifts.get(row.day), closed) for row in rows],
        "month": first,
        "before": _before(first),
        "after": _following(first) if _following(first) <= member.today else None,
        "worked": length(member.times, sum(row.worked for row in rows)),
        "overtime": _length(member, sum(row.overtime for row in rows)),
        "signed_off": closed,
    }
    return shown_to(request, member, "days", shown)


def _day(member: Member, row: AttendanceDay, shift: ShiftInstance | None, closed: bool) -> Day:
    clock = member.times.clock
    punches = "–".join(clock(at) if at else "?" for at in (row.first_in, row.last_out)) if row.punches else ""
    missing = [] if closed else [code for code in ("missing_in", "missing_out") if code in row.findings]
    if "absent" in row.findings and not row.punches and not closed:
        missing = ["missing_in", "missing_out"]
    return Day(
        member.times.day(datetime.combine(row.day, time(12), member.zone)),
        punches,
        _length(member, row.worked),
        tuple((_finding(member, row, code), code in TELLING) for code in row.findings),
        tuple(_correction(member, row.day, code, shift) for code in missing),
    )


def _finding(member: Member, row: AttendanceDay, code: str) -> str:
    said = staff_words.of(staff_words.FINDINGS, code)
    minutes = {"leave": row.on_leave, "trip": row.on_trip}.get(code, getattr(row, code, None))
    return f"{said} {length(member.times, minutes)}" if minutes else said


def _correction(member: Member, day: date, code: str, shift: ShiftInstance | None) -> Correction:
    side = code.removeprefix("missing_")
    known = {"first": day.isoformat(), "side": side}
    if shift is not None:
        at = (shift.start if side == "in" else shift.end).astimezone(member.zone)
        known |= {"first": at.date().isoformat(), "begin": f"{at:%H:%M}"}
    return Correction(
        staff_words.of(staff_words.SIDES, side),
        reverse("portal:staff_ask", args=[member.token, "correction"]) + "?" + urlencode(known),
    )


def _length(member: Member, minutes: int) -> str:
    return length(member.times, minutes) if minutes else ""


def _month(said: str, today: date) -> date:
    """The month asked for, as long as anybody can remember; else this one."""
    try:
        month = date.fromisoformat(f"{said}-01")
    except ValueError:
        return today.replace(day=1)
    return month if abs(month.year - today.year) < 100 else today.replace(day=1)


def _following(month: date) -> date:
    return (month + timedelta(days=32)).replace(day=1)


def _before(month: date) -> date:
    return (month - timedelta(days=1)).replace(day=1)
