"""Finds out what a TZID of a calendar file means; a zone that nobody explains is an error, never a guess."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta, tzinfo
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from icalendar import Timezone
from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

from mianyue.adapters.calendars.ics_text import Block


class UnknownZone(ValueError):
    """A TZID that is neither a known name nor explained in the file."""


@cache
def _known() -> Mapping[str, str]:
    windows = {name.casefold(): zone for name, zone in WINDOWS_TO_OLSON.items()}
    return windows | {name.casefold(): name for name in available_timezones()}


class Zones:
    """The zones of one file: IANA and Windows names first, then its own VTIMEZONEs (RFC 5545 §3.6.5).

    Not icalendar's registry: that one is shared by all files of a process, so one file's invention would explain another's.
    """

    def __init__(self, blocks: Iterable[Block]) -> None:
        self._own = {_clean(block.text("TZID")): block for block in blocks}
        self._made: dict[str, tzinfo] = {}

    def zone(self, tzid: str) -> tzinfo:
        """The zone of a TZID, quoted or not. Raises UnknownZone."""
        name = _clean(tzid)
        if name not in self._made:
            self._made[name] = self._find(name)
        return self._made[name]

    def _find(self, name: str) -> tzinfo:
        known = _known().get(name)
        if known is None and name in self._own:
            return _made_of(self._own[name])
        # A "globally unique" name (§3.2.19) such as /freeassociation.sourceforge.net/Europe/Vienna.
        parts = name.split("/")
        tails = ("/".join(parts[start:]) for start in range(2, len(parts))) if name.startswith("/") else ()
        known = known or next((_known()[tail] for tail in tails if tail in _known()), None)
        if known is None:
            raise UnknownZone
        return ZoneInfo(known)


def _clean(tzid: str) -> str:
    return tzid.strip().strip("\"'").strip().casefold()


def _made_of(block: Block) -> tzinfo:
    try:
        component = Timezone.from_ical("\r\n".join([*block.lines, ""]))
        zone: tzinfo | None = component.to_tz(lookup_tzid=False) if isinstance(component, Timezone) else None
    # dateutil reads the rules inside and raises what its parser meets.
    except (ValueError, KeyError, TypeError, AttributeError, IndexError, OverflowError):
        zone = None
    if zone is None:
        raise UnknownZone
    return zone


def instant(wall: datetime, zone: tzinfo) -> datetime:
    """The UTC instant of a wall clock's time (``wall`` is labelled UTC).

    Of a time that happens twice the first counts; one that never happens is read with the offset before the gap
    (RFC 5545 §3.3.5).
    """
    utc = wall.replace(tzinfo=zone).astimezone(UTC)
    if utc.astimezone(zone).replace(tzinfo=UTC, fold=0) == wall:
        return utc
    before = (wall - timedelta(days=1)).replace(tzinfo=zone).utcoffset()
    return wall - before if before is not None else utc
