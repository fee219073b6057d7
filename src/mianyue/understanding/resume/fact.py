"""One thing found in a résumé, with the place that says it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from mianyue.understanding.folding import Folded


@dataclass(frozen=True, slots=True)
class Fact:
    """A value in normal form; ``start:end`` is where the text says it.

    ``method`` tells how it was found (``label``, ``title``, ``pattern`` …), ``confidence`` from 0 to 1 how sure that is: under 0.6
    a person should look.
    """

    value: str
    start: int
    end: int
    method: str
    confidence: float


def fact_at(folded: Folded, value: str, start: int, end: int, method: str, confidence: float) -> Fact:
    """A fact whose place is given in the folded text."""
    return Fact(value, *folded.span(start, end), method, confidence)


def surest(facts: Iterable[Fact]) -> Fact | None:
    """The fact of the highest confidence, of equals the one that comes first in the text."""
    return max(facts, key=lambda fact: (fact.confidence, -fact.start), default=None)
