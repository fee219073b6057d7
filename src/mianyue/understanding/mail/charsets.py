"""Turns a mail's bytes into characters, although mail programs name the wrong character set more often than one would think."""

from __future__ import annotations

import codecs
import re
import unicodedata

# What a declared name really means: GB 2312 and GBK are parts of GB 18030, and "Latin 1" is Windows-1252 in all but name (WHATWG).
_MEANT = {
    "ascii": "utf-8",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "hz": "hz",
    "big5": "big5hkscs",
    "cp950": "big5hkscs",
    "iso8859-1": "cp1252",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "johab": "cp949",
    "tis-620": "iso8859-11",
}
_OF_MAIL = re.compile(
    r"utf-(?:8|7|16|16-le|16-be|32)|gb18030|hz|big5hkscs|cp932|cp949|euc_jp|iso2022_(?:jp|jp_1|jp_2|jp_ext|kr)|koi8-[ru]|mac-roman"
    r"|iso8859-(?:[2-9]|1[0-6])|cp125[0-8]|cp437|cp85\d|cp86\d|cp87\d"
)
"""Only these are tried: some of Python's other codecs (idna, punycode) take quadratic time, and none of them is one of mail's."""

_SURELY_UTF8 = re.compile(rb"[\xe0-\xf4][\x80-\xbf]{2}")
_SEVERAL_BYTES = frozenset({"gb18030", "big5hkscs", "cp932", "cp949", "euc_jp"})
_GUESSES = ("gb18030", "big5hkscs", "cp932", "cp949", "cp1252")


def text_of(content: bytes, declared: str = "") -> str:
    """The characters of ``content``; ``declared`` is the character set that the mail names, possibly wrong, unknown or empty.

    Bytes that are UTF-8 beyond doubt are taken for it, whatever was declared; then what was declared counts; then the set that makes
    the likeliest text. What no set can read is replaced by U+FFFD.
    """
    if content.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return content.decode("utf-8-sig" if content.startswith(codecs.BOM_UTF8) else "utf-16", "replace")
    named = _codec(declared)
    stateful = named.startswith(("iso2022", "hz", "utf-7", "utf-16", "utf-32"))
    if content.isascii() and not stateful:
        return content.decode("ascii")
    # Two-byte characters alone may be UTF-8 by chance, where another set of several bytes is declared.
    likely_utf8 = not stateful and (named not in _SEVERAL_BYTES or _SURELY_UTF8.search(content))
    if likely_utf8 and (text := _strictly(content, "utf-8")) is not None:
        return text
    # Every byte is something in Windows-1252, so that declaring it proves nothing.
    if named not in ("", "cp1252") and (text := _strictly(content, named)) is not None:
        return text
    readings = [text for guess in _GUESSES if (text := _strictly(content, guess)) is not None]
    if readings:
        return min(readings, key=_oddity)
    return content.decode(named or "utf-8", "replace")


def _codec(declared: str) -> str:
    """Python's own name for the declared set; empty where it is unknown or none of mail's."""
    try:
        name = codecs.lookup(declared.strip().strip("\"'")[:40]).name
    except (LookupError, ValueError, UnicodeError):
        return ""
    name = _MEANT.get(name, name)
    return name if _OF_MAIL.fullmatch(name) else ""


def _strictly(content: bytes, codec: str) -> str | None:
    try:
        return content.decode(codec)
    except UnicodeError:
        return None


def _oddity(text: str) -> float:
    """How unlikely it is that somebody wrote this: 0 for everyday characters, more for rare ones, controls and private ones."""
    beyond = [character for character in text[:2000] if not character.isascii()]
    # "Gespr臘h": a letter with an accent, read together with the one behind it.
    within_words = len(re.findall(r"[a-z][^\x00-\u02ff]|[^\x00-\u02ff][a-z]", text[:2000]))
    return (sum(map(_oddness, beyond)) + within_words) / (len(beyond) or 1)


def _oddness(character: str) -> float:
    category = unicodedata.category(character)
    if category in ("Cc", "Co", "Cn", "Cs"):
        return 5.0
    if "\u4e00" <= character <= "\u9fff":
        # GB 2312's first level and Big5's first level hold what is written every day, each in its own script.
        return 0.0 if _everyday(character) else 1.0
    if "\uff61" <= character <= "\uff9f":
        return 1.5  # half-width kana: what most bytes become when they are misread as Shift JIS
    if "\uac00" <= character <= "\ud7a3" or "\u3040" <= character <= "\u30ff":
        return 0.1
    if character.isalpha():
        return 0.3 if character.islower() else 0.6
    return 0.1 if category.startswith("P") or category == "Zs" else 1.0


def _everyday(character: str) -> bool:
    """Whether a Chinese character is among the common half of GB 2312 (rows 16 to 55) or of Big5 (A4 to C6)."""
    for codec, first, last in (("gb2312", 0xB0, 0xD7), ("big5", 0xA4, 0xC6)):
        try:
            if first <= character.encode(codec)[0] <= last:
                return True
        except UnicodeError:
            continue
    return False
