"""Reads a Chinese character as the one that was meant where another of the same sound stands beside a time (下舞, 十二店, 叁点)."""

from __future__ import annotations

import re
from functools import cache

from mianyue.understanding.wordlists import sections

_HAN = re.compile(r"[\u3400-\u9fff]")


def as_meant(text: str) -> str:
    """A simplified text with such slips put right, of the same length, so that places stay places."""
    if not _HAN.search(text):
        return text
    for meant, slip in _slips():
        text = slip.sub(meant, text)
    return text


@cache
def _slips() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """What is meant, and where its wrong character stands."""
    entries = (line.partition(": ") for line in sections("reply/languages/zh.txt")["alike"])
    return tuple((meant, re.compile(slip)) for meant, _, slip in entries)
