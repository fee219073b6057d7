"""An encoder that knows the phrases it was told, for tests: what it wasn't told resembles nothing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from mianyue.understanding.phrases.encoder import EncoderUnavailable


class MemoryEncoder:
    """Phrases of one ``group`` have the same vector, all others a direction of their own; remembers what it was asked.

    ``failure`` is raised instead of answering while it is set.
    """

    name = "memory"

    def __init__(self, groups: Iterable[Iterable[str]] = (), dimensions: int = 384) -> None:
        self.groups = [{text.lower() for text in group} for group in groups]
        self.dimensions = dimensions
        self.asked: list[str] = []
        self.failure: EncoderUnavailable | None = None
        self._others: list[str] = []

    def embed(self, texts: Sequence[str]) -> Any:
        """A numpy array of texts × dimensions, float32."""
        import numpy

        self.asked += texts
        if self.failure is not None:
            raise self.failure
        vectors = numpy.zeros((len(texts), self.dimensions), dtype="float32")
        for row, text in enumerate(texts):
            vectors[row, self._axis(text.lower()) % self.dimensions] = 1.0
        return vectors

    def _axis(self, text: str) -> int:
        for number, group in enumerate(self.groups):
            if text in group:
                return number
        if text not in self._others:
            self._others.append(text)
        return len(self.groups) + self._others.index(text)
