"""Writes the employees' calendars from one table of events, as the programs that people use would export them (RFC 5545)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, time
from itertools import groupby

from icalendar import Calendar, Event, vDuration, vRecur

_DOMAIN = "chenghu.example.com"


def calendars(rows: Iterable[Mapping[str, str]], today: date) -> dict[str, bytes]:
    """One iCalendar file per ``employee_id``; rows of one employee stand together.

    ``start``, ``except`` and ``instead_of`` are a date (the event lasts whole days) or a date and a time, told in ``zone``: UTC,
    an IANA or Windows name written down as it is, or empty (floating). ``lasts`` is a duration and ``rule`` a recurrence rule of
    RFC 5545, ``mark`` any one property. A row with ``instead_of`` replaces that occurrence of the series of the same summary.
    """
    stamp = datetime.combine(today, time(0), UTC)
    return {owner: _calendar(owner, list(events), stamp) for owner, events in groupby(rows, lambda row: row["employee_id"])}


def _calendar(owner: str, rows: list[Mapping[str, str]], stamp: datetime) -> bytes:
    calendar = Calendar()
    calendar.add("PRODID", "-//mianyue//demo company//EN")
    calendar.add("VERSION", "2.0")
    numbers = {summary: number for number, summary in enumerate(dict.fromkeys(row["summary"] for row in rows), 1)}
    for row in rows:
        event = Event()
        event.add("UID", f"{owner}-{numbers[row['summary']]}@{_DOMAIN}".lower())
        event.add("DTSTAMP", stamp)
        event.add("SUMMARY", row["summary"])
        _add_times(event, row)
        calendar.add_component(event)
    return calendar.to_ical()


def _add_times(event: Event, row: Mapping[str, str]) -> None:
    start = _moment(row["start"], row["zone"])
    _add_moment(event, "DTSTART", start, row["zone"])
    _add_moment(event, "DTEND", start + vDuration.from_ical(row["lasts"]), row["zone"])
    if row["rule"]:
        event.add("RRULE", vRecur.from_ical(row["rule"]))
    for name, column in (("EXDATE", "except"), ("RECURRENCE-ID", "instead_of")):
        if row[column]:
            _add_moment(event, name, _moment(row[column], row["zone"]), row["zone"])
    if row["mark"]:
        name, _, value = row["mark"].partition(":")
        event.add(name, value)


def _add_moment(event: Event, name: str, moment: datetime | date, zone: str) -> None:
    named = isinstance(moment, datetime) and zone not in ("", "UTC")
    event.add(name, moment, parameters={"TZID": zone} if named else {})


def _moment(text: str, zone: str) -> datetime | date:
    day, _, clock = text.partition(" ")
    if not clock:
        return date.fromisoformat(day)
    # What is not UTC stays a wall clock's time: the file says in words which clock is meant.
    return datetime.combine(date.fromisoformat(day), time.fromisoformat(clock), UTC if zone == "UTC" else None)
