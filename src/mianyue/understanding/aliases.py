"""Knows the spellings of one thing: JS and JavaScript, 机器学习 and machine learning."""

from __future__ import annotations

import re
from functools import cache

from mianyue.understanding.folding import fold
from mianyue.understanding.wordlists import sections

_TABLE = "aliases.txt"


def spellings(keyword: str) -> tuple[str, ...]:
    """``keyword`` itself, as given, and every other spelling of the same thing, as the table has it."""
    return tuple(dict.fromkeys((keyword, *_groups().get(squeezed(keyword), ()))))


def squeezed(phrase: str) -> str:
    """The phrase without what spellings differ in: case, width, spaces, hyphens."""
    return re.sub(r"[\s\-‐-―_]+", "", fold(phrase).text)


@cache
def _groups() -> dict[str, tuple[str, ...]]:
    """Each spelling's group; that no spelling stands in two groups is tested."""
    groups = [tuple(line.split("|")) for lines in sections(_TABLE).values() for line in lines]
    return {squeezed(name): group for group in groups for name in group}
