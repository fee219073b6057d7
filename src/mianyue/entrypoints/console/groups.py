"""Attendance groups and rotations as the company's files told them."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from unfold.decorators import display

from mianyue.domain.attendance.models import AttendanceGroup, Rotation
from mianyue.entrypoints.console.asked_days import today
from mianyue.entrypoints.console.company_lists import CompanyList
from mianyue.entrypoints.console.times import day_words, enumerated


class GroupAdmin(CompanyList):
    """Who works alike and punches by the same rule."""

    title = _("Attendance groups")
    list_display = ("number", "group_name", "worked", "people", "punching", "overtime")
    search_fields = ("code", "name")
    ordering = ("code",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[AttendanceGroup]:
        now = Q(members__first_day__lte=today()) & (Q(members__last_day=None) | Q(members__last_day__gte=today()))
        groups = super().get_queryset(request).select_related("shift", "rotation").prefetch_related("places")
        return groups.annotate(member_count=Count("members__employee", filter=now, distinct=True))

    @display(description=_("Number"), ordering="code")
    def number(self, group: AttendanceGroup) -> str:
        return group.code

    @display(description=_("Name"), ordering="name")
    def group_name(self, group: AttendanceGroup) -> str:
        return group.name

    @display(description=_("Shift or rotation"))
    def worked(self, group: AttendanceGroup) -> str:
        return str(group.shift or group.rotation or "")

    @display(description=_("People"))
    def people(self, group: Any) -> int:
        return group.member_count

    @display(description=_("Punch rule"))
    def punching(self, group: AttendanceGroup) -> str:
        places = [place.name for place in group.places.all()]
        if not places:
            return gettext("anywhere")
        said = gettext("within %(meters)s m of %(places)s") % {"meters": group.within_meters, "places": enumerated(places)}
        return said if group.field_work else gettext("%(rule)s, nowhere else") % {"rule": said}

    @display(description=_("Overtime becomes leave"), boolean=True)
    def overtime(self, group: AttendanceGroup) -> bool:
        return group.overtime_as_leave


class RotationAdmin(CompanyList):
    """Shifts and rest that follow one another."""

    title = _("Rotations")
    list_display = ("number", "rotation_name", "cycle", "since", "groups_of")
    search_fields = ("code", "name")
    ordering = ("code",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Rotation]:
        return super().get_queryset(request).prefetch_related("days__shift", "groups")

    @display(description=_("Number"), ordering="code")
    def number(self, rotation: Rotation) -> str:
        return rotation.code

    @display(description=_("Name"), ordering="name")
    def rotation_name(self, rotation: Rotation) -> str:
        return rotation.name

    @display(description=_("Cycle"))
    def cycle(self, rotation: Rotation) -> str:
        return " → ".join(day.shift.name if day.shift else gettext("rest") for day in rotation.days.all())

    @display(description=_("Begins on"))
    def since(self, rotation: Rotation) -> str:
        return day_words(rotation.anchor)

    @display(description=_("Attendance groups"))
    def groups_of(self, rotation: Rotation) -> str:
        return enumerated([group.name for group in rotation.groups.all()])
