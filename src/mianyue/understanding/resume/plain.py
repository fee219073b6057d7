"""Decodes a plain-text résumé, whose encoding nobody wrote down."""

from __future__ import annotations

import codecs
import unicodedata

_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_ORDINARY_WESTERN = frozenset("–—‘’‚“”„…•·°§€£«»´ªº×¡¿©®™½²³")


def decoded(content: bytes) -> str | None:
    """The text, or None if the bytes are no text: a byte order mark decides, then UTF-8, GB 18030, Windows-1252 are tried.

    GB 18030 accepts nearly any bytes, so what it yields must also look like Chinese; Windows-1252 likewise like a western language.
    """
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return _usable(_decode(content, encoding))
    for encoding, looks_right in (("utf-8", _anything), ("gb18030", _like_chinese), ("cp1252", _like_western)):
        text = _decode(content, encoding)
        if text is not None and looks_right(text):
            return _usable(text)
    return None


def _decode(content: bytes, encoding: str) -> str | None:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        return None


def _usable(text: str | None) -> str | None:
    """None for binary data: text holds no control characters but white space."""
    if text is None or any(unicodedata.category(character) == "Cc" and character not in "\t\n\r\f\v\x1a\x85" for character in text):
        return None
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\x1a", "")


def _anything(text: str) -> bool:
    return True


def _like_chinese(text: str) -> bool:
    """Whether nearly all beyond ASCII are characters in everyday use: those that GB 2312 already held, besides other letters."""
    beyond = [character for character in text if not character.isascii()]
    everyday = 0
    for character in beyond:
        try:
            everyday += len(character.encode("gb2312")) == 2
        except UnicodeEncodeError:
            continue
    return everyday >= 0.9 * len(beyond)


def _like_western(text: str) -> bool:
    beyond = [character for character in text if not character.isascii()]
    return all(character.isalpha() or character.isspace() or character in _ORDINARY_WESTERN for character in beyond)
