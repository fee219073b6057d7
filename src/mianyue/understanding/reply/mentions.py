"""Finds what a reply says about times and options: each mention with its place, its limits and whether it is wanted."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from mianyue.understanding.reply.languages_of import languages_of
from mianyue.understanding.reply.lexicon import lexicon
from mianyue.understanding.reply.numerals import NUMERAL, number
from mianyue.understanding.reply.own_words import own_words
from mianyue.understanding.reply.plain_text import plain
from mianyue.understanding.reply.polarity import judged
from mianyue.understanding.reply.read_day_lists import days_at
from mianyue.understanding.reply.read_days import skip
from mianyue.understanding.reply.read_hours import hours_at
from mianyue.understanding.reply.said import Day, Hours, Mention, Option
from mianyue.understanding.reply.tokens import Token, tokens

# How tables of words call units; of those in characters the first tells.
_UNITS = {
    **dict.fromkeys(("minute", "min", "minuto", "분"), 1),
    **dict.fromkeys(("hour", "hr", "stunde", "heure", "hora", "시간", "时间"), 60),
    **dict.fromkeys(("day", "tag", "jour", "día", "dia", "일"), 1440),
    **dict.fromkeys(("week", "woche", "semaine", "semana", "주"), 10080),
    "分": 1,
    "刻": 15,
    "小": 60,
    "钟": 60,
    "天": 1440,
    "日": 1440,
    "周": 10080,
    "星": 10080,
    "礼": 10080,
    "月": 43200,
}
_PLACES = ("first", "last", "middle", "earliest", "latest", "former", "latter", "all", "rest")


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
    at = 0
    while at < len(told):
        mention, following = _mention_at(told, at, found)
        if mention is None:
            at += 1
            continue
        at = following
        if found and (joined := _joined(found[-1], mention, told)) is not None:
            found[-1] = joined
        else:
            found.append(_inheriting(found, mention, told) if found else mention)
    zones = [zone_of(token) for token in told if token.kind == "zone"]
    return [replace(mention, zone=mention.zone or zones[0]) for mention in found] if len(set(zones)) == 1 else found


def _mention_at(told: Sequence[Token], at: int, before: Sequence[Mention]) -> tuple[Mention | None, int]:
    token = told[at]
    if token.kind == "option":
        return Mention(token.start, token.end, option=_option(token)), at + 1
    if token.kind == "rest":
        return Mention(token.start, token.end, option=Option("rest")), at + 1
    if token.kind == "shift":
        return Mention(token.start, token.end, shift=_shift(token)), at + 1
    if token.kind == "after_days":
        return _ahead(told, at)
    if token.kind == "day_part":
        return _day_part(told, at)
    if (days := days_at(told, at)) is not None:
        return _days_then_hours(told, at, *days)
    if (hours := hours_at(told, at, after_day=False, part=_part_before(before))) is not None:
        return _hours_then_days(told, at, *hours)
    return None, at


def _days_then_hours(told: Sequence[Token], at: int, days: tuple[Day, ...], following: int) -> tuple[Mention, int]:
    zone, position = _zone(told, skip(told, following, ("link", "comma", "allday")))
    hours = hours_at(told, position, after_day=True)
    if hours is None:
        end = following
        while end < len(told) and told[end].kind == "allday":
            end += 1
        return Mention(told[at].start, told[end - 1].end, days, zone=zone), end
    said, following = hours
    if len(days) == 1 and days[0].relation in ("after", "before", "from", "until") and not days[0].until and said[0].start:
        said = (replace(said[0], relation=said[0].relation or days[0].relation), *said[1:])
        days = (replace(days[0], relation=""),)
    after, position = _zone(told, following)
    if position < len(told) and told[position].kind == "week":
        days = tuple(
            replace(day, week=int(told[position].value)) if day.kind == "weekday" and day.week is None else day for day in days
        )
        following = position = position + 1
    elif after:
        following = position
    return Mention(told[at].start, told[following - 1].end, days, said, zone=zone or after), following


def _hours_then_days(told: Sequence[Token], at: int, hours: tuple[Hours, ...], following: int) -> tuple[Mention, int]:
    zone, position = _zone(told, following)
    reach = skip(told, position, ("link", "comma", "allday", "at"))
    days = days_at(told, reach)
    if days is None:
        end = position if zone else following
        return Mention(told[at].start, told[end - 1].end, hours=hours, zone=zone), end
    said, following = days
    further = hours_at(told, skip(told, following, ("link",)), after_day=True) if len(hours) == 1 and hours[0].part else None
    if further is not None and further[0][0].start is not None:
        hours, following = further
    after, position = _zone(told, following)
    return Mention(told[at].start, told[following - 1].end, said, hours, zone=zone or after), position if after else following


def _day_part(told: Sequence[Token], at: int) -> tuple[Mention, int]:
    """明早, tonight: a day and a part of it, perhaps with a clock time."""
    offset, _, part = told[at].value.partition(" ")
    unfolded = [
        *told[:at],
        replace(told[at], kind="day", value=offset),
        replace(told[at], kind="part", value=part),
        *told[at + 1 :],
    ]
    days = days_at(unfolded, at)
    assert days is not None
    mention, following = _days_then_hours(unfolded, at, *days)
    return mention, following - 1


def _ahead(told: Sequence[Token], at: int) -> tuple[Mention, int]:
    length = _length(told[at])
    if length < timedelta(days=1):
        return Mention(told[at].start, told[at].end, ahead=length), at + 1
    day = replace(told[at], kind="day", value=str(length.days))
    days = days_at([*told[:at], day, *told[at + 1 :]], at)
    assert days is not None
    return _days_then_hours(told, at, *days)


def _zone(told: Sequence[Token], at: int) -> tuple[str, int]:
    if at < len(told) and told[at].kind == "zone":
        return zone_of(told[at]), skip(told, at + 1, ("link",))
    return "", at


def zone_of(token: Token) -> str:
    """The zone that a token names: an IANA name, ``theirs``, or an offset as ``+08:00``."""
    if "offset" not in token.parts:
        return token.value
    written = token.parts["offset"].replace(" ", "")
    hours, _, minutes = written[1:].partition(":")
    return f"{written[0]}{int(hours[:2]):02}:{minutes or '00'}"


def _part_before(before: Sequence[Mention]) -> str:
    """The part of day that an hour goes on from: 下午两点或者，四点."""
    for hours in reversed(before[-1].hours if before else ()):
        clock = hours.end or hours.start
        return clock.part if clock else hours.part
    return ""


def _joined(before: Mention, mention: Mention, told: Sequence[Token]) -> Mention | None:
    """Days and hours of one sentence that stand apart (周四我下午三点有空) as one mention; hours alone are of the days before."""
    between = [token for token in told if before.end <= token.start < mention.start]
    narrowed = (
        before.hours and not before.days and all(hours.start is None for hours in before.hours) and mention.days and mention.hours
    )
    if narrowed and not any(token.kind in ("or", "stop", "but", "no", "not") for token in between):
        return replace(mention, start=before.start)
    asked_on = [token.kind for token in between] == ["stop"] and all(hours.start for hours in mention.hours)
    apart = any(token.kind in ("stop", "but") for token in between) and not asked_on
    judged_between = any(token.kind in ("no", "not", "except") for token in between)
    weeks = [day.week for day in before.days if day.kind == "week"]
    loose = mention.days and all(day.kind == "weekday" and day.week is None for day in mention.days)
    together = not apart and not any(token.kind in ("yes", "no", "not", "except") for token in between)
    if len(weeks) == len(before.days) == 1 and loose and not before.hours and together:
        return replace(mention, start=before.start, days=tuple(replace(day, week=weeks[0]) for day in mention.days))
    if bool(mention.hours) == bool(mention.days):
        return None
    if mention.hours and before.days and not before.hours and not apart and not any(t.kind == "no" for t in between):
        return replace(before, end=mention.end, hours=mention.hours, zone=before.zone or mention.zone)
    refused = (
        next((token.kind for token in told if token.start >= mention.end and token.kind in ("yes", "no", "stop", "but")), "")
        == "no"
    )
    if (
        mention.hours
        and before.days
        and before.hours
        and not refused
        and all(hours.start is None for hours in before.hours)
        and not apart
        and not judged_between
    ):
        return replace(before, end=mention.end, hours=mention.hours, zone=before.zone or mention.zone)
    if mention.days and before.hours and not before.days and not apart:
        return replace(before, end=mention.end, days=mention.days)
    return None


def _inheriting(earlier: Sequence[Mention], mention: Mention, told: Sequence[Token]) -> Mention:
    """What a sentence goes on with: hours of the day named before (周四三点不行，四点可以), weekdays of its week (下周三，或周四)."""
    before = earlier[-1]
    if mention.days and all(day.kind == "weekday" and day.week is None and not day.offset for day in mention.days):
        last = before.days[-1] if before.days else None
        stops = any(token.kind == "stop" for token in told if before.end <= token.start < mention.start)
        if last and not stops and last.kind == "weekday" and (last.week or 0) > 0 and mention.days[0].number > last.number:
            return replace(mention, days=tuple(replace(day, week=last.week) for day in mention.days), inherited=True)
    if not mention.hours or mention.days or not before.days:
        return mention
    same_day = any(token.kind == "same_day" and mention.start - 8 <= token.start <= mention.end + 4 for token in told)
    if not same_day and any(token.kind == "stop" for token in told if before.end <= token.start < mention.start):
        return mention
    return replace(mention, days=before.days, inherited=True)


def _option(token: Token) -> Option:
    parts = token.parts
    if not parts:
        kind, _, value = token.value.partition(" ")
        return Option(kind, int(value or 0))  # type: ignore[arg-type]
    for place in _PLACES:
        if place in parts or f"{place}2" in parts:
            written = parts.get(place, "")
            counted = place in ("first", "last") or (place == "all" and re.match(NUMERAL, written))
            return Option(place, number(re.match(NUMERAL, written)[0]) if counted else 0)  # type: ignore[arg-type, index]
    if "the_last" in parts:
        return Option("last", 1)
    first, *more = [_numbered(parts[name]) for name in ("n", "n2", "n3") if name in parts]
    return Option("number", first, tuple(more))


def _numbered(written: str) -> int:
    return ord(written) - ord("a") + 1 if written in "abcde" else number(written)


def _length(token: Token) -> timedelta:
    parts = token.parts
    minutes = _UNITS.get(parts["unit"]) or _UNITS[parts["unit"][0]]
    if ("half_unit" in parts and "n" not in parts) or parts.get("n") == "半":
        return timedelta(minutes=minutes / 2)
    count = float(number(parts["n"])) if "n" in parts else 1.0
    return timedelta(minutes=minutes * (count + (0.5 if "and_half" in parts else 0)))


def _shift(token: Token) -> timedelta:
    length = _length(token)
    return -length if "earlier" in token.parts else length
