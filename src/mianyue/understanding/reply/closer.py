"""Tells windows that only lead up to a closer one: a day whose hours stand elsewhere, a weekend with a Sunday in it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from mianyue.understanding.reply.said import Mention
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


_STRETCHES = ("weekend", "workdays", "holiday")
SINGLE = ("weekday", "date", "month_day", "relative")


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
    return any(
        other.mention not in (-1, window.mention)
        and _names_day_and_hour(mentions[other.mention])
        and (days[0].kind == "workdays" or other.start.isoweekday() > 5)
        for other in wanted
    )


def hours_told_closer(window: Window, wanted: Sequence[Window], mentions: Sequence[Mention]) -> bool:
    """Whether hours are said again, nearer: in the afternoon? tomorrow 2 to 4; free from half four, Thursday at five?"""
    if window.mention < 0 or window.end is None or not mentions[window.mention].hours:
        return False
    own = mentions[window.mention]
    loose = not own.days and all(hours.start is None for hours in own.hours)
    limited = all(hours.relation in ("after", "from") for hours in own.hours)
    later = [w for w in wanted if w.mention > window.mention and mentions[w.mention].days and mentions[w.mention].hours]
    if loose and not later:  # Wednesday 10 to 12; I work late, so mornings are easier
        later = [w for w in wanted if 0 <= w.mention < window.mention and w.end and w.hours_said and mentions[w.mention].days]
    if loose and later:
        clock = (window.start.time(), window.end.time())
        return all(clock[0] <= w.start.time() and (w.end or w.start).time() <= clock[1] for w in later)
    return limited and any(w.end is None and window.start <= w.start < window.end for w in later)


def _one_date(said: Mention) -> bool:
    return [day.kind for day in said.days] == ["date"] and said.days[0].until is None and not said.days[0].relation


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
    return any(
        other.mention not in (-1, day.mention)
        and not any(said.relation for said in mentions[other.mention].days)
        and all(said.kind in SINGLE and said.until is None for said in mentions[other.mention].days)
        and min(window.start for window in span) <= other.start
        and (days[0].relation in ("after", "from") or other.start < max(w.end or w.start for w in span))
        for other in wanted
    )
