"""Knows when the holidays are that people name in answers (国庆后, after Christmas); which days are worked is the caller's calendar."""

from __future__ import annotations

from datetime import date, timedelta

from mianyue.understanding.reply.lunar import lunar_date, term

# Month, day and length in days of what stands fast in the solar calendar.
_FIXED = {
    "new_year": (1, 1, 3),
    "labour": (5, 1, 5),
    "national": (10, 1, 7),
    "halloween": (10, 31, 1),
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
    "little_new_year": (12, 23, 1),
}


_PUBLIC = ("new_year", "spring_festival", "qingming", "labour", "dragon_boat", "mid_autumn", "national")


def holiday(name: str, today: date) -> tuple[date, date]:
    """The first and last day of the next holiday of that name that isn't over; raises KeyError for an unknown one.

    ``public`` is the nearest public holiday of China (节后), ``year_end`` Christmas to New Year (after the holidays).
    """
    if name == "public":
        return min(holiday(each, today) for each in _PUBLIC)
    return next(
        span for year in (today.year - 1, today.year, today.year + 1, today.year + 2) if (span := _in(name, year))[1] >= today
    )


def _in(name: str, year: int) -> tuple[date, date]:
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
    elif name == "thanksgiving":
        first, length = date(year, 11, 22) + timedelta(days=(3 - date(year, 11, 22).weekday()) % 7), 1
    elif name == "easter":
        first, length = _easter(year), 2
    else:
        raise KeyError(name)
    return first, first + timedelta(days=length - 1)


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
