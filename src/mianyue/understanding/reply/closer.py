"""Tells windows that only lead up to a closer one: a day whose hours stand elsewhere, a weekend with a Sunday in it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from mianyue.understanding.reply.said import Day, Mention
from mianyue.understanding.reply.window import Window


def told_closer(day: Window, wanted: Sequence[Window]) -> bool:
    """Whether another mention says which hours of this whole day: 要是周五三点能线上就选周五."""
    whole = day.end is not None and day.end - day.start >= timedelta(hours=23)
    return not day.hours_said and any(
        (other.hours_said or (whole and other.end is not None and other.end - other.start < timedelta(hours=23)))
        and other.mention != day.mention
        and day.end is not None
        and day.start <= other.start < day.end
        for other in wanted
    )


_STRETCHES = ("weekend", "workdays", "holiday", "month_edge")
SINGLE = ("weekday", "date", "month_day", "relative", "lunar")


def stretch_told_closer(window: Window, wanted: Sequence[Window], mentions: Sequence[Mention]) -> bool:
    """Whether another mention says which of these days at which hour: only weekends for me, Sunday the 6th at two?"""
    if window.mention < 0 or mentions[window.mention].hours or not mentions[window.mention].days:
        return False
    days = mentions[window.mention].days
    if any(day.kind not in _STRETCHES for day in days) or len(days) > 1:
        return False
    if days[0].kind == "holiday":  # 国庆期间可以吗，10月3号
        named = [w for w in wanted if w.mention > window.mention and _one_date(mentions[w.mention])]
        return not days[0].relation and window.day_said and any(w.start >= min(x.start for x in wanted) for w in named)
    if days[0].kind == "month_edge":  # 下月初才有空，2号3号都行
        span = [w for w in wanted if w.mention == window.mention]
        named = [w for w in wanted if w.mention > window.mention and _one_date(mentions[w.mention])]
        return any(span[0].start <= w.start < (span[-1].end or span[-1].start) for w in named)
    return any(
        other.mention not in (-1, window.mention)
        and (_names_day_and_hour(mentions[other.mention]) or (days[0].kind == "weekend" and _one_date(mentions[other.mention])))
        and (days[0].kind == "workdays" or other.start.isoweekday() > 5)
        for other in wanted
    )


def hours_told_closer(window: Window, wanted: Sequence[Window], mentions: Sequence[Mention]) -> bool:
    """Whether hours are said again, nearer: in the afternoon? tomorrow 2 to 4; free from half four, Thursday at five?"""
    if window.mention < 0 or window.end is None or not mentions[window.mention].hours:
        return False
    own = mentions[window.mention]
    loose = not own.days
    limited = all(hours.relation in ("after", "from") for hours in own.hours)
    later = [w for w in wanted if w.mention > window.mention and mentions[w.mention].days and mentions[w.mention].hours]
    if loose and not later:  # Wednesday 10 to 12; I work late, so mornings are easier
        later = [w for w in wanted if 0 <= w.mention < window.mention and w.end and w.hours_said and mentions[w.mention].days]
    if loose and later:
        clock = (window.start.time(), window.end.time())
        return all(clock[0] <= w.start.time() and (w.end or w.start).time() <= clock[1] for w in later)
    return limited and any(w.end is None and window.start <= w.start < window.end for w in later)


def dated_again(window: Window, wanted: Sequence[Window], mentions: Sequence[Mention]) -> bool:
    """Whether bare weekdays are told again by their dates: 周六日可以吗，12月5号6号."""
    own = mentions[window.mention] if window.mention >= 0 else None
    if own is None or own.hours or any(day.kind != "weekday" or day.week is not None or day.until for day in own.days):
        return False
    later = {w.mention for w in wanted if w.mention > window.mention and _one_date(mentions[w.mention])}
    weekdays = {w.start.isoweekday() for w in wanted if w.mention == window.mention}
    return any({w.start.isoweekday() for w in wanted if w.mention == mention} == weekdays for mention in later)


def _one_date(said: Mention) -> bool:
    return bool(said.days) and all(day.kind in ("date", "month_day") and not (day.until or day.relation) for day in said.days)


def _names_day_and_hour(said: Mention) -> bool:
    return bool(said.days and said.hours) and all(day.kind in SINGLE and day.until is None for day in said.days)


def only_context(day: Window, wanted: Sequence[Window], mentions: Sequence[Mention]) -> bool:
    """Whether a limit (after the holidays) only leads to the day that another mention names within it."""
    if day.mention < 0 or mentions[day.mention].hours:
        return False
    days = mentions[day.mention].days
    if not days or not all(said.relation for said in days):
        return False
    span = [window for window in wanted if window.mention == day.mention]
    later = days[0].relation in ("after", "from")
    return any(
        other.mention not in (-1, day.mention)
        and _dates_it(days, mentions[other.mention].days)
        and min(window.start for window in span) <= other.start
        and (later or other.start < max(w.end or w.start for w in span))
        for other in wanted
    )


def _dates_it(limited: Sequence[Day], named: Sequence[Day]) -> bool:
    """Whether days are named one by one, or say from which day a limit counts: after the holidays, from the 8th on."""
    if any(day.kind not in SINGLE or day.until is not None for day in named):
        return False
    loose = all(day.kind not in SINGLE for day in limited)
    return all(not day.relation or (loose and day.relation == limited[0].relation) for day in named)
