"""Finds what a reply says about times and options: each mention with its place, its limits and whether it is wanted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from mianyue.understanding.reply.joining import denied_between, every_day, inheriting, joined
from mianyue.understanding.reply.languages_of import languages_of
from mianyue.understanding.reply.lexicon import lexicon
from mianyue.understanding.reply.own_words import own_words
from mianyue.understanding.reply.plain_text import plain
from mianyue.understanding.reply.polarity import judged
from mianyue.understanding.reply.read_clocks import range_alone
from mianyue.understanding.reply.read_day_lists import days_at, next_day_at
from mianyue.understanding.reply.read_hours import hours_at, part_behind
from mianyue.understanding.reply.read_options import length_of, option_of, shift_of
from mianyue.understanding.reply.read_parts import parts_told
from mianyue.understanding.reply.read_spans import span_at
from mianyue.understanding.reply.read_stretches import in_month, of_week
from mianyue.understanding.reply.read_zones import zone_at, zone_of
from mianyue.understanding.reply.said import Day, Hours, Mention, Option
from mianyue.understanding.reply.tokens import Token, skip, tokens
from mianyue.understanding.reply.whose_hours import (
    dated_behind,
    ends_between,
    excepted,
    hours_of_the_rest,
    last_day_apart,
    on_other_days,
)


def mentions(text: str) -> tuple[Mention, ...]:
    """What ``text`` (the reply as received) says about times and options, in its order, with places in ``text``."""
    read = plain(own_words(text))
    told = tokens(read.text, lexicon(languages_of(read.text)))
    return tuple(
        replace(mention, start=span[0], end=span[1])
        for mention in judged(told, phrases(told))
        for span in (read.span(mention.start, mention.end),)
    )


def phrases(told: Sequence[Token]) -> list[Mention]:
    """The mentions of one text's tokens, hours joined to the days that they belong to; places are those of the plain text."""
    found: list[Mention] = []
    told = parts_told(every_day(told))
    at = 0
    while at < len(told):
        mention, following = _mention_at(told, at, found)
        if mention is None:
            at += 1
            continue
        at = following
        if mention.hours and not mention.days and (owner := hours_of_the_rest(found, told, mention)):
            found[-2] = owner
        elif mention.hours and not mention.days and (rest := on_other_days(found, told, mention)):
            found.append(rest)
        elif found and (both := denied_between(found[-1], mention, told)) is not None:
            found[-1:] = both
        elif found and (whole := joined(found[-1], mention, told)) is not None:
            found[-1] = whole
        else:
            found = dated_behind(found, mention, told)
            found.append(inheriting(found, mention, told) if found else mention)
    zones = [zone_of(token) for token in told if token.kind == "zone"]
    if {"theirs", "yours"} <= set(zones):  # 9 am my time, 5 pm your time: the second is the interview's
        return [replace(mention, asked=mention.zone == "theirs") for mention in found]
    return [replace(mention, zone=mention.zone or zones[0]) for mention in found] if len(set(zones)) == 1 else found


def _refused(told: Sequence[Token], at: int) -> bool:
    """Whether a refusal stands before that token in its clause: 赶不上四点的,周四吧."""
    begins = max((token.end for token in told[:at] if token.kind in ("comma", "stop", "but", "why")), default=0)
    return any(token.kind in ("no", "not") for token in told[:at] if token.start >= begins)


def _mention_at(told: Sequence[Token], at: int, before: Sequence[Mention]) -> tuple[Mention | None, int]:
    token = told[at]
    if token.kind == "option":
        return Mention(token.start, token.end, option=option_of(token)), at + 1
    if token.kind == "rest":
        return Mention(token.start, token.end, option=Option("rest")), at + 1
    if token.kind == "shift":
        return Mention(token.start, token.end, shift=shift_of(token)), at + 1
    if token.kind == "after_days":
        return _ahead(told, at)
    if token.kind == "same_time":
        return _hours_then_days(told, at, (Hours(part="same"),), at + 1, owned=False)
    if token.kind == "after_that":
        return _after_that(told, at, before[-1] if before else None), at + 1
    if token.kind == "next_day":
        last = next((mention.days[-1] for mention in reversed(before) if mention.days), None)
        if last is None and token.value == "agreed":  # 能改到隔天早上吗: the day after the one that was agreed
            return Mention(token.start, token.end, shift=timedelta(days=1)), at + 1
        following = next_day_at(told, at, last)
        return _days_then_hours(told, at, tuple(following[0]), following[1]) if following else (None, at)
    if (span := span_at(told, at)) is not None:
        return Mention(token.start, told[span[2] - 1].end, (span[0],), (span[1],)), span[2]
    if (days := days_at(told, at)) is not None:
        return _days_then_hours(told, at, *days, aside=excepted(told, at))
    alone = bool(before and before[-1].days and all(hours.start is None for hours in before[-1].hours)) and range_alone(told, at)
    if (hours := hours_at(told, at, after_day=alone, part=_part_before(before))) is not None:
        owned = before and before[-1].days and not before[-1].hours and not ends_between(told, before[-1].end, token.start)
        return _hours_then_days(told, at, *hours, owned=bool(owned) or _refused(told, at))
    return None, at


