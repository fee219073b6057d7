"""Reads days from tokens: weekdays with their week, dates, holidays, ranges of them, limits on them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from mianyue.understanding.reply.numerals import number
from mianyue.understanding.reply.said import Day
from mianyue.understanding.reply.tokens import Token

_WEEKS = {"下下": 2, "再下": 2, "下": 1, "这": 0, "本": 0, "上": -1}
_WEEKDAYS = {c: n for names in ("一二三四五六日", "1234567", "月火水木金土天") for n, c in enumerate(names, 1)}
_EDGES = {"底": "end", "末": "end", "下旬": "end", "初": "start", "上旬": "start", "中": "middle", "中旬": "middle"}
_LUNAR_MONTHS = {"正": 1, "冬": 11, "腊": 12}
_RANGES = ("到", "至", "-", "~", "–", "to", "through")
LIMITS = ("before", "after", "from", "until")


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
        return [*days[:-1], replace(days[-1], relation=joint.kind)], position + 1  # type: ignore[arg-type]
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
        return _modified(told, at)
    if token.kind == "link" and at + 1 < len(told) and told[at + 1].kind in ("month_day", "weekday", "date"):
        return _atom_at(told, at + 1)
    if token.kind == "weekday":
        return _weekday(told, at)
    if token.kind == "weeks_from" and at + 1 < len(told) and told[at + 1].kind == "weekday":
        return [replace(day, offset=7 * number(token.parts["n"])) for day in _plain_weekday(told[at + 1])], at + 2
    if token.kind == "week_of" and (dated := _dated(told, skip(told, at + 1, ("link",)))):
        return [replace(dated[0][0], name="week")], dated[1]
    if token.kind == "week":
        position = skip(told, at + 1, ("link", "comma"))
        if position < len(told) and told[position].kind == "weekday" and "mod" not in told[position].parts:
            days = [replace(day, week=int(token.value)) for day in _plain_weekday(told[position])]
            return days, position + 1
        return [Day("week", week=int(token.value))], at + 1
    if token.kind in ("date", "month_day"):
        return _dated(told, at)
    if token.kind == "month":
        position = skip(told, at + 1, ("link",))
        if position < len(told) and told[position].kind == "month_day":
            day = _month_day(told[position])
            return ([replace(day, month_offset=int(token.value))], position + 1) if day else None
        return None
    if token.kind == "day":
        position = skip(told, at + 1, ("link",))
        if position < len(told) and told[position].kind == "weekday":
            weekday = _plain_weekday(told[position])
            return [Day("relative", int(token.value), weekday=weekday[0].number)], position + 1
        return [Day("relative", int(token.value))], at + 1
    return _special(token, at)


def _special(token: Token, at: int) -> tuple[list[Day], int] | None:
    parts = token.parts
    if token.kind == "weekend":
        return [Day("weekend", week=_WEEKS.get(parts.get("mod", "").rstrip("个一的")) if parts else _week_of(token.value))], at + 1
    if token.kind == "workdays":
        return [Day("workdays")], at + 1
    if token.kind == "holiday":
        return [Day("holiday", name=token.value)], at + 1
    if token.kind == "lunar":
        written = parts["lunar_month"].lstrip("闰")
        month = _LUNAR_MONTHS.get(written) or number(written)
        if not 1 <= month <= 12:
            return None
        return [Day("lunar", number(parts["lunar_day"].lstrip("初")), month=month)], at + 1
    if token.kind == "new_year_day":
        return [Day("lunar", number(parts["lunar_day"]), month=1)], at + 1
    if token.kind == "month_edge":
        month_offset = int(parts["which_offset"]) if "which_offset" in parts else _WEEKS.get(parts.get("which", "").rstrip("个"), 0)
        return [Day("month_edge", name=_EDGES[parts["edge"]], month_offset=month_offset)], at + 1
    if token.kind == "month_edge_word":
        offset, _, name = token.value.partition(" ")
        return [Day("month_edge", name=name, month_offset=int(offset))], at + 1
    return None


def _week_of(value: str) -> int | None:
    return int(value) if value else None


def _modified(told: Sequence[Token], at: int) -> tuple[list[Day], int] | None:
    """next Wednesday, this weekend, prochain."""
    week = int(told[at].value)
    position = skip(told, at + 1, ("link",))
    if position >= len(told):
        return None
    following = told[position]
    if following.kind == "weekday":
        return [replace(day, week=week) for day in _plain_weekday(following)], position + 1
    if following.kind == "weekend":
        return [Day("weekend", week=week)], position + 1
    if following.kind == "week_word":
        return [Day("week", week=week)], position + 1
    if following.kind == "month_word" and (day := _dated(told, skip(told, position + 1, ("link",)))):
        return [replace(day[0][0], month_offset=week)], day[1]
    return None


def _weekday(told: Sequence[Token], at: int) -> tuple[list[Day], int]:
    days = _plain_weekday(told[at])
    if "mod" in told[at].parts:
        return days, at + 1
    position = skip(told, at + 1, ("link",))
    if position < len(told):
        following = told[position]
        if following.kind == "week":
            return [replace(day, week=int(following.value)) for day in days], position + 1
        if following.kind == "mod":  # mercredi prochain
            after = skip(told, position + 1, ("link",))
            word = after < len(told) and told[after].kind == "week_word"
            starts_anew = after < len(told) and told[after].kind in ("weekday", "weekend")
            if word or not starts_anew:
                return [replace(day, week=int(following.value)) for day in days], after + 1 if word else position + 1
    position = skip(told, at + 1, ("link", "comma"))
    if len(days) == 1 and (dated := _dated(told, position)):
        return [replace(dated[0][0], weekday=days[0].number)], dated[1]
    return days, at + 1


def _plain_weekday(token: Token) -> list[Day]:
    if "days" not in token.parts:
        return [Day("weekday", int(token.value))]
    mod = token.parts.get("mod", "").rstrip("个一的")
    days = [Day("weekday", _WEEKDAYS[c], week=_WEEKS.get(mod)) for c in token.parts["days"] if c in _WEEKDAYS]
    if "last_day" in token.parts:
        days[-1] = replace(days[-1], until=Day("weekday", _WEEKDAYS[token.parts["last_day"]], week=_WEEKS.get(mod)))
    return days


def _dated(told: Sequence[Token], at: int) -> tuple[list[Day], int] | None:
    if at >= len(told):
        return None
    token = told[at]
    if token.kind == "month_day":
        day = _month_day(token)
        position = skip(told, at + 1, ("link",))
        if day and position < len(told) and told[position].kind == "month":
            return [replace(day, month_offset=int(told[position].value))], position + 1
    elif token.kind == "date":
        day = _date(token)
    else:
        return None
    if day is None:
        return None
    position = skip(told, at + 1, ("link",))
    if position < len(told) and told[position].kind == "weekday" and "mod" not in told[position].parts:
        weekday = _plain_weekday(told[position])
        if len(weekday) == 1:
            return [replace(day, weekday=weekday[0].number)], position + 1
    if position < len(told) and told[position].kind == "week_of":
        return [replace(day, name="week")], position + 1
    if "day2" in token.parts:
        second = replace(day, number=number(token.parts["day2"]))
        if second.number > 31:
            return [day], at + 1
        ranged = token.parts["joint"] in _RANGES
        return ([replace(day, until=second)] if ranged else [day, second]), at + 1
    return [day], at + 1


def _date(token: Token) -> Day | None:
    parts = token.parts
    month = number(parts["month"])
    day = number(parts["day"])
    if not (month and 1 <= month <= 12 and 1 <= day <= 31):
        return None
    return Day("date", day, year=int(parts["year"]) if "year" in parts else None, month=month)


def _month_day(token: Token) -> Day | None:
    day = number(token.parts["day"])
    return Day("month_day", day) if 1 <= day <= 31 else None


def skip(told: Sequence[Token], at: int, kinds: tuple[str, ...]) -> int:
    """The first token from ``at`` that is of none of these kinds."""
    while at < len(told) and told[at].kind in kinds:
        at += 1
    return at
