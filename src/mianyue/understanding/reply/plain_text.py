"""Brings a reply to the one form that the grammar reads, character by character, so that findings point into the original."""

from __future__ import annotations

import re

from mianyue.understanding.folding import Folded, fold
from mianyue.understanding.traditional import simplified

# Marks that differ only in looks; the wave and full-width dashes are how ranges are written.
_MARKS = str.maketrans("。!?;;、“”‘’〜～", ".!?;;、\"\"''~~")
_HAN = r"\u3400-\u9fff"
_NEEDLESS = re.compile(
    rf"(?<=[{_HAN}])[ \t]+|(?<=[\w:])[ \t]+(?=[{_HAN}])"
    r"|(?<=[ap])\.(?=m\b)|(?<=[ap]\.m)\.(?=[ ,])|(?<=\b[ie])\.(?=[eg]\.)|(?<=\b[ie]\.[eg])\."
)
_CLAUSE_ENDS = re.compile(r"可以$|[了吧行空啊哦呢吗么课班事便哈呀]$")
_HAN_NEXT = re.compile(rf"[{_HAN}]")


def plain(text: str) -> Folded:
    """``text`` folded (NFKC, caseless), simplified, and without the spaces that some put between Chinese characters.

    A space behind a word that ends a clause (周三不行 周四可以) is read as the comma that it stands for; the dots of "p.m." go.
    """
    folded = fold(text)
    read = simplified(folded.text).translate(_MARKS)
    kept: list[int] = []
    characters: list[str] = []
    end = 0
    for found in _NEEDLESS.finditer(read):
        kept.extend(range(end, found.start()))
        characters.append(read[end : found.start()])
        if _CLAUSE_ENDS.search(read[: found.start()][-2:]) and _HAN_NEXT.match(read, found.end()):
            kept.append(found.start())
            characters.append(",")
        end = found.end()
    if not end:
        return Folded(read, folded.starts, folded.ends)
    kept.extend(range(end, len(read)))
    characters.append(read[end:])
    return Folded("".join(characters), [folded.starts[i] for i in kept], [folded.ends[i] for i in kept])
