"""Which days are public holidays and which weekends are worked, by the law of a country."""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import cache
from itertools import islice

import holidays

from mianyue.base.errors import MianyueError

LOOK_AHEAD = 367
"""Days."""
_ISO_3166 = re.compile(r"[A-Z]{2}(-[A-Z0-9]{1,3})?")


class UnknownCountry(MianyueError):
    """No public holidays are known for that country code."""

    code = "unknown_country"


@cache
def _calendar(country: str) -> holidays.HolidayBase:
    code, _, region = country.partition("-")
    try:
        if not _ISO_3166.fullmatch(country):  # the library also takes names, which the law of make-up workdays wouldn't know
            raise NotImplementedError(country)
        return holidays.country_holidays(code, subdiv=region or None)
    except NotImplementedError as error:
        raise UnknownCountry(
            f"No public holidays are known for {country!r}.", "Use an ISO 3166 code such as CN or DE-BE."
        ) from error


def is_public_holiday(day: date, country: str) -> bool:
    """Whether ``day`` is a public holiday (法定节假日) or bridge day off (调休放假) there. Raises UnknownCountry."""
    return day in _calendar(country)


def is_make_up_workday(day: date, country: str) -> bool:
    """Whether ``day`` is a weekend day that is worked (补班), as announced by the State Council; always False outside China."""
    if country.partition("-")[0] != "CN":
        return False
    calendar = _calendar(country)
    is_public_holiday(day, country)  # the library fills a year when it is first asked about
    return day in calendar.weekend_workdays


def is_working_day(day: date, working_week: list[int], country: str) -> bool:
    """Whether the company works on ``day`` (ISO weekdays): weekdays less holidays, plus make-up workdays."""
    if is_make_up_workday(day, country):
        return True
    return day.isoweekday() in working_week and not is_public_holiday(day, country)


def working_days(first: date, count: int, working_week: list[int], country: str) -> list[date]:
    """The first ``count`` working days from ``first`` on, which counts when it is one; fewer where a year holds fewer."""
    days = (first + timedelta(days=offset) for offset in range(min(LOOK_AHEAD, (date.max - first).days)))
    return list(islice((day for day in days if is_working_day(day, working_week, country)), count))
