"""Tells how much words that may be a name look like one: by the names of many peoples, and by what is a word of its own in Chinese."""

from __future__ import annotations

import re
from functools import cache

from mianyue.understanding.resume.names import agrees_with_address, ascii_letters, has_long_surname, is_word
from mianyue.understanding.traditional import simplified
from mianyue.understanding.wordlists import alternatives, words

_TABLE = "resume/name_words.txt"
_HAN_WORD = re.compile(r"[\u3400-\u9fff]{2,4}")


def likely(name: str, address: str) -> bool | None:
    """Whether a name in Latin letters is surely one (True), is hardly one (False), or may be one of a people that no table knows (None).

    ``address`` is the candidate's e-mail address, with which a name often agrees.
    """
    parts = [part for part in re.split(r"[\s,\"“”()]+", ascii_letters(name).casefold()) if part]
    known = any(piece in words(_TABLE, "latin names") for part in parts for piece in (part, *part.split("-"))) or _in_pinyin(parts)
    if known or agrees_with_address(name, address):
        return True
    return False if any(part in words(_TABLE, "seldom part of a name") for part in parts) else None


def known_words(*parts: str) -> bool:
    """Whether each of the words is a name by itself."""
    return all(ascii_letters(part).casefold() in words(_TABLE, "latin names") for part in parts)


def ordinary(name: str) -> bool:
    """Whether what may be a Chinese name is a word of everyday language as well, or made of two: 严谨, 成长, 安宁, 安全第一."""
    plain = simplified(name)
    if _HAN_WORD.fullmatch(plain) is None:
        return False
    if not is_word(plain):
        return of_two_words(plain)
    from rjieba import tag  # see is_word

    return not all(kind.startswith("nr") for _, kind in tag(plain))


def of_two_words(name: str) -> bool:
    """Whether it is two words of two characters, of which the first is no surname: 简单真诚."""
    plain = simplified(name)
    return len(plain) == 4 and is_word(plain[:2]) and is_word(plain[2:]) and not has_long_surname(plain)


def _in_pinyin(parts: list[str]) -> bool:
    """Whether one word, the first or last, is a Chinese surname and the others are of one to three syllables: Wang Zihan, Yu-Hsuan Lin."""
    surnames = words(_TABLE, "pinyin surnames")
    for surname, given in ((parts[0], parts[1:]), (parts[-1], parts[:-1])):
        if surname in surnames and all(_syllables().fullmatch(part) for part in given):
            return True
    return False


@cache
def _syllables() -> re.Pattern[str]:
    return re.compile(f"(?:(?:{alternatives(_TABLE, 'pinyin syllables')})[-'’]?){{1,2}}")
