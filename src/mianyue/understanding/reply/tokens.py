"""Cuts a reply into what the grammar knows: days, hours, limits, options, predicates; the rest is a gap or the end of a sentence."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from mianyue.understanding.reply.lexicon import Lexicon

_STOP = re.compile(r"[.!?;\n]")
_PIECE = re.compile(r"[.!?;\n]+|[^.!?;\n]+")


@dataclass(frozen=True, slots=True)
class Token:
    """``kind`` with ``value`` (from a word) or ``parts`` (from a pattern) at ``start:end`` of the plain text."""

    kind: str
    value: str
    start: int
    end: int
    parts: Mapping[str, str] = field(default_factory=dict)


def tokens(text: str, known: Lexicon) -> list[Token]:
    """The tokens of a plain text, leftmost and longest first; what tells of other times (greetings, the past) is a gap."""
    text = known.ignored.sub(lambda found: " " * len(found[0]) if "\n" not in found[0] else found[0], text)
    found: list[tuple[int, int, int, Token]] = []
    for rank, (kind, pattern) in enumerate(known.patterns):
        for match in pattern.finditer(text):
            if match.end() > match.start():
                parts = {name: _figures(name, part, known) for name, part in match.groupdict().items() if part is not None}
                found.append((match.start(), -match.end(), rank, Token(kind, "", match.start(), match.end(), parts)))
    last = len(known.patterns)
    for match in known.words.finditer(text):
        kind, value = known.meanings[re.sub(" +", " ", match[0])]
        found.append((match.start(), -match.end(), last, Token(kind, value, match.start(), match.end())))
    found.sort(key=lambda entry: entry[:3])
    return _with_gaps(text, [entry[3] for entry in found])


def _figures(name: str, part: str, known: Lexicon) -> str:
    return (known.months if name == "month" else known.numbers).get(part.rstrip("."), part)


def _with_gaps(text: str, found: list[Token]) -> list[Token]:
    told: list[Token] = []
    position = 0
    for token in found:
        if token.start < position:
            continue
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
