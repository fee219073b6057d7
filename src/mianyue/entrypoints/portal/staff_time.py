"""What somebody is to work on their days, and the spans that dates and half days on a form stand for."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from django.utils.translation import gettext as _

from mianyue.base.interval import Interval
from mianyue.domain.attendance.models import LeaveType
from mianyue.domain.attendance.queries.days import shift_instances
from mianyue.domain.notices.staff.times import length
from mianyue.entrypoints.portal.staff_door import Member
from mianyue.worktime.days import DAY, local
from mianyue.worktime.instances import ShiftInstance


class Part(StrEnum):
    """How much of its dates a request takes."""

    DAYS = "days"
    MORNING = "morning"
    AFTERNOON = "afternoon"
    HOURS = "hours"


class OutOfOrder(ValueError):
    """It would end before it begins."""


def shifts_of(member: Member, first: date, last: date) -> list[ShiftInstance]:
    """The person's shifts that begin on the dates from ``first`` to ``last``."""
    return shift_instances([member.employee.pk], first, last)[member.employee.pk]


def said(member: Member, shift: ShiftInstance) -> str:
    """``09:00–12:00 · 13:00–18:00``."""
    clock = member.times.clock
    return " · ".join(f"{clock(segment.start)}–{clock(segment.end)}" for segment in shift.segments)


def span_of(member: Member, part: Part, first: date, last: date, begin: time | None, end: time | None) -> Interval:
    """What a form means: whole days from the first shift's start to the last one's end, half a shift, or hours of ``first``.

    Hours that end at or before their beginning end on the next date, as a night shift does. A date without a shift is taken from
    midnight to midnight. Raises OutOfOrder.
    """
    if part == Part.HOURS:
        if begin is None or end is None or begin == end:
            raise OutOfOrder
        return Interval(local(first, begin, member.zone), local(first if begin < end else first + DAY, end, member.zone))
    if last < first or last - first > timedelta(days=400):
        raise OutOfOrder
    shifts = shifts_of(member, first, first if part != Part.DAYS else last)
    if part == Part.DAYS:
        return Interval(_start(member, first, shifts), _end(member, last, shifts))
    shift = next(iter(shifts), None)
    noon = _noon(member, first, shift)
    if part == Part.MORNING:
        return Interval(_start(member, first, shifts), noon[0])
    return Interval(noon[1], _end(member, first, shifts))


def in_days(member: Member, kind: LeaveType, minutes: int) -> str:
    """``5 d``, ``4 d 2 h``: in days of that kind's length, and hours."""
    days, rest = divmod(minutes, kind.day_minutes)
    said_days = [_("%(count)s d") % {"count": days}] if days else []
    return " ".join([*said_days, *([length(member.times, rest)] if rest or not days else [])])


def _start(member: Member, day: date, shifts: Sequence[ShiftInstance]) -> datetime:
    return next((one.start for one in shifts if one.day == day), local(day, time(0), member.zone))


def _end(member: Member, day: date, shifts: Sequence[ShiftInstance]) -> datetime:
    return next((one.end for one in shifts if one.day == day), local(day + DAY, time(0), member.zone))


def _noon(member: Member, day: date, shift: ShiftInstance | None) -> tuple[datetime, datetime]:
    """Where the first half ends and the second begins: around the longest break, else in the middle."""
    if shift is None:
        noon = local(day, time(12), member.zone)
        return noon, noon
    breaks = [(before.end, after.start) for before, after in zip(shift.segments, shift.segments[1:], strict=False)]
    if breaks:
        return max(breaks, key=lambda pause: pause[1] - pause[0])
    middle = shift.start + (shift.end - shift.start) / 2
    return middle, middle
