"""The values of RFC 5545 that say when something is: dates, times, lengths and periods."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo

from mianyue.adapters.calendars.ics_text import Property
from mianyue.adapters.calendars.ics_zones import Zones, instant


@dataclass(frozen=True, slots=True)
class When:
    """A date (``all_day``) or a time on the wall clock of ``zone``; ``wall`` is labelled UTC so that arithmetic on it is nominal.

    ``floating`` tells that the zone was not named but is the calendar owner's.
    """

    wall: datetime
    zone: tzinfo
    all_day: bool = False
    floating: bool = False

    @property
    def utc(self) -> datetime:
        """The instant; a date begins at midnight."""
        return instant(self.wall, self.zone)

    def at(self, wall: datetime) -> When:
        """Another time on the same clock."""
        return When(wall, self.zone, self.all_day, self.floating)

    def seen_from(self, other: When) -> datetime:
        """The wall time that ``other``'s clock shows at this instant; dates and floating times are the same on every clock."""
        if self.all_day or self.floating or self.zone == other.zone:
            return self.wall
        return self.utc.astimezone(other.zone).replace(tzinfo=UTC, fold=0)


_DATE = re.compile(r"(\d{4})(\d{2})(\d{2})", re.ASCII)
_TIME = re.compile(r"(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})(Z?)", re.ASCII | re.IGNORECASE)


def when(value: str, tzid: str | None, home: tzinfo, zones: Zones) -> When:
    """A DATE or DATE-TIME (§3.3.4, §3.3.5), told apart by its form. Raises ValueError (UnknownZone too)."""
    value = value.strip()
    if match := _DATE.fullmatch(value):
        return When(datetime(int(match[1]), int(match[2]), int(match[3]), tzinfo=UTC), home, all_day=True)
    match = _TIME.fullmatch(value)
    if match is None:
        raise ValueError
    year, month, day, hour, minute, second = (int(group) for group in match.groups()[:6])
    # A positive leap second (60) is the last second that Python can name.
    wall = datetime(year, month, day, hour, minute, min(second, 59) if second == 60 else second, tzinfo=UTC)
    if match[7]:
        return When(wall, UTC)
    return When(wall, zones.zone(tzid)) if tzid else When(wall, home, floating=True)


def one(found: Property, home: tzinfo, zones: Zones) -> When:
    """The single value of DTSTART, DTEND or RECURRENCE-ID. Raises ValueError."""
    return when(found.value, found.params.get("TZID"), home, zones)


@dataclass(frozen=True, slots=True)
class Length:
    """A duration (§3.3.6): days are nominal, as the calendar counts them, the rest is elapsed time."""

    days: int = 0
    exact: timedelta = timedelta(0)

    def end(self, start: When) -> datetime:
        """The UTC instant at which something of this length that begins at ``start`` ends."""
        return start.at(start.wall + timedelta(days=self.days)).utc + self.exact

    def in_days(self) -> Length:
        """The whole days that this takes up."""
        return Length(self.days - -self.exact // timedelta(days=1))


_DURATION = re.compile(r"([+-]?)P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?", re.ASCII | re.IGNORECASE)


def length(value: str) -> Length:
    """A DURATION, ``P1D`` (until the same time tomorrow) or ``PT24H`` (24 elapsed hours). Raises ValueError if negative."""
    match = _DURATION.fullmatch(value.strip())
    if match is None or not any(match.groups()[1:]) or match[1] == "-":
        raise ValueError
    weeks, days, hours, minutes, seconds = (int(group or 0) for group in match.groups()[1:])
    return Length(weeks * 7 + days, timedelta(hours=hours, minutes=minutes, seconds=seconds))


def several(found: Property, home: tzinfo, zones: Zones) -> Iterator[tuple[When, datetime | Length | None]]:
    """The values of RDATE and EXDATE; of a PERIOD (§3.3.9) also its end or length. Raises ValueError."""
    for value in found.value.split(","):
        start, _, end = value.partition("/")
        begins = when(start, found.params.get("TZID"), home, zones)
        if not end:
            yield begins, None
        elif end.strip().upper().lstrip("+-").startswith("P"):
            yield begins, length(end)
        else:
            yield begins, when(end, found.params.get("TZID"), home, zones).utc


def date_of(value: When, home: tzinfo) -> date:
    """The date that a value names in an all-day series: a time in UTC stands for the owner's date then."""
    return (value.wall if value.all_day or value.zone is not UTC else value.utc.astimezone(home)).date()
