"""Knows a word of time as a hurried hand writes it: tables hold the words, not the slips (mornning, thrusday, tomorow)."""

from __future__ import annotations

import re
from collections.abc import Iterator

SHORTEST = 6
"""Letters of a word that may be misspelt; shorter ones are too near to others (noon, moon)."""
_PLAIN = re.compile("[a-z]+")


def misspelt(word: str) -> Iterator[str]:
    """``word`` with one letter doubled, lost, or swapped with the next; its first letter stands. None of a short word or of several."""
    if len(word) < SHORTEST or not _PLAIN.fullmatch(word):
        return
    for at in range(1, len(word)):
        before, letter, behind = word[:at], word[at], word[at + 1 :]
        yield before + letter + letter + behind
        yield before + behind
        if behind:
            yield before + behind[0] + letter + behind[1:]
