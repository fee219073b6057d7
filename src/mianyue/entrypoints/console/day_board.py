"""A day of attendance: who is there, who is late, missing or absent, who is away, travels or interviews, and who isn't due."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.admin import AdminSite
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from mianyue.base.interval import subtract
from mianyue.domain.attendance.models import AttendanceDay
from mianyue.domain.attendance.queries import asked
from mianyue.domain.attendance.queries.days import around, days_of, shift_instances
from mianyue.domain.interviews.queries import Sitting, sittings
from mianyue.domain.notices.dates import Times
from mianyue.domain.organization.models import Employee
from mianyue.entrypoints.console import attendance_words, pages, words
from mianyue.entrypoints.console.approval_facts import times_at
from mianyue.entrypoints.console.asked_days import asked_day, today
from mianyue.entrypoints.console.chosen_people import chosen_people
from mianyue.entrypoints.console.day_words import day_note, unannounced
from mianyue.entrypoints.console.findings import findings_said
from mianyue.entrypoints.console.times import company_zone, day_words
from mianyue.workflows.attendance.days import derive_days
from mianyue.worktime.derive import Finding
from mianyue.worktime.instances import ShiftInstance

SHOWN = 50
"""People per list; of more, the count says how many, and a department shows them."""
GROUPS = ("expected", "late", "missing", "absent", "interview", "there", "gone", "leave", "trip", "later", "not_due")
"""In the order of what somebody has to look after."""


@dataclass(frozen=True, slots=True)
class Person:
    """One person's day in a line, by their own clock (``zone`` names it where it isn't the company's); ``notes``: what stands out."""

    employee: Employee
    shift: str
    zone: str
    first_in: str
    last_out: str
    notes: list[tuple[str, str]]


@dataclass(slots=True)
class Group:
    """A list of people; ``count`` also counts those who are not shown."""

    key: str
    people: list[Person] = field(default_factory=list)
    count: int = 0

    @property
    def further(self) -> int:
        return self.count - len(self.people)


@dataclass(frozen=True, slots=True)
class _Known:
    """What is known of one person's day; ``now`` only while the day is today's."""

    row: AttendanceDay | None
    shift: ShiftInstance | None
    away: Sequence[asked.Asked]
    interviews: Sequence[Sitting]
    now: datetime | None


def page(site: AdminSite, request: HttpRequest) -> HttpResponse:
    """The day of ``?day=``, today's without it, of a department or a site."""
    wanted = asked_day(request)
    chosen = chosen_people(request, wanted.day, wanted.day)
    employees = list(chosen.employees)
    now = settings.CLOCK.now()
    ahead = wanted.day > today()
    if not ahead:
        derive_days([employee.pk for employee in employees], wanted.day, wanted.day, now)
    groups = _groups(employees, wanted.day, now)
    note = day_note(wanted.day, employees[0].site.holiday_country) if employees else None
    return pages.page(
        site,
        request,
        "day_board",
        _("Day board"),
        chosen=chosen,
        problem=wanted.problem,
        warning=unannounced([wanted.day], {employee.site.holiday_country for employee in employees}),
        head=day_words(wanted.day),
        note=note,
        day=wanted.day,
        before=wanted.day - timedelta(days=1),
        after=wanted.day + timedelta(days=1),
        is_today=wanted.day == today(),
        people=len(employees),
        groups=groups,
    )


def _groups(employees: Sequence[Employee], day: date, now: datetime) -> list[Group]:
    """Everybody in each list that is true of them, in a fixed number of queries."""
    ids = [employee.pk for employee in employees]
    window = around(day, day)
    rows, shifts = days_of(ids, day, day), shift_instances(ids, day, day)
    away, interviews = asked.standing(ids, window), sittings(ids, window, now)
    groups, ours = {key: Group(key) for key in GROUPS}, company_zone().key
    for employee in employees:
        shift = next(iter(shifts.get(employee.pk, ())), None)
        known = _Known(
            rows.get(employee.pk, {}).get(day),
            shift,
            away.get(employee.pk, ()),
            [one for one in interviews.get(employee.pk, ()) if one.booked],
            now if day == today() else None,
        )
        found = _lists(known)
        person = _person(employee, known, ours)
        for key in found:
            groups[key].count += 1
            if len(groups[key].people) < SHOWN:
                groups[key].people.append(person)
    return list(groups.values())


def _lists(known: _Known) -> list[str]:
    """The lists somebody belongs to: one that says where they are, and those that say what stands out."""
    findings = set(known.row.findings) if known.row else set()
    out = [key for key in ("late", "missing", "absent") if findings & _FINDINGS[key]]
    return [key for key in GROUPS if key in {*out, _place(known, findings)}]


_FINDINGS = {
    "late": {Finding.LATE, Finding.EARLY},
    "missing": {Finding.MISSING_IN, Finding.MISSING_OUT},
    "absent": {Finding.ABSENT},
}


def _place(known: _Known, findings: set[str]) -> str:
    """Where somebody is: of today at this moment, of another day as a whole. Empty for whoever was absent or missed a punch only."""
    row, shift, now = known.row, known.shift, known.now
    if now and _at(known.interviews, now):
        return "interview"
    away = _at([one for one in known.away if one.what != "overtime"], now) if now else None
    if away:
        return away.what
    if row and row.first_in:
        return "gone" if row.last_out and (now is None or shift is None or now >= shift.end) else "there"
    if shift is None:
        return "not_due"
    if now is None:
        whole = next((what for what in ("leave", "trip") if _covered(known, shift, what)), None)
        return whole or _never_came(known, findings)
    if now < shift.start:
        return "later"
    return "" if Finding.ABSENT in findings or now >= shift.end else "expected"


def _never_came(known: _Known, findings: set[str]) -> str:
    """A day to come is due later; of one that is over, what was found says it."""
    return "" if known.row and findings else "later"


def _covered(known: _Known, shift: ShiftInstance, what: str) -> bool:
    """Whether leave or a trip takes the whole shift."""
    return not subtract(shift.segments, [one.during for one in known.away if one.what == what])


def _at(spans: Iterable[Any], now: datetime) -> Any:
    """What of these is going on."""
    return next((one for one in spans if one.during.start <= now < one.during.end), None)


def _person(employee: Employee, known: _Known, ours: str) -> Person:
    times, row = times_at(employee.time_zone), known.row
    shift = f"{times.clock(known.shift.start)}–{times.clock(known.shift.end)}" if known.shift else ""
    # That a day which isn't over is not settled yet goes without saying, and what is going on is said below.
    unsaid = {Finding.OPEN, Finding.LEAVE, Finding.TRIP} if known.now else set()
    notes = findings_said(row, unsaid) if row else []
    if known.now:
        going_on = [one for one in (*known.away, *known.interviews) if _at([one], known.now)]
        notes += [("info", _until(one, times)) for one in going_on]
    return Person(
        employee,
        shift,
        "" if employee.time_zone == ours else times.zone_name(times.now),
        times.clock(row.first_in) if row and row.first_in else "",
        times.clock(row.last_out) if row and row.last_out else "",
        notes,
    )


def _until(going_on: asked.Asked | Sitting, times: Times) -> str:
    """``on leave until 18:00``; the date where that isn't today."""
    what = "interview" if isinstance(going_on, Sitting) else going_on.what
    end = going_on.during.end
    near = end - times.now < timedelta(hours=18)
    until = times.clock(end) if near else times.moment(end)
    return _("%(what)s until %(clock)s") % {"what": words.of(attendance_words.GOING_ON, what), "clock": until}
