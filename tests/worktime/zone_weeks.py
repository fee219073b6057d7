"""Asked in a process of its own, whose machine may stand in any zone: working hours of somebody who works every day.

Standard input and output are JSON: [zone, first, last, window's start, its end] becomes the minutes after the start at which each
span of work begins and ends.
"""

import json
import sys
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from mianyue.base import zones
from mianyue.base.interval import Interval
from mianyue.worktime.attendance import Assignment, attendance
from mianyue.worktime.shift import ShiftRule


def working_hours(zone: str, first: str, last: str, window: Interval) -> list[Interval]:
    rule = ShiftRule.between(time.fromisoformat(first), time.fromisoformat(last), None, None, frozenset(range(1, 8)))
    return attendance(window, ZoneInfo(zone), "", [Assignment(rule, date(2020, 1, 1), None)], [], None, None)


def answer(zone: str, first: str, last: str, start: str, end: str) -> list[list[int]]:
    window = Interval(datetime.fromisoformat(start), datetime.fromisoformat(end))
    spans = working_hours(zone, first, last, window)
    return [[(moment - window.start) // timedelta(minutes=1) for moment in (span.start, span.end)] for span in spans]


if __name__ == "__main__":
    zones.use("packaged")
    json.dump([answer(*question) for question in json.load(sys.stdin)], sys.stdout)
