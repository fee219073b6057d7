"""Reads one time on the clock from a token: 两点半, a quarter to three, halb drei."""

from __future__ import annotations

from collections.abc import Sequence

from mianyue.understanding.reply.numerals import number
from mianyue.understanding.reply.said import Clock, Half
from mianyue.understanding.reply.tokens import Token

_HALVES: dict[str, Half] = {"a": "am", "p": "pm"}
_QUARTERS = {"一": 15, "1": 15, "二": 30, "2": 30, "三": 45, "3": 45}


def clock_of(token: Token, part: str) -> Clock | None:
    """The time that a token tells (half three, 两点一刻), of that part of the day unless it says its half; None for no time of a clock."""
    if token.value and not token.parts:
        hour, minute = map(int, token.value.split(":"))
        return Clock(hour, minute, padded=True)
    parts = token.parts
    hour = number(parts["hour"])
    minute = number(parts["minute"].lstrip("零〇") or "0") if "minute" in parts else 0
    if "half_past" in parts:
        minute = 30
    elif "half_to" in parts:  # halb drei
        hour, minute = hour - 1 or 12, 30
    elif "quarters" in parts:
        minute = _QUARTERS[parts["quarters"]]
    elif "quarter_past" in parts:
        minute = 15
    elif "minutes_past" in parts:
        minute = number(parts["minutes_past"])
    elif "minutes_to" in parts or "quarter_to" in parts:
        before = parts.get("minutes_to", "一刻")
        minute = 60 - (15 if before == "一刻" else number(before))
        hour = hour - 1 or 12
    if hour > 24 or minute > 59:
        return None
    half = _HALVES.get(parts.get("half", ""), "")
    padded = parts["hour"].startswith("0") and len(parts["hour"]) == 2
    return Clock(hour, minute, half, "" if half else parts.get("part", part), padded)


def range_alone(told: Sequence[Token], at: int) -> bool:
    """Whether a range of two bare numbers is all of a clause behind another: tomorrow works, 9 to 11; Friday afternoon, two till five."""
    behind = told[at + 3].kind if at + 3 < len(told) else "stop"
    behind_time = at > 1 and told[at - 2].kind in ("yes", "part", "weekday", "month_day", "date", "day")
    apart = behind_time and told[at - 1].kind == "comma" and behind in ("stop", "comma", "but", "why")
    return apart and [token.kind for token in told[at : at + 3]] in (["number", "to", "number"], ["number", "until", "number"])


def next_hour(hour: int) -> int:
    """The hour after one on a clock of twelve, or on one of twenty-four."""
    return hour % 12 + 1 if hour <= 12 else hour + 1
