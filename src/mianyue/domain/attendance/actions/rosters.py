"""Rosters: what somebody works on single dates."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from mianyue.domain.attendance.actions.days import forget_days
from mianyue.domain.attendance.models import RosterDay

OWN = "own"


def set_roster(employee_id: UUID, days: Mapping[date, UUID | None]) -> None:
    """What somebody works on these dates, by the shift's id; None is rest. Goes before their own shift and their group's."""
    if not days:
        return
    rows = [RosterDay(employee_id=employee_id, day=day, shift_id=shift, origin=OWN) for day, shift in sorted(days.items())]
    RosterDay.objects.bulk_create(rows, update_conflicts=True, unique_fields=["employee", "day"], update_fields=["shift", "origin"])
    forget_days(employee_id, min(days), max(days))


def clear_roster(employee_id: UUID, first: date, last: date) -> int:
    """Takes the roster of these dates away, so that shift and group count again. Returns how many dates had one."""
    cleared, _ = RosterDay.objects.filter(employee_id=employee_id, day__range=(first, last)).delete()
    if cleared:
        forget_days(employee_id, first, last)
    return cleared
