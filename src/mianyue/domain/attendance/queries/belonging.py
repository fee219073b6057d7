"""Which group and which shift of their own somebody has on a date."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from mianyue.domain.attendance.models import AttendanceGroup, GroupMember, Shift, ShiftAssignment


def group_on(employee_id: UUID, day: date) -> AttendanceGroup | None:
    """The attendance group that counts on ``day``: of two, the one joined later."""
    found = _on(GroupMember.objects.filter(employee=employee_id), day).select_related("group__shift").first()
    return found.group if found else None


def own_shift_on(employee_id: UUID, day: date) -> Shift | None:
    """The shift of their own that counts on ``day``: of two, the one assigned later."""
    found = _on(ShiftAssignment.objects.filter(employee=employee_id), day).select_related("shift").first()
    return found.shift if found else None


def _on(rows: QuerySet, day: date) -> QuerySet:
    return rows.filter(Q(last_day=None) | Q(last_day__gte=day), first_day__lte=day).order_by("-first_day")
