"""The public holidays of every other country, and of China's other years, as the ``holidays`` library knows them."""

from __future__ import annotations

import re
from datetime import date
from importlib.metadata import version

import holidays

from mianyue.worktime.day_kinds.kind import Kind, Name, Special, UnknownCountry

_ISO_3166 = re.compile(r"[A-Z]{2}(-[A-Z0-9]{1,3})?")
_SOURCE = f"holidays {version('holidays')}"
_MADE_UP_BY_LAW = {"CN"}
"""Where the library's worked weekend days are taken for make-up workdays (补班); elsewhere shifts alone say who works then."""


class Elsewhere:
    """A country or region by its ISO 3166 code, ``DE`` or ``DE-BE``. Raises UnknownCountry.

    Its holidays are law and need no announcement, but for those that follow the sighting of the moon, which are estimated.
    """

    last_announced = None

    def __init__(self, country: str) -> None:
        self._english = _calendar(country, "en_US")
        self._chinese = _calendar(country, "zh_CN")
        self._makes_up = country in _MADE_UP_BY_LAW

    def is_off(self, day: date) -> bool:
        return day in self._english

    def is_made_up(self, day: date) -> bool:
        if not self._makes_up:
            return False
        self.is_off(day)  # the library fills a year when it is first asked about
        return day in self._english.weekend_workdays

    def special(self, day: date) -> Special | None:
        name = self._english.get(day)
        if self.is_made_up(day):
            return Special(Kind.MAKE_UP_WORKDAY, Name("补班", "Make-up workday"), _SOURCE)
        if name is None:
            return None
        return Special(Kind.STATUTORY_HOLIDAY, Name(self._chinese.get(day, name), name), _SOURCE)

    def announced(self, day: date) -> bool:
        return "estimated" not in self._english.get(day, "")


def _calendar(country: str, language: str) -> holidays.HolidayBase:
    code, _, region = country.partition("-")
    try:
        if not _ISO_3166.fullmatch(country):  # the library also takes names, which nothing else here would know
            raise NotImplementedError(country)
        return holidays.country_holidays(code, subdiv=region or None, language=language)
    except NotImplementedError as error:
        raise UnknownCountry(
            f"No public holidays are known for {country!r}.", "Use an ISO 3166 code such as CN or DE-BE."
        ) from error
