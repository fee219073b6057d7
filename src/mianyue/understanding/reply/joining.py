"""Puts together what a sentence says in pieces: hours and the days they belong to, weekdays and their week."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from mianyue.understanding.reply.hours import PARTS, minutes_of
from mianyue.understanding.reply.said import Day, Mention
from mianyue.understanding.reply.tokens import Token

_ONLY = re.compile(r"\b(?:only|just)\b|[只仅]")
_DAY_KINDS = (
    "day",
    "weekday",
    "week",
    "weekend",
    "date",
    "month_day",
    "month_edge",
    "month_week",
    "days_ahead",
    "holiday",
    "workdays",
)


def every_day(told: Sequence[Token]) -> list[Token]:
    """Every day at three are the workdays ahead; every day next week are those of that week, and every day alone says no time."""
    read: list[Token] = []
    for index, token in enumerate(told):
        if token.kind == "everyday":
            sentence = [other.kind for other in _sentence(told, index)]
            alone = not any(kind in sentence for kind in _DAY_KINDS)
            token = replace(token, kind="workdays" if alone and any(kind in sentence for kind in ("part", "clock")) else "link")
        read.append(token)
    return read


def _sentence(told: Sequence[Token], at: int) -> Sequence[Token]:
    first, last = at, at
    while first > 0 and told[first - 1].kind not in ("stop", "but"):
        first -= 1
    while last < len(told) and told[last].kind not in ("stop", "but"):
        last += 1
    return told[first:last]


def joined(before: Mention, mention: Mention, told: Sequence[Token]) -> Mention | None:
    """Days and hours of one sentence that stand apart (周四我下午三点有空) as one mention; hours alone are of the days before."""
    between = [token for token in told if before.end <= token.start < mention.start]
    narrowed = (
        before.hours and not before.days and all(hours.start is None for hours in before.hours) and mention.days and mention.hours
    )
    if narrowed and not _denied(told, before) and not any(token.kind in ("or", "stop", "but", "no", "not") for token in between):
        return replace(mention, start=before.start)
    if before.days and not before.hours and mention.hours and not mention.days and _refused_first(between):
        return replace(before, end=mention.end, hours=mention.hours, zone=before.zone or mention.zone, polarity="no")
    asked_on = [token.kind for token in between] == ["stop"] and not mention.days and all(hours.start for hours in mention.hours)
    apart = any(token.kind in ("stop", "but", "why") for token in between) and not asked_on
    judged_between = any(token.kind in ("no", "not", "except") for token in between)
    weeks = [day.week for day in before.days if day.kind == "week"]
    loose = mention.days and all(day.kind == "weekday" and day.week is None for day in mention.days)
    kinds = {token.kind for token in between}
    together = not apart and not kinds & {"no", "not", "except"} and not {"yes", "comma"} <= kinds
    if len(weeks) == len(before.days) == 1 and loose and not before.hours and together:
        return replace(mention, start=before.start, days=tuple(replace(day, week=weeks[0]) for day in mention.days))
    if mention.days == (Day("workdays"),) and not before.hours and weeks and len(weeks) == len(before.days) and not apart:
        return replace(before, end=mention.end, hours=mention.hours)  # 下周我年假，工作日哪天都可以
    next_to = mention.days and not apart and not kinds - {"link", "gap"}
    if before.days == (Day("workdays"),) and next_to and all(day.kind == "week" for day in mention.days):  # any weekday next week
        return replace(mention, start=before.start, hours=mention.hours or before.hours)
    if (
        weeks
        and len(weeks) == len(before.days)
        and not before.hours
        and _narrowed(between, next(t for t in told if t.start == mention.start), mention)
    ):
        return replace(mention, start=before.start, days=tuple(replace(day, week=weeks[0]) for day in mention.days))
    if _only_label(before, mention, between):
        return replace(before, end=mention.end)
    if bool(mention.hours) == bool(mention.days):
        return None
    if mention.hours and before.days and not before.hours and not apart and not judged_between:
        return replace(before, end=mention.end, hours=mention.hours, zone=before.zone or mention.zone)
    refused = (
        next((token.kind for token in told if token.start >= mention.end and token.kind in ("yes", "no", "stop", "but")), "")
        == "no"
    )
    if (
        mention.hours
        and before.days
        and before.hours
        and before.polarity == "yes"
        and not _denied(told, before)
        and not refused
        and all(hours.start is None for hours in before.hours)
        and any(hours.start for hours in mention.hours)
        and (together or _within(before, mention))
        and not apart
        and not judged_between
    ):
        return replace(before, end=mention.end, hours=mention.hours, zone=before.zone or mention.zone)
    settled = judged_between and "comma" in kinds  # half three is a bit late, could I do two on Tuesday
    if mention.days and before.hours and not before.days and not apart and not settled:
        return replace(before, end=mention.end, days=mention.days)
    return None


def _narrowed(between: Sequence[Token], first: Token, mention: Mention) -> bool:
    """Whether weekdays are the only ones of the week before: 下周可以，不过只能周三."""
    loose = bool(mention.days) and all(day.kind == "weekday" and day.week is None for day in mention.days)
    told = not any(token.kind in ("stop", "no", "not", "except", "why") for token in between)
    return loose and told and any(_ONLY.search(token.value) for token in (*between, first))


def _only_label(before: Mention, mention: Mention, between: Sequence[Token]) -> bool:
    """Whether a part of the day only says what the range right before it is: 11点到1点午休."""
    labels = not mention.days and len(mention.hours) == 1 and mention.hours[0].start is None and not mention.hours[0].relation
    ranged = len(before.hours) == 1 and before.hours[0].start is not None and before.hours[0].end is not None
    return labels and ranged and not [token for token in between if token.kind != "link"]


def _within(before: Mention, mention: Mention) -> bool:
    """Whether clock times lie in the part of day said before: not school pick-up at half three in a morning."""
    parts = [PARTS[hours.part] for hours in before.hours if hours.part in PARTS]
    clocks = [minutes_of(hours) for hours in mention.hours if hours.start]
    return bool(clocks) and all(clock and any(first <= clock[0] < last for first, last in parts) for clock in clocks)


def _denied(told: Sequence[Token], mention: Mention) -> bool:
    """Whether a "not" stands right before it."""
    earlier = [token for token in told if token.end <= mention.start and token.kind != "link"]
    return bool(earlier) and earlier[-1].kind in ("not", "no", "except")


def _refused_first(between: Sequence[Token]) -> bool:
    """Thursday doesn't work in the morning: in languages that refuse first, the hours behind the refusal are what is refused."""
    words = [token for token in between if token.kind not in ("link", "allday", "gap", "at")]
    return [(token.kind, token.value) for token in words] == [("no", "pre")]