def _after_that(told: Sequence[Token], at: int, before: Mention | None) -> Mention | None:
    """I work until half past five, any time after that: from the end of what was said."""
    if before is None:
        return None
    place = (told[at].start, told[at].end)
    if before.hours:
        clock = before.hours[-1].end or before.hours[-1].start
        return Mention(*place, before.days, (Hours(clock, relation="after"),), inherited=True) if clock else None
    if not before.days:
        return None
    last = before.days[-1].until or before.days[-1]
    return Mention(*place, (replace(last, relation="after", until=None),), inherited=True)


def _days_then_hours(
    told: Sequence[Token], at: int, days: tuple[Day, ...], following: int, *, aside: bool = False
) -> tuple[Mention, int]:
    """``aside``: hours behind a comma are not of these days (every day next week but Thursday, after four)."""
    zone, position = zone_at(told, skip(told, following, ("link", "comma", "allday")))
    parted = aside and any(token.kind == "comma" or token.value == "each" for token in told[following:position])
    hours = None if parted else hours_at(told, position, after_day=True)
    if hours is not None and len(days) == 1 and days[0].name == "bare" and hours[0][0].start:
        days = (replace(days[0], name="numbered"),)  # Friday 4, 9.30 am: no hour
    if hours is not None and days[0].relation and any(token.kind == "comma" for token in told[following:position]):
        # after new year, around 2 on Feb 18: the hour is of the day behind it.
        hours = None if days_at(told, skip(told, hours[1], ("link", "at"))) is not None else hours
    if hours is None:
        end = following
        while end < len(told) and told[end].kind == "allday":
            end += 1
        return Mention(told[at].start, told[end - 1].end, days, zone=zone), end
    said, following = hours
    if (
        len(days) == 1
        and days[0].relation in ("after", "before", "from", "until")
        and not days[0].until
        and said[0].start
        and not said[0].relation
    ):
        said = (replace(said[0], relation=days[0].relation), *said[1:])
        days = (replace(days[0], relation=""),)
    after, position = zone_at(told, following)
    reach = skip(told, position, ("link",))
    if (
        reach < len(told) and told[reach].kind == "week" and not any(day.week for day in days)
    ):  # jeudi après-midi de la semaine prochaine
        position = reach
        days = tuple(of_week(day, int(told[position].value)) for day in days)
        following = position = position + 1
    elif reach < len(told) and told[reach].kind == "month" and [day.kind for day in days] == ["nth_weekday"]:
        # The first Monday evening of next month.
        days, following = (in_month(days[0], int(told[reach].value)),), reach + 1
    elif after:
        following = position
    return Mention(told[at].start, told[following - 1].end, days, said, zone=zone or after), following


def _hours_then_days(
    told: Sequence[Token], at: int, hours: tuple[Hours, ...], following: int, *, owned: bool
) -> tuple[Mention, int]:
    """``owned``: a day of their own or a refusal stands before them in the clause (周二组会上午,周三...): none behind a comma is theirs."""
    zone, position = zone_at(told, following)
    reach = skip(told, position, ("link", "comma", "allday", "at"))
    days = None if owned and ends_between(told, told[at].end, told[reach - 1].end) else days_at(told, reach)
    if days is None:
        end = position if zone else following
        return Mention(told[at].start, told[end - 1].end, hours=hours, zone=zone), end
    said, following = days
    comma = any(token.kind == "comma" for token in told[position:reach])
    told_part = part_behind(told, following, hours) if not comma or said == (Day("relative"),) else None
    if told_part is not None:  # half past five tomorrow evening; 10, tonight
        hours, following = told_part
        return Mention(told[at].start, told[following - 1].end, said, hours, zone=zone), following
    behind = hours_at(told, skip(told, following, ("link",)), after_day=True) if comma else None
    if behind is not None and (hours[0].start is not None or behind[0][0].start is None):
        # 八点半送娃，下周四上午我能来: the day behind the comma has hours of its own.
        return Mention(told[at].start, told[position - 1].end, hours=hours, zone=zone), position
    if hours[0].start is None and (parted := last_day_apart(told, reach, hours, said, following)):
        end, start = parted
        return Mention(told[at].start, told[end].end, tuple(said[:-1]), hours, zone=zone), start
    kinds = ("link", "comma") if said[0].kind != "relative" else ("link",)
    further = hours_at(told, skip(told, following, kinds), after_day=True) if len(hours) == 1 and hours[0].part else None
    if further is not None and further[0][0].start is not None and days_at(told, skip(told, further[1], ("link", "at"))) is None:
        hours, following = further  # mornings: Monday and Tuesday, 9 to 12
    after, position = zone_at(told, following)
    return Mention(told[at].start, told[following - 1].end, said, hours, zone=zone or after), position if after else following


def _ahead(told: Sequence[Token], at: int) -> tuple[Mention, int]:
    length = length_of(told[at])
    if length < timedelta(days=1):
        return Mention(told[at].start, told[at].end, ahead=length), at + 1
    day = replace(told[at], kind="day", value=str(length.days))
    days = days_at([*told[:at], day, *told[at + 1 :]], at)
    assert days is not None
    return _days_then_hours(told, at, *days)


def _part_before(before: Sequence[Mention]) -> str:
    """The part of day that an hour goes on from: 下午两点或者，四点."""
    for hours in reversed(before[-1].hours if before else ()):
        clock = hours.end or hours.start
        return clock.part if clock else hours.part
    return ""
