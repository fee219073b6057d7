"""Turns a day as said into dates: which week a weekday is of, which month a bare 20号 is of, how far "after Christmas" reaches."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from datetime import date, timedelta

from mianyue.understanding.reply.calendar_months import NoSuchDay, day_in, further, last_day_of, month_ahead
from mianyue.understanding.reply.dates_in_month import month_edge, nth_weekday, weeks_of_month, year_said
from mianyue.understanding.reply.holidays import holiday, holiday_in
from mianyue.understanding.reply.lunar import lunar_date
from mianyue.understanding.reply.said import Day

IsWorkday = Callable[[date], bool]
SURE, LIKELY, UNSURE = 0.95, 0.6, 0.3
_HORIZON = 7
_LONGEST = 31
_FAR = 366
_LAST_HOUR = 20
_LEAP = 8
"""So many years on, at most, the 29th of February comes again."""
_DAY = timedelta(days=1)
_WHOLE = ("week", "month_edge", "month_week")
_PARTS_OF_WEEK = {
    "": (0, 6),
    "start": (0, 2),
    "first_two": (0, 1),
    "middle": (1, 3),
    "end": (3, 4),
    "first_half": (0, 2),
    "second_half": (3, 6),
}
"""Days of the week from and to, Monday being 0."""


def dates_of(day: Day, today: date, is_workday: IsWorkday, offered: Collection[date]) -> list[tuple[date, float]]:
    """The dates that a day stands for, each with how sure that is (0 to 1); past ones are left out, and so are those of no calendar.

    A weekday without a week is that of an offered day where just one fits, else the next one after today. What has no end
    (国庆后) reaches seven days and means workdays.
    """
    gone = day.kind == "relative" and day.number < 0 and not day.offset and day.until is None
    if gone or (day.kind != "holiday" and (day.week or 0) < 0):
        return []
    try:
        first, last, certainty = _span(day, today, is_workday, offered)
    except NoSuchDay:
        return []
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
    dated_week = day.name == "week" and day.weekday is None
    if day.relation or day.kind in ("week", "workdays", "days_ahead", "month_edge", "month_week") or dated_week or beside:
        found = [each for each in found if is_workday(each) or (not day.relation and day.kind == "relative")]
    return [(each, certainty) for each in found]


def _span(day: Day, today: date, is_workday: IsWorkday, offered: Collection[date]) -> tuple[date, date, float]:
    if day.until is not None:
        start = replace(day, until=None, relation="")
        first, over, certainty = _span(start, today, is_workday, offered)
        until = day.until
        if until.kind == "month_day" and day.kind == "date":
            until = replace(until, kind="date", month=day.month, year=day.year, years_ahead=day.years_ahead)
        before, last, other = _span(until, today, is_workday, () if until.kind == "weekday" else offered)
        if until.relation == "before":  # between Christmas and New Year
            return over + _DAY, before - _DAY, min(certainty, other)
        if until.kind == "weekday":
            last = first + timedelta(days=(until.number - 1 - first.weekday()) % 7)
        elif last < first:
            _, last, other = _span(until, first, is_workday, offered)
        return first, min(last, first + _LONGEST * _DAY), min(certainty, other)
    first, last, certainty = _named(day, today, is_workday, offered)
    if day.offset or day.months:
        first = last = further(last if day.offset + day.months > 0 else first, day.months) + timedelta(days=day.offset)
    if day.weekday is not None and day.kind != "month_week" and first.weekday() != day.weekday - 1:
        certainty = UNSURE
    return first, last, certainty


def _named(day: Day, today: date, is_workday: IsWorkday, offered: Collection[date]) -> tuple[date, date, float]:
    if day.kind == "relative":
        return (found := today + timedelta(days=day.number)), found, SURE
    if day.kind == "weekday":
        found, certainty = _beside(day, today, is_workday, offered) if day.beside else _weekday(day, today, offered)
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
        return (found := nth_weekday(day, today)), found, SURE
    if day.kind == "month_week":
        return (*weeks_of_month(day, today), LIKELY)
    if day.kind == "lunar":
        return (found := _lunar(day, today)), found, SURE
    if day.kind == "month_edge":
        return (*month_edge(day, today), LIKELY)
    if day.name == "bare" and day.number <= _LAST_HOUR and _another_of(day, offered):  # Monday 14, when Monday the 30th is on offer
        raise NoSuchDay
    found = _date(day, today, offered) if day.kind == "date" else _month_day(day, _from_holiday(day, today))
    if day.name == "week":
        monday = found - timedelta(days=found.weekday())
        first = monday + (day.weekday - 1) * _DAY if day.weekday else monday  # the week of the 7th, Wednesday
        return first, first if day.weekday else monday + 6 * _DAY, SURE
    if (found - today).days > _FAR and day.year is None and day.years_ahead is None:  # the 29th of February in two years
        return found, found, UNSURE
    on_offer = {each for each in _readings(day, today) if each in offered} if day.name == "either" else set()
    return found, found, LIKELY if day.name == "either" and day.weekday is None and on_offer != {found} else SURE


def _from_holiday(day: Day, today: date) -> date:
    """The last day of the holiday that a day of the month is said to follow, else today."""
    return today if day.beside is None else _holiday(day.beside, today)[1]


def _another_of(day: Day, offered: Collection[date]) -> bool:
    """Whether that weekday is on offer, but not on that day of the month: then the number may be an hour."""
    numbers = {each.day for each in offered if each.isoweekday() == day.weekday}
    return bool(numbers) and day.number not in numbers


def _weekday(day: Day, today: date, offered: Collection[date]) -> tuple[date, float]:
    monday = today - timedelta(days=today.weekday())
    if day.week is not None:
        found = monday + timedelta(weeks=day.week, days=day.number - 1)
        if day.week == 0 and found < today:
            if day.name == "of_week":  # Monday of this week, said on a Wednesday
                raise NoSuchDay
            return found + timedelta(weeks=1), UNSURE
        ambiguous = day.name == "either" and day.week == 1 and monday + timedelta(days=day.number - 1) > today
        return found, LIKELY if ambiguous else SURE
    meant = [each for each in set(offered) if each.isoweekday() == day.number and each > today]
    if len(meant) == 1:
        return meant[0], SURE
    found = today + timedelta(days=(day.number - today.isoweekday()) % 7 or 7)
    return found, LIKELY if found - today == 7 * _DAY else 0.9


def _beside(day: Day, today: date, is_workday: IsWorkday, offered: Collection[date]) -> tuple[date, float]:
    """The Monday before Christmas, the first Friday after the 10th."""
    assert day.beside is not None
    first, last, certainty = _span(replace(day.beside, relation=""), today, is_workday, offered)
    if day.beside.relation == "before":
        return first - timedelta(days=(first.isoweekday() - day.number - 1) % 7 + 1), certainty
    return last + timedelta(days=(day.number - last.isoweekday() - 1) % 7 + 1), certainty


def _holiday(day: Day, today: date) -> tuple[date, date]:
    """The holiday, its week, or the week before or after it; one late in its week has its run-up in the same week."""
    year = year_said(day, today)
    first, last = holiday(day.name, today) if year is None else holiday_in(day.name, year)
    if day.number:  # 元旦当天
        last = first
    if day.week is None:
        return first, last
    monday = first - first.weekday() * _DAY
    if day.week == 0:
        return monday, monday + 6 * _DAY
    if day.week < 0:
        return (monday if first.weekday() >= 3 else monday - 7 * _DAY), first - _DAY
    sunday = last + (6 - last.weekday()) * _DAY
    return (last + _DAY, sunday) if last.weekday() <= 1 else (sunday + _DAY, sunday + 7 * _DAY)


def _date(day: Day, today: date, offered: Collection[date] = ()) -> date:
    if day.name == "either":
        return _either(day, today, offered)
    if (year := year_said(day, today)) is not None:
        return day_in(year, day.month or 1, day.number)
    just_past = 0 < (today - date(today.year, day.month or 1, min(day.number, 28))).days < _LONGEST
    if just_past and day.number < 29 and date(today.year, day.month or 1, day.number).isoweekday() == day.weekday:
        raise NoSuchDay  # Friday 15 June, said on the 20th
    return _first(today, [(today.year + ahead, day.month or 1) for ahead in range(_LEAP + 1)], day.number)


def _either(day: Day, today: date, offered: Collection[date]) -> date:
    """3/12 as the one of 12 March and 3 December that agrees with the weekday said, and is on offer or the nearer coming one."""
    found = _readings(day, today)
    if day.weekday is not None:
        found = [each for each in found if each.isoweekday() == day.weekday]
    coming = [each for each in found if each in offered] or [each for each in found if each >= today]
    if not coming:
        raise NoSuchDay
    return coming[0]


def _readings(day: Day, today: date) -> list[date]:
    return sorted(
        _date(replace(day, name="", number=n, month=m), today)
        for n, m in ((day.number, day.month or 1), (day.month or 1, day.number))
    )


def _month_day(day: Day, today: date) -> date:
    if day.month_offset is not None:
        return day_in(*month_ahead(today, day.month_offset), day.number)
    perhaps_hour = day.name == "bare" and day.number <= _LAST_HOUR
    coming = [month_ahead(today, ahead) for ahead in range(4 if perhaps_hour else 13)]
    if day.name in ("bare", "numbered"):  # Monday 21: of the month in which that is one
        having = [(year, month) for year, month in coming if day.number <= last_day_of(year, month)]
        coming = [(year, month) for year, month in having if date(year, month, day.number).isoweekday() == day.weekday]
    return _first(today, coming, day.number)


def _first(today: date, months: Sequence[tuple[int, int]], number: int) -> date:
    """The day of that number in the first of these months that has it and isn't past. Raises NoSuchDay."""
    for year, month in months:
        if number <= last_day_of(year, month) and (found := date(year, month, number)) >= today:
            return found
    raise NoSuchDay


def _lunar(day: Day, today: date) -> date:
    month, number = day.month or 1, min(day.number, 30)
    if (year := year_said(day, today)) is not None:
        return lunar_date(year, month, number)
    return next(found for ahead in (-1, 0, 1) if (found := lunar_date(today.year + ahead, month, number)) >= today)


def _days(first: date, last: date) -> list[date]:
    return [first + timedelta(days=n) for n in range(min((last - first).days + 1, 40))]
