"""Reads lists of days: which of them share a week, and where a comma ends what is denied (not Wednesday, Thursday)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from mianyue.understanding.reply.judged_by import CLAUSE_ENDS, ends_clause
from mianyue.understanding.reply.limits import LIMITS, relation_of
from mianyue.understanding.reply.read_days import range_at
from mianyue.understanding.reply.read_stretches import is_week_of_date, of_that_week
from mianyue.understanding.reply.said import Day, Relation
from mianyue.understanding.reply.tokens import Token, skip

_SUBJECT = re.compile(r"(?:i|i'm|i've|we|we're|we've|my|our)\b")
_VERB = re.compile(r"(?:i|i'm|i've|i'd|i'll|we|we're|it's|is|would|will)\b")


def days_at(told: Sequence[Token], at: int) -> tuple[tuple[Day, ...], int] | None:
    """The list of days that begins at that token, and the token after it; None when no day does."""
    if at < len(told) and told[at].kind == "between" and (between := _between(told, at + 1)) is not None:
        return between
    relation, start = _limit_before(told, at)
    item = range_at(told, start)
    if item is None:
        return None
    days, at = item
    if relation and days[0].until is None:
        days = [replace(days[0], relation=relation), *days[1:]]
        behind = _day_behind(told, at, days[0])
        if behind is None:
            return tuple(days), at
        days, at = behind
    found = list(days)
    bare_comma_parts = _negated(told, start)
    while True:
        if at < len(told) and told[at].kind == "weekend" and found[-1].kind in ("date", "month_day"):  # 12月5号6号周末
            at += 1
            continue
        position = skip(told, at, ("or", "comma", "link"))
        if position == at and not (at < len(told) and told[at].kind in ("weekday", "month_day", "date", "day")):
            break
        if found[-1].kind in ("date", "month_day") and (listed := _numbers(told, at, found[-1])) is not None:
            found.extend(listed[0])
            at = listed[1]
            break
        more = next_day_at(told, position, found[-1]) or range_at(told, position)
        if more is None:
            break
        joining = told[at:position]
        by_comma = _only_commas(joining)
        if by_comma and found[-1].kind == "month_day" and _starts_anew(more[0][0], found[-1]):
            break  # flying out on the 27th, 26th in the afternoon
        if any(token.value == "then" for token in joining):  # Friday then, tomorrow we have stocktaking
            break
        # Monday to Friday I work, only Saturday then; Tuesday please, Wednesday I'm flying
        if by_comma and any(token.value in ("only", "please") for token in joining):
            break
        if by_comma and _told_of(told, start) and _goes_on(told, more[1]):  # I'm away Monday to Thursday, Friday I can talk
            break
        if by_comma and _agreed(told, start) and _told_apart(told, more[1]):  # I can do Monday, Friday won't work
            break
        if by_comma and found[-1].relation and more[0][0].relation:  # 27号结束，28号以后都可以
            break
        if by_comma and found[-1].kind == "weekend":  # 只能周末，下周日下午两点
            break
        if len(found) == 1 and _leads_to(found[0], more[0][0], joining):
            more = [_behind_holiday(found[0], more[0][0]), *more[0][1:]], more[1]
            found = []
        elif found and found[-1].beside is not None:  # 元旦后4号5号
            more = [_behind_holiday(found[-1].beside, more[0][0]), *more[0][1:]], more[1]
        if not by_comma and is_week_of_date(more[0]) and all(token.kind == "link" for token in joining) and _loose(found):
            return of_that_week(found, more[0][0]), more[1]  # Tuesday or Thursday in the week of the 7th
        if (week := _dated_week(found, by_comma=by_comma)) is not None and _loose(more[0]):
            more = list(of_that_week(more[0], week)), more[1]
            found = [] if is_week_of_date(found) else found
        if by_comma and start and told[start - 1].kind == "allday" and _hours_follow(told, more[1]):
            break  # all day Saturday, Sunday until three
        apart = position > at and {"comma", "or"} <= {token.kind for token in told[at:position]} and len(found) == 1
        if apart or (by_comma and (more[0][0].kind == "week" or (bare_comma_parts and not _or_follows(told, more[1])))):
            break
        found.extend(more[0])
        at = more[1]
        if more[0][-1].relation:
            break
    found = _share_week(found)
    return tuple(found), at


def next_day_at(told: Sequence[Token], at: int, before: Day | None) -> tuple[list[Day], int] | None:
    """The day after (隔天): after the one named before, else after today or as the token says."""
    if at >= len(told) or told[at].kind != "next_day":
        return None
    if before is not None:
        return [replace(before.until or before, until=None, relation="", offset=before.offset + 1)], at + 1
    return ([Day("relative", int(told[at].value))], at + 1) if told[at].value else None


def _between(told: Sequence[Token], at: int) -> tuple[tuple[Day, ...], int] | None:
    """Between Monday and Wednesday: both counted; between Christmas and New Year: neither."""
    first = range_at(told, skip(told, at, ("link",)))
    if first is not None and len(first[0]) == 2 and told[first[1] - 1].parts.get("joint", "").strip() == "and":
        return (replace(first[0][0], until=first[0][1]),), first[1]  # between the 7th and 9th of December
    if first is None or first[1] >= len(told) or told[first[1]].kind != "or":
        return None
    last = range_at(told, skip(told, first[1] + 1, ("link",)))
    if last is None or len(first[0]) != 1 or len(last[0]) != 1:
        return None
    inner: Relation = "before" if first[0][0].kind == last[0][0].kind == "holiday" else ""
    return (replace(first[0][0], until=replace(last[0][0], relation=inner)),), last[1]


def _numbers(told: Sequence[Token], at: int, before: Day) -> tuple[list[Day], int] | None:
    """Dec 3, 4 and 7: bare numbers behind a date that rise and end in an "and" are days of its month."""
    days: list[Day] = []
    joint = ""
    while at + 1 < len(told) and told[at].kind in ("comma", "or") and told[at + 1].kind == "number" and joint != "or":
        number = told[at + 1].parts.get("n", "")
        joint = told[at].kind
        if not number.isdigit() or not before.number < int(number) <= 31:
            return None
        before = replace(before, number=int(number), until=None, weekday=None)
        days.append(before)
        at += 2
    return (days, at) if len(days) > 1 and joint == "or" else None


def _starts_anew(day: Day, before: Day) -> bool:
    """Whether a date behind a bare day of the month is no part of its list: one earlier, or one that names its month."""
    return day.kind == "date" or (day.kind == "month_day" and day.number < before.number)


def _loose(days: Sequence[Day]) -> bool:
    """Whether they are weekdays of no week."""
    return all(day.kind == "weekday" and day.week is None for day in days)


def _dated_week(found: Sequence[Day], *, by_comma: bool) -> Day | None:
    """The week told by a date that weekdays go on from: the week of 7 December, Tuesday or Wednesday."""
    if is_week_of_date(found):
        return found[0] if by_comma else None
    return replace(found[-1], weekday=None, until=None) if found and found[-1].name == "week" else None


def _leads_to(before: Day, day: Day, between: Sequence[Token]) -> bool:
    """Whether the first only leads to what is named closer: the weekend of the 5th, 月底28号, 国庆后10月8号, 节后第一天10月8号."""
    dated = day.kind in ("month_day", "date")
    if between:
        of_it = before.relation == "after" and day.kind == "weekday" and day.week is None  # 节后的那个周二
        return ((before.kind == "weekend" and dated) or of_it) and all(token.kind == "link" for token in between)
    return bool(before.relation or before.offset) or (dated and before.kind in ("month_edge", "week"))


def _behind_holiday(holiday: Day, day: Day) -> Day:
    """The day after a holiday that leads to it: 元旦回来4号 is in January, 春节后周一 the Monday after the holiday."""
    after = holiday.relation == "after" and not holiday.offset
    weekday = day.kind == "weekday" and day.week is None and holiday.kind in ("holiday", "date", "month_day")
    loose = weekday or (day.kind == "month_day" and holiday.kind == "holiday")
    return replace(day, beside=holiday) if after and loose and day.until is None and day.beside is None else day


def _day_behind(told: Sequence[Token], at: int, holiday: Day) -> tuple[list[Day], int] | None:
    """The day behind a comma that a holiday leads to, and the token after it: after New Year, the 5th."""
    position = skip(told, at, ("comma", "link"))
    item = range_at(told, position) if at < position < len(told) and holiday.relation == "after" else None
    led = _behind_holiday(holiday, item[0][0]) if item else holiday
    return ([led, *item[0][1:]], item[1]) if item and led.beside is not None else None


def _told_of(told: Sequence[Token], at: int) -> bool:
    """Whether words of the same clause that tell what happens stand before that token."""
    while at > 0 and told[at - 1].kind not in ("stop", "comma", "but"):
        at -= 1
        if told[at].kind == "why" or (told[at].kind == "gap" and _SUBJECT.match(told[at].value)):
            return True
    return False


def _goes_on(told: Sequence[Token], at: int) -> bool:
    """Whether a subject or a verb stands behind the days that end there, perhaps behind their part of the day."""
    at = skip(told, at, ("link", "part"))
    return at < len(told) and (told[at].kind == "yes" or _VERB.match(told[at].value) is not None)


def _hours_follow(told: Sequence[Token], at: int) -> bool:
    at = skip(told, at, ("link",))
    return at < len(told) and (told[at].kind in (*LIMITS, "clock", "part", "between", "at", "number"))


def _only_commas(between: Sequence[Token]) -> bool:
    return any(token.kind == "comma" for token in between) and not any(token.kind == "or" for token in between)


def _negated(told: Sequence[Token], at: int) -> bool:
    """Whether a "not" or "can't" of the same clause stands before: then a comma may end what it denies."""
    while at > 0 and told[at - 1].kind not in ("stop", "comma", "but"):
        at -= 1
        if told[at].kind in ("not", "no", "except"):
            return True
    return False


def _agreed(told: Sequence[Token], at: int) -> bool:
    """Whether a word of agreement stands before, in the same clause."""
    while at > 0 and told[at - 1].kind not in CLAUSE_ENDS:
        at -= 1
        if told[at].kind in ("yes", "no", "not", "except"):
            return told[at].kind == "yes"
    return False


def _told_apart(told: Sequence[Token], at: int) -> bool:
    """Whether the first that is said of the days that end there, in their clause, is a refusal or something else that happens."""
    while at < len(told) and told[at].kind not in (*CLAUSE_ENDS, "or", "yes", "except", "ask"):
        denied = told[at].kind == "not" and (ends_clause(told, at) or told[at + 1].kind == "yes")
        if denied or told[at].kind == "no" or (told[at].kind == "gap" and _VERB.match(told[at].value)):
            return True
        at += 1
    return False


def _or_follows(told: Sequence[Token], at: int) -> bool:
    """Whether the list goes on to an "or": can't do Monday, Tuesday or Friday."""
    while (item := range_at(told, skip(told, at + 1, ("or", "comma", "link")))) is not None and at < len(told):
        if told[at].kind == "or":
            return True
        if told[at].kind != "comma":
            return False
        at = item[1]
    return False


def _share_week(days: list[Day]) -> list[Day]:
    """下周三或周四: one that names no week is of the same week as the one before; Wednesday or Thursday next week: as the one after."""
    for index, day in enumerate(days):
        if day.kind == "weekday" and day.week is None:
            before = days[index - 1] if index else None
            if before is not None and before.kind == "weekday" and before.week is not None and day.number > before.number:
                days[index] = replace(day, week=before.week)
    if days[-1].kind == "weekday" and days[-1].week is not None and all(d.kind == "weekday" for d in days):
        for index, day in enumerate(days):
            if day.week is None and day.until is None and day.number <= days[-1].number:
                days[index] = replace(day, week=days[-1].week)
    return days


def _limit_before(told: Sequence[Token], at: int) -> tuple[Relation, int]:
    if at < len(told) and told[at].kind in LIMITS and told[at].value in ("pre", "both"):
        return relation_of(told[at]), skip(told, at + 1, ("link",))
    return "", at
