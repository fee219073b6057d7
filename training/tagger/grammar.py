"""Writes labelled sentences by a grammar whose rules stand in text files, so that a linguist can add to them without touching code.

``[name]`` opens a rule; ``|`` and line ends part its alternatives; ``3*`` before a line makes each of them three times as likely; a line
that begins with ``@`` offers its characters. ``<name>`` stands for another rule, ``<name?>`` for it or nothing, ``<LABEL:name>`` for it
as an entity.
"""

from __future__ import annotations

import random
import re
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from pathlib import Path

from mianyue.understanding.wordlists import words

LEXICON = "resume/tagger/lexicon.txt"
_REFERENCE = re.compile(r"<(?:(?P<label>[A-Z]+):)?(?P<name>[^<>?]+)(?P<maybe>\?)?>")
_WEIGHT = re.compile(r"(\d+)\* ")
_ESCAPES = {"\\s": " ", "\\t": "\t"}


@dataclass(frozen=True, slots=True)
class Piece:
    """Text as it stands, or the name of a rule; ``label`` is empty outside of entities."""

    text: str
    rule: bool = False
    label: str = ""
    maybe: bool = False


@dataclass(frozen=True)
class Rule:
    alternatives: tuple[tuple[Piece, ...], ...]
    weights: tuple[int, ...]

    @cached_property
    def cumulative(self) -> list[int]:
        return list(accumulate(self.weights))


@dataclass(frozen=True, slots=True)
class Sentence:
    """``labels`` holds one BMES label (``B-ORG`` …, ``O``) for each character."""

    text: str
    labels: tuple[str, ...]


class Grammar:
    """The rules of all files of a folder, and ``place``, ``lexicon_major``: lists that the tagger itself knows."""

    def __init__(self, folder: Path) -> None:
        self.rules = {
            "place": _plain(sorted(words(LEXICON, "place"))),
            "lexicon_major": _plain(sorted(words(LEXICON, "major"))),
        }
        for path in sorted(folder.glob("*.txt")):
            self.rules |= _read(path.read_text("utf-8"))
        for name, rule in self.rules.items():
            for piece in (piece for alternative in rule.alternatives for piece in alternative if piece.rule):
                if piece.text not in self.rules:
                    raise KeyError(f"[{name}] names <{piece.text}>, which no file defines")

    def sentence(self, chance: random.Random, start: str = "sentence") -> Sentence:
        """One sentence; the same for the same state of ``chance``."""
        parts: list[tuple[str, str]] = []
        self._write(start, "", chance, parts)
        labels: list[str] = []
        for text, label in parts:
            labels.extend(_bmes(label, len(text)) if label else ["O"] * len(text))
        return Sentence("".join(text for text, _ in parts), tuple(labels))

    def _write(self, name: str, label: str, chance: random.Random, parts: list[tuple[str, str]]) -> None:
        rule = self.rules[name]
        for piece in chance.choices(rule.alternatives, cum_weights=rule.cumulative)[0]:
            if piece.maybe and chance.random() < 0.5:
                continue
            if not piece.rule:
                parts.append((piece.text, ""))
            elif piece.label and not label:
                inside: list[tuple[str, str]] = []
                self._write(piece.text, piece.label, chance, inside)
                parts.append(("".join(text for text, _ in inside), piece.label))
            else:
                self._write(piece.text, label, chance, parts)


def _bmes(label: str, length: int) -> list[str]:
    """Begin, middle, end; S for one character alone."""
    if length == 1:
        return [f"S-{label}"]
    return [f"B-{label}", *[f"M-{label}"] * (length - 2), f"E-{label}"] if length else []


def _plain(entries: list[str]) -> Rule:
    return Rule(tuple((Piece(entry),) for entry in entries), (1,) * len(entries))


def _read(text: str) -> dict[str, Rule]:
    found: dict[str, tuple[list[tuple[Piece, ...]], list[int]]] = {}
    alternatives: list[tuple[Piece, ...]] = []
    weights: list[int] = []
    for line in text.splitlines():
        if not line or line.startswith("#"):
            continue
        if line.startswith("[") and line.endswith("]"):
            alternatives, weights = found.setdefault(line[1:-1], ([], []))
            continue
        weight = _WEIGHT.match(line)
        body = line[weight.end() :] if weight else line
        for entry in body[1:] if body.startswith("@") else body.split("|"):
            alternatives.append(_pieces(entry))
            weights.append(int(weight[1]) if weight else 1)
    return {name: Rule(tuple(some), tuple(often)) for name, (some, often) in found.items()}


def _pieces(entry: str) -> tuple[Piece, ...]:
    pieces, end = [], 0
    for match in _REFERENCE.finditer(entry):
        if match.start() > end:
            pieces.append(Piece(_ESCAPES.get(entry[end : match.start()], entry[end : match.start()])))
        pieces.append(Piece(match["name"], True, match["label"] or "", match["maybe"] is not None))
        end = match.end()
    if end < len(entry):
        pieces.append(Piece(_ESCAPES.get(entry[end:], entry[end:])))
    return tuple(pieces)
