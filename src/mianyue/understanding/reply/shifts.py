"""Puts what is told by way of the offer on its days: a day later, but at eleven; the Thursday of that same week."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta, tzinfo

from mianyue.base.interval import Interval
from mianyue.understanding.reply.said import Day, Mention

_DAY = timedelta(days=1)
_SATURDAY = 6


def on_shifted_day(said: Sequence[Mention], agreed: Interval, now: datetime, zone: tzinfo) -> list[Mention]:
    """``said`` with hours that have no day of their own on the day that is so many later or earlier than ``agreed``.

    They replace the shift, which alone keeps the hour that was agreed.
    """
    shifts = [mention.shift for mention in said if mention.shift is not None and mention.polarity == "yes"]
    loose = [mention for mention in said if mention.hours and not mention.days and mention.polarity == "yes" and not mention.asked]
    if len(shifts) != 1 or shifts[0] % _DAY or not loose:
        return list(said)
    ahead = agreed.start.astimezone(zone).date() - now.astimezone(zone).date()
    day = Day("relative", (ahead + shifts[0]).days)
    return [
        replace(mention, days=(day,)) if any(mention is one for one in loose) else mention
        for mention in said
        if mention.shift is None
    ]


def in_week_offered(said: Sequence[Mention], options: Sequence[Interval], now: datetime, zone: tzinfo) -> list[Mention]:
    """``said`` with weekdays of no week in that of ``options`` (the Thursday of the same week), where all of these are in one."""

    def monday(when: datetime) -> date:
        day = when.astimezone(zone).date()
        return day - day.weekday() * _DAY

    weeks = {monday(option.start) for option in options}
    if len(weeks) != 1:
        return list(said)
    ahead = (weeks.pop() - monday(now)).days // 7
    return [
        replace(
            mention,
            days=tuple(
                replace(day, week=ahead) if day.kind == "weekday" and day.week is None and day.beside is None else day
                for day in mention.days
            ),
        )
        for mention in said
    ]


def on_one_weekend(said: Sequence[Mention], today: date, offered: Collection[date]) -> list[Mention]:
    """``said`` with a Sunday behind a Saturday, said on a Saturday, in the same weekend, the next one; one on offer stays that day."""
    if today.isoweekday() != _SATURDAY or any(day.isoweekday() == _SATURDAY + 1 for day in offered):
        return list(said)
    begun = False
    found: list[Mention] = []
    for mention in said:
        wanted = mention.polarity == "yes" and not mention.asked
        days: list[Day] = []
        for day in mention.days:
            loose = day.kind == "weekday" and day.week is None and day.beside is None and not day.offset
            days.append(replace(day, week=1) if begun and loose and day.number == _SATURDAY + 1 else day)
            begun = begun or (wanted and loose and day.number == _SATURDAY)
        found.append(replace(mention, days=tuple(days)))
    return found


def on_each_day_offered(said: Sequence[Mention], options: Sequence[Interval], now: datetime, zone: tzinfo) -> list[Mention]:
    """``said`` with hours of no day on all days of ``options`` (from four on, both days), unless other days are named."""
    if any(mention.days and mention.polarity == "yes" and not mention.asked for mention in said):
        return list(said)
    today = now.astimezone(zone).date()
    ahead = sorted({(option.start.astimezone(zone).date() - today).days for option in options})
    days = tuple(Day("relative", number) for number in ahead)
    loose = [mention for mention in said if mention.hours and not mention.days]
    closer = [mention for mention in loose if all(hours.start for hours in mention.hours)]  # lunchtime, 12 to 1
    placed = closer or loose
    return [
        replace(mention, days=days) if mention in placed else mention
        for mention in said
        if mention in placed or mention not in loose
    ]
