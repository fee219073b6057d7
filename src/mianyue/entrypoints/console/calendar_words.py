"""What the calendar entry attached to a message says, without opening a calendar program."""

from __future__ import annotations

from dataclasses import dataclass

from icalendar import Calendar

from mianyue.base.interval import Interval


@dataclass(frozen=True, slots=True)
class Entry:
    """One event of the attachment; ``cancels`` tells a cancellation from an invitation (RFC 5546 §3.2)."""

    what: str
    where: str
    during: Interval
    cancels: bool
    sequence: int


def read(content: bytes) -> list[Entry]:
    """The events in an attachment that mianyue wrote (always with start and end in UTC)."""
    calendar = Calendar.from_ical(content)
    return [
        Entry(
            what=str(event.get("SUMMARY", "")),
            where=str(event.get("LOCATION", "")),
            during=Interval(event.decoded("DTSTART"), event.decoded("DTEND")),
            cancels=str(calendar.get("METHOD", "")) == "CANCEL",
            sequence=int(event.get("SEQUENCE", 0)),
        )
        for event in calendar.walk("VEVENT")
    ]
