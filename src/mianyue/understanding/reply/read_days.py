"""Reads days from tokens: one of them, a range, or one with a limit on it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from mianyue.understanding.reply.limits import LIMITS, relation_of
from mianyue.understanding.reply.numerals import number
from mianyue.understanding.reply.read_dates import dated_at, modified_at, plain_weekday, weekday_at
from mianyue.understanding.reply.read_stretches import holiday_at, in_month, part_of_longer, special, week_at, week_beside
from mianyue.understanding.reply.said import Day
from mianyue.understanding.reply.tokens import Token, skip


def range_at(told: Sequence[Token], at: int) -> tuple[list[Day], int] | None:
    """The days, the range of days or the limited day that begins at that token, and the token after it; None when none does."""
    first = _atom_at(told, at)
    if first is None:
        return None
    days, at = first
    position = skip(told, at, ("link",))
    if position == len(told):
        return days, at
    joint = told[position]
    ranges = joint.kind == "to" or joint.value == "to" or (joint.kind == "until" and joint.value != "post")
    if ranges and len(days) == 1 and (last := _atom_at(told, skip(told, position + 1, ("link",)))) is not None:
        start, end = days[0], last[0][0]
        if start.week is None and end.week is not None:
            start = replace(start, week=end.week)
        return [replace(start, until=end), *last[0][1:]], last[1]
    if joint.kind in LIMITS and joint.value == "post":
        return [*days[:-1], replace(days[-1], relation=relation_of(joint))], position + 1
    if position < len(told) and told[position].kind == "offset_day":
        token = told[position]
        step = number(token.parts["n"]) * (-1 if "before" in token.parts else 1)
        return [*days[:-1], replace(days[-1], offset=step)], position + 1
    return days, at


def _atom_at(told: Sequence[Token], at: int) -> tuple[list[Day], int] | None:
    if at >= len(told):
        return None
    token = told[at]
    if token.kind == "mod":
        return modified_at(told, at)
    if token.kind == "link" and at + 1 < len(told) and told[at + 1].kind in ("month_day", "weekday", "date"):
        return _atom_at(told, at + 1)
    if token.kind == "weekday":
        return weekday_at(told, at)
    if token.kind == "weeks_from" and at + 1 < len(told) and told[at + 1].kind == "weekday":
        return [replace(day, offset=7 * number(token.parts["n"])) for day in plain_weekday(told[at + 1])], at + 2
    if token.kind in ("week_of", "beside_week"):
        return week_beside(told, at)
    if token.kind in ("edge", "week_part"):
        return part_of_longer(told, at)
    if token.kind == "week":
        return week_at(told, at)
    if token.kind in ("date", "month_day"):
        return dated_at(told, at)
    if token.kind == "month":
        position = skip(told, at + 1, ("link",))
        if position < len(told) and told[position].kind == "month_day":
            dated = dated_at(told, position)
            return ([in_month(day, int(token.value)) for day in dated[0]], dated[1]) if dated else None
        return [Day("month_edge", name="whole", month_offset=int(token.value))], at + 1
    if token.kind == "day":
        position = skip(told, at + 1, ("link",))
        if position < len(told) and told[position].kind == "weekday":
            weekday = plain_weekday(told[position])
            return [Day("relative", int(token.value), weekday=weekday[0].number)], position + 1
        return [Day("relative", int(token.value))], at + 1
    if token.kind == "holiday":
        return holiday_at(told, at)
    return special(token, at)
