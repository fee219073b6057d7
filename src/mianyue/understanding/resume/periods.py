"""Reads from–to periods in months, as résumés write them: 2019.03-2021.06, 2019年3月至今, Mar 2019 – present, 03/2019 – 06/2021."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NAMES = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?|spring|summer|autumn|fall|winter|q[1-4])"
)
# The months that stand for a season, a quarter or a part of the year.
_BEGINS_IN = {"spr": 3, "sum": 6, "aut": 9, "fal": 9, "win": 12, "q1": 1, "q2": 4, "q3": 7, "q4": 10}
_PARTS = {"初": 1, "上": 1, "中": 6, "下": 7, "底": 12, "末": 12, "春": 3, "夏": 6, "秋": 9, "冬": 12}
_DIGITS = str.maketrans("〇零○一二三四五六七八九", "000123456789")
OPEN_END = (
    r"至今|迄今|现在|目前|现职|仍在职|仍在|在职|今|present|(?:till?\ |until\ )?(?:date|now)\b|current(?:ly)?|now|today|to\ date|ongoing"
    r"|heute"
)
"""How a period says that it lasts: 至今, present."""


def _moment(tag: str) -> str:
    # 09.05, 03/19 and 201903 are dates only within a period: elsewhere they are numbers.
    short = (
        rf"""|(?<![\d.])(?P<y6{tag}>\d\d)\.(?P<m6{tag}>1[0-2]|0[1-9])(?![\d.])
        | (?<![\d/])(?P<m9{tag}>1[0-2]|0[1-9])/(?P<y9{tag}>[012]\d)(?![\d/])
        | (?P<y10{tag}>(?:19|20)\d\d)(?P<m10{tag}>1[0-2]|0[1-9])(?!\d)"""
        if tag in "ab"
        else ""
    )
    dash = "-" if tag in "ab" else ""
    return rf"""(?:
        (?P<y1{tag}>(?:19|20)\d\d)\s?(?:[./-]|年\s?)\s?(?P<m1{tag}>1[0-2]|0?[1-9])(?!\d)(?:\s?月(?:份)?)?(?:[./-]?\s?(?:[0-3]?\d)(?:\s?[日号]|(?=[\s~至到–—-])))?
        | (?:[0-3]?\d(?:st|nd|rd|th)?\.?\s)?(?P<n2{tag}>{_NAMES})\.?,?[\s{dash}]?(?P<y2{tag}>['’]?(?:19|20)\d\d
            |['’{dash}]?(?<=['’{dash}])\d\d(?!\d))
        | (?:(?:0?[1-9]|[12]\d|3[01])\s?[./]\s?)?(?P<m3{tag}>1[0-2]|0?[1-9])\s?[./]\s?(?P<y3{tag}>(?:19|20)\d\d)
        | (?<!\d)(?P<y5{tag}>(?:民国\s?)?\d{{2,3}})\s?年\s?(?P<m5{tag}>1[0-2]|0?[1-9])\s?月(?:份)?
        | (?P<y7{tag}>[一二][〇零○九][〇零○一二三四五六七八九]{{2}})\s?年\s?(?P<m7{tag}>十[一二]?|[一二三四五六七八九]|1[0-2]|[1-9])\s?月(?:份)?
        | (?P<y8{tag}>(?:19|20)\d\d)[./-](?P<n8{tag}>{_NAMES})(?!\w|\.?,?\s?(?:19|20)\d\d)
        | (?P<y11{tag}>(?:19|20)\d\d)\s?年\s?(?:年(?=[初底末]))?(?P<n11{tag}>初(?![中级])|底(?!薪)|末|[春夏秋冬](?:[天季]|(?!\w))|[上下]半年)
        {short}
        | (?P<y4{tag}>(?:19|20)\d\d)\s?年?(?!\s?[./-]?\d{{1,2}}(?!\d)\s?月)
    )"""


_TO = r"\s{0,3}(?:[-‐‑‒–—―−~〜～→]{1,3}|(?:一直)?[\u3400-\u9fff]?[至到]|\||\bto\b:?|\buntil\b|\btill\b|\bbis\b)\s{0,3}"
_PERIOD = re.compile(
    rf"(?<![\d.])(?:{_moment('a')}(?:{_TO}(?:{_moment('b')}|(?P<open>{OPEN_END}))|(?<=\d\d\d\d)[-–/](?P<short>1[3-9]|2\d)(?![\d./年-])"
    rf"|\s?(?P<since>(?:起)?[至迄]今|起(?=\s|$)|→(?=\s+[^\W\d])(?!\s+{_NAMES})|[-–—]\s*$))"
    rf"|(?:since|from|seit):?\s{_moment('c')}(?!{_TO}\d|{_TO}{_NAMES}|{_TO}(?:{OPEN_END})))",
    re.IGNORECASE | re.VERBOSE | re.MULTILINE,
)


# 同年7月, 当年7月 and 次年3月 go by the year named before.
_ALONE = re.compile(
    rf"(?<![\d.]){_moment('d')}(?!\d)|(?P<same>[同当次翌])年\s?(?P<month>1[0-2]|0?[1-9])\s?月", re.IGNORECASE | re.VERBOSE
)


# What every month and year has: most lines tell none, and to find that out is cheap.
_FIGURES = re.compile(r"\d\d|[一二][〇零○九]")


@dataclass(frozen=True, slots=True)
class Period:
    """Half months since year 0, half-open: a month begins a job at its first half and ends it at its middle, since days aren't told.

    ``start:end`` is the place in the text read; ``last`` is None while it lasts.
    """

    first: int
    last: int | None
    start: int
    end: int

    def until(self, today: date) -> tuple[int, int]:
        """The interval in half months, an open one up to ``today``; empty if it lies in the future."""
        now = 2 * (today.year * 12 + today.month - 1) + 1
        return self.first, min(self.last or now, now)

    def latest(self) -> int:
        """The last half month named."""
        return self.last or self.first


def periods(text: str) -> Iterable[Period]:
    """Every period in ``text`` (NFKC, simplified), in order; one that ends before it begins is none."""
    for match in _PERIOD.finditer(text) if _FIGURES.search(text) else ():
        tag = "a" if any(match[f"y{number}a"] for number in _NUMBERS["a"]) else "c"
        first = _read(match, tag)
        last = None
        if match["short"]:
            last = 2 * 12 * _whole(f"'{match['short']}")
        elif match["open"] is None and match["since"] is None and tag == "a":
            # A named month counts to its middle, a bare year not at all.
            last = _read(match, "b") + (0 if match["y4b"] else 1)
        if last is None or last > first:
            yield Period(first, last, match.start(), match.end())


def moments(text: str) -> Iterable[tuple[int, int, int]]:
    """Every month or year that ``text`` names by itself, as half months since year 0, with its place."""
    year: int | None = None
    for match in _ALONE.finditer(text):
        if match["same"]:
            if year is not None:
                yield 2 * ((year + (match["same"] in "次翌")) * 12 + int(match["month"]) - 1), match.start(), match.end()
        else:
            half = _read(match, "d")
            year = half // 24
            yield half, match.start(), match.end()


def months_in_any(intervals: Iterable[tuple[int, int]]) -> float:
    """The months in at least one of the intervals (in half months): jobs side by side count once, and so does the turn of a month."""
    total, reached = 0, None
    for start, end in sorted(intervals):
        if end <= start:
            continue
        if reached is not None and start - reached <= 1:
            start = min(start, reached)
        begin = start if reached is None else max(start, reached)
        total += max(0, end - begin)
        reached = end if reached is None else max(reached, end)
    return total / 2


_NUMBERS = {tag: (*range(1, 4), 5, 7, 8, 11, *((6, 9, 10) if tag in "ab" else ()), 4) for tag in "abcd"}


def _read(match: re.Match[str], tag: str) -> int:
    """Half months since year 0; where only the year is told its beginning stands for it, so that 2012-2016 are four years."""
    number = next(number for number in _NUMBERS[tag] if match[f"y{number}{tag}"])
    year = _whole(match[f"y{number}{tag}"])
    if number == 4:
        return 2 * year * 12
    if number in (2, 8):
        name = match[f"n{number}{tag}"][:3].lower()
        month = _BEGINS_IN.get(name) or _MONTHS.index(name) + 1
    elif number == 11:
        month = _PARTS[match[f"n11{tag}"][0]]
    else:
        month = _month(match[f"m{number}{tag}"])
    return 2 * (year * 12 + month - 1)


def _month(told: str) -> int:
    """The number of 03, 三 or 十二."""
    if told[0] == "十":
        return 10 + int(told[1:].translate(_DIGITS) or 0)
    return int(told.translate(_DIGITS))


def _whole(year: str) -> int:
    """The year of 2019, 二〇一九, '2019, '19, 19年, 19.03 and of 民国108年 (the calendar of Taiwan, also meant by three figures alone)."""
    digits = re.sub(r"\D", "", year.translate(_DIGITS))
    number = int(digits)
    if len(digits) == 4:
        return number
    if len(digits) == 3 or "民国" in year:
        return 1911 + number
    return (2000 if number < 70 else 1900) + number
