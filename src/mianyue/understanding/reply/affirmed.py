"""Tells whether a reply plainly says yes to what it names: words nobody knows beside a time (周五10点我约了牙医) may well say no."""

from __future__ import annotations

import re
from collections.abc import Sequence

from mianyue.understanding.reply.said import Mention
from mianyue.understanding.reply.tokens import Token

_WORDS = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]|[^\W\d_\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]+")
_ASKS = re.compile(r"[?吗么]")
_FEW = 3
"""So many unknown characters (of Chinese, Japanese, Korean) or words beside a time say nothing against it."""


def affirmed(told: Sequence[Token], said: Sequence[Mention]) -> bool:
    """Whether each wanted mention stands in a clause that says yes, or that says hardly anything else.

    Figures left over, and a no that is about nothing named, are doubts.
    """
    named = {token.start for token in told if any(mention.start <= token.start < mention.end for mention in said)}
    if any(token.kind in ("gap", "number") and re.search(r"\d", token.value or "1") for token in told if token.start not in named):
        return False
    clauses = _clauses(told)
    for clause in clauses:
        if not any(token.start in named for token in clause) and any(token.kind in ("no", "not") for token in clause):
            return False
    for mention in said:
        if mention.polarity != "yes":
            continue
        index = next(i for i, clause in enumerate(clauses) if clause and clause[-1].end > mention.start)
        clause = clauses[index]
        beside = [token for token in clause if token.start not in named]
        following = clauses[index + 1] if index + 1 < len(clauses) else []
        if not any(token.start in named for token in following) and any(token.kind == "yes" for token in following):
            continue
        if any(token.kind == "ask" or _ASKS.search(token.value) for token in beside):
            return False
        if any(token.kind == "yes" for token in beside):
            continue
        if sum(len(_WORDS.findall(token.value)) for token in beside if token.kind == "gap") > _FEW:
            return False
    return True


def _clauses(told: Sequence[Token]) -> list[list[Token]]:
    clauses: list[list[Token]] = [[]]
    for token in told:
        clauses[-1].append(token)
        if token.kind in ("stop", "comma", "but"):
            clauses.append([])
    return [clause for clause in clauses if clause]
