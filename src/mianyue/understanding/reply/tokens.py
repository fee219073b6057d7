"""Cuts a reply into what the grammar knows: days, hours, limits, options, predicates; the rest is a gap or the end of a sentence."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from heapq import heapify, heappop, heapreplace

from mianyue.understanding.reply.lexicon import Lexicon

_STOP = re.compile(r"[.!?;\n]")
_PIECE = re.compile(r"[.!?;\n]+|[^.!?;\n]+")
_Head = tuple[int, int, int, re.Match[str]]
"""Start, end (negative), place in the tables, and what was found."""


@dataclass(frozen=True, slots=True)
class Token:
    """``kind`` with its ``value`` and, from a pattern, the named ``parts``, at ``start:end`` of the plain text."""

    kind: str
    value: str
    start: int
    end: int
    parts: Mapping[str, str] = field(default_factory=dict)


def tokens(text: str, known: Lexicon) -> list[Token]:
    """The tokens of a plain text, leftmost and longest first; what tells of other times (greetings, the past) is a gap."""
    text = known.ignored.sub(lambda found: " " * len(found[0]) if "\n" not in found[0] else found[0], text)
    scans = [*known.patterns, ("", "", known.words)]
    ahead = [_head(rank, pattern, text, 0) for rank, (_, _, pattern) in enumerate(scans)]
    heads = [head for head in ahead if head is not None]
    heapify(heads)
    found: list[Token] = []
    position = 0
    while heads:
        start, _, rank, match = heads[0]
        kind, value, pattern = scans[rank]
        if start >= position:
            if not kind:
                kind, value = known.meanings[re.sub(" +", " ", match[0])]
            parts = {name: _figures(name, part, known) for name, part in match.groupdict().items() if part is not None}
            found.append(Token(kind, value, match.start(), match.end(), parts))
            position = match.end()
        following = _head(rank, pattern, text, position)
        if following is None:
            heappop(heads)
        else:
            heapreplace(heads, following)
    return _with_exceptions(_with_gaps(text, found))


_CLAUSE_ENDS = ("stop", "comma", "but", "why")
_EACH = re.compile(r"\b(?:any|every|each|all)$")
_DAYS = frozenset(("weekday", "weekend", "day", "date", "month_day"))
_HOURS = frozenset(("clock", "number", "part", "at", "between", "before", "after", "from", "until"))
_BESIDE_DAYS = frozenset(("mod", "week", "or", "link", "part", "comma"))


def _with_exceptions(told: list[Token]) -> list[Token]:
    """Any weekday next week but Monday: behind "any" or "every", a "but" that leads to nothing more than days excepts them."""
    for at, token in enumerate(told):
        if (token.kind, token.value) != ("but", "") or token.end - token.start != len("but"):
            continue
        first = at
        while first > 0 and told[first - 1].kind not in _CLAUSE_ENDS:
            first -= 1
        last = skip(told, at + 1, (*_DAYS, *_BESIDE_DAYS))
        each = any(t.kind in ("everyday", "workdays", "allday") or _EACH.search(t.value) for t in told[first:at])
        named = any(t.kind in _DAYS for t in told[at + 1 : last])
        ends = last == len(told) or told[last].kind in ("stop", "yes", "but")
        if each and named and (ends or (told[last - 1].kind == "comma" and told[last].kind in _HOURS)):
            told[at] = Token("except", "pre", token.start, token.end)
    return told


def _head(rank: int, pattern: re.Pattern[str], text: str, position: int) -> _Head | None:
    """Where the pattern next finds something, in the order in which tokens are taken: leftmost, longest, first in the tables."""
    match = pattern.search(text, position)
    while match is not None and match.end() == match.start():
        match = pattern.search(text, match.start() + 1)
    return None if match is None else (match.start(), -match.end(), rank, match)


def _figures(name: str, part: str, known: Lexicon) -> str:
    if name == "half":  # the a of 7 am is no "one"
        return part
    if name == "weekday":
        return known.meanings.get(part, ("", part))[1]
    return (known.months if name == "month" else known.numbers).get(part.rstrip("."), part)


def _with_gaps(text: str, found: list[Token]) -> list[Token]:
    told: list[Token] = []
    position = 0
    for token in found:
        told.extend(_between(text, position, token.start))
        told.append(token)
        position = token.end
    told.extend(_between(text, position, len(text)))
    return told


def _between(text: str, start: int, end: int) -> list[Token]:
    return [
        Token("stop" if _STOP.match(piece[0]) else "gap", piece[0].strip(), start + piece.start(), start + piece.end())
        for piece in _PIECE.finditer(text[start:end])
        if piece[0].strip(" \t")
    ]


def skip(told: Sequence[Token], at: int, kinds: tuple[str, ...]) -> int:
    """The first token from ``at`` that is of none of these kinds."""
    while at < len(told) and told[at].kind in kinds:
        at += 1
    return at
