"""Finds a keyword in a text in whatever spelling: another case, width, hyphen, line break, or another name of the same thing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

from mianyue.understanding.aliases import spellings, squeezed
from mianyue.understanding.folding import Folded, fold, normal
from mianyue.understanding.skills.context import AFTER, BEFORE, denied, required_beginning
from mianyue.understanding.traditional import simplified

# What may stand between two parts of a phrase: spaces, a hyphen, the end of a line.
_GAP = r"[ \n\-‐-―_]{0,3}"
# Parts: Latin words (split at camel case), numbers, single Chinese characters, signs.
_PART = re.compile(r"[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-zà-öø-ÿ]+|[A-Z]+|[^\W\d_\u3400-\u9fff]+|\d+|[\u3400-\u9fff]|[^\s\w]")
_LATIN = r"[^\W_\u3400-\u9fff]"


def searchable(text: str) -> Folded:
    """``text`` in the form in which ``places`` looks."""
    folded = fold(text)
    return Folded(simplified(folded.text), folded.starts, folded.ends)


def places(keyword: str, text: str, folded: Folded) -> Iterator[tuple[int, int]]:
    """Where ``text`` (``folded`` by ``searchable``) names the keyword without denying it (无 Kafka 经验), in order.

    Latin words match whole: Java is not in JavaScript, C not in C++.
    """
    pattern, capitals = _pattern(keyword)
    for match in pattern.finditer(folded.text):
        start, end = folded.span(match.start(), match.end())
        required = capitals.get(squeezed(match[0]))
        if required is not None and not normal(text[start:end]).startswith(required):
            continue
        if not denied(folded.text, match.start(), match.end()):
            yield start, end


@lru_cache(maxsize=4096)
def _pattern(keyword: str) -> tuple[re.Pattern[str], dict[str, str]]:
    """One expression for all spellings, longest first, and the beginning that short or everyday words must have as written."""
    names = sorted(spellings(keyword), key=len, reverse=True)
    capitals = {squeezed(name): start for name in names if (start := required_beginning(name))}
    return re.compile("|".join(_expression(name) for name in names)), capitals


def _expression(name: str) -> str:
    parts = [fold(part).text for part in _PART.findall(simplified(normal(name)))]
    if not parts:
        return r"(?!)"
    first, last, key = parts[0], parts[-1], squeezed(name)
    body = re.escape(first)
    for before, part in pairwise(parts):
        if part == "." and len(parts) > 2:
            # Node.js, NodeJS and node js are one; the dot that begins .NET stays.
            body += r"[. ]?"
        else:
            body += ("" if before == "." else _GAP) + re.escape(part)
    opening = closing = ""
    if re.match(_LATIN, first):
        opening = rf"(?<!{_LATIN})"
    if re.match(_LATIN, last):
        closing = ("s?" if len(last) >= 4 and last.isalpha() else "") + rf"(?!{_LATIN})"
        closing += r"(?![+#])" if len(key) <= 2 else ""
    return f"{BEFORE.get(key, '')}{opening}{body}{closing}{AFTER.get(key, '')}"
