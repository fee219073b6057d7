"""Chooses the tables of words for a text: by its script, and among the Latin ones by the small words that give each away."""

from __future__ import annotations

import re
from functools import cache

from mianyue.understanding.wordlists import sections

_LATIN = ("en", "de", "fr", "es", "pt")


def languages_of(text: str) -> tuple[str, ...]:
    """The languages whose tables read this plain text, the likeliest first; English words may stand in any Asian text."""
    if re.search(r"[\u3040-\u30ff]|[月火水木金土日]曜", text):
        return ("ja", "en")
    if re.search(r"[\uac00-\ud7a3]", text):
        return ("ko", "en")
    if re.search(r"[\u3400-\u9fff]", text):
        return ("zh", "en")
    words = re.findall(r"[^\W\d_]+", text)
    counts = {language: sum(word in _hints(language) for word in words) for language in _LATIN}
    best = max(_LATIN, key=lambda language: counts[language])
    return (
        (best,)
        if counts[best] > counts["en"]
        else ("en",)
        if counts["en"] or not re.search(r"[\u3400-\u9fff]", text)
        else ("zh", "en")
    )


@cache
def _hints(language: str) -> frozenset[str]:
    """The small words that give the language away, and those of its table."""
    table = sections(f"reply/languages/{language}.txt")
    named = [line.partition(": ")[2] for section in ("months", "numbers", "words") for line in table[section]]
    return frozenset(word for line in (*table["hints"], *named) for word in line.split("|"))
