"""Reads what a refusal asks for: not before two means from two on, any day but Friday the other days."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from mianyue.understanding.reply.said import Day, Mention, Relation

_OPPOSITE: dict[Relation, Relation] = {"before": "from", "until": "from", "after": "before", "from": "before"}


def turned(mention: Mention) -> Mention | None:
    """Not before two on Thursday: from two on."""
    if mention.polarity != "no" or not mention.days or len(mention.hours) != 1 or mention.hours[0].relation not in _OPPOSITE:
        return None
    return replace(mention, hours=(replace(mention.hours[0], relation=_OPPOSITE[mention.hours[0].relation]),))


def limit_of(mention: Mention) -> Mention | None:
    """What a day is left with by a limit of its own: Wednesday's fine, but not before three."""
    return None if mention.polarity == "yes" else turned(replace(mention, polarity="no"))


def everything_else(mentions: Sequence[Mention]) -> Mention | None:
    """Any day but Friday: the week that is spoken of, or the workdays ahead."""
    excepted = [mention for mention in mentions if mention.polarity == "except" and mention.days]
    if not excepted or any(mention.option and mention.option.which in ("rest", "all") for mention in mentions):
        return None
    weeks = {day.week for mention in excepted for day in mention.days if day.week is not None}
    days = tuple(Day("week", week=week) for week in sorted(weeks)) or (Day("workdays"),)
    return Mention(excepted[0].start, excepted[0].end, days)
