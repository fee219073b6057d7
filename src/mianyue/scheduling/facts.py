"""The words in which a scheduling question is asked and answered, so that thinking needs no database and no vendor."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from mianyue.base.interval import Interval

CELL = 5
"""Minutes of the finest grid: starts lie on it, and shifts and events are rounded to it on the safe side."""


class Why(StrEnum):
    """Why a start is not possible. The first group blocks times; the second is about the question as a whole."""

    NOT_AT_WORK = "not_at_work"
    LEAVE = "leave"
    TRIP = "trip"
    LEFT_EARLY = "left_early"
    ATTENDANCE_UNKNOWN = "attendance_unknown"
    OVERTIME_FULL = "overtime_full"
    PUBLIC_HOLIDAY = "public_holiday"
    CALENDAR = "calendar"
    CALENDAR_UNKNOWN = "calendar_unknown"
    PROMISED = "promised"
    ROOM_BOOKED = "room_booked"
    CANDIDATE_BUSY = "candidate_busy"
    ALREADY_OFFERED = "already_offered"
    EXCLUDED = "excluded"
    BLACKOUT = "blackout"
    REST = "rest"
    DAY_FULL = "day_full"
    WEEK_FULL = "week_full"
    ON_THE_WAY = "on_the_way"
    CANNOT_COME = "cannot_come"

    OUTSIDE_CANDIDATE_DAY = "outside_candidate_day"
    OUTSIDE_STATED_WINDOWS = "outside_stated_windows"
    WINDOW_TOO_SHORT = "window_too_short"
    UNKNOWN_PERSON = "unknown_person"
    UNKNOWN_ROOM = "unknown_room"
    ROOM_TOO_SMALL = "room_too_small"
    ROOM_LACKS_EQUIPMENT = "room_lacks_equipment"
    NO_ROOM_AT_SITE = "no_room_at_site"
    SEAT_NOT_FILLED = "seat_not_filled"
    PANEL_NOT_TOGETHER = "panel_not_together"
    NO_ROOM_FREE = "no_room_free"


@dataclass(frozen=True, slots=True)
class Blocked:
    """A span in which somebody or something can't be used, and why; ``site``: where a person is then (empty: where they work)."""

    interval: Interval
    why: Why
    site: str = ""


@dataclass(frozen=True, slots=True)
class Overtime:
    """Time outside somebody's shift, in a month whose overtime comes to ``hours``, so many that people are to be told."""

    interval: Interval
    hours: int


@dataclass(frozen=True, slots=True)
class Person:
    """An interviewer: at work in ``attendance`` (touching spans are one), less ``blocked``.

    ``promised_minutes`` is the interviewing that this person has been promised for already, ``shift_minutes`` the time on shift
    within the same horizon, ``wanted_minutes`` the interviewing still to be arranged that is expected to fall to them.
    ``engaged`` are the interviews that count against ``day_cap`` (per date in ``zone``) and ``week_cap`` (per ISO week there), each
    as the times it is booked or held for; None is no cap. ``site`` is where the person works. ``overtime`` is what of ``attendance``
    an option tells about, ``predicted`` the dates of which nobody has announced yet whether they are worked where the person is.
    """

    key: str
    attendance: tuple[Interval, ...]
    blocked: tuple[Blocked, ...] = ()
    promised_minutes: int = 0
    shift_minutes: int = 0
    wanted_minutes: int = 0
    engaged: tuple[tuple[Interval, ...], ...] = ()
    day_cap: int | None = None
    week_cap: int | None = None
    zone: str = "UTC"
    site: str = ""
    overtime: tuple[Overtime, ...] = ()
    predicted: tuple[Interval, ...] = ()


