"""Reads spans from an hour of one day to an hour of another: Monday two to Tuesday eleven, 周四下午到周五上午."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from mianyue.understanding.reply.read_days import range_at
from mianyue.understanding.reply.read_hours import hours_at
from mianyue.understanding.reply.said import Day, Hours
from mianyue.understanding.reply.tokens import Token, skip


def span_at(told: Sequence[Token], at: int) -> tuple[Day, Hours, int] | None:
    """The days and hours of the span that begins at that token, and the token after it; None when none does."""
    opened = told[at].kind if told[at].kind in ("between", "from") and told[at].value != "post" else ""
    first = _point_at(told, skip(told, at + 1, ("link",)) if opened else at)
    if first is None:
        return None
    day, hours, following = first
    joint = skip(told, following, ("link",))
    if joint == len(told) or not (_reaches(told[joint]) or told[joint].kind == "or"):
        return None
    last = _point_at(told, skip(told, joint + 1, ("link",)))
    if last is None:
        return None
    closed = skip(told, last[2], ("between_post",))
    if told[joint].kind == "or" and opened != "between" and closed == last[2]:
        return None
    return replace(day, until=last[0]), replace(hours, through=last[1]), closed


def _reaches(token: Token) -> bool:
    return token.kind == "to" or token.value == "to" or (token.kind == "until" and token.value in ("pre", "both"))


def _point_at(told: Sequence[Token], at: int) -> tuple[Day, Hours, int] | None:
    """One day with one time or part of it, in either order."""
    if (days := range_at(told, at)) is not None:
        hours = hours_at(told, skip(told, days[1], ("link", "comma")), after_day=True)
        following = hours[1] if hours else 0
    elif (hours := hours_at(told, at, after_day=False)) is not None:
        days = range_at(told, skip(told, hours[1], ("link",)))
        following = days[1] if days else 0
    if days is None or hours is None or len(days[0]) != 1 or len(hours[0]) != 1:
        return None
    day, hour = days[0][0], hours[0][0]
    plain = not (day.until or day.relation or hour.end or hour.relation)
    return (day, hour, following) if plain else None
