"""Tells words that only acknowledge ("收到，谢谢") from those that want something, so that nobody is called for a thank-you."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from mianyue.understanding.folding import fold
from mianyue.understanding.wordlists import sections

_LONGEST = 80
"""Characters; whoever writes more says more."""
_THANKED = re.compile(
    "[谢謝收明知了瞭해感감고알]|thank|got it|noted|received|see you|understood|looking|ありがとう|承知|了解|dank|merci|gracias|obrigad|recib|reçu"
)


def only_thanks(text: str) -> bool:
    """Whether ``text`` acknowledges something and says nothing else. A bare "ok" is no thanks: it may agree to something."""
    if "?" in text or "？" in text or not 0 < len(text) <= _LONGEST:
        return False
    folded = fold(text).text
    words = "".join(char if _speaks(char) else " " for char in folded)
    return bool(_THANKED.search(words)) and _known().fullmatch(" ".join(words.split())) is not None


def _speaks(char: str) -> bool:
    return char == "'" or unicodedata.category(char)[0] in "LNM"


@cache
def _known() -> re.Pattern[str]:
    words = {word for line in sections("thanks.txt")["thanks"] for word in line.split()}
    latin = "|".join(sorted(map(re.escape, (w for w in words if w.isascii() or "a" <= w[0] <= "ÿ")), key=len, reverse=True))
    other = "|".join(sorted(map(re.escape, (w for w in words if not (w.isascii() or "a" <= w[0] <= "ÿ"))), key=len, reverse=True))
    return re.compile(rf"(?:(?:{other})|\b(?:{latin})\b|[ ])+")
