"""Attendance files as another system writes them, read strictly and once per change.

A row that can't be understood makes the person it is about unknown; one that doesn't say whom it is about, or a file that is missing,
cut off or no table, makes everybody unknown. Nothing that wasn't read counts as free.
"""

from __future__ import annotations

import csv
import threading
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Generic, TypeVar

from mianyue.adapters.attendance import csv_cells as cells
from mianyue.adapters.attendance.csv_cells import BadCell
from mianyue.ports.attendance import AttendanceUnavailable
from mianyue.worktime.day_kinds import Kind
from mianyue.worktime.shift import ShiftRule

T = TypeVar("T")
Row = Mapping[str, str]
Moments = tuple[datetime, datetime]
"""From and to; naive ones are local to whom they are about."""
_LARGEST = 256 * 1024 * 1024
"""Bytes of a file that are read at most."""


@dataclass(slots=True)
class Table(Generic[T]):
    """What a file says about each key, and the keys it says something about that can't be understood."""

    rows: dict[str, list[T]] = field(default_factory=lambda: defaultdict(list))
    unknown: set[str] = field(default_factory=set)


class Tables:
    """The folder's files. Kept in the process and read again when a file's time or size has changed; threads may share it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._kept: dict[str, tuple[tuple[int, int], object]] = {}
        self._lock = threading.Lock()

    def shifts(self) -> Table[ShiftRule]:
        """What each shift is worked like, by its id."""
        return self._read("shifts", "shift_id", ("start", "end", "weekdays"), _shift)

    def assignments(self) -> Table[tuple[str, date, date | None]]:
        """Shift, first and last day of each assignment, by person."""
        return self._read("shift_assignments", "employee_id", ("shift_id", "from"), _assignment)

    def leave(self) -> Table[Moments]:
        """Leave that is approved or may still be, by person."""
        return self._read("leave", "employee_id", _REQUEST, _standing)

    def trips(self) -> Table[Moments]:
        """Trips that are approved or may still be, by person."""
        return self._read("trips", "employee_id", _REQUEST, _standing)

    def overtime(self) -> Table[Moments]:
        """Approved overtime, by person."""
        return self._read("overtime", "employee_id", _REQUEST, _approved)

    def room_bookings(self) -> Table[Moments]:
        """When rooms are taken, by their id."""
        return self._read("room_bookings", "room_id", ("start", "end"), _booking)

    def day_kinds(self) -> Table[tuple[date, Kind]]:
        """The company's own days, by country; the file may be missing."""
        if not self._path("day_kinds").exists():
            return Table()
        return self._read("day_kinds", "country", ("day", "kind"), _day_kind)

    def exported_at(self) -> datetime:
        """When the other system wrote, as it says in ``exported_at.txt``; without that file, the time of the newest table.

        Raises AttendanceUnavailable.
        """
        try:
            said = (self.folder / "exported_at.txt").read_text(encoding="utf-8").strip()
        except FileNotFoundError:
            return self._newest()
        except (OSError, UnicodeDecodeError) as error:
            raise _unreadable("exported_at.txt", "it can't be read") from error
        try:
            at = datetime.fromisoformat(said)
        except ValueError as error:
            raise _unreadable("exported_at.txt", "it holds no ISO 8601 instant") from error
        if at.tzinfo is None:
            raise _unreadable("exported_at.txt", "its instant has no offset")
        return at

    def _newest(self) -> datetime:
        try:
            times = [file.stat().st_mtime for file in self.folder.glob("*.csv")]
        except OSError as error:
            raise _unreadable(self.folder.name, "the folder can't be read") from error
        if not times:
            raise _unreadable(self.folder.name, "the folder is missing or holds no tables")
        return datetime.fromtimestamp(max(times)).astimezone()

    def _path(self, name: str) -> Path:
        return self.folder / f"{name}.csv"

    def _read(self, name: str, key: str, columns: tuple[str, ...], parse: Callable[[Row], T | None]) -> Table[T]:
        """Raises AttendanceUnavailable."""
        with self._lock:
            mark = self._mark(name)
            kept = self._kept.get(name)
            if kept is None or kept[0] != mark:
                rows = self._rows(name, (key, *columns))
                if self._mark(name) != mark:
                    raise _unreadable(f"{name}.csv", "it is being written")
                kept = self._kept[name] = mark, _table(name, rows, key, parse)
            return kept[1]  # type: ignore[return-value]  # each name is always read by the same parser

    def _mark(self, name: str) -> tuple[int, int]:
        try:
            found = self._path(name).stat()
        except OSError as error:
            raise _unreadable(f"{name}.csv", "it is missing") from error
        if found.st_size > _LARGEST:
            raise _unreadable(f"{name}.csv", "it is too large")
        return found.st_mtime_ns, found.st_size

    def _rows(self, name: str, columns: tuple[str, ...]) -> list[dict[str, str]]:
        file = f"{name}.csv"
        try:
            text = self._path(name).read_bytes().decode("utf-8-sig")
        except (OSError, UnicodeDecodeError) as error:
            raise _unreadable(file, "it can't be read as UTF-8") from error
        if not text.endswith("\n") or "\0" in text:
            raise _unreadable(file, "it is cut off: its last line does not end")
        try:
            header, *lines = csv.reader(text.splitlines(keepends=True), strict=True)
        except (csv.Error, ValueError) as error:
            raise _unreadable(file, "it is no table") from error
        missing = set(columns) - set(header)
        if missing or len(set(header)) != len(header):
            raise _unreadable(file, f"it lacks the column {min(missing)}" if missing else "a column stands in it twice")
        if any(len(line) != len(header) for line in lines if line):
            raise _unreadable(file, "a row has more or fewer cells than there are columns")
        return [dict(zip(header, line, strict=True)) for line in lines if line]


