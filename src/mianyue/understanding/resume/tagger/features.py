"""What the tagger sees of each character of a sentence; training and reading must see exactly the same."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from mianyue.understanding.wordlists import sections, words

_LEXICON = "resume/tagger/lexicon.txt"
# One letter for each kind of word of the lexicon.
_KINDS = {
    "place": "l",
    "company end": "c",
    "school end": "u",
    "body end": "b",
    "department": "d",
    "title": "t",
    "degree": "e",
    "major": "m",
    "race": "r",
    "before organization": "v",
}
# The ends of organizations and of titles are looked for from here to the end of the clause.
_AHEAD = frozenset("cubte")
_CLAUSE = re.compile(r"[,;。、:!?\s|]")
# Full-width signs, letters and figures stand for the narrow ones: one character for one, so that places stay.
_SAME = {wide: wide - 0xFEE0 for wide in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}


def features(text: str) -> list[list[str]]:
    """The features of each character: it and its neighbours, its word, what the lexicon says, and which ends come in its clause.

    ``text`` is one sentence in simplified characters; width and figures make no difference.
    """
    from rjieba import cut  # 90 ms, and most runs of the product read no résumé

    text = text.translate(_SAME)
    seen = [_shape(character) for character in text]
    padded = ["<2", "<1", *seen, ">1", ">2"]
    spelled = [*padded[:2], *text, *padded[-2:]]
    borders, before, own, after = _words(cut(text))
    kinds = _lexicon_marks(text)
    ahead, behind = _ends_ahead(text, kinds), _begun_by(text, kinds)
    found = []
    for i in range(len(text)):
        a, b, c, d, e = padded[i : i + 5]
        row = [
            f"0{c}",
            f"-1{b}",
            f"+1{d}",
            f"-2{a}",
            f"+2{e}",
            f"-10{b}{c}",
            f"01{c}{d}",
            f"-21{a}{b}",
            f"12{d}{e}",
            f"-101{b}{c}{d}",
            f"-210{a}{b}{c}",
            f"012{c}{d}{e}",
            f"k{_kind(spelled[i + 1])}{_kind(spelled[i + 2])}{_kind(spelled[i + 3])}",
            f"w{own[i]}",
            f"s{borders[i]}",
            f"ws{borders[i]}{own[i]}",
            f"v{before[i]}",
            f"x{after[i]}",
            f"vw{before[i]}|{own[i]}",
            f"wx{own[i]}|{after[i]}",
            f"l{kinds[i]}",
            f"a{ahead[i]}",
            f"b{behind[i]}",
            f"ab{behind[i]}{ahead[i]}",
        ]
        if i:
            row.append(f"l-1{kinds[i - 1]}")
        if i + 1 < len(text):
            row.append(f"l+1{kinds[i + 1]}")
            row.append(f"l01{kinds[i]}/{kinds[i + 1]}")
        if i + 2 < len(text):
            row.append(f"l+2{kinds[i + 2]}")
        found.append(row)
    return found


def _shape(character: str) -> str:
    """The character itself, but one for all figures, and one each for capital and small Latin letters."""
    if character.isdigit():
        return "0"
    if character.isascii() and character.isalpha():
        return "A" if character.isupper() else "a"
    return character


@cache
def _kind(character: str) -> str:
    """Latin letter, figure, Chinese character, sign or space; beyond the sentence's ends nothing."""
    if len(character) > 1:
        return "_"
    if character in "年月日":
        return "y"
    category = unicodedata.category(character)
    return {"L": "a" if character < "\u2e80" else "h", "N": "0", "Z": " ", "P": "p", "S": "p"}.get(category[0], "?")


def _words(cut: list[str]) -> tuple[list[str], list[str], list[str], list[str]]:
    """For each character: where in its word it stands (BMES), the word before, its word, and the word after."""
    shaped = ["0" if word[0].isdigit() else "A" if word[0].isascii() and word[0].isalpha() else word for word in cut]
    borders: list[str] = []
    before: list[str] = []
    own: list[str] = []
    after: list[str] = []
    for number, word in enumerate(cut):
        borders.extend("S" if len(word) == 1 else "B" + "M" * (len(word) - 2) + "E")
        before.extend([shaped[number - 1] if number else "<"] * len(word))
        own.extend([shaped[number]] * len(word))
        after.extend([shaped[number + 1] if number + 1 < len(cut) else ">"] * len(word))
    return borders, before, own, after


def _lexicon_marks(text: str) -> list[str]:
    """For each character the kinds of the longest entries that cover it, each with its place in the entry (BMES)."""
    entries, longest = _entries()
    marks: list[dict[str, tuple[int, str]]] = [{} for _ in text]
    for start in range(len(text)):
        for length in range(1, min(longest, len(text) - start) + 1):
            for kind in entries.get(text[start : start + length], ""):
                for offset in range(length):
                    known = marks[start + offset].get(kind)
                    if known is None or known[0] < length:
                        border = "S" if length == 1 else "B" if offset == 0 else "E" if offset == length - 1 else "M"
                        marks[start + offset][kind] = (length, border)
    return ["".join(f"{kind}{border}" for kind, (_, border) in sorted(mark.items())) for mark in marks]


def _ends_ahead(text: str, kinds: list[str]) -> list[str]:
    """For each character which kinds of ends its clause still holds after it, the nearest first, at most three."""
    found: list[str] = [""] * len(text)
    ahead = ""
    for i in range(len(text) - 1, -1, -1):
        found[i] = ahead
        if _CLAUSE.match(text[i]):
            ahead = ""
            continue
        for kind, border in zip(kinds[i][::2], kinds[i][1::2], strict=True):
            if kind in _AHEAD and border in "ES":
                ahead = (kind + ahead.replace(kind, ""))[:3]
    return found


def _begun_by(text: str, kinds: list[str]) -> list[str]:
    """For each character the kind of the last entry that ended before it in its clause, "," for none."""
    found: list[str] = []
    last = ","
    for i, character in enumerate(text):
        found.append(last)
        if _CLAUSE.match(character):
            last = ","
            continue
        ended = [kind for kind, border in zip(kinds[i][::2], kinds[i][1::2], strict=True) if border in "ES" and kind in "vctuebd"]
        last = "".join(ended) or last
    return found


@cache
def _entries() -> tuple[dict[str, str], int]:
    found: dict[str, str] = {}
    for name in sections(_LEXICON):
        for word in words(_LEXICON, name):
            word = word.translate(_SAME)
            found[word] = found.get(word, "") + _KINDS[name]
    for surname in words("resume/names.txt", "surnames") | words("resume/names.txt", "long surnames"):
        found[surname] = found.get(surname, "") + "n"
    return found, max(map(len, found))
