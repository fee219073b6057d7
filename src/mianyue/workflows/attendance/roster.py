"""HR plans single dates by hand (排班): another shift, rest, or again what shift and group say."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction

from mianyue.base.errors import NotFound
from mianyue.base.interval import Interval
from mianyue.domain.attendance.actions.rosters import clear_roster, set_roster
from mianyue.domain.attendance.models import Shift
from mianyue.domain.organization.models import Employee
from mianyue.domain.security.actions import record
from mianyue.domain.security.actor import Actor
from mianyue.workflows.requests.decided import refuse_signed_off
from mianyue.workflows.requests.somebody_away import mend_promises
from mianyue.worktime.days import DAY, whole_day


def change_roster(
    employee_id: UUID, planned: Mapping[date, UUID | None], cleared: Collection[date], actor: Actor, now: datetime
) -> int:
    """Plans these dates: a shift by its id, or None for rest; ``cleared`` dates go by shift and group again. Returns how many dates.

    Interviews promised around them are looked at again. Raises NotFound, MonthSignedOff.
    """
    days = sorted({*planned, *cleared})
    if not days:
        return 0
    with transaction.atomic():
        employee = Employee.objects.filter(pk=employee_id).first()
        wanted = {shift for shift in planned.values() if shift is not None}
        if employee is None or Shift.objects.filter(pk__in=wanted).count() != len(wanted):
            raise NotFound("There is no such person or shift.", "Reload the page.")
        refuse_signed_off(employee.pk, days)
        set_roster(employee.pk, planned)
        for day in sorted(cleared):
            clear_roster(employee.pk, day, day)
        zone = ZoneInfo(employee.time_zone)
        # A night shift reaches into the next date.
        mend_promises(employee.pk, Interval(whole_day(days[0], zone).start, whole_day(days[-1] + DAY, zone).end), actor, now)
        record("roster.changed", employee, actor, now, employee=employee.code, days=[day.isoformat() for day in days])
    return len(days)
