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


_STRETCHES = ("weekend", "workdays")
SINGLE = ("weekday", "date", "month_day", "relative")


def stretch_told_closer(window: Window, wanted: Sequence[Window], mentions: Sequence[Mention]) -> bool:
    """Whether another mention says which of these days at which hour: only weekends for me, Sunday the 6th at two?"""
    if window.mention < 0 or mentions[window.mention].hours or not mentions[window.mention].days:
        return False
    days = mentions[window.mention].days
    if any(day.kind not in _STRETCHES for day in days) or len(days) > 1:
        return False
    return any(
        other.mention not in (-1, window.mention)
        and _names_day_and_hour(mentions[other.mention])
        and (days[0].kind == "workdays" or other.start.isoweekday() > 5)
        for other in wanted
    )


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
        and len({window.start.date() for window in wanted if window.mention == other.mention}) == 1
        and min(window.start for window in span) <= other.start
        and (days[0].relation in ("after", "from") or other.start < max(w.end or w.start for w in span))
        for other in wanted
    )
