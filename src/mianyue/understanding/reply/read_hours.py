"""Reads hours from tokens: clock times, ranges, parts of the day, and the limits on them (三点以后, before noon)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from mianyue.understanding.reply.numerals import number
from mianyue.understanding.reply.read_days import LIMITS, skip
from mianyue.understanding.reply.said import Clock, Hours, Relation
from mianyue.understanding.reply.tokens import Token

_QUARTERS = {"一": 15, "1": 15, "二": 30, "2": 30, "三": 45, "3": 45}


def hours_at(told: Sequence[Token], at: int, *, after_day: bool, part: str = "") -> tuple[tuple[Hours, ...], int] | None:
    """The list of hours that begins at that token, and the token after it; None when none does.

    A bare number is an hour only ``after_day``, after "at", inside a range or behind a limit. ``part`` goes on from what was said before.
    """
    first = _item_at(told, at, after_day, part)
    if first is None:
        return None
    found, at = [first[0]], first[1]
    while True:
        position = skip(told, at, ("or", "comma", "link"))
        if position == at:
            break
        goes_on = _last_part(found[-1]) or part
        more = _item_at(told, position, any(token.kind == "or" for token in told[at:position]), goes_on)
        refines = found[-1].start is None and any(token.kind == "comma" for token in told[at:position])
        if (
            more is None
            or (refines and more[0].start)
            or _belongs_to_next_day(told, more[1], any(token.kind == "comma" for token in told[at:position]))
        ):
            break
        found.append(more[0])
        at = more[1]
    return tuple(found), at


def _belongs_to_next_day(told: Sequence[Token], at: int, comma: bool) -> bool:
    """10 am Thursday, 3 pm Friday: the second hour is the next day's."""
    position = skip(told, at, ("link",))
    return comma and position < len(told) and told[position].kind in ("weekday", "date", "day", "mod")


def _last_part(hours: Hours) -> str:
    clock = hours.end or hours.start
    return clock.part if clock else ""


def _item_at(told: Sequence[Token], at: int, number_counts: bool, goes_on: str) -> tuple[Hours, int] | None:
    relation, between = "", False
    while at < len(told) and (
        told[at].kind in ("at", "between") or (told[at].kind in LIMITS and told[at].value in ("pre", "both"))
    ):
        if told[at].kind in LIMITS:
            relation = told[at].kind
        between = between or told[at].kind == "between"
        number_counts = True
        at = skip(told, at + 1, ("link",))
    part = ""
    if at < len(told) and told[at].kind in ("part", "part_of_clock"):
        part = told[at].value
        at += 1
        inside = skip(told, at, ("link",))
        while inside < len(told) and told[inside].kind in ("at", "from", "between") and told[inside].value != "post":
            between = between or told[inside].kind == "between"
            relation = "from" if told[inside].kind == "from" else relation
            inside += 1
            number_counts = True
        if _clock_at(told, inside, number_counts or part in _TELLING, part) is not None:
            at = inside
    start = _clock_at(told, at, number_counts or bool(part) or _range_follows(told, at, number_counts), part or goes_on)
    if start is None:
        return (_limited(Hours(part=part, relation=relation), told, at)) if part else None  # type: ignore[arg-type]
    clock, at = start
    joint = skip(told, at, ("link",))
    joined = joint < len(told) and _joins(told[joint], between, relation)
    if joined and (last := _end_at(told, joint + 1)) is not None:
        return Hours(clock, last[0]), skip(told, last[1], ("between_post",))
    return _limited(Hours(clock, relation=relation), told, at)  # type: ignore[arg-type]


_TELLING = ("morning", "afternoon", "evening", "noon", "night", "early_morning")


def _joins(token: Token, between: bool, relation: str) -> bool:
    if (
        token.kind == "to"
        or (token.kind == "at" and token.value == "to")
        or (token.kind == "until" and token.value in ("pre", "both"))
    ):
        return True
    return between and token.kind == "or" and relation == ""


def _end_at(told: Sequence[Token], at: int) -> tuple[Clock, int] | None:
    at = skip(told, at, ("link", "at"))
    part = ""
    if at < len(told) and told[at].kind == "part":
        part = told[at].value
        at += 1
    return _clock_at(told, at, True, part)


def _range_follows(told: Sequence[Token], at: int, counts: bool) -> bool:
    """Whether a bare number opens a range that ends on the clock (2-4pm, 三到五点)."""
    if at + 2 >= len(told) or told[at].kind != "number" or told[at + 1].kind not in ("to", "until"):
        return False
    last = skip(told, at + 2, ("link", "part"))
    return last < len(told) and (told[last].kind == "clock" or (counts and told[last].kind == "number"))


def _clock_at(told: Sequence[Token], at: int, number_counts: bool, part: str) -> tuple[Clock, int] | None:
    if at >= len(told):
        return None
    token = told[at]
    if token.kind == "number" and number_counts:
        written = token.parts.get("n", token.value)
        hour = number(written)
        clock = Clock(hour, part=part, padded=written.startswith("0")) if hour <= 24 else None
    elif token.kind == "clock":
        clock = _clock(token, part)
    else:
        return None
    if clock is None:
        return None
    at += 1
    if at < len(told) and told[at].kind == "part_of_clock":
        return replace(clock, part=told[at].value, half=""), at + 1
    return clock, at


def _clock(token: Token, part: str) -> Clock | None:
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
    half = {"a": "am", "p": "pm"}.get(parts.get("half", ""), "")
    padded = parts["hour"].startswith("0") and len(parts["hour"]) == 2
    return Clock(hour, minute, half, "" if half else parts.get("part", part), padded)  # type: ignore[arg-type]


def _limited(hours: Hours, told: Sequence[Token], at: int) -> tuple[Hours, int]:
    position = skip(told, at, ("link",))
    if position < len(told) and told[position].kind in LIMITS and told[position].value == "post":
        relation: Relation = told[position].kind  # type: ignore[assignment]
        return replace(hours, relation=relation), position + 1
    return hours, at
