"""When people are there and when they are away, as the attendance source says, in the terms of scheduling."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from mianyue.base.interval import Interval, subtract, union
from mianyue.domain.organization.models import Employee
from mianyue.ports.attendance import AttendanceUnavailable, Away, AwayKind, Known, Staff
from mianyue.scheduling.facts import Blocked, Overtime, Why
from mianyue.workflows.attendance.source import is_built_in, source
from mianyue.workflows.promised import Promises
from mianyue.worktime import overtime as law
from mianyue.worktime.attendance import cut, employed
from mianyue.worktime.days import public_holidays

_WHY = {
    AwayKind.LEAVE: Why.LEAVE,
    AwayKind.TRIP: Why.TRIP,
    AwayKind.LEFT_EARLY: Why.LEFT_EARLY,
    AwayKind.UNKNOWN: Why.ATTENDANCE_UNKNOWN,
}
_AWAY = frozenset(_WHY.values())
_HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Attended:
    """One person's attendance: when at work (approved overtime included), what blocks it, and the overtime that people are told of.

    Somebody who can't be answered for is at work all the time and blocked all the time, so that nobody new is promised to them and
    nothing that was promised falls through.
    """

    at_work: Sequence[Interval]
    blocked: tuple[Blocked, ...] = ()
    overtime: tuple[Overtime, ...] = ()
    known: bool = True

    @property
    def absent(self) -> list[Interval]:
        """When this person is not there in spite of a shift."""
        return [one.interval for one in self.blocked if one.why in _AWAY]


def attended(
    employees: Collection[Employee],
    window: Interval,
    around: Interval,
    rest_hours: int,
    claimed: Promises,
    unread: Collection[str] = (),
) -> dict[UUID, Attended]:
    """The attendance of these people: at work within ``window``, away within ``around``, which contains it.

    Nobody is known while the source does not answer. ``unread``: the company's tables that the newest import could not read.
    """
    asked = _Asked(employees, window, around)
    unreadable = is_built_in() and bool(unread)
    if "employees" in unread or (unreadable and not _TELLING.isdisjoint(unread)):
        return asked.nobody()
    try:
        return asked.everybody(rest_hours, claimed, overtime_known=not (unreadable and "overtime" in unread))
    except AttendanceUnavailable:
        return asked.nobody()


def rooms_taken(rooms: Sequence[str], window: Interval) -> Known:
    """When the source says that these rooms are taken; nothing is known of any while it does not answer."""
    try:
        return source().rooms_busy(rooms, window)
    except AttendanceUnavailable:
        return Known({}, frozenset(rooms))


_TELLING = frozenset(
    {"shifts", "shift_assignments", "attendance_groups", "group_members", "rotations", "rosters", "leave", "trips"}
)
"""The tables of the company's folder without which nobody's time is known, where attendance is kept here."""


class _Asked:
    """One question about many people, and the shortcuts that their being alike allows."""

    def __init__(self, employees: Collection[Employee], window: Interval, around: Interval) -> None:
        self.plug = source().for_one_question()
        self.employees, self.window, self.around = employees, window, around
        self.zones = {employee.time_zone: ZoneInfo(employee.time_zone) for employee in employees}
        self.staff = [Staff(e.code, e.time_zone, e.site.holiday_country, e.hire_date, e.last_day) for e in employees]

    def nobody(self) -> dict[UUID, Attended]:
        """What is known of them while the source says nothing."""
        return {employee.pk: self._unknown(employee) for employee in self.employees}

    def everybody(self, rest_hours: int, claimed: Promises, overtime_known: bool) -> dict[UUID, Attended]:
        """Raises AttendanceUnavailable."""
        months = self._months()
        overtime = self.plug.overtime(self.staff, months) if overtime_known else Known({})
        over = months if any(overtime.spans.values()) else self.window
        shifts = self.plug.shifts(self.staff, over)
        away = self.plug.away(self.staff, self.around)
        rest = self.plug.rest(self.staff, self.around, rest_hours)
        unknown = shifts.unknown | rest.unknown | overtime.unknown
        found = {}
        for employee in self.employees:
            key = employee.code
            if key in unknown:
                found[employee.pk] = self._unknown(employee)
                continue
            worked = shifts.spans.get(key, ())
            blocked = (*_away(away.get(key, ())), *_blocked(rest.spans.get(key, ()), Why.REST))
            if outside := overtime.spans.get(key):
                found[employee.pk] = self._beside_overtime(employee, worked, outside, claimed, blocked)
            else:
                found[employee.pk] = Attended(worked if over is self.window else cut(worked, self.window), blocked)
        return found

    def _beside_overtime(
        self,
        employee: Employee,
        worked: Sequence[Interval],
        overtime: Sequence[Interval],
        claimed: Promises,
        blocked: tuple[Blocked, ...],
    ) -> Attended:
        """Shifts and overtime, of which the law allows only so much a month."""
        during, country = self._employed(employee), employee.site.holiday_country
        at_work = cut(union([*worked, *overtime]), during) if during else []
        if not law.is_capped(country):
            return Attended(at_work, blocked)
        zone = self.zones[employee.time_zone]
        # A shift on a public holiday is not worked, so whatever is worked then is overtime.
        shifts = subtract(worked, public_holidays(law.whole_months(self.window, zone), {zone}, country))
        promised = (one.interval for one in claimed.blocked(employee.pk, Why.PROMISED))
        allowed, beyond = law.within_cap(subtract([*overtime, *promised], shifts), zone)
        told = law.to_be_told(allowed, zone)
        return Attended(
            at_work,
            (*blocked, *_blocked(beyond, Why.OVERTIME_FULL)),
            tuple(Overtime(part, -(-hours // _HOUR)) for part, hours in told if part.overlaps(self.window)),
        )

    def _unknown(self, employee: Employee) -> Attended:
        during = self._employed(employee)
        return Attended([during] if during else [], (Blocked(self.around, Why.ATTENDANCE_UNKNOWN),), known=False)

    def _employed(self, employee: Employee) -> Interval | None:
        return employed(self.window, self.zones[employee.time_zone], employee.hire_date, employee.last_day)

    def _months(self) -> Interval:
        """The months whose overtime counts together; what nobody caps needn't be known beyond the window."""
        zones = {self.zones[e.time_zone] for e in self.employees if law.is_capped(e.site.holiday_country)}
        months = [law.whole_months(self.window, zone) for zone in zones]
        return Interval(
            min((m.start for m in months), default=self.window.start), max((m.end for m in months), default=self.window.end)
        )


def _away(spans: Iterable[Away]) -> list[Blocked]:
    return [Blocked(one.during, _WHY[one.kind]) for one in spans]


def _blocked(spans: Iterable[Interval], why: Why) -> list[Blocked]:
    return [Blocked(span, why) for span in spans]
