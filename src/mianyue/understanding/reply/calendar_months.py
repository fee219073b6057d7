"""Counts months: how many days one has, which comes so many later, and that there is no 30 February."""

from __future__ import annotations

from calendar import monthrange
from datetime import date


class NoSuchDay(Exception):
    """What is said is a day of no calendar (30 February, Monday of this week on a Wednesday): it stands for no date."""


def last_day_of(year: int, month: int) -> int:
    """The number of the month's last day."""
    return monthrange(year, month)[1]


def day_in(year: int, month: int, day: int) -> date:
    """The date. Raises NoSuchDay where the month is shorter."""
    if day > last_day_of(year, month):
        raise NoSuchDay
    return date(year, month, day)


def month_ahead(today: date, ahead: int) -> tuple[int, int]:
    """Year and month so many months after today's."""
    years, month = divmod(today.month - 1 + ahead, 12)
    return today.year + years, month + 1


def further(day: date, months: int) -> date:
    """The same day so many months on, or the last of a shorter month."""
    year, month = month_ahead(day, months)
    return date(year, month, min(day.day, last_day_of(year, month)))