def inheriting(earlier: Sequence[Mention], mention: Mention, told: Sequence[Token]) -> Mention:
    """What a sentence goes on with: hours of the day named before (周四三点不行，四点可以), weekdays of its week (下周三，或周四)."""
    before = earlier[-1]
    weeks = [day.week for one in earlier for day in one.days if day.kind in ("week", "weekday") and day.week is not None]
    if mention.days == (Day("workdays"),) and weeks:  # 下周除了周一，其他工作日都行
        return replace(mention, days=(Day("week", week=weeks[-1]),))
    if mention.days and all(day.kind == "weekday" and day.week is None and not day.offset for day in mention.days):
        last = before.days[-1] if before.days else None
        stops = any(token.kind == "stop" for token in told if before.end <= token.start < mention.start)
        if last and not stops and last.kind == "weekday" and (last.week or 0) > 0 and mention.days[0].number > last.number:
            return replace(mention, days=tuple(replace(day, week=last.week) for day in mention.days), inherited=True)
    if not mention.hours or mention.days or not before.days:
        return mention
    same_day = any(token.kind == "same_day" and mention.start - 8 <= token.start <= mention.end + 4 for token in told)
    halts = sum(token.kind == "stop" for token in told if before.end <= token.start < mention.start)
    exact = len(before.days) == 1 and all(hours.start and not hours.relation for hours in mention.hours)
    if not same_day and halts > (1 if exact else 0):
        return mention
    return replace(mention, days=before.days, inherited=True)
