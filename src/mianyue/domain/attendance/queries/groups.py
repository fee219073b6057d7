"""Reading attendance groups and who belongs to them."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db.models import Q

from mianyue.domain.attendance.models import AttendanceGroup


def group_on(employee_id: UUID, day: date) -> AttendanceGroup | None:
    """The group whose rules count for somebody on a date: of several the one they joined last."""
    member = Q(members__employee_id=employee_id, members__first_day__lte=day)
    open_or_later = Q(members__last_day=None) | Q(members__last_day__gte=day)
    return AttendanceGroup.objects.filter(member & open_or_later).order_by("-members__first_day").first()
