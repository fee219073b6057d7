"""Turns the tables of words of one or several languages into compiled expressions; each language is a file, none is code."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cache

from mianyue.understanding.reply.alternatives import any_expression
from mianyue.understanding.reply.numerals import NUMERAL
from mianyue.understanding.traditional import simplified
from mianyue.understanding.wordlists import sections

_LATIN = "a-z0-9à-öø-ÿœ"


@dataclass(frozen=True, slots=True)
class Lexicon:
    """``patterns`` (a kind, a value, an expression) are tried beside ``words``, whose ``meanings`` are a kind and a value.

    ``ignored`` tells of other times; ``neutral`` are words beside a time that neither want nor refuse it (None
    where the text's own language lists none). Beside what is booked only ``plain`` words may stand, and no ``doubts``; what else
    is told then may hold no ``hesitations``. ``chosen`` are words that choose without a predicate (我要, go for).
    """

    patterns: tuple[tuple[str, str, re.Pattern[str]], ...]
    words: re.Pattern[str]
    meanings: dict[str, tuple[str, str]]
    ignored: re.Pattern[str]
    intents: dict[str, re.Pattern[str]]
    months: dict[str, str]
    numbers: dict[str, str]
    neutral: re.Pattern[str] | None
    plain: re.Pattern[str] | None
    doubts: re.Pattern[str]
    hesitations: re.Pattern[str]
    chosen: re.Pattern[str]

    def tells(self, intent: str, text: str) -> bool:
        """Whether any word of an intent stands in a plain text; a language may have no words for it."""
        return intent in self.intents and self.intents[intent].search(text) is not None


@cache
def lexicon(languages: tuple[str, ...]) -> Lexicon:
    """The tables of these languages and what all share, as one; an earlier language wins where two disagree."""
    names = (*languages, "any")
    meanings: dict[str, tuple[str, str]] = {}
    for name in names:
        for kind, listed in _entries(name, "words"):
            for word in listed.split("|"):
                meanings.setdefault(word, (kind.partition(" ")[0], kind.partition(" ")[2]))
    patterns = tuple(
        (kind.partition(" ")[0], kind.partition(" ")[2], _compiled(name, written))
        for name in names
        for kind, written in _entries(name, "patterns")
    )
    ignored = [_expanded(name, line) for name in names for line in _lines(name, "ignore")]
    intents: dict[str, list[str]] = {}
    for name in names:
        for intent, written in _entries(name, "intents"):
            intents.setdefault(intent, []).append(_expanded(name, written))
    return Lexicon(
        patterns,
        _any_of(meanings),
        meanings,
        any_expression(ignored),
        {intent: any_expression(written) for intent, written in intents.items()},
        _values(names, "months"),
        _values(names, "days") | _values(names, "numbers"),
        _listed(names, "neutral") if _lines(names[0], "neutral") else None,
        _listed(names, "plain" if _lines(names[0], "plain") else "neutral") if _lines(names[0], "hesitations") else None,
        _listed(names, "doubts"),
        _listed(names, "hesitations"),
        _listed(names, "chosen"),
    )


def _listed(names: tuple[str, ...], section: str) -> re.Pattern[str]:
    """The words of these sections, whole."""
    return _any_of({word for name in names for line in _lines(name, section) for word in line.split("|")})


def _any_of(words: Collection[str]) -> re.Pattern[str]:
    """The longest of these words whole, its letters of the Latin script standing alone; by first letters, so that few are tried."""
    bare = re.compile(rf"[{_LATIN}]")
    by_first: dict[str, list[str]] = {}
    for word in sorted(words, key=len, reverse=True):
        by_first.setdefault(word[0], []).append(_ending(word[1:], word))
    latin = "|".join(f"{first}(?:{'|'.join(rest)})" for first, rest in by_first.items() if bare.match(first))
    others = "|".join(f"{re.escape(first)}(?:{'|'.join(rest)})" for first, rest in by_first.items() if not bare.match(first))
    return re.compile("|".join(filter(None, [latin and rf"(?<![{_LATIN}])(?:{latin})", others])) or "(?!)")


def _ending(rest: str, word: str) -> str:
    """What follows a word's first letter, and its border; spaces may be several. Chinese, Japanese and Korean words need none."""
    written = re.escape(rest).replace(r"\ ", " +")
    return written + (rf"(?![{_LATIN}])" if re.search(rf"[{_LATIN}]$", word) else "")


def _values(names: tuple[str, ...], section: str) -> dict[str, str]:
    """Words of a list with figures for values, as figures: december is 12."""
    return {word: value for name in reversed(names) for value, listed in _entries(name, section) for word in listed.split("|")}


def _compiled(name: str, written: str) -> re.Pattern[str]:
    return re.compile(_expanded(name, written))


def _expanded(name: str, written: str) -> str:
    """The expression with its {names} filled in: {n} a numeral, {months}, {numbers} and {days} the words of these lists."""
    written = written.replace("{n}", NUMERAL)
    for section in ("months", "numbers", "days"):
        if f"{{{section}}}" in written:
            words = sorted(_values((name,), section), key=len, reverse=True)
            written = written.replace(f"{{{section}}}", f"(?:{'|'.join(map(re.escape, words))})")
    return written


def _entries(name: str, section: str) -> Iterator[tuple[str, str]]:
    for line in _lines(name, section):
        # The first colon ends the kind; expressions may hold more.
        kind, _, rest = line.partition(": ")
        yield kind, rest


def _lines(name: str, section: str) -> tuple[str, ...]:
    return tuple(simplified(line) for line in sections(f"reply/languages/{name}.txt").get(section, ()))
