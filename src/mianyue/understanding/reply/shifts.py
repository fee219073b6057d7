"""Puts hours on the day that a shift by whole days leads to: a day later, but at eleven; the day before at two."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta, tzinfo

from mianyue.base.interval import Interval
from mianyue.understanding.reply.said import Day, Mention

_DAY = timedelta(days=1)


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
