"""Knows the spellings of one thing: JS and JavaScript, 机器学习 and machine learning."""

from __future__ import annotations

from mianyue.understanding.folding import squeezed
from mianyue.understanding.skills.table import concept_of

__all__ = ["spellings", "squeezed", "thing"]


def thing(keyword: str) -> str:
    """What two spellings of one thing have in common: the id of its concept, or the keyword squeezed where the table doesn't have it."""
    concept = concept_of(keyword)
    return concept.id if concept else squeezed(keyword)


def spellings(keyword: str) -> tuple[str, ...]:
    """``keyword`` itself, as given, and every other spelling of the same thing, as the table of skills has it."""
    concept = concept_of(keyword)
    return tuple(dict.fromkeys((keyword, *(concept.names if concept else ()))))
