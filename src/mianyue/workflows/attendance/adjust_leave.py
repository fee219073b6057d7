"""HR grants leave or corrects a balance by hand (假期额度调整), with a reason, as a movement of its own in the ledger."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from django.db import transaction

from mianyue.base.errors import NotFound, Refused
from mianyue.domain.attendance.actions.ledger import adjust, grant
from mianyue.domain.attendance.models import LeaveType, LedgerEntry
from mianyue.domain.organization.models import Employee
from mianyue.domain.security.actions import record
from mianyue.domain.security.actor import Actor

LONGEST = 366 * 24 * 60
"""Minutes that one movement can have at most, up or down: more is a slip of the pen."""


class Reason(StrEnum):
    """Why a balance is changed by hand. Codes and no free text: the ledger is kept for ever and holds nothing about people's lives."""

    AGREED = "agreed"
    CORRECTION = "correction"
    CARRIED_OVER = "carried_over"
    PROOF = "proof"
    LEAVING = "leaving"


def adjust_leave(
    employee_id: UUID,
    leave_type_id: int,
    minutes: int,
    reason: str,
    expires_on: date | None,
    key: UUID,
    actor: Actor,
    now: datetime,
) -> LedgerEntry:
    """Adds ``minutes`` of working time to a balance, or takes them off it. ``expires_on``: the last day on which what is added can be used.

    ``key`` is made with the form, so that a form sent twice moves the balance once. Raises NotFound, Overdrawn; Refused for no minutes, a
    reason that there isn't, or an expiry of what is taken off.
    """
    if reason not in [*Reason]:
        raise Refused("A balance is changed for a reason.", "Choose one.")
    if not minutes or abs(minutes) > LONGEST:
        raise Refused("That is no length of leave.", "Give hours, at most those of a year; a minus takes them off.")
    if expires_on is not None and minutes < 0:
        raise Refused("What is taken off does not expire.", "Leave the last day empty.")
    employee = Employee.objects.filter(pk=employee_id).first()
    leave_type = LeaveType.objects.filter(pk=leave_type_id).first()
    if employee is None or leave_type is None:
        raise NotFound("There is no such person or kind of leave.", "Reload the page.")
    how = {"reason": str(reason), **({"expires_on": expires_on.isoformat()} if expires_on else {})}
    move = grant if expires_on else adjust
    with transaction.atomic():
        entry = move(employee.pk, leave_type, minutes, f"by-hand:{key}", how, now)
        if entry.at == now:
            record("leave.adjusted", entry, actor, now, employee=employee.code, minutes=minutes, reason=str(reason))
    return entry
