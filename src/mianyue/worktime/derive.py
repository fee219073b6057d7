"""What a date comes to: shift, punches and requests become findings and minutes.

Every minute of the shift's working time counts once: ``planned = worked + late + early + absent + on_leave + on_trip + open``. Approved
leave goes before an approved trip, both before everything else. ``open`` is what nothing decides yet: the shift isn't over, a request
waits for its decision, or a punch is missing, so that nobody knows how long the person was there. ``overtime`` is beside the shift.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from itertools import pairwise
from uuid import UUID

from mianyue.base.interval import Interval
from mianyue.worktime.instances import LINGER, RestDay, ShiftInstance
from mianyue.worktime.minutes import Span, common, minute_of, spans_of, total, union, without
from mianyue.worktime.parts import Part, Tally, match, tally, taps
from mianyue.worktime.places import Place, is_out_of_reach

NEAR_THE_EDGE = 30
"""Minutes from the ends of leave within which a punch is only somebody going late or coming early."""


class Finding(StrEnum):
    """What stands out on a date; none: all as planned."""

    LATE = "late"
    EARLY = "early"
    MISSING_IN = "missing_in"
    MISSING_OUT = "missing_out"
    ABSENT = "absent"
    LEAVE = "leave"
    TRIP = "trip"
    OVERTIME = "overtime"
    UNPUNCHED = "unpunched"
    """Overtime was approved, and no punches show any of it."""
    REST_WORKED = "rest_worked"
    FIELD = "field"
    CONFLICT = "conflict"
    """Punched in the middle of leave, leave and trip at once, or punched at places too far apart for the time between."""
    OPEN = "open"
    """The day isn't over, or a request that waits would excuse some of it."""


