"""Reads single days from tokens: weekdays with their week, dates, days of a month."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from mianyue.understanding.reply.numerals import number, year
from mianyue.understanding.reply.said import Day
from mianyue.understanding.reply.tokens import Token, skip

WEEKS = {"下下": 2, "再下": 2, "下": 1, "这": 0, "本": 0, "上": -1}
WEEKDAYS = {c: n for names in ("一二三四五六日", "1234567", "月火水木金土天") for n, c in enumerate(names, 1)}
_RANGES = ("到", "至", "-", "~", "–", "to", "through")


def modified_at(told: Sequence[Token], at: int) -> tuple[list[Day], int] | None:
    """next Wednesday, this weekend, prochain; the coming Thursday is the next one."""
    week = int(told[at].value) if told[at].value else None
    position = skip(told, at + 1, ("link",))
    if position >= len(told):
        return None
    following = told[position]
    if following.kind == "weekday":
        days = plain_weekday(following)
        return _dated(told, position, days) or ([replace(day, week=week) for day in days], position + 1)
    if following.kind == "holiday":  # next easter, the previous one
        return [Day("holiday", name=following.value, years_ahead=-1 if week == -1 else None)], position + 1
    if following.kind == "weekend":
        return [Day("weekend", week=week)], position + 1
    if following.kind == "week_word":
        return [Day("week", week=week or 0)], position + 1
    if following.kind == "month_word" and (day := dated_at(told, skip(told, position + 1, ("link",)))):
        return [replace(day[0][0], month_offset=week)], day[1]
    return None


def weekday_at(told: Sequence[Token], at: int) -> tuple[list[Day], int]:
    """The weekday at that token with its week or date (Wednesday next week, Thursday 3 December), and the token after it."""
    days = plain_weekday(told[at])
    if "mod" in told[at].parts:
        return days, at + 1
    position = skip(told, at + 1, ("link",))
    if position < len(told):
        following = told[position]
        if following.kind == "week_later":  # Thursday week
            return [replace(day, offset=7) for day in days], position + 1
        if following.kind == "week":
            return [replace(day, week=int(following.value)) for day in days], position + 1
        if following.kind == "mod":  # mercredi prochain
            after = skip(told, position + 1, ("link",))
            word = after < len(told) and told[after].kind == "week_word"
            starts_anew = after < len(told) and told[after].kind in ("weekday", "weekend")
            if following.value and (word or not starts_anew):
                return [replace(day, week=int(following.value)) for day in days], after + 1 if word else position + 1
    if (dated := _dated(told, at, days)) is not None:
        return dated
    if len(days) == 1 and days[0].week is None and (like := _like_its_parallel(told, at, days[0].number)):
        return [like], at + 2
    if len(days) == 1 and days[0].week is None and (bare := _bare_number(told, at + 1)):
        return [Day("month_day", bare, name="bare", weekday=days[0].number)], at + 2
    return days, at + 1


def _dated(told: Sequence[Token], at: int, days: Sequence[Day]) -> tuple[list[Day], int] | None:
    """The date behind the weekday at that token: Thursday 3 December, this Friday (Jun 15), Friday-Jun-15."""
    position = at + 2 if _hyphen(told, at + 1) else skip(told, at + 1, ("link", "comma"))
    dated = dated_at(told, position) if len(days) == 1 else None
    return ([replace(dated[0][0], weekday=days[0].number)], dated[1]) if dated else None


def _hyphen(told: Sequence[Token], at: int) -> bool:
    """Whether a dash joins two words there without a space."""
    if not 0 < at < len(told) - 1 or told[at].kind != "to":
        return False
    return told[at - 1].end == told[at].start == told[at].end - 1 == told[at + 1].start - 1


def _like_its_parallel(told: Sequence[Token], at: int, weekday: int) -> Day | None:
    """Saturday 5 or Sunday 6 December: the number behind the weekday at that token is a day of the month that another of its list names."""
    if at + 1 >= len(told) or told[at + 1].kind != "number" or not told[at + 1].parts.get("n", "").isdigit():
        return None
    day = int(told[at + 1].parts["n"])
    for step in (1, -1):
        here: int | None = at
        while here is not None and (here := _next_in_list(told, here, step)) is not None:
            named = dated_at(told, here + 1) if here + 1 < len(told) else None
            if named is None:
                continue
            other = named[0][0]
            apart = plain_weekday(told[here])[0].number - weekday
            if 1 <= day <= 31 and (other.number - day - apart) % 7 == 0:
                return replace(other, number=day, weekday=weekday, until=None, name="")
            return None
    return None


def _next_in_list(told: Sequence[Token], at: int, step: int) -> int | None:
    """The weekday with its number that an "or" or a comma joins to the one at that token, behind it or before it."""
    joints = ("or", "comma", "link")
    other = at + 2 if step > 0 else at - 1
    first = other
    while 0 <= other < len(told) and told[other].kind in joints:
        other += step
    other -= 0 if step > 0 else 1
    parted = other != first if step > 0 else other + 1 != first
    if not parted or not 0 <= other < len(told) - 1 or told[other].kind != "weekday" or "mod" in told[other].parts:
        return None
    return other if told[other + 1].kind in ("number", "date", "month_day") else None


def _bare_number(told: Sequence[Token], at: int) -> int | None:
    """Monday 21, Monday 7 from two: a number beside a weekday that is no hour is its day of the month."""
    if at >= len(told) or told[at].kind != "number" or not told[at].parts.get("n", "").isdigit():
        return None
    day = int(told[at].parts["n"])
    kinds = [token.kind for token in told[skip(told, at + 1, ("link",)) :][:2]]
    hours = ("number", "clock", "hhmm")
    if day > 31 or kinds[:1] == ["part_of_clock"] or (kinds[:1] in (["to"], ["until"], ["or"]) and kinds[1:] and kinds[1] in hours):
        return None
    timed = kinds[:1] and kinds[0] in ("clock", "hhmm", "at", "from", "between", "part")
    timed = timed or (kinds in (["comma", "clock"], ["comma", "hhmm"]))  # Saturday 5, 11am
    return day if day > 12 or (day and timed) else None


def plain_weekday(token: Token) -> list[Day]:
    """The weekdays that one token names (周一三五)."""
    if "days" not in token.parts:
        return [Day("weekday", int(token.value))]
    mod = token.parts.get("mod", "").rstrip("个一的")
    name = "of_week" if WEEKS.get(mod) == 0 else ""
    days = [Day("weekday", WEEKDAYS[c], week=WEEKS.get(mod), name=name) for c in token.parts["days"] if c in WEEKDAYS]
    if "last_day" in token.parts:
        days[-1] = replace(days[-1], until=Day("weekday", WEEKDAYS[token.parts["last_day"]], week=WEEKS.get(mod)))
    return days


def dated_at(told: Sequence[Token], at: int) -> tuple[list[Day], int] | None:
    """The date, or the range or list of dates, that begins at that token, and the token after it; None when none does."""
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
    day, at = with_year(told, at, day)
    position = skip(told, at + 1, ("link", "comma") if _apposed(told, at + 1) else ("link",))
    if position < len(told) and told[position].kind == "weekday" and "mod" not in told[position].parts:
        weekday = plain_weekday(told[position])
        if len(weekday) == 1:
            return [replace(day, weekday=weekday[0].number)], position + 1
    if position < len(told) and told[position].kind == "week_of":
        return [replace(day, name="week")], position + 1
    if "day2" in token.parts:
        more = [replace(day, number=number(token.parts[name])) for name in ("day2", "day3") if name in token.parts]
        if more[-1].number > 31:
            return [day], at + 1
        ranged = token.parts["joint"] in _RANGES
        return ([replace(day, until=more[0]), *more[1:]] if ranged else [day, *more]), at + 1
    return [day], at + 1


def _apposed(told: Sequence[Token], at: int) -> bool:
    """Whether a date's weekday stands behind the comma (10月12号，星期一，下午), no list of days."""
    position = skip(told, at, ("link", "comma"))
    if position >= len(told) or told[position].kind != "weekday":
        return False
    after = skip(told, position + 1, ("link",))
    return after >= len(told) or told[after].kind not in ("or", "yes", "no", "to", "weekday", "date", "month_day")