@dataclass(frozen=True, slots=True)
class Room:
    """A room with ``capacity`` seats, usable at any time that is not blocked; of equals, the higher ``preference`` comes first.

    ``wanted_minutes`` is the interviewing still to be arranged that is expected to take place in it.
    """

    key: str
    capacity: int
    blocked: tuple[Blocked, ...] = ()
    preference: int = 0
    wanted_minutes: int = 0
    equipment: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Need:
    """One interview to be arranged.

    ``seats`` is the panel: each seat is filled by one of its people, and nobody fills two. ``zone`` is the candidate's IANA zone,
    used for the local day only: all of the interview lies within ``day`` (minutes of the wall clock, from and to) of one local
    date, and within ``window``. ``rooms`` are the keys of the rooms at the right site, None where no room is needed; a room seats
    the panel and the candidate. ``blocked`` are times the candidate or the job's site rules out, ``avoid`` times that were offered
    before and refused. Needs of the same ``candidate`` never overlap. Starts are multiples of ``step`` minutes of UTC.

    ``windows`` are the times the candidate stated to be free, None where nothing was said; the interview lies within their union.
    ``buffer`` is how many minutes before and after the interview its panel must not be blocked (they need not be at work then).
    ``site`` is where the interview takes place, and ``walk`` the minutes to it from each other site: whoever is blocked elsewhere
    before or after needs that time on top; a site that is not in it costs nothing. The room has all of ``equipment``. ``shadows``
    may sit in to learn: the first of them who is free does, and an option never fails for want of one. ``predicted`` are the dates
    at the site and of the company of which nobody has announced yet whether they are worked.
    """

    key: str
    minutes: int
    seats: tuple[tuple[str, ...], ...]
    window: Interval
    zone: str
    day: tuple[int, int] = (480, 1260)
    rooms: tuple[str, ...] | None = None
    blocked: tuple[Blocked, ...] = ()
    candidate: str = ""
    step: int = 15
    wanted: int = 3
    avoid: tuple[Interval, ...] = ()
    windows: tuple[Interval, ...] | None = None
    buffer: tuple[int, int] = (0, 0)
    site: str = ""
    walk: Mapping[str, int] = field(default_factory=dict)
    equipment: frozenset[str] = frozenset()
    shadows: tuple[str, ...] = ()
    predicted: tuple[Interval, ...] = ()

    def __post_init__(self) -> None:
        if self.minutes < 1:
            raise ValueError(f"an interview lasts at least a minute, not {self.minutes}")
        if self.step < CELL or self.step % CELL:
            raise ValueError(f"the step between starts is a multiple of {CELL} minutes, not {self.step}")
        if not 0 <= self.day[0] < self.day[1] <= 1440:
            raise ValueError(f"the candidate's day runs forward within 0 to 1440 minutes, not {self.day}")
        if self.wanted < 1:
            raise ValueError(f"at least one option is wanted, not {self.wanted}")
        if not self.seats:
            raise ValueError("an interview has at least one seat to fill")
        if min(self.buffer) < 0 or min(self.walk.values(), default=0) < 0:
            raise ValueError("the minutes before and after an interview, and those of a walk, are not negative")

    @property
    def cells(self) -> int:
        """How many grid cells the interview occupies, the last one perhaps in part."""
        return -(-self.minutes // CELL)

    @property
    def places(self) -> int:
        """The capacity a room needs: everybody of the panel, and the candidate."""
        return len(self.seats) + 1

    @property
    def margin(self) -> int:
        """How many minutes beyond the window something can still stand in the way: buffer and longest walk."""
        return max(self.buffer) + max(self.walk.values(), default=0)

    @property
    def pool(self) -> tuple[str, ...]:
        """Everybody who may fill a seat, each once, in order of mention."""
        return tuple(dict.fromkeys(key for seat in self.seats for key in seat))

    @property
    def ruled_out(self) -> tuple[Blocked, ...]:
        """All that blocks the candidate's side: ``blocked``, and the times offered before."""
        return self.blocked + tuple(Blocked(interval, Why.ALREADY_OFFERED) for interval in self.avoid)


@dataclass(frozen=True, slots=True)
class Reason:
    """Why an option was chosen, as a code and its facts; put into words where the reader's language is known."""

    code: str
    facts: tuple[tuple[str, str | int], ...] = ()


def day_reasons(need: Need, panel: Iterable[Person], interval: Interval) -> tuple[Reason, ...]:
    """``predicted_day`` where ``interval`` lies on a date that is only predicted for the site, the company or one of the panel."""
    predicted = (*need.predicted, *(span for person in panel for span in person.predicted))
    return (Reason("predicted_day"),) if any(interval.overlaps(span) for span in predicted) else ()


@dataclass(frozen=True, slots=True)
class Option:
    """One time to offer, who sits in (one person per seat, in seat order, all different), where, and who shadows (None: nobody)."""

    interval: Interval
    people: tuple[str, ...]
    room: str | None
    reasons: tuple[Reason, ...] = ()
    shadow: str | None = None


@dataclass(frozen=True, slots=True)
class Excluded:
    """A fact that took possible starts away: how many, and the first of them as an example.

    ``who`` is a person's or room's key, the keys of a seat joined with ``|``, or empty for the candidate and the need itself.
    One start may be excluded by several facts, so the numbers do not add up.
    """

    why: Why
    who: str
    starts: int
    example: Interval | None = None


class Loosened(StrEnum):
    """What could give way so that more starts become possible."""

    MOVED = "moved"
    NO_BUFFER = "no_buffer"
    OTHER_PERSON = "other_person"
    SMALLER_ROOM = "smaller_room"
    WIDER_DAY = "wider_day"
    OTHER_WINDOWS = "other_windows"
    NO_ROOM = "no_room"


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that gives way: what, whose (as in ``Excluded``), and of something moved, what it is and when."""

    what: Loosened
    who: str = ""
    why: Why | None = None
    interval: Interval | None = None


@dataclass(frozen=True, slots=True)
class Relaxation:
    """Things that, giving way together, would make ``starts`` more starts possible, of which ``example`` is the first."""

    steps: tuple[Step, ...]
    starts: int
    example: Interval


@dataclass(frozen=True, slots=True)
class Recommendation:
    """The answer to a need: at most ``wanted`` options in order of time, what excluded starts, how many starts are valid, and, where
    fewer options fit than are wanted, the smallest relaxations that would help.
    """

    key: str
    options: tuple[Option, ...]
    excluded: tuple[Excluded, ...]
    possible: int
    relaxations: tuple[Relaxation, ...] = ()
