"""Brings a reply to the one form that the grammar reads, character by character, so that findings point into the original."""

from __future__ import annotations

import re
from functools import cache

from mianyue.understanding.folding import Folded, fold
from mianyue.understanding.wordlists import sections

# Marks that differ only in looks; the wave and full-width dashes are how ranges are written.
_MARKS = str.maketrans("。!?;;、“”‘’〜～", ".!?;;、\"\"''~~")
_HAN = r"\u3400-\u9fff"
_NEEDLESS_SPACE = re.compile(rf"(?<=[{_HAN}])[ \t]+|(?<=[\w:])[ \t]+(?=[{_HAN}])")


def simplified(text: str) -> str:
    """``text`` with the traditional characters of dates and answers as simplified ones; of the same length."""
    return text.translate(_to_simplified())


def plain(text: str) -> Folded:
    """``text`` folded (NFKC, caseless), simplified, and without the spaces that some put between Chinese characters."""
    folded = fold(text)
    read = simplified(folded.text).translate(_MARKS)
    if not _NEEDLESS_SPACE.search(read):
        return Folded(read, folded.starts, folded.ends)
    kept: list[int] = []
    end = 0
    for space in _NEEDLESS_SPACE.finditer(read):
        kept.extend(range(end, space.start()))
        end = space.end()
    kept.extend(range(end, len(read)))
    return Folded("".join(read[i] for i in kept), [folded.starts[i] for i in kept], [folded.ends[i] for i in kept])


@cache
def _to_simplified() -> dict[int, str]:
    return {ord(pair[0]): pair[1] for line in sections("reply/languages/traditional.txt")["pairs"] for pair in line.split()}
