"""Brings parts of the day to the one form that is read: tonight as today's evening, late this afternoon as a late afternoon."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from mianyue.understanding.reply.tokens import Token

_CLOSER = {
    ("start", "morning"): "early_morning",
    ("start", "afternoon"): "early_afternoon",
    ("middle", "afternoon"): "mid_afternoon",
    ("end", "morning"): "late_morning",
    ("end", "afternoon"): "late_afternoon",
}
_DAYS = ("day", "weekday", "date", "month_day", "mod", "link")


def parts_told(told: Sequence[Token]) -> list[Token]:
    """The same tokens, a day with its part (明早, tonight) as two, an "early" or "late" before a day as the part behind that day."""
    unfolded = [piece for token in told for piece in _unfolded(token)]
    read: list[Token] = []
    edge: Token | None = None
    for index, token in enumerate(unfolded):
        if token.kind == "edge":
            edge = token if _part_behind(unfolded, index) else None
            if edge is None:
                read.append(_of_the_day(token, unfolded[index + 1 :]))
        elif token.kind == "part" and edge is not None:
            read.append(replace(token, value=_CLOSER.get((edge.value, token.value), token.value)))
            edge = None
        else:
            read.append(token)
    return read


def _unfolded(token: Token) -> tuple[Token, ...]:
    if token.kind not in ("day_part", "next_day_part"):
        return (token,)
    offset, _, part = token.value.partition(" ")
    return replace(token, kind=token.kind.removesuffix("_part"), value=offset), replace(token, kind="part", value=part)


def _of_the_day(token: Token, behind: Sequence[Token]) -> Token:
    """Mid today: the middle hours of that day; early Monday: its first."""
    kinds = [each.kind for each in behind if each.kind != "link"]
    if token.value == "middle" and kinds[:1] == ["day"]:
        return replace(token, kind="part", value="middle")
    if token.value == "start" and kinds[:1] in (["day"], ["weekday"]) and kinds[1:2] in ([], ["stop"], ["comma"], ["yes"]):
        return replace(token, kind="part", value="early_morning")
    return token


def _part_behind(told: Sequence[Token], at: int) -> bool:
    """Whether a day and then its part stand behind that token."""
    days = 0
    for token in told[at + 1 :]:
        if token.kind == "part":
            return days > 0
        if token.kind not in _DAYS:
            return False
        days += token.kind != "link"
    return False
