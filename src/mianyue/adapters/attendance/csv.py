"""Attendance kept by another system, which exchanges files with mianyue in a folder (docs/attendance-csv.md)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import ClassVar
from zoneinfo import ZoneInfo

from mianyue.adapters.attendance.csv_cells import instant
from mianyue.adapters.attendance.csv_outbox import Outbox
from mianyue.adapters.attendance.csv_tables import Moments, Table, Tables
from mianyue.base.clock import Clock, from_setting
from mianyue.base.durations import EXPECTED, duration
from mianyue.base.errors import SettingError
from mianyue.base.interval import Interval, union
from mianyue.ports.attendance import AttendanceUnavailable, Away, AwayKind, DayKindAt, Known, NewAccount, Staff
from mianyue.ports.registry import Setting
from mianyue.worktime.attendance import Assignment, attendance
from mianyue.worktime.day_kinds import day_kind
from mianyue.worktime.days import from_to
from mianyue.worktime.nights import rest_after_nights

FOLDER, STALE_AFTER = "MIANYUE_ATTENDANCE_FOLDER", "MIANYUE_ATTENDANCE_STALE_AFTER"


class CsvAttendance:
    """Files in, files out. What the other system exported longer than ``stale_after`` ago counts as no answer.

    It keeps no group policies: all approved overtime is time for interviews.
    """

    name = "csv"
    settings: ClassVar[tuple[Setting, ...]] = (
        Setting(FOLDER, "The folder that the attendance system and mianyue exchange files in."),
        Setting(STALE_AFTER, "Everybody's time is unknown when the last export is older than this.", "24h"),
    )

    def __init__(self, folder: Path, stale_after: timedelta, clock: Clock) -> None:
        self._tables = Tables(folder)
        self._out = Outbox(folder / "out")
        self._stale_after = stale_after
        self._clock = clock

    @classmethod
    def from_environment(cls, env: Mapping[str, str]) -> CsvAttendance:
        """Raises SettingError."""
        folder, stale_after = env.get(FOLDER, ""), env.get(STALE_AFTER) or "24h"
        if not folder:
            raise SettingError(FOLDER, folder, "the folder that the attendance system writes to")
        try:
            length = duration(stale_after)
        except ValueError as error:
            raise SettingError(STALE_AFTER, stale_after, EXPECTED) from error
        return cls(Path(folder).expanduser().absolute(), length, from_setting(env.get("MIANYUE_CLOCK", "")))

    def for_one_question(self) -> CsvAttendance:
        """Itself: what was read is kept for as long as the files stay the same."""
        return self

    def shifts(self, staff: Sequence[Staff], window: Interval) -> Known:
        """Whoever the files give no shift is not at work."""
        self._must_be_fresh()
        plans, unknown = self._plans(staff)
        return Known(
            {
                one.key: attendance(window, ZoneInfo(one.zone), one.country, plans.get(one.key, ()), (), one.hired, one.last_day)
                for one in staff
                if one.key not in unknown
            },
            unknown,
        )

    def away(self, staff: Sequence[Staff], window: Interval) -> Mapping[str, Sequence[Away]]:
        """Who left early stands in no file."""
        self._must_be_fresh()
        tables = ((AwayKind.LEAVE, self._tables.leave()), (AwayKind.TRIP, self._tables.trips()))
        found: dict[str, list[Away]] = {}
        for kind, table in tables:
            for one in staff:
                spans = _touching(table, one, window, widen=True)
                if spans is None:
                    found.setdefault(one.key, []).append(Away(window, AwayKind.UNKNOWN))
                elif spans:
                    found.setdefault(one.key, []).extend(Away(span, kind) for span in spans)
        return found

    def overtime(self, staff: Sequence[Staff], window: Interval) -> Known:
        """Of a time that a clock change leaves in doubt, only what is overtime either way."""
        self._must_be_fresh()
        table = self._tables.overtime()
        found = {one.key: _touching(table, one, window, widen=False) for one in staff}
        return Known(
            {key: union(spans) for key, spans in found.items() if spans},
            frozenset(key for key, spans in found.items() if spans is None),
        )

    def rest(self, staff: Sequence[Staff], window: Interval, hours: int) -> Known:
        """By the shifts, which must be known for it."""
        self._must_be_fresh()
        if not hours:
            return Known({})
        plans, unknown = self._plans(staff)
        rest = timedelta(hours=hours)
        return Known(
            {
                one.key: rest_after_nights(
                    window, ZoneInfo(one.zone), one.country, plans.get(one.key, ()), one.hired, one.last_day, rest
                )
                for one in staff
                if one.key not in unknown
            },
            unknown,
        )

    def day_kinds(self, country: str, first: date, last: date) -> Mapping[date, DayKindAt]:
        """The law's days, and the company's own where the files name them. Raises UnknownCountry."""
        self._must_be_fresh()
        table = self._tables.day_kinds()
        if country in table.unknown:
            raise AttendanceUnavailable(f"A day of {country} can't be understood.", "Correct day_kinds.csv.")
        own = dict(table.rows.get(country, ()))
        by_law = ((day, day_kind(day, country)) for day in from_to(first, last))
        return {
            day: DayKindAt(str(own[day]), True) if day in own else DayKindAt(str(one.kind), one.announced) for day, one in by_law
        }

    def rooms_busy(self, rooms: Sequence[str], window: Interval) -> Known:
        """A room of which a row can't be understood is unknown."""
        self._must_be_fresh()
        table = self._tables.room_bookings()
        unknown = frozenset(rooms) & table.unknown
        booked = {
            room: union(span for span in _spans(table.rows.get(room, ()), _ANYWHERE, widen=True) if span.overlaps(window))
            for room in rooms
            if room not in unknown
        }
        return Known({room: spans for room, spans in booked.items() if spans}, unknown)

    def create_account(self, account: NewAccount, now: datetime) -> str:
        """The other system knows the account by the person's number."""
        self._out.append(
            "accounts",
            ("person", "name", "email", "mobile", "department", "site", "first_day", "written_at"),
            (
                account.key,
                account.person,
                account.name,
                account.email or "",
                account.mobile or "",
                account.department,
                account.site,
                account.first_day.isoformat(),
                _written(now),
            ),
        )
        return account.person

    def close_account(self, person: str, key: str, now: datetime) -> None:
        """The other system takes back the shifts that it was told of, too."""
        self._out.append("closed_accounts", ("person", "written_at"), (key, person, _written(now)))

    def assign_shift(self, person: str, shift: str, first_day: date, key: str, now: datetime) -> None:
        """A row of ``out/shift_assignments.csv``."""
        columns = ("person", "shift_id", "from", "written_at")
        self._out.append("shift_assignments", columns, (key, person, shift, first_day.isoformat(), _written(now)))

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
        """A row of ``out/granted_leave.csv``; the formula stays here."""
        columns = ("person", "leave_type", "minutes", "year", "written_at")
        self._out.append("granted_leave", columns, (key, person, leave_type, str(minutes), str(year), _written(now)))

    def _must_be_fresh(self) -> None:
        exported = self._tables.exported_at()
        if self._clock.now() - exported > self._stale_after:
            raise AttendanceUnavailable(
                f"Attendance was exported at {exported.isoformat(timespec='minutes')}, which is too long ago.",
                "Let the attendance system export again; see docs/attendance-csv.md.",
            )

    def _plans(self, staff: Sequence[Staff]) -> tuple[dict[str, list[Assignment]], frozenset[str]]:
        """What these people are to work, and whose shifts can't be understood."""
        shifts, assignments = self._tables.shifts(), self._tables.assignments()
        plans: dict[str, list[Assignment]] = {}
        unknown = {one.key for one in staff if one.key in assignments.unknown}
        for one in staff:
            for shift, first, last in assignments.rows.get(one.key, ()):
                rules = shifts.rows.get(shift, ())
                # A shift nobody described, or two did, isn't known, and neither is who works it.
                if len(rules) != 1 or shift in shifts.unknown:
                    unknown.add(one.key)
                else:
                    plans.setdefault(one.key, []).append(Assignment(rules[0], first, last))
        return plans, frozenset(unknown)


_ANYWHERE = ZoneInfo("UTC")
"""Rooms' times have an offset, so that no zone matters."""


def _touching(table: Table[Moments], one: Staff, window: Interval, *, widen: bool) -> list[Interval] | None:
    """What a table says about somebody within ``window``; None where that isn't known."""
    if one.key in table.unknown:
        return None
    rows = table.rows.get(one.key)
    return [span for span in _spans(rows, ZoneInfo(one.zone), widen=widen) if span.overlaps(window)] if rows else []


def _spans(rows: Iterable[Moments], zone: ZoneInfo, *, widen: bool) -> list[Interval]:
    """These moments as spans; what a clock change leaves in doubt makes them longer, or shorter."""
    bounds = ((instant(start, zone, later=not widen), instant(end, zone, later=widen)) for start, end in rows)
    return [Interval(start, end) for start, end in bounds if start < end]


def _written(now: datetime) -> str:
    return now.astimezone(UTC).isoformat(timespec="seconds")
