"""A team's week: who works when, who is away or travels, and who sits in an interview, one strip per person and day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib.admin import AdminSite
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from mianyue.base.interval import Interval, subtract
from mianyue.domain.attendance.queries import asked
from mianyue.domain.attendance.queries.plans import assignments_of
from mianyue.domain.interviews.queries import Sitting, sittings
from mianyue.domain.notices.dates import Times
from mianyue.domain.notices.voice import voice_for
from mianyue.domain.organization.models import Employee
from mianyue.entrypoints.console import pages, strips
from mianyue.entrypoints.console.asked_days import asked_day, today
from mianyue.entrypoints.console.chosen_people import chosen_people
from mianyue.entrypoints.console.day_words import DayNote, day_note, unannounced
from mianyue.entrypoints.console.strips import Axis, Line, Mark, Span
from mianyue.entrypoints.console.times import company_zone, day_words
from mianyue.worktime.attendance import Assignment
from mianyue.worktime.days import DAY, from_to, whole_day
from mianyue.worktime.instances import shift_instances

PER_PAGE = 50
WEEK = timedelta(days=6)
LEGEND = ("shift", "overtime", "away", "away_asked", "trip", "trip_asked", "held", "booked")
_WIDENS = frozenset({"shift", "overtime", "held", "booked"})
"""What the hours shown follow: an absence of whole days would only squeeze the rest."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One person's day: what kind of day it is, the strip, and the strip in words."""

    day: date
    head: str
    note: DayNote | None
    marks: list[Mark]
    lines: list[Line]


@dataclass(frozen=True, slots=True)
class Row:
    """One person; ``zone`` is named where it isn't the company's."""

    employee: Employee
    zone: str
    cells: list[Cell]


def page(site: AdminSite, request: HttpRequest) -> HttpResponse:
    """The week of ``?day=`` for a department or a site, Monday to Sunday."""
    wanted = asked_day(request)
    first, last = wanted.monday, wanted.monday + WEEK
    chosen = chosen_people(request, first, last)
    shown = Paginator(chosen.employees, PER_PAGE).get_page(request.GET.get("page"))
    days = from_to(first, last)
    rows, axis = _rows(list(shown.object_list), days, settings.CLOCK.now())
    return pages.page(
        site,
        request,
        "team",
        _("Team week"),
        is_fullwidth="1",
        chosen=chosen,
        problem=wanted.problem,
        warning=unannounced(days, {row.employee.site.holiday_country for row in rows}),
        rows=rows,
        axis=axis,
        page=shown,
        days=days,
        today=today(),
        day=wanted.day,
        before=first - timedelta(weeks=1),
        after=first + timedelta(weeks=1),
        legend=LEGEND,
    )


def _rows(employees: Sequence[Employee], days: Sequence[date], now: datetime) -> tuple[list[Row], Axis]:
    """These people's weeks and the hours all strips show, in a fixed number of queries."""
    ids, first, last = [employee.pk for employee in employees], days[0], days[-1]
    window = Interval(*(datetime.combine(day, time(12), ZoneInfo("UTC")) for day in (first - 2 * DAY, last + 2 * DAY)))
    assignments = assignments_of(ids, (first - DAY, last))
    requests, interviews = asked.standing(ids, window), sittings(ids, window, now)
    ours = company_zone()
    spans = {
        employee.pk: [
            *_shifts(employee, assignments.get(employee.pk, ()), first, last),
            *_requests(requests.get(employee.pk, ())),
            *_interviews(interviews.get(employee.pk, ())),
        ]
        for employee in employees
    }
    axis = strips.axis(_working_parts(employees, spans, days))
    speaking: dict[str, Times] = {}
    heads = {day: day_words(day) for day in days}
    rows = []
    for employee in employees:
        zone = employee.time_zone
        times = speaking.setdefault(zone, Times(voice_for(get_language() or "en"), ZoneInfo(zone), now))
        country = employee.site.holiday_country
        cells = [_cell(day, heads[day], country, spans[employee.pk], axis, times) for day in days]
        rows.append(Row(employee, "" if zone == ours.key else times.zone_name(now), cells))
    return rows, axis


def _shifts(employee: Employee, assignments: Sequence[Assignment], first: date, last: date) -> list[Span]:
    """The shifts of the week, and the night shift that reaches into it, each with its breaks as holes."""
    zone, country = ZoneInfo(employee.time_zone), employee.site.holiday_country
    found = shift_instances(assignments, first - DAY, last, zone, country, employee.hire_date, employee.last_day)
    return [Span("shift", shift := Interval(one.start, one.end), pauses=tuple(subtract([shift], one.segments))) for one in found]


def _requests(requests: Sequence[asked.Asked]) -> list[Span]:
    """Overtime where it is approved; leave and trips also while they wait, since they block the time already."""
    kinds = {"leave": ("away_asked", "away"), "trip": ("trip_asked", "trip"), "overtime": ("", "overtime")}
    return [Span(kind, one.during) for one in requests if (kind := kinds[one.what][one.approved])]


def _interviews(interviews: Sequence[Sitting]) -> list[Span]:
    return [
        Span(
            "booked" if one.booked else "held",
            one.during,
            reverse("admin:interviews_interview_change", args=[one.interview_id]),
        )
        for one in interviews
    ]


def _working_parts(
    employees: Sequence[Employee], spans: Mapping[UUID, Sequence[Span]], days: Sequence[date]
) -> list[tuple[Interval, ZoneInfo, date]]:
    """Every part of a day that is worked, with the zone whose clock it is on."""
    found = []
    for employee in employees:
        zone = ZoneInfo(employee.time_zone)
        for span in spans[employee.pk]:
            if span.kind in _WIDENS:
                parts = ((span.during.clipped(whole_day(day, zone)), zone, day) for day in days)
                found += [(part, zone, day) for part, zone, day in parts if part]
    return found


def _cell(day: date, head: str, country: str, spans: Sequence[Span], axis: Axis, times: Times) -> Cell:
    whole = whole_day(day, times.zone)
    today = [(span, part) for span in spans if (part := span.during.clipped(whole))]
    lines = [strips.line(span, day, times) for span, _part in today]
    marks = []
    for (span, part), line in zip(today, lines, strict=True):
        for piece in subtract([part], span.pauses):
            marks.append(axis.mark(span.kind, piece, times.zone, day, f"{line.said} {line.clock}"))
    return Cell(day, head, day_note(day, country), [mark for mark in marks if mark], lines)
