"""Reads the numerals that people write in answers: figures, Chinese characters, and the number words of each language's table."""

from __future__ import annotations

_DIGITS = {
    "〇": 0,
    "零": 0,
    "一": 1,
    "二": 2,
    "两": 2,
    "三": 3,
    "仨": 3,
    "俩": 2,
    "四": 4,
    "五": 5,
    "六": 6,
    "七": 7,
    "八": 8,
    "九": 9,
    "日": 7,
    "天": 7,
}
_TENS = {"十": 10, "廿": 20, "卅": 30}

NUMERAL = r"(?:(?<!\d)\d{1,2}|[二三]?十[一二三四五六七八九]?|[廿卅][一二三四五六七八九]?|[〇零一二两俩三仨四五六七八九])"
"""A number below 100 in figures or in simplified Chinese characters, as a regular expression."""


def number(written: str) -> int:
    """The value of figures or of Chinese characters up to 99 (廿三 is 23). Raises ValueError for anything else."""
    if written.isdigit() and written.isascii():
        return int(written)
    total, ones = 0, 0
    for character in written:
        if character in _TENS:
            total += (ones or 1) * 10 if character == "十" else _TENS[character]
            ones = 0
        elif character in _DIGITS:
            ones = _DIGITS[character]
        else:
            raise ValueError(f"not a numeral: {written!r}")
    return total + ones


def year(written: str) -> int:
    """A year in figures or in Chinese characters read one by one (二零二七); of two of them that of this century. Raises ValueError."""
    figures = written if written.isascii() else "".join(str(number(character)) for character in written)
    return int(figures) + (2000 if len(figures) == 2 else 0)
