"""What mianyue asks of attendance, wherever it is kept: when people work, when they are away, and an account for whoever was hired."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Protocol
from uuid import UUID

from mianyue.base.errors import MianyueError
from mianyue.base.interval import Interval


@dataclass(frozen=True, slots=True)
class Staff:
    """Somebody to ask about: ``key`` is the company's own number, ``zone`` where they live, ``country`` whose day kinds count there."""

    key: str
    zone: str
    country: str
    hired: date | None = None
    last_day: date | None = None


class AwayKind(StrEnum):
    LEAVE = "leave"
    TRIP = "trip"
    LEFT_EARLY = "left_early"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Away:
    """A time at which somebody is not there, approved or still pending; which kind of leave it is stays in the source.

    Of somebody about whom the source has something that can't be read, the whole window is UNKNOWN.
    """

    during: Interval
    kind: AwayKind = AwayKind.LEAVE


@dataclass(frozen=True, slots=True)
class Known:
    """An answer about many: spans by key, sorted and disjoint, and who could not be answered for, so that their time is unknown."""

    spans: Mapping[str, Sequence[Interval]]
    unknown: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class DayKindAt:
    """What a date is in a country: a code of ``worktime.day_kinds`` and whether it was announced or only predicted."""

    kind: str
    announced: bool


@dataclass(frozen=True, slots=True)
class NewAccount:
    """An account to open. ``key`` makes a repeat recognisable; personal data goes to the source and nowhere else.

    ``person`` is the company's own number, ``department`` a name and ``site`` a code, as the company's files call them;
    ``application`` what the hire grew from.
    """

    key: str
    person: str
    name: str
    email: str | None
    mobile: str | None
    department: str
    site: str
    first_day: date
    application: UUID | None = None


class AttendanceUnavailable(MianyueError):
    """The source did not answer, or what it said is too old: everybody's time is unknown, nothing was written."""

    code = "attendance_unavailable"


class AttendanceRefused(MianyueError):
    """The source answered that it won't do this; trying again does not help."""

    code = "attendance_refused"


class Attendance(Protocol):
    """A plug for attendance. Reads answer for many people at once; writes may be repeated with the same key and then change nothing.

    Every method raises AttendanceUnavailable, and never answers "nothing" for "don't know". Writes may raise AttendanceRefused.
    """

    name: str

    def for_one_question(self) -> Attendance:
        """The same source for the length of one question: what it read for one answer it may use for the next."""
        ...

    def shifts(self, staff: Sequence[Staff], window: Interval) -> Known:
        """Working time within ``window``: segments of shifts without their breaks, between hire and last day."""
        ...

    def away(self, staff: Sequence[Staff], window: Interval) -> Mapping[str, Sequence[Away]]:
        """Leave and trips, approved and pending, that touch ``window``, and the rest of a shift that somebody left early."""
        ...

    def overtime(self, staff: Sequence[Staff], window: Interval) -> Known:
        """Approved overtime that touches ``window``, of those whose policy opens it for interviews."""
        ...

    def rest(self, staff: Sequence[Staff], window: Interval, hours: int) -> Known:
        """The ``hours`` of rest after each night shift, within ``window``."""
        ...

    def day_kinds(self, country: str, first: date, last: date) -> Mapping[date, DayKindAt]:
        """What each date from ``first`` to ``last`` is there."""
        ...

    def rooms_busy(self, rooms: Sequence[str], window: Interval) -> Known:
        """When these rooms are taken, as far as this source knows; what is booked in mianyue itself counts besides."""
        ...

    def create_account(self, account: NewAccount, now: datetime) -> str:
        """Opens an account, or finds the one that ``account.key`` opened before. Returns the source's own id of it."""
        ...

    def close_account(self, person: str, key: str, now: datetime) -> None:
        """Takes an account back that was opened for a hire who will not come, with the shifts that were assigned through this port.

        Opening it again later takes a new key.
        """
        ...

    def assign_shift(self, person: str, shift: str, first_day: date, key: str, now: datetime) -> None:
        """From ``first_day`` on the person works that shift, by the company's own id of it."""
        ...

    def grant_leave(
        self,
        person: str,
        leave_type: str,
        minutes: int,
        year: int,
        key: str,
        now: datetime,
        how: Mapping[str, object] | None = None,
    ) -> None:
        """Adds a quota of leave, in minutes of working time; negative takes it back. ``leave_type`` is its name, or a code of
        ``LeaveType.Code``; ``how`` the formula with its numbers, for whoever asks.
        """
        ...
