"""Names the limits that words set: before, after, from, until."""

from __future__ import annotations

import re
from collections.abc import Sequence

from mianyue.understanding.reply.said import Relation
from mianyue.understanding.reply.tokens import Token, skip

LIMITS: dict[str, Relation] = {"before": "before", "after": "after", "from": "from", "until": "until"}


def relation_of(token: Token) -> Relation:
    """The limit that a token sets (三点以后: after), or none."""
    return LIMITS.get(token.kind, "")


_MOVES = re.compile(r"[排约定放调延挪改推换移]$|\b(?:slot|interview|appointment|meeting)$")
_DUE = re.compile(r"我?(?:们|就|还|又|也|必须)*(?:要|得|需要|有(?!空|时间))")
_MOVES_FROM = re.compile(r"\b(?:move|push|bring|change|switch)\b|\b(?:you|we|to) shift\b")


def ends_there(before: Token, joint: Token) -> bool:
    """Whether a "to" that opens no range says when something ends (要忙到晚上), not to when something is moved (约到晚上)."""
    return joint.kind == "to" and not (before.kind == "gap" and _MOVES.search(before.value))


def due_then(told: Sequence[Token], at: int) -> bool:
    """Whether the words from that token on tell what the writer has to do then: 三点半吧,四点半我要回去开晚市."""
    at = skip(told, at, ("link",))
    return at < len(told) and told[at].kind == "gap" and _DUE.match(told[at].value) is not None


def moved_from(told: Sequence[Token], at: int) -> bool:
    """Whether the clause before that token asks to move something: then "from" names what is left (move Monday from 2 to 4)."""
    while at > 0 and told[at - 1].kind not in ("stop", "comma", "but", "why"):
        at -= 1
        if told[at].kind == "gap" and _MOVES_FROM.search(told[at].value):
            return True
    return False
