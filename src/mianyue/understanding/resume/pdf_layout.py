"""Puts the pieces of a PDF page into the order a person reads them in, and never glues two columns into one line."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import pairwise

from mianyue.understanding.resume.headings import is_label

_SELF_CONTAINED = re.compile(r"[^:：]{1,20}[:：]\s*\S")
_DATE = re.compile(
    r"\s*(?:(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?\s+|\d{1,2}[./])?(?:19|20)\d\d", re.IGNORECASE
)
_MOST_COLUMNS = 4
# Résumés have one or two gutters; a page with more is a picture made of letters, and not worth the time.
_MOST_GUTTERS = 24


@dataclass(slots=True)
class Run:
    """Characters that stand together on one line; distances in points, y grows upwards."""

    text: str
    left: float
    right: float
    bottom: float
    top: float

    @property
    def height(self) -> float:
        return max(self.top - self.bottom, 1.0)

    def add(self, blank: str, piece: Run) -> None:
        """Takes the next piece of the same line in."""
        self.text += blank + piece.text
        self.right = max(self.right, piece.right)
        self.bottom, self.top = min(self.bottom, piece.bottom), max(self.top, piece.top)

    def beside(self, other: Run) -> bool:
        """Whether both stand on the same line."""
        shared = min(self.top, other.top) - max(self.bottom, other.bottom)
        return shared > 0.5 * min(self.height, other.height)


@dataclass(frozen=True, slots=True)
class _Columns:
    """Runs of two columns side by side, in the order of the file."""

    first: list[Run]
    second: list[Run]

    @property
    def both(self) -> set[int]:
        return {id(run) for run in (*self.first, *self.second)}


def as_text(runs: list[Run]) -> str:
    """The page's text: lines end with a line feed, cells of one row are parted by a tab.

    ``runs`` come in the order of the file, which most programs write in reading order. That order is kept unless it jumps up and
    down the page, or hops between two columns line by line (a layout table), which are then read one after the other.
    """
    ordered = by_rows(runs) if _jumps(runs) else list(runs)
    for _ in range(_MOST_COLUMNS):
        columns = _interleaved(ordered)
        if columns is None:
            break
        ordered = _one_after_the_other(ordered, columns)
    return "\n".join(_lines(ordered))


def _lines(runs: Iterable[Run]) -> Iterable[str]:
    line: list[str] = []
    last: Run | None = None
    for run in runs:
        if last is not None and not (run.beside(last) and run.left >= last.right - 0.5 * last.height):
            yield "\t".join(line)
            line = []
        line.append(run.text.strip())
        last = run
    if line:
        yield "\t".join(line)


def _jumps(runs: list[Run]) -> bool:
    upward = sum(1 for now, then in pairwise(runs) if then.bottom > now.top and then.left < now.right)
    return upward > max(3, 0.15 * len(runs))


def by_rows(runs: list[Run]) -> list[Run]:
    """The runs line by line from the top, each line from the left."""
    rows: list[list[Run]] = []
    for run in sorted(runs, key=lambda run: -run.bottom):
        if rows and run.beside(rows[-1][0]):
            rows[-1].append(run)
        else:
            rows.append([run])
    return [run for row in rows for run in sorted(row, key=lambda run: run.left)]


def _one_after_the_other(runs: list[Run], columns: _Columns) -> list[Run]:
    both = columns.both
    start = next(index for index, run in enumerate(runs) if id(run) in both)
    before = [run for run in runs[:start] if id(run) not in both]
    after = [run for run in runs[start:] if id(run) not in both]
    top = max(run.top for run in (*columns.first, *columns.second))
    above = [run for run in after if run.bottom >= top]
    below = [run for run in after if run.bottom < top]
    return before + above + columns.first + columns.second + below


def _interleaved(runs: list[Run]) -> _Columns | None:
    """The largest pair of columns between which the file hops line by line."""
    best: _Columns | None = None
    for gutter in _gutters(runs)[:_MOST_GUTTERS]:
        for band in _bands(runs, gutter):
            first = [run for run in band if run.right <= gutter]
            second = [run for run in band if run.left >= gutter]
            found = _Columns(first, second)
            if _hops(band, gutter) > 3 and _are_columns(found) and (best is None or _size(found) > _size(best)):
                best = found
    return best


def _size(columns: _Columns) -> int:
    return min(len(columns.first), len(columns.second))


def _gutters(runs: list[Run]) -> list[float]:
    """The x positions, just left of where at least three lines begin."""
    lefts = sorted(run.left for run in runs)
    found: list[float] = []
    for index, left in enumerate(lefts):
        if index >= 2 and left - lefts[index - 2] < 3 and (not found or left - found[-1] > 6) and left - lefts[0] > 20:
            found.append(lefts[index - 2] - 0.5)
    return found


def _bands(runs: list[Run], gutter: float) -> list[list[Run]]:
    """The runs of each stretch of the page in which nothing crosses ``gutter``, in the order of the file."""
    barriers = sorted(run.bottom for run in runs if run.left < gutter < run.right)
    bands: dict[int, list[Run]] = {}
    for run in runs:
        if not run.left < gutter < run.right:
            bands.setdefault(bisect_right(barriers, run.bottom), []).append(run)
    return list(bands.values())


def _hops(band: list[Run], gutter: float) -> int:
    return sum(1 for now, then in pairwise(band) if (now.left < gutter) != (then.left < gutter))


def _are_columns(columns: _Columns) -> bool:
    """Whether each side makes sense by itself; a form (label, value) or a list with dates beside it is read row by row."""
    first, second = columns.first, columns.second
    if min(len(first), len(second)) < 3:
        return False
    labels = _share(first, lambda run: is_label(run.text) or run.text.rstrip().endswith((":", "：")))
    contained = _share(first, lambda run: _SELF_CONTAINED.match(run.text) is not None)
    if labels >= 0.4 and contained < 0.25:
        return False
    if max(_share(side, _is_date) for side in (first, second)) >= 0.5:
        return False
    # The rows of a form (label, value) or a table (period, employer, title) stay rows, whatever stands above and below them.
    beside = ((sorted((one for one in first if one.beside(run)), key=lambda one: one.right), run) for run in second)
    rows = [(*left, run) for left, run in beside if left]
    kept = [row for row in rows if any(_is_date(run) for run in row) or is_label(row[-2].text) or is_label(row[-1].text)]
    return len(rows) < 3 or len(kept) < 0.5 * len(rows)


def _is_date(run: Run) -> bool:
    return _DATE.match(run.text) is not None and len(run.text) < 24


def _share(runs: list[Run], test: Callable[[Run], bool]) -> float:
    return sum(1 for run in runs if test(run)) / len(runs)
