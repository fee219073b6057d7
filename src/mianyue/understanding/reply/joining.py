"""Puts together what a sentence says in pieces: hours and the days they belong to, weekdays and their week."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from mianyue.understanding.reply.hours import limited_to, within
from mianyue.understanding.reply.limits import ends_there
from mianyue.understanding.reply.read_stretches import is_week_of_date, of_that_week
from mianyue.understanding.reply.said import Day, Mention
from mianyue.understanding.reply.tokens import Token

_ONLY = re.compile(r"\b(?:only|just)\b|[只仅]")
_PREFERRED = re.compile(
    r"(?:only|just|please|ideally|preferably|if possible|best|better|prefer|would be|are|is|in|the| )+|最好|只能|只要|优先|更好|都行|都可以"
)
_HAPPENS = re.compile(r"^(?:i|we|my|our|the|he|she|they) (?!think|guess|suppose|hope|reckon|mean|would|could|can|say)\w+")
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
            workdays = alone and any(kind in sentence for kind in ("part", "clock"))
            token = replace(token, kind="workdays" if workdays else "link", value="each")
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
    limited = any(hours.relation for hours in mention.hours)
    if len(between) > 1 and not (mention.days or limited) and ends_there(between[-2], between[-1]):
        return None  # 周五要赶标书,可能到晚上
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
    denied = "comma" in kinds and _denied(told, before)  # not this week, Monday at three
    if len(weeks) == len(before.days) == 1 and loose and not before.hours and together and not denied:
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
    dated_week = _of_dated_week(before, mention, between)
    if dated_week is not None and not _denied(told, before):
        return dated_week
    if _only_label(before, mention, between):
        return replace(before, end=mention.end)
    if bool(mention.hours) == bool(mention.days):
        return None
    parted = any((token.kind, token.value) == ("or", "else") for token in between)  # 周末或者晚上七点后
    refused = (
        next((token.kind for token in told if token.start >= mention.end and token.kind in ("yes", "no", "stop", "but")), "")
        == "no"
    )
    apart = apart or (refused and {"yes", "comma"} <= kinds)  # 周三都行，晚上不行
    if mention.hours and before.days and not before.hours and not apart and not judged_between and not parted:
        return replace(before, end=mention.end, hours=mention.hours, zone=before.zone or mention.zone)
    if (
        mention.hours
        and before.days
        and before.hours
        and before.polarity == "yes"
        and not _denied(told, before)
        and not refused
        and all(hours.start is None for hours in before.hours)
        and any(hours.start for hours in mention.hours)
        and ((together and not asked_on and not _tells_of_another(between)) or within(before.hours, mention.hours))
        and not apart
        and not judged_between
    ):
        return replace(before, end=mention.end, hours=limited_to(before.hours, mention.hours), zone=before.zone or mention.zone)
    settled = judged_between and "comma" in kinds  # half three is a bit late, could I do two on Tuesday
    settled = settled or _told_apart(between)
    settled = settled or ("comma" in kinds and _denied(told, before))  # 赶不上三点的,周一吧
    placed = before.inherited and not kinds & {"comma", "stop", "no", "not", "except"} and not mention.hours
    whole = parted and any(token.kind == "allday" for token in told if mention.start <= token.start < mention.end)
    if mention.days and before.hours and (not before.days or placed) and not apart and not settled and not whole:
        return replace(before, end=mention.end, days=mention.days, inherited=False)
    return None


def denied_between(before: Mention, mention: Mention, told: Sequence[Token]) -> tuple[Mention, Mention] | None:
    """Both with what is denied lending its day or its hours: 4 instead of 3 tomorrow; Friday the 4th, not this Friday, 11 am."""
    between = [token.kind for token in told if before.end <= token.start < mention.start and token.kind not in ("link", "comma")]
    behind = next((token for token in told if token.start >= mention.end and token.kind != "link"), None)
    posted = behind is not None and (behind.kind, behind.value) == ("except", "post") and "stop" not in between
    ahead = between[-1:] == ["except"] and not {"stop", "but"} & set(between)
    if (posted or ahead) and before.hours and not before.days and mention.days and not mention.hours:
        if "no" in between:  # 上午不行，除了周五
            return before, replace(mention, hours=before.hours)
        weeks = [day.week for day in mention.days if day.week is not None]  # any morning but Tuesday next week
        return replace(before, days=(Day("week", week=weeks[0]) if weeks else Day("workdays"),)), mention
    if between != ["not"] or not mention.days or not mention.hours:
        return None
    if before.hours and not before.days:
        return replace(before, days=mention.days, zone=before.zone or mention.zone), mention
    behind_comma = any(token.kind == "comma" for token in told if mention.start <= token.start < mention.end)
    if before.days and not before.hours and behind_comma and all(hours.start for hours in mention.hours):
        return replace(before, hours=mention.hours, zone=before.zone or mention.zone), replace(mention, hours=())
    return None


def _of_dated_week(before: Mention, mention: Mention, between: Sequence[Token]) -> Mention | None:
    """The week of 7 December, Tuesday or Wednesday; Monday to Friday in the week of the 7th: weekdays of a week told by its date."""
    kinds = {token.kind for token in between}
    first, last = (before, mention) if is_week_of_date(before.days) else (mention, before)
    weekdays = bool(last.days) and all(day.kind == "weekday" and day.week is None for day in last.days)
    stops = any(token.kind == "stop" and "?" not in token.value for token in between)
    halts = stops or bool(kinds & {"no", "not", "except", "why"})
    if not is_week_of_date(first.days) or not weekdays or halts or (first.hours and last.hours):
        return None
    if first is mention and kinds - {"link", "gap"}:
        return None
    return replace(before, end=mention.end, days=of_that_week(last.days, first.days[0]), hours=first.hours or last.hours)


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


def _told_apart(between: Sequence[Token]) -> bool:
    """Whether a clause of its own tells something of the hours before the day: 三点正好交班,周一来."""
    kinds = [token.kind for token in between]
    if "comma" not in kinds or "yes" in kinds:
        return False
    return any(token.kind == "gap" and len(token.value) > 1 for token in between[: kinds.index("comma")])


def _tells_of_another(between: Sequence[Token]) -> bool:
    """Whether a clause of its own tells what happens then: Friday evening, I lock up at half past five."""
    behind = [token for at, token in enumerate(between) if any(other.kind == "comma" for other in between[:at])]
    return any(token.kind == "gap" and _HAPPENS.search(token.value) for token in behind)


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
    before = next((one for one in reversed(earlier) if one.option is None), earlier[-1])  # either of the two, 10 to 13
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
    between = [token for token in told if before.end <= token.start < mention.start]
    if not before.hours and [(token.kind, token.value) for token in between] == [("or", "else")]:
        return mention  # 周末或者晚上七点后: evenings of any day
    same_day = any(token.kind == "same_day" and mention.start - 8 <= token.start <= mention.end + 4 for token in told)
    halts = sum(token.kind == "stop" for token in told if before.end <= token.start < mention.start)
    begins = any(token.kind == "stop" and token.end == mention.start for token in told)  # 下周三行吗?上午下午都行
    exact = (len(before.days) == 1 or before is not earlier[-1]) and (
        begins or all(hours.start and not hours.relation for hours in mention.hours)
    )
    if not same_day and halts > (1 if exact or _part_alone(mention, before, told) else 0):
        return mention
    return replace(mention, days=before.days, inherited=True)


def _part_alone(mention: Mention, before: Mention, told: Sequence[Token]) -> bool:
    """Whether a sentence says only which part of the days wanted before: the 30th? Mornings only."""
    at = next(index for index, token in enumerate(told) if token.start >= mention.start)
    beside = [token for token in _sentence(told, at) if not mention.start <= token.start < mention.end]
    silent = all(token.kind in ("link", "allday") or _PREFERRED.fullmatch(token.value) for token in beside)
    part = all(hours.start is None for hours in mention.hours) and not before.hours
    last = next(index for index, token in enumerate(told) if token.end >= before.end)
    return silent and part and not any(token.kind in ("no", "not", "except") for token in _sentence(told, last))
