"""What a company's folder says, as values: every spelling resolved, every instant in UTC."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path

from mianyue.base.interval import Interval
from mianyue.domain.intake.problems import Problem
from mianyue.domain.intake.seats import Seat
from mianyue.worktime.shift import Segment, segments_between


@dataclass(frozen=True, slots=True)
class Contact:
    """Whom a candidate may ask; empty strings where the company named nobody."""

    name: str = ""
    email: str = ""
    phone: str = ""
    notice_url: str = ""


@dataclass(frozen=True, slots=True)
class Interviewing:
    """``[interviews]`` of ``company.toml``: how densely people are interviewed with; nothing is limited where nothing is said.

    Buffers and walking in minutes, rest in hours; None is no limit.
    """

    buffer_before: int = 0
    buffer_after: int = 0
    per_day: int | None = None
    per_week: int | None = None
    rest_after_night_shift: int = 0
    blackout: tuple[date, ...] = ()
    walking_minutes: int = 0


@dataclass(frozen=True, slots=True)
class Company:
    """``company.toml``. ``today`` and ``now`` are None where the real clock counts."""

    name: str
    default_language: str
    default_zone: str
    working_week: frozenset[int]
    holiday_country: str
    holiday_country_by_site: Mapping[str, str]
    horizon_working_days: int
    today: date | None
    now: datetime | None
    candidate_contact: Contact
    privacy_contact: Contact
    interviewing: Interviewing


@dataclass(frozen=True, slots=True)
class Site:
    """An office. Coordinates in decimal degrees, WGS 84; None where the table has none that is readable."""

    site_id: str
    name: str
    address: str
    latitude: float | None
    longitude: float | None
    zone: str
    row: int


@dataclass(frozen=True, slots=True)
class SiteDistance:
    """How many minutes the way between two sites takes, in either direction."""

    one: str
    other: str
    minutes: int
    row: int


@dataclass(frozen=True, slots=True)
class Room:
    """A meeting room; ``capacity`` counts seats."""

    room_id: str
    name: str
    site_id: str
    capacity: int
    equipment: tuple[str, ...]
    row: int


@dataclass(frozen=True, slots=True)
class RoomBooking:
    """A time at which a room is taken; ``subject`` is internal."""

    room_id: str
    interval: Interval
    subject: str
    row: int


@dataclass(frozen=True, slots=True)
class Employee:
    """A person of the company. ``zone`` is where they really live: ``own_zone`` if the table names one, else their site's."""

    employee_id: str
    name: str
    department: str
    title: str
    email: str
    mobile: str | None
    site_id: str
    zone: str
    own_zone: str | None
    language: str | None
    hire_date: date | None
    last_day: date | None
    interviews_per_day: int | None
    interviews_per_week: int | None
    row: int
    worked_since: date | None = None


@dataclass(frozen=True, slots=True)
class Shift:
    """A kind of shift on the wall clock of whoever works it.

    An ``end`` not after ``start`` lies on the next day, a break that begins before ``start`` too. ``weekdays`` are ISO numbers of
    the day it starts on.
    """

    shift_id: str
    name: str
    start: time
    end: time
    break_start: time | None
    break_end: time | None
    weekdays: frozenset[int]
    row: int
    named_segments: tuple[Segment, ...] = ()
    late_grace: int = 0
    early_grace: int = 0
    punch_breaks: bool = False

    @property
    def segments(self) -> tuple[Segment, ...]:
        """What is worked: the segments the table names, else the shift less its break."""
        return self.named_segments or segments_between(self.start, self.end, self.break_start, self.break_end)


@dataclass(frozen=True, slots=True)
class Department:
    """Who decides for a department; None where nobody is named."""

    name: str
    parent: str | None
    manager: str | None
    hr: str | None
    row: int


@dataclass(frozen=True, slots=True)
class Rotation:
    """Shifts by id that follow one another from ``first_day`` on; None is rest."""

    rotation_id: str
    name: str
    first_day: date
    shifts: tuple[str | None, ...]
    row: int


@dataclass(frozen=True, slots=True)
class AttendanceGroup:
    """People who work alike and punch by the same rule; ``places`` are sites, no place is anywhere."""

    group_id: str
    name: str
    shift_id: str | None
    rotation_id: str | None
    overtime_opens: bool
    overtime_as_leave: bool
    places: tuple[str, ...]
    within_meters: int
    field_work: bool
    row: int


@dataclass(frozen=True, slots=True)
class GroupMember:
    """An employee belongs to a group from ``first`` to ``last``, both included; None is open."""

    employee_id: str
    group_id: str
    first: date
    last: date | None
    row: int


@dataclass(frozen=True, slots=True)
class RosterDay:
    """What an employee works on one date; None is rest."""

    employee_id: str
    day: date
    shift_id: str | None
    row: int


