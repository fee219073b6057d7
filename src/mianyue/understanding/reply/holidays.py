"""Knows when the holidays are that people name in answers (国庆后, after Christmas); which days are worked is the caller's calendar."""

from __future__ import annotations

from datetime import date, timedelta

from mianyue.understanding.reply.lunar import lunar_date, term

# Month, day and length in days of what stands fast in the solar calendar.
_FIXED = {
    "new_year": (1, 1, 3),
    "st_patrick": (3, 17, 1),
    "labour": (5, 1, 5),
    "workers_day": (5, 1, 1),
    "independence_day": (7, 4, 1),
    "bastille_day": (7, 14, 1),
    "assumption": (8, 15, 1),
    "national": (10, 1, 7),
    "new_year_day": (1, 1, 1),
    "valentine": (2, 14, 1),
    "women": (3, 8, 1),
    "youth": (5, 4, 1),
    "children": (6, 1, 1),
    "teachers": (9, 10, 1),
    "halloween": (10, 31, 1),
    "all_saints": (11, 1, 1),
    "singles": (11, 11, 1),
    "double_twelve": (12, 12, 1),
    "christmas_eve": (12, 24, 1),
    "christmas": (12, 25, 1),
    "boxing_day": (12, 26, 1),
    "new_years_eve": (12, 31, 1),
}
_LUNAR = {
    "spring_festival": (1, 1, 7),
    "lantern": (1, 15, 1),
    "dragon_boat": (5, 5, 1),
    "qixi": (7, 7, 1),
    "mid_autumn": (8, 15, 1),
    "double_ninth": (9, 9, 1),
    "laba": (12, 8, 1),
    "little_new_year": (12, 23, 1),
}


# Month, weekday (Monday 1) and which of them.
_NTH = {"mothers_day": (5, 7, 2), "fathers_day": (6, 7, 3), "thanksgiving": (11, 4, 4)}
# Days from Easter Sunday.
_BY_EASTER = {"good_friday": (-2, 1), "easter": (0, 2), "easter_monday": (1, 1), "ascension": (39, 1), "whit_monday": (50, 1)}
_PUBLIC = ("new_year", "spring_festival", "qingming", "labour", "dragon_boat", "mid_autumn", "national")


def holiday(name: str, today: date) -> tuple[date, date]:
    """The first and last day of the next holiday of that name that isn't over; raises KeyError for an unknown one.

    ``public`` is the nearest public holiday of China (节后), ``year_end`` Christmas to New Year (after the holidays).
    """
    if name == "public":
        return min(holiday(each, today) for each in _PUBLIC)
    return next(
        span
        for year in (today.year - 1, today.year, today.year + 1, today.year + 2)
        if (span := holiday_in(name, year))[1] >= today
    )


def holiday_in(name: str, year: int) -> tuple[date, date]:
    """The first and last day of the holiday of that name in that (lunar) year; raises KeyError for an unknown one."""
    if name == "public":
        return min(holiday_in(each, year) for each in _PUBLIC)
    if name in _FIXED:
        month, day, length = _FIXED[name]
        first = date(year, month, day)
    elif name in _LUNAR:
        month, day, length = _LUNAR[name]
        first = lunar_date(year, month, day)
    elif name == "new_year_eve":
        first, length = lunar_date(year + 1, 1, 1) - timedelta(days=1), 1
    elif name == "qingming":
        first, length = term(year, 15), 1
    elif name == "winter_solstice":
        first, length = term(year, 270), 1
    elif name == "year_end":
        return date(year, 12, 24), date(year + 1, 1, 1)
    elif name in _NTH:
        first, length = _nth(year, *_NTH[name]), 1
    elif name == "black_friday":
        first, length = _nth(year, *_NTH["thanksgiving"]) + timedelta(days=1), 1
    elif name in _BY_EASTER:
        after, length = _BY_EASTER[name]
        first = _easter(year) + timedelta(days=after)
    else:
        raise KeyError(name)
    return first, first + timedelta(days=length - 1)


def _nth(year: int, month: int, weekday: int, which: int) -> date:
    """The second Sunday of May."""
    first = date(year, month, 1)
    return first + timedelta(days=(weekday - first.isoweekday()) % 7 + 7 * (which - 1))


def _easter(year: int) -> date:
    """Easter Sunday of the Gregorian calendar (the anonymous algorithm of 1876)."""
    a, (b, c) = year % 19, divmod(year, 100)
    d, e = divmod(b, 4)
    h = (19 * a + b - d - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    i, k = divmod(c, 4)
    rest = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 22 * rest) // 451
    month, day = divmod(h + rest - 7 * m + 114, 31)
    return date(year, month, day + 1)
