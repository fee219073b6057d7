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


def dates_of(day: Day, today: date, is_workday: IsWorkday, offered: Collection[date]) -> list[tuple[date, float]]:
    """The dates that a day stands for, each with how sure that is (0 to 1); past ones are left out.

    A weekday without a week is that of an offered day where just one fits, else the next one after today. What has no end
    (国庆后) reaches seven days and means workdays.
    """
    if (day.kind == "relative" and day.number < 0) or (day.week or 0) < 0:
        return []
    first, last, certainty = _span(day, today, is_workday, offered)
    if day.relation == "after":
        first, last = last + _DAY, last + _HORIZON * _DAY
    elif day.relation == "from":
        last = max(last, first + (_HORIZON - 1) * _DAY)
    elif day.relation == "before":
        first, last = today, (last if day.kind == "month_edge" else first - _DAY)
    elif day.relation == "until":
        first = today
    found = _days(max(first, today), last)
    if day.relation or day.kind in ("week", "workdays", "month_edge") or day.name == "week":
        found = [each for each in found if is_workday(each) or (not day.relation and day.kind == "relative")]
    return [(each, certainty) for each in found]


def _span(day: Day, today: date, is_workday: IsWorkday, offered: Collection[date]) -> tuple[date, date, float]:
    if day.until is not None:
        start = replace(day, until=None, relation="")
        first, _, certainty = _span(start, today, is_workday, offered)
        until = day.until
        if until.kind == "month_day" and day.kind == "date":
            until = replace(until, kind="date", month=day.month, year=day.year)
        _, last, other = _span(until, today, is_workday, () if until.kind == "weekday" else offered)
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
        return max(monday, today + _DAY), monday + 6 * _DAY, SURE
    if day.kind == "weekend":
        return monday + 5 * _DAY, monday + 6 * _DAY, SURE
    if day.kind == "workdays":
        return today + _DAY, today + _HORIZON * _DAY, LIKELY
    if day.kind == "holiday":
        return (*holiday(day.name, today), SURE)
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
    return found, found, SURE


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


def _date(day: Day, today: date) -> date:
    if day.year is not None:
        return _safe(day.year, day.month or 1, day.number)
    return next(
        found
        for year in (today.year, today.year + 1)
        if (found := _safe(year, day.month or 1, day.number)) >= today or year > today.year
    )


def _month_day(day: Day, today: date) -> date:
    if day.month_offset is not None:
        return _safe(*_month(today, day.month_offset), day.number)
    return next(
        found for ahead in range(13) if (found := _safe(*_month(today, ahead), day.number)) >= today and found.day == day.number
    )


def _month_edge(day: Day, today: date) -> tuple[date, date]:
    year, month = _month(today, day.month_offset or 0)
    last = date(*_month(date(year, month, 1), 1), 1) - _DAY
    if day.name == "start":
        return date(year, month, 1), date(year, month, 10)
    return (date(year, month, 11), date(year, month, 20)) if day.name == "middle" else (date(year, month, 25), last)


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
