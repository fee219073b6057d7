"""Names the limits that words set: before, after, from, until."""

from __future__ import annotations

from mianyue.understanding.reply.said import Relation
from mianyue.understanding.reply.tokens import Token

LIMITS: dict[str, Relation] = {"before": "before", "after": "after", "from": "from", "until": "until"}


def relation_of(token: Token) -> Relation:
    """The limit that a token sets (三点以后: after), or none."""
    return LIMITS.get(token.kind, "")
