"""Reads words as they were meant where a hurried hand slipped: tables hold the words, not the slips (mornning, thrusday, teh secnd)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from mianyue.understanding.folding import Folded
from mianyue.understanding.reply.languages_of import languages_of
from mianyue.understanding.wordlists import sections

SHORTEST = 6
"""Letters of a word that may lack one; shorter ones are too near to others (first, fist), and known only with letters swapped or doubled."""
_WORD = re.compile("[a-z]{2,}")
_KEYS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_TABLES = ("words", "numbers", "months", "neutral", "plain")


@dataclass(frozen=True, slots=True)
class Slips:
    """``words`` are the slips made from whole words, ``written`` finds these and, as its groups, those that a table lists for ``meant``."""

    words: dict[str, str]
    written: re.Pattern[str]
    meant: tuple[str, ...]


def respelt(read: Folded) -> Folded:
    """``read`` with the slips of its language put right; places still point into the original."""
    slips = _slips(languages_of(read.text)[0]) if read.text.isascii() else None
    if slips is None:
        return read
    pieces: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    position = 0
    for word in slips.written.finditer(read.text):
        meant = slips.words.get(word[0], "") if word.lastindex is None else slips.meant[word.lastindex - 1]
        if meant:
            pieces += [read.text[position : word.start()], meant]
            starts += [*read.starts[position : word.start()], *([read.starts[word.start()]] * len(meant))]
            ends += [*read.ends[position : word.start()], *([read.ends[word.end() - 1]] * len(meant))]
            position = word.end()
    if not pieces:
        return read
    return Folded("".join([*pieces, read.text[position:]]), [*starts, *read.starts[position:]], [*ends, *read.ends[position:]])


def misspelt(word: str) -> Iterator[str]:
    """``word`` with one letter doubled, swapped with the next or, in a longer one, lost or for its neighbour on the keys; the first stands."""
    for at in range(1, len(word)):
        before, letter, behind = word[:at], word[at], word[at + 1 :]
        yield before + letter + letter + behind
        if behind:
            yield before + behind[0] + letter + behind[1:]
        if len(word) >= SHORTEST:
            yield before + behind
            yield from (before + beside + behind for beside in _beside(letter))


def _beside(letter: str) -> Iterator[str]:
    """The letters left and right of one on the keyboard."""
    for row in _KEYS:
        at = row.find(letter)
        yield from row[max(at - 1, 0) : at] + row[at + 1 : at + 2] if at >= 0 else ""


@cache
def _slips(language: str) -> Slips | None:
    """Each slip of the words that a language's table lists for it, unless that is a word itself, and those listed as they are written."""
    table = sections(f"reply/languages/{language}.txt")
    if "misspelt" not in table:
        return None
    listed = [line.rpartition(": ") for line in table["misspelt"]]
    known = set(_WORD.findall(" ".join(line for name in _TABLES for line in table.get(name, ()))))
    words = {
        slip: word for meant, _, line in listed if not meant for word in line.split("|") for slip in set(misspelt(word)) - known
    }
    groups = "".join(f"({written})|" for meant, _, written in listed if meant)
    return Slips(
        words, re.compile(rf"(?<![a-z'])(?:{groups}{_WORD.pattern})(?![a-z'])"), tuple(meant for meant, _, _ in listed if meant)
    )
