"""One VEVENT or AVAILABLE: whether it counts, when it occurs, and which occurrence of a series it replaces."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo

from mianyue.adapters.calendars.ics_recurrence import BadRule, starts
from mianyue.adapters.calendars.ics_text import Block
from mianyue.adapters.calendars.ics_values import Length, When, date_of, length, one, several
from mianyue.adapters.calendars.ics_zones import UnknownZone, Zones
from mianyue.base.interval import Interval

# Room for the zone and the length on both ends of Python's calendar.
_EARLIEST, _LATEST = datetime(1600, 1, 1, tzinfo=UTC), datetime(9000, 1, 1, tzinfo=UTC)


class Broken(ValueError):
    """An event of which not even the time can be read; the text says why."""


@dataclass(frozen=True, slots=True)
class Event:
    """An event as it was read. ``flaw`` says what of it was not understood, empty if nothing.

    ``counts`` is False for one that says "free" or was called off. ``gives`` tells an AVAILABLE, which gives time, from a VEVENT,
    which takes it: what the standard leaves undefined is read so that a VEVENT takes more and an AVAILABLE gives less.
    """

    uid: str
    sequence: int
    counts: bool
    gives: bool
    start: When
    length: Length
    exact_end: datetime | None
    rules: tuple[str, ...]
    extra: tuple[tuple[When, datetime | Length | None], ...]
    excluded: tuple[When, ...]
    replaces: When | None
    home: tzinfo
    zones: Zones
    flaw: str

    @property
    def identity(self) -> datetime | None:
        """What tells the events of one UID apart: the instant of the occurrence that is replaced, None for the series."""
        return self.replaces.utc if self.replaces else None

    def occurrences(self, window: Interval) -> tuple[list[tuple[datetime, Interval]], list[str]]:
        """The occurrences that touch ``window``, each with its wall time of start, and why some rule could not be followed."""
        # Where a rule does not name DTSTART, what is meant is undefined (RFC 5545 §3.8.5.3): both are taken, the rule's alone given.
        only_rule = self.gives and bool(self.rules)
        walls: dict[datetime, datetime | Length | None] = {} if only_rule else {self.start.wall: None}
        flaws: list[str] = []
        # No clock on earth is two days ahead of another.
        until = window.end + timedelta(days=2)
        for rule in self.rules:
            try:
                named = starts(rule, self.start, until, self.home, self.zones)
            except BadRule as bad:
                flaws.append(str(bad))
                continue
            if self.gives and "COUNT" in rule.upper() and self.start.wall <= until and self.start.wall not in named:
                flaws.append("COUNT begins at a time that the rule does not name")
            walls.update(dict.fromkeys(named))
        walls.update({when.seen_from(self.start): end for when, end in self.extra})
        # Most of an old series lies long before the window; its zone need not be asked.
        early = window.start - timedelta(days=self.length.days + 2) - self.length.exact
        found = [
            (wall, interval)
            for wall, end in walls.items()
            if (wall >= early or end is not None)
            and (interval := self._interval(self.start.at(wall), end))
            and interval.overlaps(window)
        ]
        return [(wall, interval) for wall, interval in found if not self.excludes(wall)], flaws

    def excludes(self, wall: datetime) -> bool:
        """Whether an EXDATE takes the occurrence at ``wall`` away."""
        return any(self.means(excluded, wall) for excluded in self.excluded)

    def means(self, named: When, wall: datetime) -> bool:
        """Whether an EXDATE or RECURRENCE-ID means the occurrence at ``wall``: by instant, or by date where one is a date."""
        if self.start.all_day:
            return date_of(named, self.home) == wall.date()
        if named.all_day:
            return named.wall.date() == wall.date()
        return named.seen_from(self.start) == wall or (not named.floating and named.utc == self.start.at(wall).utc)

    def _interval(self, start: When, end: datetime | Length | None) -> Interval | None:
        begins = start.utc
        if isinstance(end, Length):
            ends = end.end(start)
        elif end is not None:
            ends = end
        elif self.exact_end is not None and start.wall == self.start.wall:
            ends = self.exact_end
        else:
            ends = self.length.end(start) if self.exact_end is None else self._same_hands(start)
        return Interval(begins, ends) if begins < ends else None

    def _same_hands(self, start: When) -> datetime:
        """The end of a repeated DTEND: the clock shows the same time again, whatever it was set to in between."""
        return start.at(start.wall + self.length.exact).utc


def read_event(block: Block, home: tzinfo, zones: Zones, *, gives: bool = False) -> Event:
    """The event of a VEVENT, or with ``gives`` of an AVAILABLE; ``home`` is the zone of the calendar's owner. Raises Broken."""
    flaws = [block.broken] if block.broken else []
    if gives and "EXRULE" in block.properties:
        flaws.append("EXRULE is not understood")
    start = _start(block, home, zones)
    span, exact_end = _length(block, start, home, zones)
    if start.all_day and not gives:
        # A date may last days only (RFC 5545 §3.6.1); one of 24 hours would leave the 25th of an autumn day free.
        span = span.in_days()
    extra, excluded, replaces = _named(block, start, home, zones, flaws)
    try:
        # The far ends of time overflow when a zone is applied.
        span.end(start)
    except OverflowError:
        raise Broken("the time is out of range") from None
    return Event(
        uid=block.text("UID"),
        sequence=int(text) if (text := block.text("SEQUENCE")).isdecimal() else 0,
        counts=_counts(block),
        gives=gives,
        start=start,
        length=span,
        exact_end=exact_end,
        rules=() if replaces else tuple(rule.value for rule in block.properties.get("RRULE", ())),
        extra=() if replaces else extra,
        excluded=excluded,
        replaces=replaces,
        home=home,
        zones=zones,
        flaw="; ".join(flaws),
    )


