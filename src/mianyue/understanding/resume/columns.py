"""Puts the columns of a page under each other that a table or a text file sets side by side with tabs or wide spaces."""

from __future__ import annotations

import re

from mianyue.understanding.folding import Folded
from mianyue.understanding.resume.headings import heading_kind

_BETWEEN = re.compile(r"\t[ \t]*\t")
_WIDE = re.compile(r" {4,}(?=\S)")
_FEWEST = 6
# An indented line that begins well before the right column is of the left one.
_INDENT = 0.8


def columns_apart(folded: Folded) -> Folded:
    """The text with its left column before its right one, where both hold headings; else the text itself.

    Side by side are at least six lines with one gap of two tabs or more, or of four spaces or more; a form's cells have a single
    tab between.
    """
    if folded.text.count("\t\t") >= _FEWEST:
        return _apart(folded, _BETWEEN, 0)
    gaps = [gap for line in folded.text.split("\n") if len(gap := _WIDE.findall(line)) == 1 and not line.startswith(gap[0])]
    return _apart(folded, _WIDE, _INDENT * max(map(len, (gap[0] for gap in gaps)))) if len(gaps) >= _FEWEST else folded


def _apart(folded: Folded, between: re.Pattern[str], indent: float) -> Folded:
    """The columns under each other; a line whose only gap is at its beginning is of the right one if the gap is wider than ``indent``."""
    columns: tuple[list[tuple[int, int]], list[tuple[int, int]]] = ([], [])
    position = 0
    for line in folded.text.split("\n"):
        gaps = [gap for gap in between.finditer(line) if gap.start() or gap.end() > indent]
        if len(gaps) > 1:
            return folded
        gap = gaps[0].span() if gaps else (len(line), len(line))
        columns[0].append((position, position + gap[0]))
        columns[1].append((position + gap[1], position + len(line)))
        position += len(line) + 1
    texts = [[folded.text[first:last] for first, last in column] for column in columns]
    if any(not any(heading_kind(line) for line in column if line.strip()) for column in texts):
        return folded
    places = [place for first, last in (*columns[0], *columns[1]) for place in (*range(first, last), -1)]
    return Folded(
        "".join("\n" if place < 0 else folded.text[place] for place in places),
        _placed(folded.starts, places),
        _placed(folded.ends, places),
    )


def _placed(offsets: list[int] | range, places: list[int]) -> list[int]:
    """The offsets in the new order; a line's end stands where the character before it does."""
    found: list[int] = []
    for place in places:
        found.append(offsets[place] if place >= 0 else found[-1] if found else 0)
    return found
