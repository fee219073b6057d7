"""Cuts a reply into what the grammar knows: days, hours, limits, options, predicates; the rest is a gap or the end of a sentence."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from mianyue.understanding.reply.lexicon import Lexicon

_STOP = re.compile(r"[.!?;\n]")
_PIECE = re.compile(r"[.!?;\n]+|[^.!?;\n]+")


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
    heads = [pattern.search(text) for _, _, pattern in scans]
    found: list[Token] = []
    position = 0
    while True:
        best = -1
        for rank, head in enumerate(heads):
            while head is not None and (head.start() < position or head.end() == head.start()):
                head = heads[rank] = scans[rank][2].search(text, max(position, head.start() + 1))
            if head is not None and (best < 0 or _goes_first(head, heads[best])):
                best = rank
        if best < 0:
            return _with_gaps(text, found)
        kind, value, _ = scans[best]
        match = heads[best]
        assert match is not None
        if not kind:
            kind, value = known.meanings[re.sub(" +", " ", match[0])]
        parts = {name: _figures(name, part, known) for name, part in match.groupdict().items() if part is not None}
        found.append(Token(kind, value, match.start(), match.end(), parts))
        position = match.end()


def _goes_first(one: re.Match[str], other: re.Match[str] | None) -> bool:
    return other is None or (one.start(), -one.end()) < (other.start(), -other.end())


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
