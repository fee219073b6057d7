"""Cuts the words around a piece of evidence out of a résumé, for somebody to see at a glance what shows it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

_AROUND = 24
_BORDER = re.compile(r"[\n\t|。；;]")
_BULLET = re.compile(r"^\s*[-–•·●■◆▪*]\s*")
_PART_OF_A_WORD = re.compile(r"[a-zA-Z]{2}")


@dataclass(frozen=True, slots=True)
class Excerpt:
    """The evidence itself (``words``), and what stands before and after it in its sentence."""

    before: str
    words: str
    after: str


def excerpt(text: str, start: int, end: int, private: Sequence[tuple[int, int]]) -> Excerpt:
    """The evidence at ``start:end`` with up to 24 characters on either side; nothing of the ``private`` places, nor beyond them."""
    first, last = max(0, start - _AROUND), min(len(text), end + _AROUND)
    for border in _BORDER.finditer(text, first, start):
        first = border.end()
    after = _BORDER.search(text, end, last)
    last = after.start() if after else last
    for begin, stop in private:
        if first < stop <= start:
            first = stop
        if end <= begin < last:
            last = begin
    before, behind = text[first:start], text[end:last]
    # A word cut in two by the limit goes.
    if first and _PART_OF_A_WORD.match(text, first - 1):
        before = re.sub(r"^\S*\s?", "", before)
    if _PART_OF_A_WORD.match(text, last - 1):
        behind = re.sub(r"\s?\S*$", "", behind)
    return Excerpt(_one_line(_BULLET.sub("", before)), _one_line(text[start:end]), _one_line(behind))


def _one_line(text: str) -> str:
    return " ".join(text.split()) if "\n" in text else text.replace("\t", " ")
