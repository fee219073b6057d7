"""Turns months, their parts, weeks and weekdays as said into dates: late December, the second week of January, its last Friday."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from mianyue.understanding.reply.calendar_months import NoSuchDay, last_day_of, month_ahead
from mianyue.understanding.reply.said import Day

_DAY = timedelta(days=1)
_PARTS_OF_MONTH = {
    "whole": (1, 0),
    "first_half": (1, 15),
    "second_half": (16, 0),
    "start": (1, 10),
    "middle": (11, 20),
    "last_third": (21, 0),
    "end": (25, 0),
}
"""Days of the month from and to, 0 being its last."""


def year_said(day: Day, today: date) -> int | None:
    """The year that is said, if any."""
    return today.year + day.years_ahead if day.years_ahead is not None else day.year


def nth_weekday(day: Day, today: date) -> date:
    """The first Monday of a month, or (number 0) its last."""
    first, last = _month_of(day, today)
    if not day.number:
        return last - timedelta(days=(last.isoweekday() - (day.weekday or 1)) % 7)
    found = first + timedelta(days=((day.weekday or 1) - first.isoweekday()) % 7 + 7 * (day.number - 1))
    if found.month != first.month:
        raise NoSuchDay
    return found


def month_edge(day: Day, today: date) -> tuple[date, date]:
    """The first and last day of a part of a month; where no month is named, of this one or, once that is over, the next."""
    first, last = _month_of(day, today)
    begins, ends = _PARTS_OF_MONTH[day.name]
    if day.month is None and day.month_offset is None and ends and first.replace(day=ends) < today:
        first, last = _month_of(replace(day, month_offset=1), today)
    return first.replace(day=begins), first.replace(day=ends) if ends else last


def _month_of(day: Day, today: date) -> tuple[date, date]:
    """The first and last day of the month that is said, the coming one of that name, or of this month."""
    said = year_said(day, today)
    if said is not None and day.month:
        year, month = said, day.month
    else:
        year, month = month_ahead(today, (day.month - today.month) % 12 if day.month else day.month_offset or 0)
    return date(year, month, 1), date(year, month, last_day_of(year, month))


def weeks_of_month(day: Day, today: date) -> tuple[date, date]:
    """Weeks of a month: the first is the one whose Thursday is the month's first (as ISO 8601 counts those of a year)."""
    first, last = _month_of(day, today)
    monday = first + ((3 - first.weekday()) % 7 - 3) * _DAY
    final = last - ((last.weekday() - 3) % 7 + 3) * _DAY
    if day.name == "last":
        begins, ends = final - 7 * (day.number - 1) * _DAY, final + 6 * _DAY
    elif day.name == "first":
        begins, ends = monday, monday + (7 * day.number - 1) * _DAY
    else:
        begins = monday + 7 * (day.number - 1) * _DAY
        ends = begins + 6 * _DAY
    if day.weekday is not None:  # first week of December on Friday
        begins = ends = begins + (day.weekday - 1) * _DAY
    return max(begins, first), min(ends, last)
