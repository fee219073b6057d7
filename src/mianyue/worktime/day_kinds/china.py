"""China's days: what the State Council announced year by year, and beyond it what the regulation lets expect."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from mianyue.worktime.day_kinds.elsewhere import Elsewhere
from mianyue.worktime.day_kinds.festivals import NAMES, festivals
from mianyue.worktime.day_kinds.kind import Kind, Special
from mianyue.worktime.day_kinds.notices import Notice
from mianyue.worktime.day_kinds.regulation import days_in_lieu, regulation, statutory_days


class China:
    """The days of announced years by their notices; of other years the statutory holidays that are to be expected.

    A year is announced when the notices give all its statutory holidays; one that is written down in part leaves the rest open.
    With them go the days that must be given for those on a weekend; which further days will be bridged and which weekends worked for
    it is for a notice to say and not guessed. Years before the first
    notice, and those whose festivals are not in the table, are the library's.
    """

    def __init__(self, notices: Iterable[Notice]) -> None:
        named = _named(notices)
        self._named = frozenset(named)
        self._first = min(named)
        year, years, expected = self._first.year, [], dict[date, Special]()
        while festivals(year):
            by_law = _expected(year)
            expected |= by_law
            if self._named.issuperset(by_law):
                years.append(year)
            else:
                spoken_of = {one.name for day, one in by_law.items() if day in self._named}
                expected |= {day: one for day, one in _in_lieu(year).items() if one.name not in spoken_of}
            year += 1
        self._end = date(year, 1, 1)
        self._years = frozenset(years)
        self.last_announced = date(max(years), 12, 31)
        self._special = expected | named
        self._made_up = frozenset(day for day, one in self._special.items() if one.kind is Kind.MAKE_UP_WORKDAY)
        self._off = frozenset(self._special) - self._made_up
        self._other_years = Elsewhere("CN")

    def is_off(self, day: date) -> bool:
        return day in self._off or (not self._first <= day < self._end and self._other_years.is_off(day))

    def is_made_up(self, day: date) -> bool:
        return day in self._made_up or (day < self._first and self._other_years.is_made_up(day))

    def special(self, day: date) -> Special | None:
        return self._special.get(day) if self._first <= day < self._end else self._other_years.special(day)

    def announced(self, day: date) -> bool:
        return day.year in self._years or day in self._named or day < self._first


def _named(notices: Iterable[Notice]) -> dict[date, Special]:
    """Every date that a notice names, by the last one that arranged its festival that year.

    Statutory days are written last: a festival within the bridge of another keeps its own name.
    """
    in_force = {(notice.year, festival.name): (notice, festival) for notice in notices for festival in notice.festivals}
    return {
        day: Special(kind, festival.name, notice.reference)
        for kind in (Kind.MAKE_UP_WORKDAY, Kind.BRIDGE_DAY_OFF, Kind.STATUTORY_HOLIDAY)
        for notice, festival in in_force.values()
        for day in festival.of_kind(kind)
    }


def _expected(year: int) -> dict[date, Special]:
    by_law = regulation(year)
    return {day: Special(Kind.STATUTORY_HOLIDAY, NAMES[festival], by_law) for day, festival in statutory_days(year).items()}


def _in_lieu(year: int) -> dict[date, Special]:
    by_law = regulation(year)
    return {day: Special(Kind.BRIDGE_DAY_OFF, NAMES[festival], by_law) for day, festival in days_in_lieu(year).items()}
