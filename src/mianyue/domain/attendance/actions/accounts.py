"""Accounts for new hires."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from mianyue.domain.attendance.models import Account, LeaveType, ShiftAssignment
from mianyue.domain.organization.models import Employee


def open_account(
    *,
    application_id: UUID,
    employee: Employee,
    shift_id: UUID | None,
    leave_types: Sequence[LeaveType],
    first_day: date,
    now: datetime,
) -> Account:
    """An attendance account for a new hire, with a shift from the first day on. Opening it again gives the same account."""
    account, fresh = Account.objects.get_or_create(
        application_id=application_id,
        defaults={"employee": employee, "shift_id": shift_id, "opened_at": now, "first_day": first_day},
    )
    if fresh:
        account.leave_types.set(leave_types)
        if shift_id:
            ShiftAssignment.objects.create(employee=employee, shift_id=shift_id, first_day=first_day, origin="own")
    return account
