"""Compares a letter that a writer worded with its template: outside of the writer's sentences not one character may differ."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from mianyue.domain.notices.render import Rendered


def same_frame(worded: Rendered, template: Rendered, passages: Sequence[str], given_way: str, instead: str) -> bool:
    """Whether ``worded`` is ``template`` with ``passages`` as paragraphs of their own, and ``instead`` where ``given_way`` stood.

    The template's lines are taken from its two finished renderings, the passages from what the guard accepted.
    """
    if worded.subject != template.subject:
        return False
    plain = _lines(worded.text), _lines(template.text)
    page = _lines(worded.html), _lines(template.html)
    return _same(*plain, list(passages), given_way, instead) and _same(
        *page, [f'<p style="margin:0 0 16px">{escape(passage)}</p>' for passage in passages], escape(given_way), escape(instead)
    )


def _same(worded: list[str], template: list[str], passages: list[str], given_way: str, instead: str) -> bool:
    left = list(worded)
    for passage in passages:
        if left.count(passage) != 1:
            return False
        left.remove(passage)
    swapped = [line.replace(given_way, instead) if given_way and given_way in line else line for line in template]
    return left == swapped


def _lines(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.strip()]
