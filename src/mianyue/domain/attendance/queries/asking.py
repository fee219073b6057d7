"""What stands in the way of a request: one's other requests, months that are signed off, how much was asked for already."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from psycopg.types.range import TimestamptzRange

from mianyue.base.interval import Interval
from mianyue.domain.attendance.models import Leave, Overtime, Punch, PunchCorrection, Request, Timesheet, Trip
from mianyue.domain.spans import spans_by

STANDING = [Request.Status.PENDING, Request.Status.APPROVED]


def overlaps(employee_id: UUID, during: Interval, *models: type[Leave] | type[Overtime] | type[Trip]) -> bool:
    """Whether pending or approved requests of these kinds lie in ``during``."""
    touching = TimestamptzRange(during.start, during.end, "[)")
    return any(
        model.objects.filter(employee_id=employee_id, during__overlap=touching, status__in=STANDING).exists() for model in models
    )


def is_signed_off(employee_id: UUID, days: Iterable[date]) -> bool:
    """Whether one of these dates lies in a month of this person that HR has signed off."""
    months = {day.replace(day=1) for day in days}
    return Timesheet.objects.filter(employee_id=employee_id, month__in=months).exists()


def overtime_asked(employee_id: UUID, window: Interval) -> list[Interval]:
    """Pending and approved overtime that touches ``window``, in no order."""
    touching = TimestamptzRange(window.start, window.end, "[)")
    rows = Overtime.objects.filter(employee_id=employee_id, during__overlap=touching, status__in=STANDING)
    return spans_by(rows, "employee_id").get(employee_id, [])


def corrections_asked(employee_id: UUID, month: Interval) -> int:
    """How many pending and approved corrections of punches lie in ``month``."""
    return PunchCorrection.objects.filter(
        employee_id=employee_id, at__gte=month.start, at__lt=month.end, status__in=STANDING
    ).count()


def is_punched(employee_id: UUID, at: datetime) -> bool:
    """Whether this person has a punch at that instant, or asks for one."""
    asked = PunchCorrection.objects.filter(employee_id=employee_id, at=at, status__in=STANDING)
    return asked.exists() or Punch.objects.filter(employee_id=employee_id, at=at).exists()
