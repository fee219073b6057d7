"""Reads from–to periods in months, as résumés write them: 2019.03-2021.06, 2019年3月至今, Mar 2019 – present, 03/2019 – 06/2021."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NAMES = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
OPEN_END = (
    r"至今|迄今|现在|目前|现职|仍在职|仍在|在职|今|present|(?:till?\ |until\ )?(?:date|now)\b|current(?:ly)?|now|today|to\ date|ongoing"
    r"|heute"
)
"""How a period says that it lasts: 至今, present."""


def _moment(tag: str) -> str:
    # 09.05 is a date only within a period: elsewhere it is a number.
    short = rf"|(?<![\d.])(?P<y6{tag}>\d\d)\.(?P<m6{tag}>1[0-2]|0[1-9])(?![\d.])" if tag in "ab" else ""
    return rf"""(?:
        (?P<y1{tag}>(?:19|20)\d\d)\s?(?:[./-]|年\s?)\s?(?P<m1{tag}>1[0-2]|0?[1-9])(?!\d)(?:\s?月(?:份)?)?(?:[./-]?\s?(?:[0-3]?\d)(?:\s?[日号]|(?=[\s~至到–—-])))?
        | (?:[0-3]?\d\.?\s)?(?P<n2{tag}>{_NAMES})\.?,?\s?(?P<y2{tag}>['’]?(?:19|20)\d\d|['’]\d\d(?!\d))
        | (?:(?:0?[1-9]|[12]\d|3[01])\s?[./]\s?)?(?P<m3{tag}>1[0-2]|0?[1-9])\s?[./]\s?(?P<y3{tag}>(?:19|20)\d\d)
        | (?<!\d)(?P<y5{tag}>(?:民国\s?)?\d{{2,3}})\s?年\s?(?P<m5{tag}>1[0-2]|0?[1-9])\s?月(?:份)?
        | (?P<y4{tag}>(?:19|20)\d\d)\s?年?(?!\s?[./-]?\d{{1,2}}(?!\d)\s?月)
        {short}
    )"""


_TO = r"\s{0,3}(?:[-‐‑‒–—―−~〜～→]{1,3}|(?:一直)?[\u3400-\u9fff]?[至到]|\||\bto\b|\buntil\b|\btill\b|\bbis\b)\s{0,3}"
_PERIOD = re.compile(
    rf"(?<![\d.])(?:{_moment('a')}(?:{_TO}(?:{_moment('b')}|(?P<open>{OPEN_END}))|\s?(?P<since>至今|迄今|起至今))"
    rf"|(?:since|from|seit)\s{_moment('c')}(?!{_TO}\d|{_TO}{_NAMES}|{_TO}(?:{OPEN_END})))",
    re.IGNORECASE | re.VERBOSE,
)


# 同年7月, 当年7月 and 次年3月 go by the year named before.
_ALONE = re.compile(
    rf"(?<![\d.]){_moment('d')}(?!\d)|(?P<same>[同当次翌])年\s?(?P<month>1[0-2]|0?[1-9])\s?月", re.IGNORECASE | re.VERBOSE
)


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
    for match in _PERIOD.finditer(text):
        tag = "c" if match["y1c"] or match["y2c"] or match["y3c"] or match["y4c"] or match["y5c"] else "a"
        first = _read(match, tag)
        last = None
        if match["open"] is None and match["since"] is None and tag == "a":
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


def _read(match: re.Match[str], tag: str) -> int:
    """Half months since year 0; where only the year is told its beginning stands for it, so that 2012-2016 are four years."""
    for number in "12356" if tag in "ab" else "1235":
        year = match[f"y{number}{tag}"]
        if year:
            name = match[f"n2{tag}"] if number == "2" else None
            month = _MONTHS.index(name[:3].lower()) + 1 if name else int(match[f"m{number}{tag}"])
            return 2 * (_whole(year) * 12 + month - 1)
    return 2 * (int(match[f"y4{tag}"]) * 12)


def _whole(year: str) -> int:
    """The year of 2019, '2019, '19, 19年, 19.03 and of 民国108年 (the calendar of Taiwan, also meant by three figures alone)."""
    digits = re.sub(r"\D", "", year)
    number = int(digits)
    if len(digits) == 4:
        return number
    if len(digits) == 3 or "民国" in year:
        return 1911 + number
    return (2000 if number < 70 else 1900) + number
