"""Tells which free phrases mean the same in other words or another language, where the table of skills knows neither."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from mianyue.understanding.phrases.encoder import Encoder, EncoderUnavailable
from mianyue.understanding.skills.table import concept_of

AMONG_CHINESE = 0.875
ACROSS_LANGUAGES = 0.86
"""Cosines from which two phrases mean the same to multilingual-e5-small, measured on pairs of skills (docs/performance.md)."""
LONGEST = 40
"""Characters of a phrase; whatever is longer is a sentence."""
_AT_ONCE = 64
_HAN = re.compile(r"[\u3400-\u9fff]")


class Likeness:
    """Compares phrases by an encoder that is asked for each of them once. After its first failure nothing is like anything any more."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self._vectors: dict[str, Any] = {}
        self.failure: EncoderUnavailable | None = None

    def learn(self, phrases: Iterable[str]) -> None:
        """Asks the encoder for those of the phrases that it hasn't been asked for, as many at once as it likes."""
        fresh = [one for one in dict.fromkeys(map(_plain, phrases)) if one and len(one) <= LONGEST and one not in self._vectors]
        for first in range(0, len(fresh), _AT_ONCE):
            some = fresh[first : first + _AT_ONCE]
            if self.failure is not None:
                return
            try:
                self._vectors.update(zip(some, self._encoder.embed(some), strict=True))
            except EncoderUnavailable as failure:
                self.failure = failure

    def alike(self, one: str, other: str) -> bool:
        """Whether both mean the same, as far as they were learned. What the table of skills knows apart stays apart, and two phrases in
        Latin letters are left to the table: there an encoder takes neighbours for one another (Java, JavaScript)."""
        if concept_of(one) and concept_of(other):
            return False
        chinese = [_HAN.search(text) is not None for text in (one, other)]
        first, second = (self._vectors.get(_plain(text)) for text in (one, other))
        if not any(chinese) or first is None or second is None:
            return False
        return bool(float(first @ second) >= (AMONG_CHINESE if all(chinese) else ACROSS_LANGUAGES))


def _plain(phrase: str) -> str:
    return " ".join(phrase.split())
