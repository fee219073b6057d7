"""Which starts a recurrence rule names inside a window (RFC 5545 §3.3.10), on the wall clock and never without an end."""

from __future__ import annotations

import math
import re
from datetime import UTC, datetime, time, tzinfo

from dateutil.rrule import rrulestr

from mianyue.adapters.calendars.ics_values import When, date_of, when
from mianyue.adapters.calendars.ics_zones import Zones

# One start an hour for twenty years: more is no calendar of a person.
_MOST_STEPS = 200_000
_DAYS = {"2": 29, "4": 30, "6": 30, "9": 30, "11": 30}
_SECONDS = {
    "SECONDLY": 1,
    "MINUTELY": 60,
    "HOURLY": 3_600,
    "DAILY": 86_400,
    "WEEKLY": 604_800,
    "MONTHLY": 2_419_200,
    "YEARLY": 31_536_000,
}


class BadRule(ValueError):
    """A rule that can't be followed; the text says why."""


def starts(rule: str, start: When, until: datetime, home: tzinfo, zones: Zones) -> list[datetime]:
    """The wall times at which ``rule`` repeats ``start``, up to ``until`` (a wall time). Raises BadRule."""
    parts = _parts(rule)
    last = until
    if "UNTIL" in parts:
        last = min(until, _until(parts.pop("UNTIL"), start, home, zones))
    if _steps(parts, (last - start.wall).total_seconds()) > _MOST_STEPS:
        raise BadRule("too many occurrences")
    if _never(parts):
        return []
    # COUNT and the end of the window bound the walk; a rule's own UNTIL makes dateutil stop early as well.
    spelled = ";".join(f"{name}={value}" for name, value in parts.items())
    try:
        walk = rrulestr(spelled, dtstart=start.wall, cache=False)
    except (ValueError, KeyError, TypeError, AttributeError):
        raise BadRule("the recurrence rule can't be understood") from None
    found: list[datetime] = []
    try:
        for wall in walk:
            if wall > last:
                break
            found.append(wall)
            if len(found) > _MOST_STEPS:
                raise BadRule("too many occurrences")
    except (TypeError, IndexError):
        raise BadRule("the recurrence rule can't be understood") from None
    return found


def _parts(rule: str) -> dict[str, str]:
    parts: dict[str, str] = {}
    for part in rule.strip().upper().rstrip(";").split(";"):
        name, equals, value = part.partition("=")
        if not equals or not value or name in parts:
            raise BadRule("the recurrence rule can't be understood")
        parts[name.strip()] = value.strip()
    numbers = [parts[name] for name in ("INTERVAL", "COUNT") if name in parts]
    if parts.get("FREQ") not in _SECONDS or not all(number.isascii() and number.isdigit() and int(number) for number in numbers):
        raise BadRule("the recurrence rule can't be understood")
    return parts


def _steps(parts: dict[str, str], seconds: float) -> float:
    """How many periods of the rule must be looked at; endless where a filter of dates may never let a rule by the hour end."""
    period = _SECONDS[parts["FREQ"]]
    filters = {name for name in parts if name.startswith("BY")}
    if period < _SECONDS["DAILY"] and not filters <= {"BYDAY", "BYHOUR", "BYMINUTE", "BYSECOND"}:
        return math.inf
    steps = seconds / period / int(parts.get("INTERVAL", "1"))
    return steps if filters or "COUNT" not in parts else min(steps, int(parts["COUNT"]))


def _never(parts: dict[str, str]) -> bool:
    """Whether the rule asks only for days that no month has: dateutil would look for 30 February until the year 9999."""
    months, days = parts.get("BYMONTH", ""), parts.get("BYMONTHDAY", "")
    if not re.fullmatch(r"[\d,]+", months, re.ASCII) or not re.fullmatch(r"[\d,+-]+", days, re.ASCII):
        return False
    longest = max(_DAYS.get(month, 31) for month in months.split(","))
    return min(int(day) for day in re.findall(r"\d+", days)) > longest


def _until(value: str, start: When, home: tzinfo, zones: Zones) -> datetime:
    """The last wall time that UNTIL admits. Where its form does not match the start's, it is read so that nothing is lost."""
    try:
        limit = when(value, None, home, zones)
    except ValueError:
        raise BadRule("the recurrence rule can't be understood") from None
    if start.all_day:
        return datetime.combine(max(limit.wall.date(), date_of(limit, home)), time.max, UTC)
    if limit.all_day:
        return datetime.combine(limit.wall.date(), time.max, UTC)
    return limit.seen_from(start) if not limit.floating else limit.wall
