"""Reads what a time clock has written down: who tapped when, on whose wall clock."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from uuid import UUID
from zoneinfo import ZoneInfo

from mianyue.domain.intake import cell_times, cells
from mianyue.domain.intake.problems import Problem
from mianyue.domain.intake.reading import Progress, Reader, RowReader

FAST = timedelta(minutes=10)
"""By how much a clock may be fast before its time counts as nonsense."""
NIGHT = timedelta(days=1)
"""After the last day at work its night shift ends."""


@dataclass(frozen=True, slots=True)
class Tapper:
    """Somebody who may have tapped; ``zone`` is their own (IANA name)."""

    employee_id: UUID
    zone: str
    hire_date: date | None
    last_day: date | None


@dataclass(frozen=True, slots=True)
class ClockPunch:
    """One row. ``zone`` is the one whose wall clock was read."""

    employee_id: UUID
    code: str
    at: datetime
    zone: str
    device: str
    row: int


def read_punches(
    path: Path, staff: Mapping[str, Tapper], now: datetime, problems: list[Problem], progress: Progress
) -> tuple[int, list[ClockPunch]]:
    """How many rows ``path`` has (CSV or XLSX), and the punches of those that can be used; ``staff`` by the company's own number.

    A time without offset is on the clock of the row's ``time_zone``, else of the employee. Where that clock showed it twice it is the
    first of the two, where it never did it is that of a clock which nobody has set forward (PEP 495, fold 0); both are said.
    """
    reader = Reader(path, problems, progress)
    read, found = 0, []
    for row in reader.rows("punches"):
        read += 1
        row.key = row.cell("employee_id")
        code, stated = row.read("employee_id", cells.text), row.read("time", cell_times.moment)
        zone = row.strict("time_zone", cells.zone)
        who = staff.get(code or "")
        if code and who is None:
            row.report("unknown_employee", "employee_id")
        if who is None or stated is None or row.broken or code is None:
            continue
        at = _instant(row, stated, zone or who.zone)
        if at is None:
            continue
        if at > now + FAST:
            row.report("punch_in_future", "time")
        elif not _is_employed(who, at):
            row.report("punch_not_employed", "time")
        else:
            device = (row.read("device", cells.text) or "")[:100]
            found.append(ClockPunch(who.employee_id, code, at, zone or who.zone, device, row.number))
    return read, found


def _instant(row: RowReader, stated: cell_times.Moment, zone: str) -> datetime | None:
    if stated.instant is not None:
        return stated.instant
    if stated.first != stated.last:
        row.report("bad_value", "time", reason="moment")
        return None
    wall = datetime.combine(stated.day, time(0)) + timedelta(seconds=stated.first)
    first, second = (wall.replace(tzinfo=ZoneInfo(zone), fold=fold).astimezone(UTC) for fold in (0, 1))
    if first < second:
        row.report("clock_time_twice", "time")
    elif second < first:
        row.report("clock_time_skipped", "time")
    return first


def _is_employed(who: Tapper, at: datetime) -> bool:
    day = at.astimezone(ZoneInfo(who.zone)).date()
    return (who.hire_date is None or who.hire_date <= day) and (who.last_day is None or day <= who.last_day + NIGHT)
