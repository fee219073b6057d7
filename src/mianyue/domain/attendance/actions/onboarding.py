"""What a new hire needs to punch on the first day: an account and a shift, each made once and taken back as a whole."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from mianyue.domain.attendance.models import Account, GroupMember, Shift, ShiftAssignment
from mianyue.domain.organization.models import Employee

OWN = "own"


def open_for(employee: Employee, first_day: date, application_id: UUID | None, now: datetime) -> Account:
    """The account of this person. Where it was closed before, it is open again and belongs to the new application."""
    account, _ = Account.objects.get_or_create(
        employee=employee, defaults={"application_id": application_id, "first_day": first_day, "opened_at": now}
    )
    if account.closed_at is not None:
        account.application_id, account.first_day, account.opened_at, account.closed_at = application_id, first_day, now, None
        account.save(update_fields=["application_id", "first_day", "opened_at", "closed_at"])
    return account


def close_for(employee_id: UUID, now: datetime) -> None:
    """Closes the account and forgets the shifts and groups that were assigned here. What the company's files say stays."""
    Account.objects.filter(employee_id=employee_id, closed_at=None).update(closed_at=now)
    ShiftAssignment.objects.filter(employee_id=employee_id, origin=OWN).delete()
    GroupMember.objects.filter(employee_id=employee_id, origin=OWN).delete()


def assign_shift(employee_id: UUID, shift: Shift, first_day: date) -> None:
    """From ``first_day`` on this person works that shift; what was assigned here for the same day before is replaced."""
    assigned = ShiftAssignment.objects.filter(employee_id=employee_id, first_day=first_day, origin=OWN)
    if not assigned.filter(shift=shift, last_day=None).exists():
        assigned.delete()
        ShiftAssignment.objects.create(employee_id=employee_id, shift=shift, first_day=first_day, origin=OWN)
    Account.objects.filter(employee_id=employee_id, closed_at=None).update(shift=shift)
