"""Writing down what people ask for, and what became of it."""

from __future__ import annotations

from datetime import datetime
from typing import TypeVar
from uuid import UUID

from psycopg.types.range import TimestamptzRange

from mianyue.base.errors import NotFound, SomebodyWasFirst
from mianyue.base.interval import Interval
from mianyue.domain.attendance.models import Leave, LeaveType, Overtime, PunchCorrection, Request, Trip
from mianyue.domain.organization.models import Employee

Asked = TypeVar("Asked", Leave, Overtime, Trip, PunchCorrection)

FOLLOWS: dict[str, list[str]] = {
    Request.Status.APPROVED: [Request.Status.PENDING],
    Request.Status.REJECTED: [Request.Status.PENDING],
    Request.Status.CANCELLED: [Request.Status.PENDING, Request.Status.APPROVED],
}
"""By status, those it can follow."""


def ask_for_leave(employee: Employee, kind: LeaveType, during: Interval, minutes: int, reason: str, now: datetime) -> Leave:
    """``minutes`` of leave, pending. What they take from the ledger is reserved by the caller."""
    return Leave.objects.create(
        **_asked(employee, reason, now), during=_range(during), kind=kind, leave_type=kind.name, minutes=minutes
    )


def ask_for_overtime(employee: Employee, during: Interval, reason: str, now: datetime) -> Overtime:
    """Overtime, pending: it isn't attendance before it is approved."""
    return Overtime.objects.create(**_asked(employee, reason, now), during=_range(during))


def ask_for_trip(employee: Employee, during: Interval, destination: str, reason: str, now: datetime) -> Trip:
    """A trip, pending, which blocks already."""
    return Trip.objects.create(**_asked(employee, reason, now), during=_range(during), destination=destination or None)


def ask_for_correction(employee: Employee, at: datetime, side: str, reason: str, now: datetime) -> PunchCorrection:
    """A punch that is missing, pending; approved, the caller adds it."""
    return PunchCorrection.objects.create(**_asked(employee, reason, now), at=at, side=side)


def settle(model: type[Asked], request_id: UUID, status: str, now: datetime) -> Asked:
    """Changes what became of a request. Raises NotFound; SomebodyWasFirst where it is no longer in a status that this one can follow."""
    standing = model.objects.filter(pk=request_id, status__in=FOLLOWS[status])
    if not standing.update(status=status, decided_at=now):
        if not model.objects.filter(pk=request_id).exists():
            raise NotFound("There is no such request.", "Nothing was changed.")
        raise SomebodyWasFirst("The request has been settled already.", "Reload to see where it stands.")
    return model.objects.select_related("employee__site").get(pk=request_id)


def _asked(employee: Employee, reason: str, now: datetime) -> dict[str, object]:
    return {
        "employee": employee,
        "status": Request.Status.PENDING,
        "origin": Request.Origin.OWN,
        "reason": reason or None,
        "asked_at": now,
    }


def _range(during: Interval) -> TimestamptzRange:
    return TimestamptzRange(during.start, during.end, "[)")
