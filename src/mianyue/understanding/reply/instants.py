"""Puts a day and a minute on the clock of a zone."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo


def zone_named(said: str, zone: ZoneInfo, theirs: ZoneInfo | None) -> tzinfo:
    """The zone that a mention names (an IANA name, ``+HH:MM``, ``theirs`` or ``yours``), else that of the interview."""
    if not said or said == "yours":
        return zone
    if said == "theirs":
        return theirs or zone
    if said[0] in "+-":
        hours, minutes = said[1:].split(":")
        offset = timedelta(hours=int(hours), minutes=int(minutes))
        return timezone(-offset if said[0] == "-" else offset)
    return UTC if said == "UTC" else ZoneInfo(said)


def wall_clock(day: date, minutes: int, zone: tzinfo) -> datetime:
    """That minute of the day's wall clock, 1440 being midnight after it."""
    days, minute = divmod(minutes, 1440)
    return datetime.combine(day + timedelta(days=days), time(minute // 60, minute % 60), zone)
