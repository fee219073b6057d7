"""Places days of the Chinese lunar calendar (腊月廿八, 中秋) by the sun and the moon themselves, so that no table runs out.

Positions after J. Meeus, Astronomical Algorithms (2nd ed.): new moons chapter 49, the sun's longitude chapter 25, both within a minute;
the rules are those of GB/T 33661-2017: days begin at midnight in Beijing (UTC+8), the solstice falls in month 11, the first month
without a principal term (中气) is the leap month of a year of thirteen.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache
from itertools import pairwise
from math import floor, radians, sin

_BEIJING = 8 / 24
# Terrestrial time runs ahead of universal time by about this in 2020–2060 (days).
_DELTA_T = 75 / 86400
_EPOCH = 1721424.5  # the Julian day that begins proleptic day 0 of ``date``


def lunar_date(year: int, month: int, day: int) -> date:
    """The solar date of a day of the lunar year that begins in the spring of ``year``; never the leap month.

    Raises ValueError for a month beyond 12 or a day beyond 30; the 30th of a short month is the first of the next.
    """
    if not (1 <= month <= 12 and 1 <= day <= 30):
        raise ValueError(f"no lunar day {month}-{day}")
    return _months(year + 1 if month >= 11 else year)[month] + timedelta(days=day - 1)


def term(year: int, longitude: int) -> date:
    """The day in Beijing when the sun reaches that longitude (degrees, 0 at the March equinox) in that solar year; 清明 is 15."""
    start = date(year, 1, 1).toordinal() + _EPOCH
    low = start + ((longitude - _sun(start)) % 360) * 365.2422 / 360 - 4
    high = low + 8
    while high - low > 1e-5:
        middle = (low + high) / 2
        before = (_sun(middle) - longitude + 180) % 360 < 180
        low, high = (middle, high) if before else (low, middle)
    return _beijing_day(high)


@lru_cache(maxsize=16)
def _months(year: int) -> dict[int, date]:
    """The first days of months 11 and 12 of the lunar year before, then 1 to 10 of this one."""
    first, last = _month_of_solstice(year - 1), _month_of_solstice(year)
    starts = [_new_moon(k) for k in range(first, last + 1)]
    leap = len(starts) == 14
    months: dict[int, date] = {}
    number = 11
    for start, following in pairwise(starts):
        if leap and start != starts[0] and _principal(start) == _principal(following):
            leap = False  # this one is the leap month: it takes no number
            continue
        months[number] = start
        number = number % 12 + 1
    return months


def _month_of_solstice(year: int) -> int:
    """The index of the new moon that begins the month of the winter solstice of that year."""
    solstice = term(year, 270)
    k = floor((solstice.toordinal() + _EPOCH - 2451550.1) / 29.530588861) + 1
    while _new_moon(k) > solstice:
        k -= 1
    return k


def _principal(day: date) -> int:
    """How many principal terms (every 30 degrees) the sun has passed when that day begins in Beijing."""
    return floor(_sun(day.toordinal() + _EPOCH - _BEIJING + _DELTA_T) / 30)


def _beijing_day(julian: float) -> date:
    return date.fromordinal(floor(julian - _DELTA_T + _BEIJING - _EPOCH))


@lru_cache(maxsize=256)
def _new_moon(k: int) -> date:
    t = k / 1236.85
    e = 1 - 0.002516 * t - 0.0000074 * t * t
    m = radians(2.5534 + 29.1053567 * k - 0.0000014 * t * t)
    n = radians(201.5643 + 385.81693528 * k + 0.0107582 * t * t)
    f = radians(160.7108 + 390.67050284 * k - 0.0016118 * t * t)
    omega = radians(124.7746 - 1.56375588 * k + 0.0020672 * t * t)
    julian = 2451550.09766 + 29.530588861 * k + 0.00015437 * t * t
    julian += -0.40720 * sin(n) + 0.17241 * e * sin(m) + 0.01608 * sin(2 * n) + 0.01039 * sin(2 * f)
    julian += 0.00739 * e * sin(n - m) - 0.00514 * e * sin(n + m) + 0.00208 * e * e * sin(2 * m)
    julian += -0.00111 * sin(n - 2 * f) - 0.00057 * sin(n + 2 * f) + 0.00056 * e * sin(2 * n + m) - 0.00042 * sin(3 * n)
    julian += 0.00042 * e * sin(m + 2 * f) + 0.00038 * e * sin(m - 2 * f) - 0.00024 * e * sin(2 * n - m) - 0.00017 * sin(omega)
    return _beijing_day(julian)


def _sun(julian: float) -> float:
    """The sun's apparent longitude in degrees."""
    t = (julian - 2451545.0) / 36525
    m = radians(357.52911 + 35999.05029 * t - 0.0001537 * t * t)
    centre = (1.914602 - 0.004817 * t) * sin(m) + (0.019993 - 0.000101 * t) * sin(2 * m) + 0.000289 * sin(3 * m)
    omega = radians(125.04 - 1934.136 * t)
    return (280.46646 + 36000.76983 * t + 0.0003032 * t * t + centre - 0.00569 - 0.00478 * sin(omega)) % 360
