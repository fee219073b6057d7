"""What a decision brings about, by the kind of request: the one place where approvals meet what they are about.

Whatever stands here may not import ``approve``, which imports this.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from mianyue.base.errors import Refused
from mianyue.base.interval import Interval
from mianyue.domain.approvals.models import Approval
from mianyue.domain.attendance.actions.days import forget_around, lock_days_of
from mianyue.domain.attendance.actions.ledger import give_back
from mianyue.domain.attendance.actions.punches import add_corrected
from mianyue.domain.attendance.actions.requests import settle
from mianyue.domain.attendance.models import Leave, Overtime, PunchCorrection, Request, Trip
from mianyue.domain.attendance.queries.asking import is_signed_off
from mianyue.domain.attendance.queries.works import date_of_punch, works_of
from mianyue.domain.security.actor import Actor
from mianyue.workflows import change_decided
from mianyue.workflows.attendance.compensate import credit_overtime
from mianyue.workflows.freed import freed
from mianyue.workflows.requests.somebody_away import mend_promises
from mianyue.workflows.rooms import keep as keep_room
from mianyue.worktime.covered import dates_of

Act = Callable[[Approval, Actor, datetime], None]
State, Status = Approval.State, Request.Status

ENDED: dict[str, str] = {State.APPROVED: Status.APPROVED, State.REJECTED: Status.REJECTED, State.CANCELLED: Status.CANCELLED}
"""What became of the request, by how its approval ended."""


@dataclass(frozen=True, slots=True)
class Effect:
    """``approved`` is called once the last step is; ``undone`` when it was rejected, or taken back, be it after it was approved. Both
    inside the transaction of the decision, after the approval's own state has changed: what they raise undoes the decision."""

    approved: Act
    undone: Act


class MonthSignedOff(Refused):
    """HR has signed off the month that would change."""

    code = "month_signed_off"


def refuse_signed_off(employee_id: UUID, days: Iterable[date]) -> None:
    """Raises MonthSignedOff; else these months can't be signed off before the transaction ends."""
    lock_days_of([employee_id])
    if is_signed_off(employee_id, days):
        raise MonthSignedOff("HR has signed off this month already.", "Ask HR to open it again.")


def _leave_approved(approval: Approval, actor: Actor, now: datetime) -> None:
    leave = settle(Leave, approval.subject_id, Status.APPROVED, now)
    _changes_days(leave, refuse=True)
    mend_promises(leave.employee_id, _span(leave), actor, now)


def _leave_undone(approval: Approval, actor: Actor, now: datetime) -> None:
    leave = settle(Leave, approval.subject_id, ENDED[approval.state], now)
    _changes_days(leave)  # first, because the person is locked before the account wherever both are
    give_back(leave.pk, now)
    freed(now)


def _overtime_approved(approval: Approval, actor: Actor, now: datetime) -> None:
    overtime = settle(Overtime, approval.subject_id, Status.APPROVED, now)
    _changes_days(overtime, refuse=True)
    credit_overtime(overtime, actor, now)


def _overtime_undone(approval: Approval, actor: Actor, now: datetime) -> None:
    overtime = settle(Overtime, approval.subject_id, ENDED[approval.state], now)
    _changes_days(overtime)
    # An interview may stand on it: it was time to hold one, and no longer is.
    mend_promises(overtime.employee_id, _span(overtime), actor, now)


def _trip_approved(approval: Approval, actor: Actor, now: datetime) -> None:
    trip = settle(Trip, approval.subject_id, Status.APPROVED, now)
    _changes_days(trip, refuse=True)
    mend_promises(trip.employee_id, _span(trip), actor, now)


def _trip_undone(approval: Approval, actor: Actor, now: datetime) -> None:
    _changes_days(settle(Trip, approval.subject_id, ENDED[approval.state], now))
    freed(now)


def _correction_approved(approval: Approval, actor: Actor, now: datetime) -> None:
    correction = settle(PunchCorrection, approval.subject_id, Status.APPROVED, now)
    refuse_signed_off(correction.employee_id, [date_of_punch(correction.employee, correction.at)])
    add_corrected(correction, now)
    forget_around(correction.employee, [correction.at])


def _correction_undone(approval: Approval, actor: Actor, now: datetime) -> None:
    correction = settle(PunchCorrection, approval.subject_id, ENDED[approval.state], now)
    forget_around(correction.employee, [correction.at])


EFFECTS: dict[str, Effect] = {
    Approval.Kind.LEAVE: Effect(_leave_approved, _leave_undone),
    Approval.Kind.OVERTIME: Effect(_overtime_approved, _overtime_undone),
    Approval.Kind.TRIP: Effect(_trip_approved, _trip_undone),
    Approval.Kind.CORRECTION: Effect(_correction_approved, _correction_undone),
    Approval.Kind.ROOM: Effect(keep_room.approved, keep_room.undone),
    Approval.Kind.INTERVIEW: Effect(change_decided.approved, change_decided.undone),
}


def _span(request: Leave | Overtime | Trip) -> Interval:
    return Interval(request.during.lower, request.during.upper)


def _changes_days(request: Leave | Overtime | Trip, *, refuse: bool = False) -> None:
    """The days it touches are derived anew. ``refuse``: not where HR has signed them off; what gives back is always possible."""
    during = _span(request)
    if refuse:
        refuse_signed_off(request.employee_id, dates_of(during, works_of(request.employee, during)))
    forget_around(request.employee, [during.start, during.end])
