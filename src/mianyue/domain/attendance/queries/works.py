"""When one person is to work, for whoever weighs a request of theirs."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from mianyue.base.interval import Interval
from mianyue.domain.attendance.queries.belonging import group_on
from mianyue.domain.attendance.queries.days import shift_instances
from mianyue.domain.attendance.queries.plans import assignments_of
from mianyue.domain.attendance.queries.requests import approved_overtime
from mianyue.domain.organization.models import Employee
from mianyue.worktime.covered import Works
from mianyue.worktime.days import DAY, first_and_last
from mianyue.worktime.instances import Belonging


def works_of(employee: Employee, during: Interval) -> Works:
    """What decides about the working time within ``during`` of an employee whose site is loaded."""
    zone = ZoneInfo(employee.time_zone)
    first, last = first_and_last(during, zone)
    assignments = assignments_of([employee.pk], (first - 2 * DAY, last + DAY)).get(employee.pk, [])
    return Works(zone, employee.site.holiday_country, assignments, employee.hire_date, employee.last_day)


def overtime_is_leave(employee: Employee, day: date) -> bool:
    """Whether the group this person belongs to on that date credits overtime as compensatory leave."""
    group = group_on(employee.pk, day)
    return group is not None and group.overtime_as_leave


def date_of_punch(employee: Employee, at: datetime) -> date:
    """The date to whose work a punch at that instant belongs: at the end of a night shift, the date on which it began."""
    zone = ZoneInfo(employee.time_zone)
    day = at.astimezone(zone).date()
    shifts = shift_instances([employee.pk], day - 2 * DAY, day + DAY)[employee.pk]
    overtime = approved_overtime([employee.pk], Interval(at - 2 * DAY, at + DAY)).get(employee.pk, [])
    return Belonging(shifts, zone, overtime).day_of(at)
