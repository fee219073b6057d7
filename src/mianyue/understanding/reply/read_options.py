"""Reads from tokens which option is meant, and how much later or earlier."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import get_args

from mianyue.understanding.reply.numerals import NUMERAL, number
from mianyue.understanding.reply.said import Option, Which
from mianyue.understanding.reply.tokens import Token

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
_PLACES: tuple[Which, ...] = (
    "first",
    "last",
    "middle",
    "earliest",
    "latest",
    "earlier",
    "later",
    "former",
    "latter",
    "all",
    "rest",
)
_WHICH: dict[str, Which] = {which: which for which in get_args(Which)}


def option_of(token: Token) -> Option:
    """Which option a token names: a number, a place in the list, or all."""
    parts = token.parts
    if not parts:
        kind, _, value = token.value.partition(" ")
        return Option(_WHICH[kind], int(value or 0))
    for place in _PLACES:
        if any(name.rstrip("23") == place for name in parts):
            counted = re.search(NUMERAL, parts.get(place, "")) if place in ("first", "last", "all") else None
            return Option(place, number(counted[0]) if counted else 0)
    if "the_last" in parts:
        return Option("last", 1)
    if "perhaps" in parts and "n2" not in parts:  # I can do 2: the second, or at two
        return Option("ordinal", _numbered(parts["n"]))
    first, *more = [_numbered(parts[name]) for name in ("n", "n2", "n3") if name in parts]
    return Option("number", first, tuple(more))


def _numbered(written: str) -> int:
    return ord(written) - ord("a") + 1 if written in "abcde" else number(written)


def length_of(token: Token) -> timedelta:
    """How long a token says: half an hour, two days."""
    parts = token.parts
    minutes = _UNITS.get(parts["unit"]) or _UNITS[parts["unit"][0]]
    if ("half_unit" in parts and "n" not in parts) or parts.get("n") == "半" or parts.get("n") == parts.get("half_unit", "-"):
        return timedelta(minutes=minutes / 2)
    count = float(number(parts["n"])) if "n" in parts else 1.0
    return timedelta(minutes=minutes * (count + (0.5 if "and_half" in parts or ("half_unit" in parts and "n" in parts) else 0)))


def shift_of(token: Token) -> timedelta:
    """How much later than agreed a token says, negative for earlier."""
    length = length_of(token)
    return -length if "earlier" in token.parts else length
