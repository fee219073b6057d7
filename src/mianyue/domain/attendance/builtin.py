"""Attendance kept by mianyue itself, behind the same face as attendance kept elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction

from mianyue.base.interval import Interval, union
from mianyue.domain.attendance.actions import onboarding
from mianyue.domain.attendance.actions.ledger import Overdrawn, grant
from mianyue.domain.attendance.models import LeaveType, Shift
from mianyue.domain.attendance.queries.plans import assignments_of
from mianyue.domain.attendance.queries.punched import punches_of
from mianyue.domain.attendance.queries.requests import absences, approved_overtime, overtime_policies
from mianyue.domain.organization.models import Employee
from mianyue.ports.attendance import AttendanceRefused, Away, AwayKind, DayKindAt, Known, NewAccount, Staff
from mianyue.worktime.attendance import Assignment, attendance
from mianyue.worktime.day_kinds import day_kind
from mianyue.worktime.days import DAY, from_to
from mianyue.worktime.instances import shift_instances
from mianyue.worktime.left_early import left_early
from mianyue.worktime.nights import rest_after_nights


class BuiltinAttendance:
    """mianyue's own tables. It is there whenever the database is, and its tables join the caller's transaction."""

    name = "builtin"
    settings = ()

    def __init__(self) -> None:
        self._keeps = False
        self._kept: _Kept | None = None

    @classmethod
    def from_environment(cls, env: Mapping[str, str]) -> BuiltinAttendance:
        """It reads no settings."""
        return cls()

    def for_one_question(self) -> BuiltinAttendance:
        """One that reads what people are to work once and keeps it: not for longer than the question takes."""
        asked = BuiltinAttendance()
        asked._keeps = True
        return asked

    def shifts(self, staff: Sequence[Staff], window: Interval) -> Known:
        """Three queries."""
        plans = self._plans(staff, window)
        return Known(
            {
                one.key: attendance(window, ZoneInfo(one.zone), one.country, plans.get(one.key, ()), (), one.hired, one.last_day)
                for one in staff
            }
        )

    def away(self, staff: Sequence[Staff], window: Interval) -> Mapping[str, Sequence[Away]]:
        """Two queries, and three more where somebody has punched twice in these days."""
        keys = [one.key for one in staff]
        found = {
            key: [Away(during, AwayKind(kind)) for kind, during in spans] for key, spans in absences(keys, window, _CODE).items()
        }
        punched = punches_of(keys, Interval(window.start - _AROUND, window.end), _CODE)
        for key, rests in self._left_early(staff, punched, window).items():
            found[key] = [*found.get(key, ()), *(Away(rest, AwayKind.LEFT_EARLY) for rest in rests)]
        return found

    def overtime(self, staff: Sequence[Staff], window: Interval) -> Known:
        """Two queries."""
        keys = [one.key for one in staff]
        approved, policies = approved_overtime(keys, window, _CODE), overtime_policies(keys, _CODE)
        return Known(
            {
                one.key: union(during for during in spans if _opens(during, ZoneInfo(one.zone), policies.get(one.key, ())))
                for one in staff
                if (spans := approved.get(one.key))
            }
        )

    def rest(self, staff: Sequence[Staff], window: Interval, hours: int) -> Known:
        """Three queries; none where nobody rests."""
        if not hours:
            return Known({})
        rest = timedelta(hours=hours)
        plans = self._plans(staff, Interval(window.start - rest, window.end))
        return Known(
            {
                one.key: rest_after_nights(
                    window, ZoneInfo(one.zone), one.country, plans.get(one.key, ()), one.hired, one.last_day, rest
                )
                for one in staff
            }
        )

    def day_kinds(self, country: str, first: date, last: date) -> Mapping[date, DayKindAt]:
        """By law and by notice: no query. Raises UnknownCountry."""
        found = ((day, day_kind(day, country)) for day in from_to(first, last))
        return {day: DayKindAt(str(one.kind), one.announced) for day, one in found}

    def rooms_busy(self, rooms: Sequence[str], window: Interval) -> Known:
        """Nothing: rooms have tables of their own in mianyue, which are read beside this."""
        return Known({})

    @transaction.atomic
    def create_account(self, account: NewAccount, now: datetime) -> str:
        """Raises AttendanceRefused for a person who isn't an employee."""
        return str(onboarding.open_for(_employee(account.person), account.first_day, account.application, now).pk)

    @transaction.atomic
    def close_account(self, person: str, key: str, now: datetime) -> None:
        """Raises AttendanceRefused for a person who isn't an employee."""
        onboarding.close_for(_employee(person).pk, now)

    @transaction.atomic
    def assign_shift(self, person: str, shift: str, first_day: date, key: str, now: datetime) -> None:
        """Raises AttendanceRefused for a person or a shift that doesn't exist."""
        found = Shift.objects.filter(code=shift).first()
        if found is None:
            raise AttendanceRefused(f"There is no shift {shift}.", "Import the company's shifts, or assign another.")
        onboarding.assign_shift(_employee(person).pk, found, first_day)

    @transaction.atomic
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
        """Raises AttendanceRefused for a person or a kind of leave that doesn't exist."""
        known = LeaveType.objects.filter(in_use=True)
        found = known.filter(name=leave_type).first() or known.filter(code=leave_type).order_by("pk").first()
        if found is None:
            raise AttendanceRefused("There is no such kind of leave.", "Name one of the kinds of leave that are in use.")
        try:
            grant(_employee(person).pk, found, minutes, key, {"year": year, **(how or {})}, now)
        except Overdrawn as error:
            raise AttendanceRefused(str(error), "What was granted has been used since.") from error

    def _left_early(
        self, staff: Sequence[Staff], punched: Mapping[str, Sequence[datetime]], window: Interval
    ) -> dict[str, list[Interval]]:
        """The rest of the shifts that these people left before their end, as far as it touches ``window``."""
        gone = {key: punches for key, punches in punched.items() if len(punches) > 1}
        if not gone:
            return {}
        last = max(punches[-1] for punches in gone.values())
        plans = self._plans(staff, Interval(window.start - _AROUND, max(window.end, last)))
        days = (window.start - _AROUND).date(), last.date() + DAY
        found = {}
        for one in staff:
            if one.key in gone:
                instances = shift_instances(plans.get(one.key, ()), *days, ZoneInfo(one.zone), one.country, one.hired, one.last_day)
                if rests := [rest for rest in left_early(instances, gone[one.key]) if rest.overlaps(window)]:
                    found[one.key] = rests
        return found

    def _plans(self, staff: Sequence[Staff], window: Interval) -> Mapping[str, Sequence[Assignment]]:
        """What these people are to work on the dates around ``window`` at least. Three queries."""
        keys = tuple(one.key for one in staff)
        first, last = (window.start - _AROUND).date(), (window.end + _AROUND).date()
        kept = self._kept
        if kept and kept.keys == keys and kept.first <= first and last <= kept.last:
            return kept.plans
        if self._keeps:
            first, last = first - _BESIDE, last + _BESIDE
        plans = assignments_of(keys, (first, last), _CODE)
        if self._keeps:
            self._kept = _Kept(keys, first, last, plans)
        return plans


@dataclass(frozen=True, slots=True)
class _Kept:
    """What these people are to work on the dates from ``first`` to ``last``."""

    keys: tuple[str, ...]
    first: date
    last: date
    plans: Mapping[str, Sequence[Assignment]]


_CODE = "employee__code"
_AROUND = timedelta(days=2)
"""A shift of the day before reaches in, and a date begins and ends elsewhere in each zone."""
_BESIDE = timedelta(days=6)
"""So much more is read at once that a question about the same people seldom reads again: rest reaches back three days."""


def _opens(overtime: Interval, zone: ZoneInfo, policies: Iterable[tuple[date, date | None, bool]]) -> bool:
    """Whether interviews may be held in it: as the group says to which the person belongs on its date; without a group they may."""
    day = overtime.start.astimezone(zone).date()
    return next((opens for first, last, opens in policies if first <= day and (last is None or day <= last)), True)


def _employee(code: str) -> Employee:
    found = Employee.objects.filter(code=code).first()
    if found is None:
        raise AttendanceRefused(f"There is no employee {code}.", "The employee is made before the account.")
    return found