_REQUEST = ("start", "end", "status")
_OWN_DAYS = (Kind.STATUTORY_HOLIDAY, Kind.BRIDGE_DAY_OFF, Kind.MAKE_UP_WORKDAY)
"""What a company may make of a date: the others are its working week's to say."""
_STATES = {"approved": True, "pending": True, "rejected": False, "cancelled": False}


def _table(name: str, rows: list[dict[str, str]], key: str, parse: Callable[[Row], T | None]) -> Table[T]:
    found: Table[T] = Table()
    for row in rows:
        whose = row[key].strip()
        if not whose:
            raise _unreadable(f"{name}.csv", f"a row has no {key}")
        try:
            parsed = parse({column: cell.strip() for column, cell in row.items()})
        except BadCell:
            found.unknown.add(whose)
        else:
            if parsed is not None:
                found.rows[whose].append(parsed)
    return found


def _shift(row: Row) -> ShiftRule:
    parts = row.get("segments")
    if parts:
        return ShiftRule(cells.segments(parts), cells.weekdays(row["weekdays"]))
    worked = cells.worked(row["start"], row["end"], row.get("break_start", ""), row.get("break_end", ""))
    return ShiftRule(worked, cells.weekdays(row["weekdays"]))


def _assignment(row: Row) -> tuple[str, date, date | None]:
    first, last = cells.day(row["from"]), cells.day(row["to"]) if row.get("to") else None
    if not row["shift_id"] or (last and last < first):
        raise BadCell
    return row["shift_id"], first, last


def _standing(row: Row) -> Moments | None:
    if row["status"] not in _STATES:
        raise BadCell
    moments = _moments(row)
    return moments if _STATES[row["status"]] else None


def _approved(row: Row) -> Moments | None:
    moments = _standing(row)
    return moments if row["status"] == "approved" else None


def _booking(row: Row) -> Moments:
    start, end = _moments(row)
    if start.tzinfo is None or end.tzinfo is None:
        raise BadCell  # whose local time it would be stands nowhere in the file
    return start, end


def _day_kind(row: Row) -> tuple[date, Kind]:
    kind = next((kind for kind in _OWN_DAYS if kind == row["kind"]), None)
    if kind is None:
        raise BadCell
    return cells.day(row["day"]), kind


def _moments(row: Row) -> Moments:
    start, end = cells.begin(row["start"]), cells.end(row["end"])
    if (start.tzinfo is None) != (end.tzinfo is None) or start >= end:
        raise BadCell
    return start, end


def _unreadable(what: str, why: str) -> AttendanceUnavailable:
    return AttendanceUnavailable(
        f"Attendance is unknown: {what}: {why}.", "Let the attendance system export again; see docs/attendance-csv.md."
    )
