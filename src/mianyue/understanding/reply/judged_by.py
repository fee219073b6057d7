"""Tells what a yes or no is about from the words around it: the time before it, one behind it, a question, or no coming at all."""

from __future__ import annotations

import re
from collections.abc import Sequence

from mianyue.understanding.reply.said import Mention
from mianyue.understanding.reply.tokens import Token

CLAUSE_ENDS = frozenset(("stop", "comma", "but", "why"))
_BARELY = re.compile(r"(?:\W|\bno\b|\bi\b|\bi'm\b|\bsorry\b|\bunfortunately\b|我|那|正|都|还|抱歉|不好意思)*")
_COMES = re.compile(r"[去来到行成能可方合想要参约选用考]|适合|接受|同意|会(?:来|去|到|参)")


def is_denied(told: Sequence[Token], position: int) -> bool:
    """Whether a word of agreement is denied right before it, and nothing else follows that could be meant: is not ok."""
    before = told[position - 1] if position else None
    return before is not None and (before.kind, before.value) == ("not", "") and before.end + 1 >= told[position].start


def of_something_else(told: Sequence[Token], mention: Mention, position: int) -> bool:
    """Whether a bare "not" in a clause of its own is about no coming: 两点我到，不会耽误."""
    parted = any(token.kind in CLAUSE_ENDS for token in told if mention.end <= token.start < told[position].start)
    behind = told[position + 1] if position + 1 < len(told) else None
    return parted and behind is not None and behind.kind == "gap" and _COMES.match(behind.value) is None


def asks_so(told: Sequence[Token], position: int) -> bool:
    """Whether a "not" that ends a clause only makes it a question: 能早一个小时不."""
    begins = max((token.end for token in told[:position] if token.kind in CLAUSE_ENDS), default=0)
    return ends_clause(told, position) and any(t.kind in ("yes", "ask") for t in told[:position] if t.start >= begins)


def welcomed_behind(told: Sequence[Token], position: int, mention: Mention) -> bool:
    """Whether a yes follows in the same clause right behind the time, and the refusal before it is complete in itself."""
    before = told[position - 1]
    behind = next((token for token in told if token.start >= mention.end and token.kind != "link"), None)
    return (before.kind, before.value) == ("no", "") and behind is not None and behind.kind == "yes"


def ends_clause(told: Sequence[Token], position: int) -> bool:
    return position + 1 == len(told) or told[position + 1].kind in CLAUSE_ENDS


def echoes(told: Sequence[Token], said: Sequence[Mention], waiting: list[int], position: int) -> bool:
    """Whether a question mark stands right behind a time that is only repeated, and a bare refusal follows."""
    if "?" not in told[position].value or not waiting or position == 0 or told[position - 1].end != said[waiting[-1]].end:
        return False
    for token in reversed(told[:position]):
        if token.kind == "stop":
            break
        silent = token.kind in ("link", "at", "comma") or not re.search(r"\w", token.value or "x")
        if not silent and not any(m.start <= token.start < m.end for m in said):
            return False
    said_between = ""
    for token in told[position + 1 :]:
        if token.kind in ("no", "not"):
            return _BARELY.fullmatch(said_between) is not None
        if token.kind not in ("gap", "comma", "link", "that_time"):
            return False
        said_between += token.value
    return False


def told_ahead(told: Sequence[Token], said: Sequence[Mention], position: int) -> bool:
    """Whether the clause names its time behind the refusal, and none before it."""
    first = last = position
    while first > 0 and told[first - 1].kind not in CLAUSE_ENDS:
        first -= 1
    while last + 1 < len(told) and told[last + 1].kind not in CLAUSE_ENDS:
        last += 1
    starts = [mention.start for mention in said]
    before = any(told[first].start <= start < told[position].start for start in starts)
    return not before and any(told[position].start < start <= told[last].start for start in starts)
