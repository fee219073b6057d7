"""One comparable form of a text that still knows where each character came from, so that findings can be shown in the original."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

_INVISIBLE = frozenset("\u00ad\u200b\u200c\u200d\u2060\ufeff")


@dataclass(frozen=True, slots=True)
class Folded:
    """``text`` in the form asked for; character ``i`` of it comes from ``starts[i]:ends[i]`` of the original."""

    text: str
    starts: list[int] | range
    ends: list[int] | range

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The place in the original that holds the folded characters from ``start`` to ``end`` (excluded, ``start < end``)."""
        return self.starts[start], self.ends[end - 1]


def fold(text: str, *, caseless: bool = True) -> Folded:
    """``text`` in NFKC (Unicode UAX #15: full-width letters, ligatures, Kangxi radicals become plain) less invisible characters.

    ``caseless`` also folds case. Works cluster by cluster (a base with its combining marks), so that every character of the result
    has a place in the original.
    """
    if text.isascii():
        return Folded(text.lower() if caseless else text, range(len(text)), range(1, len(text) + 1))
    pieces: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    position, length = 0, len(text)
    while position < length:
        end = position + 1
        while end < length and unicodedata.combining(text[end]):
            end += 1
        piece = _folded_cluster(text[position:end], caseless) if end - position < 8 else text[position:end]
        pieces.append(piece)
        starts.extend([position] * len(piece))
        ends.extend([end] * len(piece))
        position = end
    return Folded("".join(pieces), starts, ends)


def normal(text: str) -> str:
    """``text`` in NFKC without invisible characters; case as written."""
    return fold(text, caseless=False).text


def squeezed(phrase: str) -> str:
    """The phrase without what spellings differ in: case, width, spaces, hyphens."""
    return re.sub(r"[\s\-‐-―_]+", "", fold(phrase).text)


@lru_cache(maxsize=8192)
def _folded_cluster(cluster: str, caseless: bool) -> str:
    if cluster in _INVISIBLE:
        return ""
    folded = unicodedata.normalize("NFKC", cluster)
    return unicodedata.normalize("NFKC", folded.casefold()) if caseless else folded
