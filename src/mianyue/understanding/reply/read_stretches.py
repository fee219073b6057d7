"""Reads stretches of days from tokens: weeks and months with their parts, holidays and the weeks beside them, lunar days."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from mianyue.understanding.reply.numerals import number
from mianyue.understanding.reply.read_dates import WEEKDAYS, WEEKS, dated_at, plain_weekday, with_year, year_in
from mianyue.understanding.reply.said import Day
from mianyue.understanding.reply.tokens import Token, skip

_EDGES = {"底": "end", "末": "end", "下旬": "last_third", "初": "start", "上旬": "start", "中": "middle", "中旬": "middle"}
_LUNAR_MONTHS = {"正": 1, "冬": 11, "腊": 12, "年": 12}


def week_at(told: Sequence[Token], at: int) -> tuple[list[Day], int]:
    """Next week, its early or late part (下周前半周), or a weekday of it."""
    week = int(told[at].value)
    denied = at > 0 and told[at - 1].kind in ("not", "no", "except")  # not this week, Monday at three
    position = skip(told, at + 1, ("link",) if denied else ("link", "comma"))
    if position + 1 < len(told) and told[position].kind == "to" and told[position].end - told[position].start == 1:
        position += 1  # next week - Monday
    if position < len(told) and told[position].kind == "weekday" and "mod" not in told[position].parts:
        return [replace(day, week=week, name="of_week") for day in plain_weekday(told[position])], position + 1
    position = skip(told, at + 1, ("link",))
    if position < len(told) and told[position].kind == "week_part":
        return [Day("week", week=week, name=told[position].value)], position + 1
    return [Day("week", week=week)], at + 1


def part_of_longer(told: Sequence[Token], at: int) -> tuple[list[Day], int] | None:
    """Early next week, end of next month; 后半周 alone is of this week."""
    name = told[at].value
    position = skip(told, at + 1, ("link",))
    if position < len(told) and told[position].kind == "week":
        return [Day("week", week=int(told[position].value), name=name)], position + 1
    if position < len(told) and told[position].kind == "month" and name in _EDGES.values():
        return [Day("month_edge", name=name, month_offset=int(told[position].value))], position + 1
    return ([Day("week", week=0, name=name)], at + 1) if told[at].kind == "week_part" else None


def week_beside(told: Sequence[Token], at: int) -> tuple[list[Day], int] | None:
    """The week of the 7th, the week before Christmas."""
    position = skip(told, at + 1, ("link",))
    if position < len(told) and told[position].kind == "holiday":
        return [Day("holiday", week=int(told[at].value or 0), name=told[position].value)], position + 1
    if told[at].kind == "week_of" and (dated := dated_at(told, position)):
        return [replace(dated[0][0], name="week")], dated[1]
    return None


def of_week(day: Day, week: int) -> Day:
    """The day of a week named behind its hours: Thursday afternoon next week, weekday mornings next week."""
    if day == Day("workdays"):
        return Day("week", week=week)
    return replace(day, week=week) if day.kind == "weekday" and day.week is None else day


def is_week_of_date(days: Sequence[Day]) -> bool:
    """Whether these days are one week told by a date in it, and none of its days."""
    return len(days) == 1 and days[0].name == "week" and days[0].weekday is None and days[0].kind in ("date", "month_day")


def of_that_week(days: Sequence[Day], week: Day) -> tuple[Day, ...]:
    """Weekdays as those of the week told by a date: the week of 7 December, Tuesday or Wednesday."""
    return tuple(replace(week, weekday=day.number, until=day.until, relation=day.relation) for day in days)


def holiday_at(told: Sequence[Token], at: int) -> tuple[list[Day], int]:
    """The holiday at that token, or the week beside it, and the token after it."""
    position = skip(told, at + 1, ("link",))
    if position < len(told) and told[position].kind in ("week_of", "beside_week"):  # 圣诞那周, 节前一周
        return [Day("holiday", week=int(told[position].value or 0), name=told[at].value)], position + 1
    if at + 1 < len(told) and told[at + 1].kind == "same_day":  # 元旦当天
        return [with_year(told, at, Day("holiday", 1, name=told[at].value))[0]], at + 2
    if at + 1 < len(told) and told[at + 1].kind == "holiday" and told[at + 1].value == "public":  # 元旦假期之后
        at += 1
        return [Day("holiday", name=told[at - 1].value)], at + 1
    day, at = with_year(told, at, Day("holiday", name=told[at].value))
    return [day], at + 1


def special(token: Token, at: int) -> tuple[list[Day], int] | None:
    """What a single token says whole: the weekend, 12月上旬, the first two weeks of December, a lunar day."""
    parts = token.parts
    if token.kind == "weekend":
        return [Day("weekend", week=WEEKS.get(parts.get("mod", "").rstrip("个一的")) if parts else _week_of(token.value))], at + 1
    if token.kind == "workdays":
        return [Day("workdays")], at + 1
    if token.kind == "days_ahead":
        written = parts.get("n") or parts.get("n2") or "3"
        return [Day("days_ahead", 3 if written in ("几", "few") else number(written) * (7 if "weeks" in parts else 1))], at + 1
    if token.kind == "nth_weekday":
        if token.value == "weekend":  # the first weekend of December
            saturday = _nth_weekday({**parts, "weekday": "6"})
            return [saturday, replace(saturday, offset=1)], at + 1
        return [_nth_weekday(parts)], at + 1
    if token.kind == "lunar":
        written = parts["lunar_month"].lstrip("闰")
        lunar_month = _LUNAR_MONTHS.get(written) or number(written)
        if not 1 <= lunar_month <= 12:
            return None
        return [Day("lunar", number(parts["lunar_day"].lstrip("初")), year=year_in(parts), month=lunar_month)], at + 1
    if token.kind == "new_year_day":
        return [Day("lunar", number(parts["lunar_day"]), month=1)], at + 1
    if token.kind == "month_edge":
        month = number(parts["month"]) if "month" in parts else None
        if month is not None and not 1 <= month <= 12:
            return None
        name = token.value or _EDGES[parts["edge"]]
        return [Day("month_edge", name=name, year=year_in(parts), month=month, month_offset=_month_offset(parts))], at + 1
    if token.kind == "month_edge_word":
        offset, _, name = token.value.partition(" ")
        return [Day("month_edge", name=name, month_offset=int(offset))], at + 1
    return None


def _nth_weekday(parts: Mapping[str, str]) -> Day:
    """The first Monday in January, the last of next month."""
    month = number(parts["month"]) if "month" in parts else None
    nth = number(parts["nth"]) if "nth" in parts else 0
    return Day("nth_weekday", nth, month=month, month_offset=_month_offset(parts), weekday=WEEKDAYS[parts["weekday"]])


def in_month(day: Day, ahead: int) -> Day:
    """A day of the month as one of the month so many ahead (下个月7号到9号)."""
    until = in_month(day.until, ahead) if day.until else None
    return replace(day, month_offset=ahead, until=until) if day.kind in ("month_day", "nth_weekday") else day


def _month_offset(parts: Mapping[str, str]) -> int | None:
    if "which_offset" in parts:
        return int(parts["which_offset"])
    return WEEKS.get(parts["which"].rstrip("个")) if "which" in parts else None


def weeks_of_month(told: Sequence[Token], at: int) -> tuple[list[Day], int] | None:
    """The first two weeks of December, 下月第二周, or a weekday of one of them."""
    weeks = _weeks_of_month(told[at])
    position = skip(told, at + 1, ("link",))
    if len(weeks) == 1 and position < len(told) and told[position].kind == "weekday" and "mod" not in told[position].parts:
        return [replace(weeks[0], weekday=day.number) for day in plain_weekday(told[position])], position + 1
    return (weeks, at + 1) if weeks else None


def _weeks_of_month(token: Token) -> list[Day]:
    parts = token.parts
    month = number(parts["month"]) if "month" in parts else None
    if month is not None and not 1 <= month <= 12:
        return []
    name = next((name for name in ("first", "last") if name in parts), "last" if "last_one" in parts else "")
    count = number(parts[name]) if parts.get(name) else 1
    if "nth" in parts:
        name, count = ("first", number(parts["count"])) if "count" in parts else ("", number(parts["nth"]))
    return [Day("month_week", count, name=name, month=month, month_offset=_month_offset(parts))]


def _week_of(value: str) -> int | None:
    return int(value) if value else None