@dataclass(frozen=True, slots=True)
class Punched:
    """A punch: when, whether as field work, and where, if that is known."""

    at: datetime
    field: bool = False
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked for and promised around a date. ``pending`` is leave and trips that wait for a decision.

    ``overtime`` is the approved one and ``interviews`` the booked ones, both only of this date (``Belonging``): so each counts once.
    """

    leave: Sequence[Interval] = ()
    trips: Sequence[Interval] = ()
    pending: Sequence[Interval] = ()
    overtime: Sequence[Interval] = ()
    interviews: Sequence[Interval] = ()


NOTHING_ASKED = Asked()


@dataclass(slots=True)
class DerivedDay:
    """One person's date; lengths in whole minutes. ``version`` is the shift's, None on a day of rest."""

    day: date
    version: UUID | None
    findings: tuple[Finding, ...]
    first_in: datetime | None
    last_out: datetime | None
    punches: int
    planned: int = 0
    worked: int = 0
    late: int = 0
    early: int = 0
    absent: int = 0
    on_leave: int = 0
    on_trip: int = 0
    overtime: int = 0
    open: int = 0


def derive_day(frame: ShiftInstance | RestDay, punches: Sequence[Punched], asked: Asked, now: datetime) -> DerivedDay:
    """What the date of ``frame`` comes to as seen at ``now``. ``punches`` are those that belong to it, by time.

    Leave that covers the start of work moves the first punch that is due, a trip likewise; a punch outside the shift's window counts
    in ``punches`` alone. Overtime counts as far as punches or a trip show the person there; an interview outside the shift is worked
    by being held. On a date without a shift nothing is due: time there that isn't approved overtime is a finding, no minutes.
    """
    if isinstance(frame, RestDay):
        return _rest_day(frame, punches, asked, now)
    counting = [one for one in punches if frame.opens <= one.at and (one.at < frame.closes or _of_overtime(one, asked))]
    segments = [(minute_of(one.start), minute_of(one.end)) for one in frame.segments]
    over = now >= frame.closes
    leave, trips, pending = _within(asked.leave, frame), _within(asked.trips, frame), _within(asked.pending, frame)
    on_leave = common(segments, leave) if leave else []
    left = without(segments, leave) if leave else segments
    on_trip = common(left, trips) if trips else []
    due = without(left, trips) if trips else left
    firm = without(due, pending) if pending else due

    tapped = taps([minute_of(one.at) for one in counting])
    parts = _parts(segments, due, firm, frame.punching.breaks)
    if tapped:
        match(parts, tapped)
    tallies = [tally(part, frame.punching, over) for part in parts]
    came = bool(tapped) and all(part.left != tapped[0][1] for part in parts)
    gone = bool(tapped) and (len(tapped) > 1 or not came) and all(part.came != tapped[-1][0] for part in parts)
    derived = DerivedDay(
        day=frame.day,
        version=frame.punching.version,
        findings=(),
        first_in=counting[0].at if came else None,
        last_out=counting[-1].at if gone else None,
        punches=len(punches),
        planned=total(segments),
        worked=sum(one.worked for one in tallies),
        late=sum(one.late for one in tallies),
        early=sum(one.early for one in tallies),
        absent=sum(one.absent for one in tallies),
        on_leave=total(on_leave),
        on_trip=total(on_trip),
        open=sum(one.open for one in tallies),
    )
    found = _of_tallies(derived, tallies)
    if derived.open and (not over or any(part.due != part.firm for part in parts)):
        found.add(Finding.OPEN)
    if leave and (common(on_leave, trips) or any(_is_amid(minute_of(one.at), leave) for one in counting)):
        found.add(Finding.CONFLICT)
    return _finished(derived, found, segments, counting, asked, now, over)


def _rest_day(frame: RestDay, punches: Sequence[Punched], asked: Asked, now: datetime) -> DerivedDay:
    tapped = taps([minute_of(one.at) for one in punches])
    derived = DerivedDay(
        day=frame.day,
        version=None,
        findings=(),
        first_in=punches[0].at if punches else None,
        last_out=punches[-1].at if len(tapped) > 1 else None,
        punches=len(punches),
    )
    if not (punches or asked.overtime or asked.interviews):
        return derived
    over = now >= frame.during.end
    found = {Finding.REST_WORKED} if punches else set()
    if len(tapped) == 1 and over and asked.overtime:
        found.add(Finding.MISSING_OUT)
    return _finished(derived, found, [], punches, asked, now, over)


def _finished(
    derived: DerivedDay,
    found: set[Finding],
    segments: list[Span],
    punches: Sequence[Punched],
    asked: Asked,
    now: datetime,
    over: bool,
) -> DerivedDay:
    """Adds overtime, and what the punches themselves show."""
    if asked.overtime or asked.interviews:
        approved = without(spans_of(asked.overtime), segments)
        there = [(minute_of(punches[0].at), minute_of(punches[-1].at))] if derived.last_out and derived.first_in else []
        shown = common(approved, union([*there, *spans_of(asked.trips)]))
        held = without(common(spans_of(asked.interviews), [(0, minute_of(now))]), segments)
        derived.overtime = total(union([*shown, *held]))
        if approved and not derived.overtime and over and now >= max(one.end for one in asked.overtime):
            found.add(Finding.UNPUNCHED)
    if derived.overtime:
        found.add(Finding.OVERTIME)
    if any(one.field for one in punches):
        found.add(Finding.FIELD)
    if _is_impossible(punches):
        found.add(Finding.CONFLICT)
    derived.findings = tuple(finding for finding in Finding if finding in found) if found else ()
    return derived


def _parts(segments: list[Span], due: list[Span], firm: list[Span], breaks: bool) -> list[Part]:
    """What is punched as one, of what is due at all."""
    if not due:
        return []
    if not breaks or len(segments) == 1:
        return [Part(due, firm)]
    if due is segments and firm is segments:
        return [Part([segment], [segment]) for segment in segments]
    parts = (Part(common(due, [segment]), common(firm, [segment])) for segment in segments)
    return [part for part in parts if part.due]


def _of_tallies(derived: DerivedDay, tallies: Sequence[Tally]) -> set[Finding]:
    found = set()
    for finding, is_so in (
        (Finding.LATE, derived.late),
        (Finding.EARLY, derived.early),
        (Finding.ABSENT, derived.absent),
        (Finding.LEAVE, derived.on_leave),
        (Finding.TRIP, derived.on_trip),
        (Finding.MISSING_IN, any(one.missing_in for one in tallies)),
        (Finding.MISSING_OUT, any(one.missing_out for one in tallies)),
    ):
        if is_so:
            found.add(finding)
    return found


def _within(intervals: Sequence[Interval], frame: ShiftInstance) -> list[Span]:
    """Those that touch the shift, in minutes."""
    if not intervals:
        return []
    start, end = frame.start, frame.end
    return spans_of(one for one in intervals if one.start < end and start < one.end)


def _of_overtime(punch: Punched, asked: Asked) -> bool:
    """Whether somebody whose overtime runs beyond the shift's window punches in it or goes home after it."""
    return any(one.start <= punch.at < one.end + LINGER for one in asked.overtime)


def _is_amid(at: int, leave: Sequence[Span]) -> bool:
    return any(start + NEAR_THE_EDGE < at < end - NEAR_THE_EDGE for start, end in leave)


def _is_impossible(punches: Sequence[Punched]) -> bool:
    """Whether one after the other was made where nobody can have been by then."""
    known = [(one.at, one.place) for one in punches if one.place]
    return any(is_out_of_reach(here, there, (then - at) / timedelta(minutes=1)) for (at, here), (then, there) in pairwise(known))
