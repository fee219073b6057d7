"""Writes what the time clock of the demo's company has kept: weeks in which people mostly came on time, and sometimes did not."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, time, timedelta

from mianyue.worktime.day_kinds import is_working_day

WEEKS = timedelta(weeks=5)
_DAY = timedelta(days=1)
_MONDAY_TO_FRIDAY = (1, 2, 3, 4, 5)
# Of forty days somebody comes late on one, leaves early on one and forgets to punch out on one, each on other days than the others.
_CYCLE, _LATE, _EARLY, _FORGOTTEN = 40, 7, 19, 31

Rows = Iterable[Mapping[str, str]]


def punches(assignments: Rows, shifts: Rows, away: Rows, country_of: Mapping[str, str], today: date) -> str:
    """The clock's file, a row per punch in the person's own time: the weeks before ``today``, and who begins today.

    ``away`` are approved leave and trips; whoever is away on any part of a date doesn't punch on it.
    """
    hours = {
        row["shift_id"]: (time.fromisoformat(_padded(row["start"])), time.fromisoformat(_padded(row["end"]))) for row in shifts
    }
    spans = [(row["工号"], _date(row["开始时间"]), _date(row["结束时间"])) for row in away]
    worked: dict[tuple[str, date], str] = {}
    for row in sorted(assignments, key=lambda row: row["from"]):
        day, last = max(_date(row["from"]), today - WEEKS), min(_date(row["to"]) if row["to"] else today, today)
        while day <= last:
            worked[row["employee_id"], day] = row["shift_id"]
            day += _DAY
    lines = ["工号,打卡时间,设备"]
    for (person, day), shift in sorted(worked.items()):
        is_away = any(who == person and first <= day <= until for who, first, until in spans)
        if not is_away and is_working_day(day, _MONDAY_TO_FRIDAY, country_of[person]):
            lines += [f"{person},{at:%Y-%m-%d %H:%M:%S},大堂" for at in _day(person, day, *hours[shift]) if at.date() <= today]
    return "\n".join([*lines, ""])


def _day(person: str, day: date, start: time, end: time) -> list[datetime]:
    """When that person punched on that date; the date that has begun has no end yet."""
    number = day.toordinal() + 11 * int(person[1:])
    what = number % _CYCLE
    begins = datetime.combine(day, start)
    ends = datetime.combine(day + _DAY if end <= start else day, end)
    arrives = begins + timedelta(minutes=18) if what == _LATE else begins - timedelta(minutes=2 + number % 11, seconds=number % 60)
    leaves = ends - timedelta(minutes=25) if what == _EARLY else ends + timedelta(minutes=1 + number % 23, seconds=number % 59)
    return [arrives] if what == _FORGOTTEN else [arrives, leaves]


def _date(text: str) -> date:
    return date.fromisoformat(text[:10])


def _padded(clock: str) -> str:
    return clock.zfill(5)