def with_year(told: Sequence[Token], at: int, day: Day) -> tuple[Day, int]:
    """The day at that token in the year that stands beside it (next year, 2027), and the last token that says it."""
    before = at - 1
    while before > 0 and told[before].kind == "link":
        before -= 1
    if before >= 0 and told[before].kind == "year":
        day = _in_year(day, told[before])
    after = skip(told, at + 1, ("link", "comma"))
    if after < len(told) and told[after].kind == "year":
        return _in_year(day, told[after]), after
    return day, at


def _in_year(day: Day, token: Token) -> Day:
    if "year" in token.parts:
        return replace(day, year=year(token.parts["year"]))
    return replace(day, years_ahead=int(token.value))


def _date(token: Token) -> Day | None:
    parts = token.parts
    month = number(parts["month"])
    day = number(parts["day"])
    if not (month and 1 <= month <= 12 and 1 <= day <= 31):
        return None
    either = "either" in parts and day <= 12 and day != month
    return Day("date", day, year=year_in(parts), month=month, name="either" if either else "")


def year_in(parts: Mapping[str, str]) -> int | None:
    """The year among the parts of a date, if one is said."""
    return year(parts["year"]) if "year" in parts else None


def _month_day(token: Token) -> Day | None:
    day = number(token.parts["day"])
    return Day("month_day", day, name="ordinal" if "ordinal" in token.parts else "") if 1 <= day <= 31 else None