def _counts(block: Block) -> bool:
    return not (
        block.text("TRANSP").upper() == "TRANSPARENT"
        or block.text("STATUS").upper() == "CANCELLED"
        or block.text("X-MICROSOFT-CDO-BUSYSTATUS").upper() in ("FREE", "WORKINGELSEWHERE")
    )


def _start(block: Block, home: tzinfo, zones: Zones) -> When:
    found = block.first("DTSTART")
    if found is None:
        raise Broken(block.broken or "no start")
    try:
        start = one(found, home, zones)
        instant = start.utc
    except UnknownZone:
        raise Broken("an unknown time zone") from None
    except (ValueError, OverflowError):
        raise Broken("the start can't be understood") from None
    if not _EARLIEST <= instant <= _LATEST:
        raise Broken("the time is out of range")
    return start


def _length(block: Block, start: When, home: tzinfo, zones: Zones) -> tuple[Length, datetime | None]:
    """How long the event is, and for DTEND the instant at which the first occurrence ends."""
    end, duration = block.first("DTEND"), block.first("DURATION")
    try:
        if end is not None:
            return _until_end(start, one(end, home, zones))
        if duration is not None:
            return length(duration.value), None
    except UnknownZone:
        raise Broken("an unknown time zone") from None
    except Broken:
        raise
    except (ValueError, OverflowError):
        raise Broken("the end can't be understood") from None
    return Length(days=1 if start.all_day else 0), None


def _until_end(start: When, end: When) -> tuple[Length, datetime | None]:
    if start.all_day != end.all_day:
        raise Broken("a date and a time as start and end")
    if end.utc < start.utc:
        raise Broken("the event ends before it starts")
    if start.all_day:
        # Not allowed, but widely written for "this day".
        return Length(days=max((end.wall - start.wall).days, 1)), None
    return Length(exact=end.seen_from(start) - start.wall), end.utc


def _named(
    block: Block, start: When, home: tzinfo, zones: Zones, flaws: list[str]
) -> tuple[tuple[tuple[When, datetime | Length | None], ...], tuple[When, ...], When | None]:
    """RDATE, EXDATE and RECURRENCE-ID. One that can't be read is a flaw and takes nothing away."""
    extra: list[tuple[When, datetime | Length | None]] = []
    excluded: list[When] = []
    replaces: When | None = None
    for name in ("RDATE", "EXDATE", "RECURRENCE-ID"):
        for found in block.properties.get(name, ()):
            try:
                values = list(several(found, home, zones))
                instants = [value.utc for value, _ in values]
            except (ValueError, OverflowError):
                flaws.append(f"{name} can't be understood")
                continue
            if name == "RDATE":
                extra.extend(values)
            elif name == "EXDATE":
                excluded.extend(value for value, _ in values)
            elif instants:
                replaces = values[0][0]
                if found.params.get("RANGE"):
                    flaws.append("RANGE is not understood")
    return tuple(extra), tuple(excluded), replaces
