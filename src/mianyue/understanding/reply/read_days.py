"""Reads days from tokens: one of them, a range, or one with a limit on it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from mianyue.understanding.reply.limits import LIMITS, relation_of
from mianyue.understanding.reply.numerals import number
from mianyue.understanding.reply.read_dates import dated_at, modified_at, plain_weekday, weekday_at
from mianyue.understanding.reply.read_stretches import (
    holiday_at,
    in_month,
    part_of_longer,
    special,
    week_at,
    week_beside,
    weeks_of_month,
)
from mianyue.understanding.reply.said import Day
from mianyue.understanding.reply.tokens import Token, skip


def range_at(told: Sequence[Token], at: int) -> tuple[list[Day], int] | None:
    """The days, the range of days or the limited day that begins at that token, and the token after it; None when none does."""
    first, begins = _atom_at(told, at), at
    if first is None:
        return None
    days, at = first
    position = skip(told, at, ("link",))
    if position == len(told):
        return days, at
    joint = told[position]
    if position == at and joint.kind == "next_day" and not joint.value and len(days) == 1:  # 中秋节第二天
        return [replace(days[0], offset=1)], position + 1
    ranges = joint.kind == "to" or joint.value == "to" or (joint.kind == "until" and joint.value != "post")
    ranges = ranges and not _moved_from(told, begins)
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


def _moved_from(told: Sequence[Token], at: int) -> bool:
    """Whether the day at that token is one to be left: move it from Friday to Tuesday."""
    while at > 0 and told[at - 1].kind == "link":
        at -= 1
    return at > 0 and (told[at - 1].kind, told[at - 1].value) == ("not", "from")


def _atom_at(told: Sequence[Token], at: int) -> tuple[list[Day], int] | None:
    if at >= len(told):
        return None
    token = told[at]
    if token.kind == "mod":
        return modified_at(told, at)
    if token.kind == "link" and at + 1 < len(told) and told[at + 1].kind in ("month_day", "weekday", "date"):
        return _atom_at(told, at + 1)
    if token.kind == "weekday":
        return _beside_at(told, at) or weekday_at(told, at)
    if token.kind == "away":
        return _away_at(told, at)
    if token.kind == "month_week":
        return weeks_of_month(told, at)
    if token.kind == "nth_weekday" and (day := special(token, at)) is not None:
        following = skip(told, at + 1, ("link",))
        if following < len(told) and told[following].kind == "month":  # the first Monday of next month
            return [in_month(each, int(told[following].value)) for each in day[0]], following + 1
        return day
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
        weeks, odd = divmod(int(token.value), 7)
        position = skip(told, at + 1, ("link", "comma") if weeks > 0 and not odd else ("link",))
        if position < len(told) and told[position].kind == "weekday":
            weekday = plain_weekday(told[position])[0].number
            if weeks > 0 and not odd:  # 两周后的周一
                return [Day("weekday", weekday, week=weeks)], position + 1
            return [Day("relative", int(token.value), weekday=weekday)], position + 1
        return [Day("relative", int(token.value))], at + 1
    if token.kind == "holiday":
        return holiday_at(told, at)
    return special(token, at)


def _beside_at(told: Sequence[Token], at: int) -> tuple[list[Day], int] | None:
    """The Monday before Christmas, Friday after the 10th."""
    position = skip(told, at + 1, ("link",))
    if position >= len(told) or told[position].kind not in ("before", "after") or told[position].value != "pre":
        return None
    days, other = plain_weekday(told[at]), skip(told, position + 1, ("link",))
    if len(days) != 1 or days[0].week is not None or other >= len(told) or told[other].kind not in ("holiday", "date", "month_day"):
        return None
    beside = _atom_at(told, other)
    if beside is None or len(beside[0]) != 1 or beside[0][0].until is not None:
        return None
    return [replace(days[0], beside=replace(beside[0][0], relation=relation_of(told[position])))], beside[1]


# How tables of words call the units of a distance in days; those of other months count months.
_DAYS = dict.fromkeys(("day", "tag", "jour", "lendemain", "veille", "día", "dia", "天", "日", "일"), 1)
_DAYS |= dict.fromkeys(("week", "woche", "semaine", "semana", "周", "星期", "礼拜", "週間", "周间", "주"), 7)
_MONTHS = dict.fromkeys(("month", "monat", "mois", "mes", "mês", "月", "개월", "달"), 1)
_MONTHS |= dict.fromkeys(("year", "jahr", "an", "año", "ano", "年", "년"), 12)


def _away_at(told: Sequence[Token], at: int) -> tuple[list[Day], int] | None:
    """Two weeks after Monday, the day before Christmas, in two months, three days ago."""
    token = told[at]
    count = number(token.parts["n"]) if "n" in token.parts else 1
    days, months = count * _DAYS.get(token.parts["unit"], 0), count * _MONTHS.get(token.parts["unit"], 0)
    if token.value in ("ago", "ahead"):
        sign = -1 if token.value == "ago" else 1
        return [Day("relative", sign * days, months=sign * months)], at + 1
    base = _atom_at(told, skip(told, at + 1, ("link",)))
    if base is None or base[0][0].until is not None:
        return None
    sign = -1 if token.value == "before" else 1
    return [replace(base[0][0], offset=sign * days, months=sign * months), *base[0][1:]], base[1]
