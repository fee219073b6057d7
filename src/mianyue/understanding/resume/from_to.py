"""Joins the two cells of a table's row, or the two lines of a form, that tell from when until when, so that they are read as one period."""

from __future__ import annotations

import re

from mianyue.understanding.folding import Folded
from mianyue.understanding.resume.periods import OPEN_END, moments
from mianyue.understanding.traditional import simplified

_LONGEST = 20
_OPEN = re.compile(OPEN_END, re.IGNORECASE)
# From: March 2019, and on the next line To: June 2021.
_TWO_LINES = re.compile(r"(?im)^[ \t]*from ?:? ?[^\n\t:]{4,20}\n[ \t]*to ?:? ?(?=[^\n]{3,20}$)")


def from_and_to_joined(folded: Folded) -> Folded:
    """The text with a dash for the tab between two neighbouring cells that hold nothing but a month or year each: Feb 2023 | present."""
    text = _TWO_LINES.sub(lambda told: told[0].replace("\n", " "), folded.text)
    lines = [_joined(line) if "\t" in line else line for line in text.split("\n")]
    return Folded("\n".join(lines), folded.starts, folded.ends)


def _joined(line: str) -> str:
    cells = line.split("\t")
    joined = cells[0]
    for number, cell in enumerate(cells[1:]):
        spans = _is_moment(cells[number]) and (_is_moment(cell) or _OPEN.fullmatch(simplified(cell.strip())))
        joined += ("–" if spans else "\t") + cell
    return joined


def _is_moment(cell: str) -> bool:
    bare = cell.strip()
    return 4 <= len(bare) <= _LONGEST and next(((start, end) for _, start, end in moments(bare)), None) == (0, len(bare))
