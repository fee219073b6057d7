"""Attendance groups: who belongs to one, and what it works."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Q

from mianyue.domain.attendance.actions.days import forget_days, forget_days_of
from mianyue.domain.attendance.models import AttendanceGroup, GroupMember, Rotation, RotationDay

OWN = "own"


def put_into_group(employee_id: UUID, group_id: UUID, first_day: date) -> GroupMember:
    """From ``first_day`` on somebody belongs to a group and no longer to the one before, until a later one that was planned already
    begins. Saying it again changes nothing."""
    memberships = GroupMember.objects.filter(employee_id=employee_id)
    member, fresh = memberships.get_or_create(
        employee_id=employee_id, first_day=first_day, defaults={"group_id": group_id, "origin": OWN}
    )
    if not fresh and (member.group_id, member.last_day) == (group_id, None):
        return member
    if not fresh:
        memberships.filter(pk=member.pk).update(group_id=group_id, last_day=None, origin=OWN)
        member.refresh_from_db()
    running = Q(last_day=None) | Q(last_day__gte=first_day)
    memberships.filter(running, first_day__lt=first_day).update(last_day=first_day - timedelta(days=1))
    forget_days(employee_id, first_day, date.max)
    return member


def new_rotation(code: str, name: str, anchor: date, shift_ids: Sequence[UUID | None]) -> Rotation:
    """Shifts, and None for rest, that follow one another for ever; the first of them is worked on ``anchor``."""
    rotation = Rotation.objects.create(code=code, name=name, anchor=anchor)
    RotationDay.objects.bulk_create(
        RotationDay(rotation=rotation, number=number, shift_id=shift) for number, shift in enumerate(shift_ids)
    )
    return rotation


def set_rotation(group_id: UUID, rotation_id: UUID | None, shift_id: UUID | None = None) -> None:
    """What the group works: a rotation, or a shift by its weekdays, or neither.

    It counts for every day that isn't signed off. Where it is to begin on a date, make another group and put the people into it.
    """
    group = AttendanceGroup.objects.filter(pk=group_id)
    if group.filter(rotation_id=rotation_id, shift_id=shift_id).exists():
        return
    group.update(rotation_id=rotation_id, shift_id=shift_id)
    members = GroupMember.objects.filter(group_id=group_id).order_by().values_list("employee_id", flat=True).distinct()
    forget_days_of(list(members), None, None)