@dataclass(frozen=True, slots=True)
class LeaveType:
    """A kind of leave; ``step`` and ``day`` in minutes of working time."""

    name: str
    code: str
    has_quota: bool
    paid: bool
    step: int
    day: int
    in_use: bool
    row: int


@dataclass(frozen=True, slots=True)
class LeaveQuota:
    """What an employee was granted for a year, in minutes of working time."""

    employee_id: str
    leave_type: str
    year: int
    minutes: int
    row: int


@dataclass(frozen=True, slots=True)
class ShiftAssignment:
    """An employee works a shift from ``first`` to ``last``, both included; None is open."""

    employee_id: str
    shift_id: str
    first: date
    last: date | None
    row: int

    def applies_on(self, day: date) -> bool:
        """Whether ``day`` lies in the period; of two that apply, the one with the later ``first`` counts."""
        return self.first <= day and (self.last is None or day <= self.last)


@dataclass(frozen=True, slots=True)
class Leave:
    """A leave request; ``leave_type`` is internal. ``status`` is None where the table's word for it was not understood."""

    employee_id: str
    leave_type: str
    interval: Interval
    status: str | None
    row: int

    @property
    def absent(self) -> bool:
        """Whether the person counts as absent: unless the request was surely rejected or cancelled."""
        return self.status not in ("rejected", "cancelled")


@dataclass(frozen=True, slots=True)
class Trip:
    """Work elsewhere; ``status`` is None where the table's word for it was not understood."""

    employee_id: str
    interval: Interval
    status: str | None
    destination: str
    row: int


@dataclass(frozen=True, slots=True)
class Overtime:
    """An overtime request; ``status`` is None where the table's word for it was not understood."""

    employee_id: str
    interval: Interval
    status: str | None
    row: int

    @property
    def attends(self) -> bool:
        """Whether the overtime is attendance: only when surely approved."""
        return self.status == "approved"


@dataclass(frozen=True, slots=True)
class Job:
    """An open job; ``family`` is ``standard`` or ``non_standard``. ``materials``: keywords, each with an address about it."""

    job_id: str
    title: str
    family: str
    department: str
    site_id: str
    keywords: tuple[str, ...]
    description: str
    materials_url: str
    row: int
    materials: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Round:
    """An interview round. ``seats`` holds only people who exist; each is filled by exactly one, nobody fills two.

    ``shadows`` may sit in to learn, the first who is free. The buffers are minutes; None: as the company says.
    """

    job_id: str
    number: int
    name: str
    minutes: int
    seats: tuple[Seat, ...]
    mode: str
    needs_room: bool
    prepare: tuple[str, ...]
    equipment: tuple[str, ...]
    shadows: Seat
    buffer_before: int | None
    buffer_after: int | None
    row: int


@dataclass(frozen=True, slots=True)
class Application:
    """One person's application, kept even when it is broken.

    ``problems`` are the codes found on it and on what it depends on; ``blocked`` says whether one of them is an error, so that
    nothing may be arranged. ``mobile`` is E.164, ``resume_file`` a name in ``CompanyFolder.resumes``; None where there is none.
    ``available`` are the times the candidate stated to be free, None where nothing was said. ``duplicate_of`` is the person's first
    application for the same job.
    """

    application_id: str
    job_id: str
    round: int | None
    name: str
    email: str | None
    mobile: str | None
    language: str | None
    zone: str | None
    resume_file: str | None
    note: str
    row: int
    problems: tuple[str, ...] = ()
    blocked: bool = False
    duplicate_of: str | None = None
    available: tuple[Interval, ...] | None = None


@dataclass(frozen=True, slots=True)
class CompanyFolder:
    """A whole folder: what could be used, where the files lie, and everything that is wrong."""

    company: Company
    sites: tuple[Site, ...]
    site_distances: tuple[SiteDistance, ...]
    rooms: tuple[Room, ...]
    room_bookings: tuple[RoomBooking, ...]
    employees: tuple[Employee, ...]
    shifts: tuple[Shift, ...]
    shift_assignments: tuple[ShiftAssignment, ...]
    leave: tuple[Leave, ...]
    overtime: tuple[Overtime, ...]
    jobs: tuple[Job, ...]
    rounds: tuple[Round, ...]
    applications: tuple[Application, ...]
    calendars: Mapping[str, Path]
    resumes: Mapping[str, Path]
    problems: list[Problem]
    departments: tuple[Department, ...] = ()
    rotations: tuple[Rotation, ...] = ()
    attendance_groups: tuple[AttendanceGroup, ...] = ()
    group_members: tuple[GroupMember, ...] = ()
    rosters: tuple[RosterDay, ...] = ()
    trips: tuple[Trip, ...] = ()
    leave_types: tuple[LeaveType, ...] = ()
    leave_quotas: tuple[LeaveQuota, ...] = ()
