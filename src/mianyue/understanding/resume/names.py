"""Tells whether a few words are a person's name."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from mianyue.understanding.resume.headings import is_label
from mianyue.understanding.skills.table import concept_of
from mianyue.understanding.traditional import simplified
from mianyue.understanding.wordlists import alternatives, words

_TABLE = "resume/names.txt"
_MORE = "resume/name_words.txt"
_LATIN_WORD = re.compile(r"[^\W\d_\u3400-\u9fff](?:[^\W\d_\u3400-\u9fff]|['’‘`.\-](?=[^\W\d_\u3400-\u9fff]))*\.?")
_NICKNAME = re.compile(r"[\"“(][A-Z][A-Za-z]+[\"”)]")
# 蒙古族, 朝鲜族 are no names, though their first character is a surname.
_PEOPLE = re.compile(r".{1,4}族")
_KOREAN_NAME = re.compile(r"[가-힣]{2,4}")
_HAN_NAME = re.compile(r"[\u3400-\u9fff\U00020000-\U0003134f]{2,4}")
# What names in Chinese or Korean characters are made of; nothing else needs a closer look.
_CHARACTERS = re.compile(r"[\u3400-\u9fff\U00020000-\U0003134f가-힣·•・‧]{2,43}")
_SPACES = re.compile(r"\s+")
_KIND_OF_PLACE = re.compile(r"[人市省]$")
_WORD = re.compile(r"[a-z]{3,}")
_NO_LETTER = re.compile(r"[^a-z]")
_DOTTED_HAN_NAME = re.compile(r"[\u3400-\u9fff]{1,10}(?:[·•・‧][\u3400-\u9fff]{1,10}){1,3}")


def chinese_name(text: str) -> str | None:
    """The name ``text`` consists of, without the spaces inside it (施 俊 is 施俊), or None. ``text`` is in NFKC."""
    joined = _SPACES.sub("", text)
    if _CHARACTERS.fullmatch(joined) is None:
        return None
    plain = simplified(joined)
    if is_label(plain) or _no_name().search(plain) or concept_of(plain) is not None or _from_a_place(plain):
        return None
    if _DOTTED_HAN_NAME.fullmatch(joined):
        # 北京·朝阳 is where somebody lives.
        return None if re.split("[·•・‧]", plain)[0] in words(_TABLE, "places") else joined
    if _PEOPLE.fullmatch(plain):
        return None
    if _without_surname().fullmatch(plain):
        return joined
    if _HAN_NAME.fullmatch(joined) is None:
        return joined if _KOREAN_NAME.fullmatch(joined) and joined[0] in words(_MORE, "korean surnames") else None
    if has_long_surname(plain):
        return joined if len(joined) >= 3 else None
    surnames = words(_TABLE, "surnames")
    if plain[-1] in "工员师" and (len(plain) == 2 or is_word(plain[:-1])):
        return None  # 车工, 包装工, 教员, 厨师 are what somebody is.
    # Four characters are a name where two surnames are joined (范徐丽泰), seldom otherwise.
    return joined if plain[0] in surnames and (len(plain) <= 3 or plain[1] in surnames) else None


def has_long_surname(plain: str) -> bool:
    """Whether it begins with a surname of two characters: 欧阳, 完颜."""
    return plain[:2] in words(_TABLE, "long surnames") or plain[:2] in words(_MORE, "long surnames")


def places() -> frozenset[str]:
    """Provinces and cities by their Chinese names."""
    return words(_TABLE, "places")


def _from_a_place(plain: str) -> bool:
    """Whether it is where somebody lives or comes from: 广州, 安徽人."""
    return _KIND_OF_PLACE.sub("", plain) in words(_TABLE, "places")


def latin_name(text: str) -> str | None:
    """The name ``text`` consists of: two to five capitalised words, with particles such as "von", or None; no known skill."""
    parts = text.strip().split()
    if not 2 <= len(parts) <= 5 or len(text) > 60 or is_label(text) or _is_no_person(text):
        return None
    if all(len(part.strip(".,")) == 1 for part in parts):
        return None  # A B O U T is a heading.
    capitalised = 0
    for number, word in enumerate(parts):
        plain, inside = word.strip(","), 0 < number < len(parts) - 1
        if inside and (_NICKNAME.fullmatch(plain) or plain == "St." or plain.casefold() in words(_MORE, "particles")):
            continue
        if _LATIN_WORD.fullmatch(plain) is None or plain.casefold().strip(".") in _no_latin_names():
            return None
        if plain[0].isupper():
            capitalised += 1
        elif plain.casefold() not in words(_TABLE, "particles"):
            return None
    return " ".join(parts) if capitalised >= 2 or (capitalised == 1 and len(parts) > 2) else None


def agrees_with_address(name: str, address: str) -> bool:
    """Whether the local part of an e-mail address holds a word of a Latin name (tomas.fairweather90 and Tomás Fairweather)."""
    local = _NO_LETTER.sub("", address.partition("@")[0].casefold())
    return any(word in local for word in _WORD.findall(ascii_letters(name).casefold()))


def ascii_letters(text: str) -> str:
    """Latin letters without their accents."""
    spelled = text.replace("ß", "ss").replace("ø", "o").replace("Ø", "O").replace("ł", "l").replace("Ł", "L")
    return "".join(character for character in unicodedata.normalize("NFKD", spelled) if not unicodedata.combining(character))


@cache
def _no_name() -> re.Pattern[str]:
    return re.compile(f"{alternatives(_TABLE, 'never inside')}|^(?:{alternatives(_TABLE, 'no names')})$")


def is_word(plain: str) -> bool:
    """Whether the dictionary of the word cutter has ``plain``, which is in simplified characters."""
    from rjieba import has_word  # 90 ms, and most runs of the product read no résumé

    return has_word(plain)


def _is_no_person(text: str) -> bool:
    return concept_of(text) is not None or ascii_letters(text).casefold().strip(" .,") in words(_MORE, "towns")


@cache
def _no_latin_names() -> frozenset[str]:
    return words(_TABLE, "no latin names") | words(_MORE, "no part of a name")


@cache
def _without_surname() -> re.Pattern[str]:
    """扎西顿珠, 乌云其木格: two parts or more of which such names are made, or a long one."""
    parts = sorted(words(_MORE, "parts of names"), key=len, reverse=True)
    return re.compile(f"(?:{'|'.join(parts)}){{2,4}}|{'|'.join(part for part in parts if len(part) > 2)}")
