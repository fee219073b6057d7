"""Says in words what an iCalendar invitation holds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime

from icalendar import Calendar, Component


@dataclass(frozen=True, slots=True)
class Event:
    """One event of an invitation; ``starts`` and ``ends`` are dates when it lasts whole days. Unset words are empty.

    ``zone`` is empty for whole days and for floating times, which are meant in the reader's own zone (RFC 5545 §3.3.5).
    """

    what: str
    where: str
    starts: datetime | date | None
    ends: datetime | date | None
    zone: str
    status: str
    organizer: str
    attendees: tuple[str, ...]
    sequence: int


@dataclass(frozen=True, slots=True)
class Invitation:
    """What a calendar program would show: the method (REQUEST, CANCEL, …, RFC 5546 §1.4) and the events."""

    method: str
    events: tuple[Event, ...]


def read(content: bytes, method: str = "") -> Invitation | None:
    """The invitation in ``content``, or None if it is no iCalendar (RFC 5545); ``method`` is the MIME part's, if it names one."""
    try:
        calendar = Calendar.from_ical(content)
        events = tuple(_event(component) for component in calendar.walk("VEVENT"))
    # icalendar raises these for lines and values it can't parse.
    except (ValueError, KeyError, IndexError, TypeError, AttributeError):
        return None
    return Invitation((method or str(calendar.get("METHOD", ""))).upper(), events)


def _event(component: Component) -> Event:
    starts, ends = _moment(component, "DTSTART"), _moment(component, "DTEND")
    return Event(
        what=_words(component, "SUMMARY"),
        where=_words(component, "LOCATION"),
        starts=starts,
        # RFC 5545 §3.6.1: both are dates or both are times. What breaks the rule has no end that could be told.
        ends=ends if isinstance(ends, datetime) == isinstance(starts, datetime) else None,
        zone=_zone(component),
        status=_words(component, "STATUS").upper(),
        organizer=_person(component.get("ORGANIZER")),
        attendees=tuple(_person(person) for person in _all(component.get("ATTENDEE"))),
        sequence=int(component.get("SEQUENCE", 0)),
    )


def _moment(component: Component, name: str) -> datetime | date | None:
    moment = component.decoded(name, None)
    if isinstance(moment, date) and not 1 < moment.year < 9999:
        raise ValueError("in another zone this would be outside the calendar")
    if isinstance(moment, datetime):
        # UTC keeps a floating time's clock as written; ``_zone`` is what tells it from a time that is in UTC.
        return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return moment if isinstance(moment, date) else None


def _zone(component: Component) -> str:
    moment = component.decoded("DTSTART", None)
    return str(moment.tzinfo or "") if isinstance(moment, datetime) else ""


def _words(component: Component, name: str) -> str:
    return str(component.get(name, ""))


def _all(value: object) -> list[object]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _person(value: object) -> str:
    address = "" if value is None else str(value).removeprefix("mailto:").removeprefix("MAILTO:")
    name = str(getattr(value, "params", {}).get("CN", ""))
    return f"{name} <{address}>" if name and name != address else address
