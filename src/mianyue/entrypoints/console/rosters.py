"""One person's roster (排班) over four weeks: what each date is worked by shift and group, and what HR plans instead."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.conf import settings
from django.contrib.admin import AdminSite
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mianyue.base.errors import Refused
from mianyue.domain.attendance.models import RosterDay, Shift
from mianyue.domain.attendance.queries.days import shift_instances
from mianyue.domain.organization.models import Employee
from mianyue.entrypoints.console import pages
from mianyue.entrypoints.console.acts import actor, back, perform
from mianyue.entrypoints.console.approval_facts import times_at
from mianyue.entrypoints.console.asked_days import asked_day, today
from mianyue.entrypoints.console.day_words import DayNote, day_note
from mianyue.workflows.attendance.roster import change_roster
from mianyue.worktime.days import from_to

WEEKS = 4
REST, AS_USUAL = "rest", ""
"""What a date's field says besides a shift's code."""


@dataclass(frozen=True, slots=True)
class Day:
    """One date: what is worked as things stand, and what is chosen for it."""

    day: date
    note: DayNote | None
    worked: str
    chosen: str


def page(site: AdminSite, request: HttpRequest, pk: UUID) -> HttpResponse:
    """The four weeks from that of ``?day=``; a posted form changes the dates in it."""
    employee = get_object_or_404(Employee.objects.select_related("site"), pk=pk)
    if request.method == "POST":
        perform(request, lambda: _change(request, employee), _changed)
        return back(request, reverse("admin:roster", args=[pk]))
    wanted = asked_day(request)
    first, last = wanted.monday, wanted.monday + timedelta(weeks=WEEKS, days=-1)
    return pages.page(
        site,
        request,
        "roster",
        _("Roster of %(who)s") % {"who": employee.name},
        employee=employee,
        problem=wanted.problem,
        weeks=_weeks(employee, first, last),
        shifts=list(Shift.objects.order_by("code")),
        today=today(),
        before=first - timedelta(weeks=WEEKS),
        after=first + timedelta(weeks=WEEKS),
    )


def _weeks(employee: Employee, first: date, last: date) -> list[list[Day]]:
    times, country = times_at(employee.time_zone), employee.site.holiday_country
    worked = {
        one.day: f"{times.clock(one.start)}–{times.clock(one.end)}"
        for one in shift_instances([employee.pk], first, last)[employee.pk]
    }
    chosen = _chosen(employee, first, last)
    days = [Day(day, day_note(day, country), worked.get(day, ""), chosen.get(day, AS_USUAL)) for day in from_to(first, last)]
    return [days[at : at + 7] for at in range(0, len(days), 7)]


def _chosen(employee: Employee, first: date, last: date) -> dict[date, str]:
    """What the roster says, as the fields say it."""
    rows = RosterDay.objects.filter(employee=employee, day__range=(first, last)).values_list("day", "shift__code")
    return {day: code or REST for day, code in rows}


def _change(request: HttpRequest, employee: Employee) -> int:
    """Changes the dates whose fields say something else than the roster."""
    asked = _posted(request.POST)
    if not asked:
        return 0
    known = _chosen(employee, min(asked), max(asked))
    codes = {shift.code: shift.pk for shift in Shift.objects.all()}
    changed = {day: value for day, value in asked.items() if value != known.get(day, AS_USUAL)}
    if any(value not in (REST, AS_USUAL, *codes) for value in changed.values()):
        raise Refused("There is no such shift.", "Reload the page.")
    planned = {day: codes.get(value) for day, value in changed.items() if value != AS_USUAL}
    return change_roster(employee.pk, planned, changed.keys() - planned.keys(), actor(request), settings.CLOCK.now())


def _posted(fields: Mapping[str, str]) -> dict[date, str]:
    """The fields of dates, named by them; others are none of ours."""
    found = {}
    for name, value in fields.items():
        try:
            found[date.fromisoformat(name)] = value
        except ValueError:
            continue
    return found


def _changed(count: int) -> str:
    if not count:
        return _("Nothing was changed.")
    return ngettext("%(count)s date is planned anew.", "%(count)s dates are planned anew.", count) % {"count": count}
