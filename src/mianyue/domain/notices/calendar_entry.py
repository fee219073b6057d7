"""The interview as a calendar entry that a mail program books by itself (iTIP, RFC 5546, carried by iMIP, RFC 6047)."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Literal

from icalendar import Calendar, Event, vCalAddress

from mianyue.base.interval import Interval
from mianyue.domain.notices.facts import one_line


def calendar_entry(
    *,
    uid: str,
    sequence: int,
    method: Literal["REQUEST", "CANCEL"],
    interval: Interval,
    summary: str,
    description: str,
    location: str,
    organizer: tuple[str, str],
    attendee: tuple[str, str],
    now: datetime,
    url: str = "",
    geo: tuple[float, float] | None = None,
    language: str,
) -> bytes:
    """One iTIP message, UTF-8 with CRLF, lines folded at 75 octets (RFC 5545 §3.1).

    ``uid`` stays the same for the life of a booking; ``sequence`` grows with every change of time or place, and a CANCEL has at
    least the last one (RFC 5546 §2.1.4). ``organizer`` and ``attendee`` are (name, mail address): exactly one attendee, so that
    candidates and panel don't see each other. ``geo`` is (latitude, longitude), WGS 84. ``now`` becomes DTSTAMP; it must be aware.

    All times are UTC, which needs no VTIMEZONE and which every program shows on the reader's own clock. There is no VALARM: mail
    programs drop the organizer's alarms, and we remind by message ourselves.
    """
    if now.tzinfo is None:
        raise ValueError("now must be aware")
    event = Event()
    event.add("uid", uid)
    event.add("sequence", sequence)
    event.add("dtstamp", now.astimezone(UTC).replace(microsecond=0))
    event.add("dtstart", interval.start)
    event.add("dtend", interval.end)
    spoken = {"language": language}
    event.add("summary", one_line(summary), parameters=spoken)
    if description:
        event.add("description", description, parameters=spoken)
    if location:
        event.add("location", one_line(location), parameters=spoken)
    if geo is not None:
        event.add("geo", geo)
    if url:
        event.add("url", url)
    event.add("status", "CONFIRMED" if method == "REQUEST" else "CANCELLED")
    event.add("transp", "OPAQUE" if method == "REQUEST" else "TRANSPARENT")
    event.add("organizer", _address(organizer))
    event.add("attendee", _attendee(attendee, method))
    calendar = Calendar()
    calendar.add("prodid", "-//mianyue//interview notices//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", method)
    calendar.add_component(event)
    return bytes(calendar.to_ical())


def _address(person: tuple[str, str]) -> vCalAddress:
    name, email = person
    address = vCalAddress(f"mailto:{email}")
    if name:
        address.params["CN"] = one_line(name)
    return address


def _attendee(person: tuple[str, str], method: str) -> vCalAddress:
    address = _address(person)
    address.params["CUTYPE"] = "INDIVIDUAL"
    address.params["ROLE"] = "REQ-PARTICIPANT"
    if method == "REQUEST":
        address.params["PARTSTAT"] = "NEEDS-ACTION"
        address.params["RSVP"] = "TRUE"
    return address
