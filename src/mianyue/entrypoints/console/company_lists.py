"""Jobs, rounds, employees, rooms and shifts as the company's files told them."""

from __future__ import annotations

from datetime import date, time
from typing import Any

from babel.dates import get_day_names
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.utils.formats import time_format
from django.utils.translation import get_language, gettext, to_locale
from django.utils.translation import gettext_lazy as _
from unfold.decorators import display

from mianyue.domain.attendance.models import Shift, ShiftVersion
from mianyue.domain.organization.models import Employee
from mianyue.domain.recruiting.models import Job, Round
from mianyue.domain.rooms.models import Room
from mianyue.entrypoints.console import phone_pages, words
from mianyue.entrypoints.console.read_only import ReadOnlyAdmin


class CompanyList(ReadOnlyAdmin):
    """Rows that are complete as they stand in the list, with nothing further behind them."""

    hint = _("These rows come from the company's files. Correct the files and import again.")
    list_display_links = None
    search_help_text = _("Number or name")


class JobAdmin(CompanyList):
    """Open jobs."""

    title = _("Jobs")
    list_display = ("job_number", "job_title", "family_label", "job_department", "site_name", "keyword_list", "applied")
    search_fields = ("code", "title")
    ordering = ("code",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Job]:
        return super().get_queryset(request).select_related("site").annotate(applied_count=Count("applications"))

    @display(description=_("Number"), ordering="code")
    def job_number(self, job: Job) -> str:
        return job.code

    @display(description=_("Title"), ordering="title")
    def job_title(self, job: Job) -> str:
        return job.title

    @display(description=_("Family"))
    def family_label(self, job: Job) -> str:
        return words.of(words.FAMILIES, job.family)

    @display(description=_("Department"), ordering="department")
    def job_department(self, job: Job) -> str:
        return job.department

    @display(description=_("Site"))
    def site_name(self, job: Job) -> str:
        return job.site.name

    @display(description=_("Keywords"))
    def keyword_list(self, job: Job) -> str:
        return " · ".join(job.keywords)

    @display(description=_("Applications"), ordering="applied_count")
    def applied(self, job: Any) -> int:
        return job.applied_count


class RoundAdmin(CompanyList):
    """What a job asks for, round by round."""

    title = _("Interview rounds")
    list_display = ("job_title", "place", "round_name", "length", "mode_label", "with_room", "panel", "learning", "needed", "spare")
    search_fields = ("job__code", "job__title", "name")
    ordering = ("job__code", "number")
    sortable_by = ()

    def get_queryset(self, request: HttpRequest) -> QuerySet[Round]:
        return (
            super()
            .get_queryset(request)
            .select_related("job")
            .prefetch_related("seat_choices__employee", "shadow_choices__employee")
        )

    @display(description=_("Job"))
    def job_title(self, round_: Round) -> str:
        return f"{round_.job.code} {round_.job.title}"

    @display(description=_("Round"))
    def place(self, round_: Round) -> int:
        return round_.number

    @display(description=_("Name"))
    def round_name(self, round_: Round) -> str:
        return round_.name

    @display(description=_("Minutes"))
    def length(self, round_: Round) -> int:
        return round_.minutes

    @display(description=_("Mode"))
    def mode_label(self, round_: Round) -> str:
        return words.of(words.MODES, round_.mode)

    @display(description=_("Needs a room"), boolean=True)
    def with_room(self, round_: Round) -> bool:
        return round_.needs_room

    @display(description=_("Interviewers"))
    def panel(self, round_: Round) -> str:
        seats: dict[int, list[str]] = {}
        for choice in round_.seat_choices.all():
            seats.setdefault(choice.seat, []).append(choice.employee.name)
        return " + ".join(" | ".join(names) for names in seats.values())

    @display(description=_("Sits in to learn"))
    def learning(self, round_: Round) -> str:
        return " | ".join(choice.employee.name for choice in round_.shadow_choices.all())

    @display(description=_("Equipment"))
    def needed(self, round_: Round) -> str:
        return " · ".join(round_.equipment)

    @display(description=_("Kept free, minutes before and after"))
    def spare(self, round_: Round) -> str:
        own = (round_.buffer_before, round_.buffer_after)
        return "" if own == (None, None) else " · ".join("–" if minutes is None else str(minutes) for minutes in own)


