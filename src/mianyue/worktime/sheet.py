"""One person's dates in a row: which punches and requests belong to which, and what each date comes to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from mianyue.base.interval import Interval
from mianyue.worktime.attendance import Assignment
from mianyue.worktime.days import from_to
from mianyue.worktime.derive import NOTHING_ASKED, Asked, DerivedDay, Punched, derive_day
from mianyue.worktime.instances import Belonging, days_of, shift_instances

NEIGHBOURS = timedelta(days=2)
"""How far beyond a date its punches and those of its neighbours may lie."""


@dataclass(frozen=True, slots=True)
class Employment:
    """Whose clock and public holidays count for somebody, and how long they are with us (both days included)."""

    zone: ZoneInfo
    country: str
    hired: date | None = None
    last_day: date | None = None

    def dates(self, first: date, last: date, now: datetime) -> list[date]:
        """The dates from ``first`` to ``last`` on which they are employed, as far as these have begun on their clock."""
        today = now.astimezone(self.zone).date()
        return from_to(max(first, self.hired or first), min(last, self.last_day or last, today))


@dataclass(frozen=True, slots=True)
class Facts:
    """What attendance knows of one person around the dates that are asked for, in no order. ``pending``: leave and trips."""

    assignments: Sequence[Assignment] = ()
    punches: Sequence[Punched] = ()
    leave: Sequence[Interval] = ()
    trips: Sequence[Interval] = ()
    pending: Sequence[Interval] = ()
    overtime: Sequence[Interval] = ()


def derive_days(
    employment: Employment, facts: Facts, interviews: Sequence[Interval], wanted: Sequence[date], now: datetime
) -> Iterator[DerivedDay]:
    """Each of the ``wanted`` dates, which are in order, as seen at ``now``. ``interviews`` are the booked ones."""
    if not wanted:
        return
    first, last = wanted[0], wanted[-1]
    instances = shift_instances(
        facts.assignments,
        first - NEIGHBOURS,
        last + NEIGHBOURS,
        employment.zone,
        employment.country,
        employment.hired,
        employment.last_day,
    )
    belonging = Belonging(instances, employment.zone, facts.overtime)
    punches: dict[date, list[Punched]] = defaultdict(list)
    for punch in sorted(facts.punches, key=_at):
        punches[belonging.day_of(punch.at)].append(punch)
    overtime, held = _by_day(facts.overtime, belonging), _by_day(interviews, belonging)
    always = facts.leave or facts.trips or facts.pending
    asked_for = set(wanted)
    for day, frame in days_of(instances, first, last, employment.zone):
        if day not in asked_for:
            continue
        asked = NOTHING_ASKED
        if always or day in overtime or day in held:
            asked = Asked(facts.leave, facts.trips, facts.pending, overtime.get(day, ()), held.get(day, ()))
        yield derive_day(frame, punches.get(day, ()), asked, now)


def _at(punch: Punched) -> datetime:
    return punch.at


def _by_day(spans: Iterable[Interval], belonging: Belonging) -> dict[date, list[Interval]]:
    """Each span as a whole with the date it begins on, so that it counts once."""
    found: dict[date, list[Interval]] = {}
    for span in spans:
        found.setdefault(belonging.day_of(span.start), []).append(span)
    return found
