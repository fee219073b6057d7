"""Rows of a letter's table made fit for a page."""

from __future__ import annotations

from mianyue.domain.notices.letter import Line, Link, Row
from mianyue.workflows.facts import is_web


def tappable(rows: list[Row]) -> list[Row]:
    """``rows`` in which only web addresses are links: the company's files may hold ``javascript:`` or a mere ``see intranet``."""
    return [Row(row.label, _tappable(row.line)) for row in rows]


def _tappable(line: Line) -> Line:
    return tuple(piece.url if isinstance(piece, Link) and not is_web(piece.url) else piece for piece in line)
