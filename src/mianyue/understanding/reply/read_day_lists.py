"""Reads lists of days: which of them share a week, and where a comma ends what is denied (not Wednesday, Thursday)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from mianyue.understanding.reply.read_days import LIMITS, range_at, skip
from mianyue.understanding.reply.said import Day, Relation
from mianyue.understanding.reply.tokens import Token


def days_at(told: Sequence[Token], at: int) -> tuple[tuple[Day, ...], int] | None:
    """The list of days that begins at that token, and the token after it; None when no day does."""
    relation, start = _limit_before(told, at)
    item = range_at(told, start)
    if item is None:
        return None
    days, at = item
    if relation and days[0].until is None:
        return (replace(days[0], relation=relation), *days[1:]), at
    found = list(days)
    bare_comma_parts = _negated(told, start)
    while True:
        position = skip(told, at, ("or", "comma", "link"))
        if position == at and not (at < len(told) and told[at].kind in ("weekday", "month_day", "date")):
            break
        if (more := range_at(told, position)) is None:
            break
        by_comma = any(token.kind == "comma" for token in told[at:position]) and not any(
            token.kind == "or" for token in told[at:position]
        )
        apart = position > at and {"comma", "or"} <= {token.kind for token in told[at:position]} and len(found) == 1
        if apart or (by_comma and (more[0][0].kind == "week" or (bare_comma_parts and not _or_follows(told, more[1])))):
            break
        found.extend(more[0])
        at = more[1]
        if more[0][-1].relation:
            break
    found = _share_week(found)
    return tuple(found), at


def _negated(told: Sequence[Token], at: int) -> bool:
    """Whether a "not" or "can't" of the same clause stands before: then a comma may end what it denies."""
    while at > 0 and told[at - 1].kind not in ("stop", "comma", "but"):
        at -= 1
        if told[at].kind in ("not", "no", "except"):
            return True
    return False


def _or_follows(told: Sequence[Token], at: int) -> bool:
    """Whether the list goes on to an "or": can't do Monday, Tuesday or Friday."""
    while (item := range_at(told, skip(told, at + 1, ("or", "comma", "link")))) is not None and at < len(told):
        if told[at].kind == "or":
            return True
        if told[at].kind != "comma":
            return False
        at = item[1]
    return False


def _share_week(days: list[Day]) -> list[Day]:
    """下周三或周四: one that names no week is of the same week as the one before; Wednesday or Thursday next week: as the one after."""
    for index, day in enumerate(days):
        if day.kind == "weekday" and day.week is None:
            before = days[index - 1] if index else None
            if before is not None and before.kind == "weekday" and before.week is not None and day.number > before.number:
                days[index] = replace(day, week=before.week)
    if days[-1].kind == "weekday" and days[-1].week is not None and all(d.kind == "weekday" for d in days):
        for index, day in enumerate(days):
            if day.week is None and day.until is None:
                days[index] = replace(day, week=days[-1].week)
    return days


def _limit_before(told: Sequence[Token], at: int) -> tuple[Relation, int]:
    if at < len(told) and told[at].kind in LIMITS and told[at].value in ("pre", "both"):
        return told[at].kind, skip(told, at + 1, ("link",))  # type: ignore[return-value]
    return "", at
