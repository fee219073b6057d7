"""Turns a day as said into dates: which week a weekday is of, which month a bare 20号 is of, how far "after Christmas" reaches."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import replace
from datetime import date, timedelta

from mianyue.understanding.reply.holidays import holiday
from mianyue.understanding.reply.lunar import lunar_date
from mianyue.understanding.reply.said import Day

IsWorkday = Callable[[date], bool]
SURE, LIKELY, UNSURE = 0.95, 0.6, 0.3
_HORIZON = 7
_LONGEST = 31
_DAY = timedelta(days=1)
_WHOLE = ("week", "month_edge", "month_week")
_PARTS_OF_WEEK = {"": (0, 6), "start": (0, 1), "middle": (1, 3), "end": (3, 4), "first_half": (0, 2), "second_half": (3, 6)}
"""Days of the week from and to, Monday being 0."""
_PARTS_OF_MONTH = {"whole": (1, 0), "start": (1, 10), "middle": (11, 20), "last_third": (21, 0), "end": (25, 0)}
"""Days of the month from and to, 0 being its last."""


def dates_of(day: Day, today: date, is_workday: IsWorkday, offered: Collection[date]) -> list[tuple[date, float]]:
    """The dates that a day stands for, each with how sure that is (0 to 1); past ones are left out.

    A weekday without a week is that of an offered day where just one fits, else the next one after today. What has no end
    (国庆后) reaches seven days and means workdays.
    """
    if (day.kind == "relative" and day.number < 0) or (day.kind != "holiday" and (day.week or 0) < 0):
        return []
    first, last, certainty = _span(day, today, is_workday, offered)
    if day.relation == "after":
        first, last = last + _DAY, last + _HORIZON * _DAY
    elif day.relation == "from":
        last = max(last, first + (_HORIZON - 1) * _DAY)
    elif day.relation == "before":
        first, last = today, (last if day.kind in _WHOLE and day.name != "start" else first - _DAY)
    elif day.relation == "until":
        first = today
    found = _days(max(first, today), last)
    beside = day.kind == "holiday" and (day.week is not None or day.until is not None)
    if day.relation or day.kind in ("week", "workdays", "days_ahead", "month_edge", "month_week") or day.name == "week" or beside:
        found = [each for each in found if is_workday(each) or (not day.relation and day.kind == "relative")]
    return [(each, certainty) for each in found]


def _span(day: Day, today: date, is_workday: IsWorkday, offered: Collection[date]) -> tuple[date, date, float]:
    if day.until is not None:
        start = replace(day, until=None, relation="")
        first, over, certainty = _span(start, today, is_workday, offered)
        until = day.until
        if until.kind == "month_day" and day.kind == "date":
            until = replace(until, kind="date", month=day.month, year=day.year)
        before, last, other = _span(until, today, is_workday, () if until.kind == "weekday" else offered)
        if until.relation == "before":  # between Christmas and New Year
            return over + _DAY, before - _DAY, min(certainty, other)
        if until.kind == "weekday":
            last = first + timedelta(days=(until.number - 1 - first.weekday()) % 7)
        elif last < first:
            _, last, other = _span(until, first, is_workday, offered)
        return first, min(last, first + _LONGEST * _DAY), min(certainty, other)
    first, last, certainty = _named(day, today, is_workday, offered)
    if day.offset:
        first = last = (last if day.offset > 0 else first) + timedelta(days=day.offset)
    if day.weekday is not None and first.weekday() != day.weekday - 1:
        certainty = UNSURE
    return first, last, certainty


def _named(day: Day, today: date, is_workday: IsWorkday, offered: Collection[date]) -> tuple[date, date, float]:
    if day.kind == "relative":
        return (found := today + timedelta(days=day.number)), found, SURE
    if day.kind == "weekday":
        found, certainty = _weekday(day, today, offered)
        return found, found, certainty
    monday = today - timedelta(days=today.weekday()) + timedelta(weeks=day.week or 0)
    if day.kind == "week":
        begins, ends = _PARTS_OF_WEEK[day.name]
        return max(monday + begins * _DAY, today + _DAY), monday + ends * _DAY, LIKELY if day.name else SURE
    if day.kind == "days_ahead":
        return today + _DAY, today + day.number * _DAY, LIKELY
    if day.kind == "weekend":
        return monday + 5 * _DAY, monday + 6 * _DAY, SURE
    if day.kind == "workdays":
        return today + _DAY, today + _HORIZON * _DAY, LIKELY
    if day.kind == "holiday":
        return (*_holiday(day, today), SURE)
    if day.kind == "nth_weekday":
        first, _ = _month_of(day, today)
        found = first + timedelta(days=((day.weekday or 1) - first.isoweekday()) % 7 + 7 * (day.number - 1))
        return found, found, SURE
    if day.kind == "month_week":
        return (*_weeks_of_month(day, today), LIKELY)
    if day.kind == "lunar":
        found = next(d for y in (-1, 0, 1) if (d := lunar_date(today.year + y, day.month or 1, min(day.number, 30))) >= today)
        return found, found, SURE
    if day.kind == "month_edge":
        return (*_month_edge(day, today), LIKELY)
    if day.name == "week":
        found = _date(day, today) if day.kind == "date" else _month_day(day, today)
        monday = found - timedelta(days=found.weekday())
        return monday, monday + 6 * _DAY, SURE
    found = _date(day, today) if day.kind == "date" else _month_day(day, today)
    return found, found, LIKELY if day.name == "either" and day.weekday is None and found not in offered else SURE


def _weekday(day: Day, today: date, offered: Collection[date]) -> tuple[date, float]:
    monday = today - timedelta(days=today.weekday())
    if day.week is not None:
        found = monday + timedelta(weeks=day.week, days=day.number - 1)
        if day.week == 0 and found < today:
            return found + timedelta(weeks=1), UNSURE
        ambiguous = day.name == "either" and day.week == 1 and monday + timedelta(days=day.number - 1) > today
        return found, LIKELY if ambiguous else SURE
    meant = [each for each in set(offered) if each.isoweekday() == day.number and each > today]
    if len(meant) == 1:
        return meant[0], SURE
    found = today + timedelta(days=(day.number - today.isoweekday()) % 7 or 7)
    return found, LIKELY if found - today == 7 * _DAY else 0.9


def _holiday(day: Day, today: date) -> tuple[date, date]:
    """The holiday, its week, or the week before or after it; one late in its week has its run-up in the same week."""
    first, last = holiday(day.name, today)
    if day.week is None:
        return first, last
    monday = first - first.weekday() * _DAY
    if day.week == 0:
        return monday, monday + 6 * _DAY
    if day.week < 0:
        return (monday if first.weekday() >= 3 else monday - 7 * _DAY), first - _DAY
    sunday = last + (6 - last.weekday()) * _DAY
    return (last + _DAY, sunday) if last.weekday() <= 1 else (sunday + _DAY, sunday + 7 * _DAY)


def _date(day: Day, today: date) -> date:
    if day.name == "either":
        return _either(day, today)
    if day.year is not None:
        return _safe(day.year, day.month or 1, day.number)
    return next(
        found
        for year in (today.year, today.year + 1)
        if (found := _safe(year, day.month or 1, day.number)) >= today or year > today.year
    )


def _either(day: Day, today: date) -> date:
    """3/12 as the coming one of 12 March and 3 December that is nearer, or agrees with the weekday said."""
    readings = [replace(day, name=""), replace(day, name="", number=day.month or 1, month=day.number)]
    found = sorted(_date(reading, today) for reading in readings)
    return next((each for each in found if each.isoweekday() == day.weekday), found[0])


def _month_day(day: Day, today: date) -> date:
    if day.month_offset is not None:
        return _safe(*_month(today, day.month_offset), day.number)
    return next(
        found for ahead in range(13) if (found := _safe(*_month(today, ahead), day.number)) >= today and found.day == day.number
    )


def _month_edge(day: Day, today: date) -> tuple[date, date]:
    first, last = _month_of(day, today)
    begins, ends = _PARTS_OF_MONTH[day.name]
    if day.month is None and day.month_offset is None and ends and first.replace(day=ends) < today:
        first, last = _month_of(replace(day, month_offset=1), today)
    return first.replace(day=begins), first.replace(day=ends) if ends else last


def _month_of(day: Day, today: date) -> tuple[date, date]:
    """The first and last day of the month that is said, the coming one of that name, or of this month."""
    ahead = (day.month - today.month) % 12 if day.month else day.month_offset or 0
    year, month = _month(today, ahead)
    return date(year, month, 1), date(*_month(date(year, month, 1), 1), 1) - _DAY


def _weeks_of_month(day: Day, today: date) -> tuple[date, date]:
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
    return max(begins, first), min(ends, last)


def _month(today: date, ahead: int) -> tuple[int, int]:
    years, month = divmod(today.month - 1 + ahead, 12)
    return today.year + years, month + 1


def _safe(year: int, month: int, day: int) -> date:
    """The date, or the last of its month where there is none."""
    return date(year, month, 1) + timedelta(
        days=min(day, (date(*_month(date(year, month, 1), 1), 1) - date(year, month, 1)).days) - 1
    )


def _days(first: date, last: date) -> list[date]:
    return [first + timedelta(days=n) for n in range(min((last - first).days + 1, 40))]
