"""Reads single days from tokens: weekdays with their week, dates, days of a month."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from mianyue.understanding.reply.numerals import number
from mianyue.understanding.reply.said import Day
from mianyue.understanding.reply.tokens import Token, skip

WEEKS = {"下下": 2, "再下": 2, "下": 1, "这": 0, "本": 0, "上": -1}
_WEEKDAYS = {c: n for names in ("一二三四五六日", "1234567", "月火水木金土天") for n, c in enumerate(names, 1)}
_RANGES = ("到", "至", "-", "~", "–", "to", "through")


def modified_at(told: Sequence[Token], at: int) -> tuple[list[Day], int] | None:
    """next Wednesday, this weekend, prochain."""
    week = int(told[at].value)
    position = skip(told, at + 1, ("link",))
    if position >= len(told):
        return None
    following = told[position]
    if following.kind == "weekday":
        return [replace(day, week=week) for day in plain_weekday(following)], position + 1
    if following.kind == "weekend":
        return [Day("weekend", week=week)], position + 1
    if following.kind == "week_word":
        return [Day("week", week=week)], position + 1
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
            if word or not starts_anew:
                return [replace(day, week=int(following.value)) for day in days], after + 1 if word else position + 1
    position = skip(told, at + 1, ("link", "comma"))
    if len(days) == 1 and (dated := dated_at(told, position)):
        return [replace(dated[0][0], weekday=days[0].number)], dated[1]
    return days, at + 1


def plain_weekday(token: Token) -> list[Day]:
    """The weekdays that one token names (周一三五)."""
    if "days" not in token.parts:
        return [Day("weekday", int(token.value))]
    mod = token.parts.get("mod", "").rstrip("个一的")
    days = [Day("weekday", _WEEKDAYS[c], week=WEEKS.get(mod)) for c in token.parts["days"] if c in _WEEKDAYS]
    if "last_day" in token.parts:
        days[-1] = replace(days[-1], until=Day("weekday", _WEEKDAYS[token.parts["last_day"]], week=WEEKS.get(mod)))
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
    position = skip(told, at + 1, ("link",))
    if position < len(told) and told[position].kind == "weekday" and "mod" not in told[position].parts:
        weekday = plain_weekday(told[position])
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
    either = "either" in parts and day <= 12 and day != month and "year" not in parts
    return Day("date", day, year=int(parts["year"]) if "year" in parts else None, month=month, name="either" if either else "")


def _month_day(token: Token) -> Day | None:
    day = number(token.parts["day"])
    return Day("month_day", day, name="ordinal" if "ordinal" in token.parts else "") if 1 <= day <= 31 else None
