"""The monthly timesheet (月度考勤表): a department's month in a table, one person's month day by day, signed off, opened again, downloaded."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from urllib.parse import quote
from uuid import UUID

from django.conf import settings
from django.contrib.admin import AdminSite
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mianyue.domain.attendance.models import AttendanceDay, ShiftVersion
from mianyue.domain.organization.models import Employee
from mianyue.entrypoints.console import attendance_words, leave_balances, pages, words
from mianyue.entrypoints.console.acts import actor, back, perform
from mianyue.entrypoints.console.approval_facts import times_at
from mianyue.entrypoints.console.asked_days import asked_day, month_after, month_before, posted_day
from mianyue.entrypoints.console.chosen_people import chosen_people
from mianyue.entrypoints.console.day_words import DayNote, day_note
from mianyue.entrypoints.console.findings import findings_said
from mianyue.entrypoints.console.journal import names_of, story
from mianyue.entrypoints.console.times import enumerated, month_words
from mianyue.workflows.attendance import timesheet
from mianyue.workflows.attendance.timesheet import Month, SignedOff
from mianyue.worktime.days import from_to
from mianyue.worktime.overtime import STOP_AT, WARN_AT, is_capped

PER_PAGE = 50
MINUTE = timedelta(minutes=1)
COLUMNS = ("planned", "worked", "late", "early", "absent", "on_leave", "on_trip", "overtime")


@dataclass(frozen=True, slots=True)
class Row:
    """One person's month in a line; ``overtime`` says how near to the law's cap it is: empty, warn or stop."""

    month: Month
    cells: list[tuple[str, int]]
    overtime: str


@dataclass(frozen=True, slots=True)
class Day:
    """One date of somebody's month; ``row`` is missing for a date that hasn't begun."""

    day: date
    note: DayNote | None
    row: AttendanceDay | None
    shift: str
    first_in: str
    last_out: str
    findings: list[tuple[str, str]]


def page(site: AdminSite, request: HttpRequest) -> HttpResponse:
    """The month of ``?day=2026-11`` for a department or a site, fifty people a page."""
    wanted = asked_day(request)
    first = wanted.month
    chosen = chosen_people(request, first, month_after(first) - timedelta(days=1))
    shown = Paginator(chosen.employees, PER_PAGE).get_page(request.GET.get("page"))
    employees = list(shown.object_list)
    months = timesheet.month_of([employee.pk for employee in employees], first, settings.CLOCK.now())
    return pages.page(
        site,
        request,
        "timesheet",
        _("Timesheet"),
        is_fullwidth="1",
        chosen=chosen,
        problem=wanted.problem,
        rows=[_row(month, employees) for month in months],
        columns=COLUMNS,
        page=shown,
        month=first,
        head=month_words(first),
        day=first,
        before=month_before(first),
        after=month_after(first),
        warn_at=WARN_AT // timedelta(hours=1),
        stop_at=STOP_AT // timedelta(hours=1),
    )


def person(site: AdminSite, request: HttpRequest, pk: UUID) -> HttpResponse:
    """One person's month day by day, with what stands out in words, and their leave."""
    employee = get_object_or_404(Employee.objects.select_related("site"), pk=pk)
    wanted = asked_day(request)
    first = wanted.month
    found = timesheet.month_of([employee.pk], first, settings.CLOCK.now())
    month = found[0] if found else Month(employee, first, {}, [], None)
    return pages.page(
        site,
        request,
        "timesheet_person",
        f"{employee.name} · {month_words(first)}",
        employee=employee,
        month=month,
        row=_row(month, [employee]),
        days=_days(employee, month),
        problem=wanted.problem,
        first=first,
        before=month_before(first),
        after=month_after(first),
        signed_by=names_of([_signer(month)]).get(_signer(month), "") if month.signed else "",
        history=story([month.signed] if month.signed else []),
        **leave_balances.shown(employee),
    )


def download(site: AdminSite, request: HttpRequest) -> HttpResponse:
    """The month of everybody whom the filter leaves, as CSV with a byte order mark, which spreadsheets ask for."""
    wanted = asked_day(request)
    first = wanted.month
    chosen = chosen_people(request, first, month_after(first) - timedelta(days=1))
    months = timesheet.month_of(list(chosen.employees.values_list("pk", flat=True)), first, settings.CLOCK.now())
    header = [words.of(attendance_words.TIMESHEET, code) for code in timesheet.HEADER]
    name = f"timesheet-{first:%Y-%m}{f'-{chosen.department}' if chosen.department else ''}.csv"
    response = HttpResponse("\ufeff" + timesheet.as_csv(months, header), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    return response


def act(site: AdminSite, request: HttpRequest, name: str) -> HttpResponse:
    """``sign-off`` or ``open-again`` the posted month, of one person or of everybody whom the filter leaves."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    now, who = settings.CLOCK.now(), actor(request)
    if name == "sign-off":
        perform(request, lambda: timesheet.sign_off(_whose(request), posted_day(request, "month"), who, now), _signed_off)
    elif name == "open-again":
        perform(request, lambda: timesheet.open_again(_whose(request), posted_day(request, "month"), who, now), _opened)
    else:
        raise Http404
    return back(request, reverse("admin:timesheet"))


def _whose(request: HttpRequest) -> Collection[UUID]:
    """The person of the form, or everybody of the page's department and site."""
    people = Employee.objects.all()
    for field, name in (("pk", "employee"), ("department", "department"), ("site__code", "site")):
        if request.POST.get(name):
            people = people.filter(**{field: request.POST[name]})
    return list(people.values_list("pk", flat=True))


def _signed_off(done: SignedOff) -> str:
    said = ngettext("%(count)s month is signed off.", "%(count)s months are signed off.", len(done.signed)) % {
        "count": len(done.signed)
    }
    left = [
        _("%(who)s (%(why)s)") % {"who": one.employee.name, "why": words.of(attendance_words.NOT_SIGNED, one.why)}
        for one in done.left
    ]
    return " ".join([said, _("Left open: %(people)s.") % {"people": enumerated(left)}]) if left else said


def _opened(count: int) -> str:
    return ngettext("%(count)s month is open again.", "%(count)s months are open again.", count) % {"count": count}


def _signer(month: Month) -> tuple[str, str]:
    """Kind and id of who signed the month off."""
    kind, _between, key = month.signed.closed_by.partition(":") if month.signed else ("", "", "")
    return kind, key


def _row(month: Month, employees: Sequence[Employee]) -> Row:
    country = next(one.site.holiday_country for one in employees if one.pk == month.employee.pk)
    overtime = month.totals.get("overtime", 0) * MINUTE
    near = "stop" if overtime >= STOP_AT else "warn" if overtime >= WARN_AT else ""
    return Row(month, [(name, month.totals.get(name, 0)) for name in COLUMNS], near if is_capped(country) else "")


def _days(employee: Employee, month: Month) -> list[Day]:
    """Every date of the month, those to come without anything."""
    known = {row.day: row for row in month.days}
    versions = {row.shift_id for row in month.days}
    names: dict[Any, str] = dict(ShiftVersion.objects.filter(pk__in=versions).values_list("pk", "shift__name"))
    times = times_at(employee.time_zone)
    found = []
    for day in from_to(month.month, month_after(month.month) - timedelta(days=1)):
        row = known.get(day)
        found.append(
            Day(
                day,
                day_note(day, employee.site.holiday_country),
                row,
                names.get(row.shift_id, "") if row else "",
                times.clock(row.first_in) if row and row.first_in else "",
                times.clock(row.last_out) if row and row.last_out else "",
                findings_said(row) if row else [],
            )
        )
    return found
