"""Makes traditional characters simplified, one by one, so that a text written in either script is read by one table of words."""

from __future__ import annotations

from functools import cache

from mianyue.understanding.wordlists import sections


def simplified(text: str) -> str:
    """``text`` with the traditional characters of the field's words made simplified; of the same length, so that places stay."""
    return text if text.isascii() else text.translate(_simple())


@cache
def _simple() -> dict[int, str]:
    return {ord(pair[0]): pair[1] for line in sections("traditional.txt")["pairs"] for pair in line.split("|")}
