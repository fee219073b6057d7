"""How a new hire comes to belong: to a group, to a punch rule; and how that is taken back. What the company's files say stays."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from mianyue.domain.attendance.models import Account, AttendanceGroup, GroupMember, Shift, ShiftAssignment

OWN = "own"


def join(employee_id: UUID, group: AttendanceGroup, first_day: date) -> None:
    """From ``first_day`` on this person belongs to the group; joining again changes nothing."""
    GroupMember.objects.get_or_create(employee_id=employee_id, first_day=first_day, defaults={"group": group, "origin": OWN})


def leave(employee_id: UUID) -> None:
    """Forgets the groups this person was put into here."""
    GroupMember.objects.filter(employee_id=employee_id, origin=OWN).delete()


def end_shifts(employee_id: UUID) -> None:
    """Forgets the shifts this person was given here."""
    ShiftAssignment.objects.filter(employee_id=employee_id, origin=OWN).delete()


def note_shift(employee_id: UUID, shift: Shift) -> None:
    """The account tells which shift is worked, where a group says it."""
    Account.objects.filter(employee_id=employee_id).update(shift=shift)


def settle_rule(employee_id: UUID, group: AttendanceGroup | None) -> None:
    """This person punches by the group's rule; without a group, anywhere."""
    Account.objects.filter(employee_id=employee_id).update(punch_rule=True, group=group)


def unsettle_rule(employee_id: UUID) -> None:
    """By which rule this person punches is open again."""
    Account.objects.filter(employee_id=employee_id).update(punch_rule=False, group=None)