class EmployeeAdmin(CompanyList):
    """People who work here."""

    title = _("Employees")
    list_display = ("number", "full_name", "phone_page", "in_department", "as_title", "site_name", "zone", "address", "limits")
    search_fields = ("code", "department", "title")
    search_help_text = _("Number, department or title")
    ordering = ("code",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Employee]:
        return super().get_queryset(request).select_related("site")

    @display(description=_("Number"), ordering="code")
    def number(self, employee: Employee) -> str:
        return employee.code

    @display(description=_("Full name"))
    def full_name(self, employee: Employee) -> str:
        return employee.name

    @display(description=_("Department"), ordering="department")
    def in_department(self, employee: Employee) -> str:
        return employee.department

    @display(description=_("Position"), ordering="title")
    def as_title(self, employee: Employee) -> str:
        return employee.title

    @display(description=_("Site"))
    def site_name(self, employee: Employee) -> str:
        return employee.site.name

    @display(description=_("Time zone"), ordering="time_zone")
    def zone(self, employee: Employee) -> str:
        return employee.time_zone

    @display(description=_("E-mail"))
    def address(self, employee: Employee) -> str | None:
        return employee.email

    @display(description=_("Interviews at most"))
    def limits(self, employee: Employee) -> str:
        day, week = employee.interviews_per_day, employee.interviews_per_week
        said = [
            None if day is None else gettext("%(count)s a day") % {"count": day},
            None if week is None else gettext("%(count)s a week") % {"count": week},
        ]
        return " · ".join(part for part in said if part)

    @display(description=_("Phone"))
    def phone_page(self, employee: Employee) -> str:
        return phone_pages.button(employee)


class RoomAdmin(CompanyList):
    """Meeting rooms."""

    title = _("Rooms")
    list_display = ("number", "room_name", "site_name", "seats", "equipment_list", "used")
    search_fields = ("code", "name")
    ordering = ("code",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Room]:
        return super().get_queryset(request).select_related("site")

    @display(description=_("Number"), ordering="code")
    def number(self, room: Room) -> str:
        return room.code

    @display(description=_("Name"), ordering="name")
    def room_name(self, room: Room) -> str:
        return room.name

    @display(description=_("Site"))
    def site_name(self, room: Room) -> str:
        return room.site.name

    @display(description=_("Seats"), ordering="capacity")
    def seats(self, room: Room) -> int:
        return room.capacity

    @display(description=_("Equipment"))
    def equipment_list(self, room: Room) -> str:
        return " · ".join(room.equipment)

    @display(description=_("In use"), boolean=True)
    def used(self, room: Room) -> bool:
        return room.in_use


class ShiftAdmin(CompanyList):
    """Kinds of working day."""

    title = _("Shifts")
    list_display = ("number", "shift_name", "hours", "days", "since")
    search_fields = ("code", "name")
    ordering = ("code",)

    @display(description=_("Number"), ordering="code")
    def number(self, shift: Shift) -> str:
        return shift.code

    @display(description=_("Name"), ordering="name")
    def shift_name(self, shift: Shift) -> str:
        return shift.name

    def get_queryset(self, request: HttpRequest) -> QuerySet[Shift]:
        return super().get_queryset(request).prefetch_related("versions")

    @display(description=_("Hours"))
    def hours(self, shift: Shift) -> str:
        newest = _newest(shift)
        return " · ".join(f"{_clock(start)}–{_clock(end)}" for start, end in newest.segments) if newest else ""

    @display(description=_("Weekdays"))
    def days(self, shift: Shift) -> str:
        newest = _newest(shift)
        names = get_day_names("abbreviated", locale=to_locale(get_language() or "en"))
        return " ".join(names[weekday - 1] for weekday in sorted(newest.weekdays)) if newest else ""

    @display(description=_("Since"))
    def since(self, shift: Shift) -> Any:
        newest = _newest(shift)
        return newest and newest.first_day


def _newest(shift: Shift) -> ShiftVersion | None:
    return max(shift.versions.all(), key=lambda version: version.first_day or date.min, default=None)


def _clock(minute: int) -> str:
    return time_format(time(minute // 60 % 24, minute % 60))
