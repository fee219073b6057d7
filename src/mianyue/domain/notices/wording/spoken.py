"""Reads the times of a finished letter as its reader would: the strict inverse of how letters write them, made without that code.

Only the forms that CLDR gives English and Chinese letters are known, in plain ASCII digits. What is written in any other way is not
read, and a time that isn't read is missing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

_DAYS = {"Mon": 0, "Tue": 1, "Wed": 2, "Thu": 3, "Fri": 4, "Sat": 5, "Sun": 6}
_DAYS |= dict(zip("一二三四五六日", range(7), strict=True))
_MONTHS = {"Jan": 1, "Feb": 2, "Mar": 3, "Apr": 4, "May": 5, "Jun": 6, "June": 6, "Jul": 7, "July": 7, "Aug": 8}
_MONTHS |= {"Sep": 9, "Sept": 9, "Oct": 10, "Nov": 11, "Dec": 12}

_NAMES = "|".join(sorted(_MONTHS, key=len, reverse=True))
_ENGLISH_DATE = (
    r"(?P<w{n}>Mon|Tue|Wed|Thu|Fri|Sat|Sun),? (?:(?P<d{n}>[0-9]{{1,2}}) (?P<m{n}>MONTH)|(?P<M{n}>MONTH) (?P<D{n}>[0-9]{{1,2}}))"
    r"(?!\w)(?:,? (?P<y{n}>[0-9]{{4}})(?!\w))?"
).replace("MONTH", _NAMES)
_CHINESE_DATE = r"(?:(?P<y{n}>[0-9]{{4}}) 年 )?(?P<m{n}>[0-9]{{1,2}}) 月 (?P<d{n}>[0-9]{{1,2}}) 日 周(?P<w{n}>[一二三四五六日])"
_ENGLISH_CLOCK = r"(?P<h{n}>[0-9]{{1,2}})[:.](?P<i{n}>[0-9]{{2}})(?![0-9])(?: ?(?P<p{n}>[AaPp])\.?[Mm](?:\.|\b))?"
_CHINESE_CLOCK = r"(?P<p{n}>[上下]午)?(?P<h{n}>[0-9]{{1,2}}):(?P<i{n}>[0-9]{{2}})(?![0-9])"
# "GMT-05:00" is no clock.
_BEFORE = r"(?<![0-9:.+\-−])"
_TO = {"en": r" ?– ?", "zh": r"(?: ?– ?|至)"}
_JOIN = {"en": r",? ", "zh": r" "}
_DATE = {"en": _ENGLISH_DATE, "zh": _CHINESE_DATE}
_CLOCK = {"en": _ENGLISH_CLOCK, "zh": _CHINESE_CLOCK}


def _pattern(language: str) -> re.Pattern[str]:
    first, second = _DATE[language].format(n=1), _DATE[language].format(n=2)
    start, end = _CLOCK[language].format(n=1), _CLOCK[language].format(n=2)
    join, to = _JOIN[language], _TO[language]
    dated = rf"{first}{join}{start}(?:{to}(?:{second}{join})?{end})?"
    alone = _CLOCK[language].format(n=3)
    return re.compile(rf"{_BEFORE}(?:{dated}|{alone})")


_PATTERNS = {language: _pattern(language) for language in ("en", "zh")}


@dataclass(frozen=True, slots=True)
class Said:
    """One time, from ``at`` to ``till`` of the text, by the clock on the wall: no ``day`` for a bare clock, no ``end`` for a moment."""

    at: int
    till: int
    day: date | None
    start: datetime | time
    end: datetime | None


class Misread(ValueError):
    """It reads as a time, and can't be one: a weekday of another date, an hour 25, a day that the month lacks."""


def times_said(text: str, language: str, near: date) -> list[Said]:
    """Every time in ``text``, in order; a date without a year is that of ``near``'s year. Raises Misread, or KeyError for a language."""
    return [_said(match, near) for match in _PATTERNS[language].finditer(text)]


def _said(match: re.Match[str], near: date) -> Said:
    told = match.groupdict()
    if told["h3"] is not None:
        return Said(match.start(), match.end(), None, _clock(told, "3", told["p3"]), None)
    day = _date(told, "1", near)
    if told["h2"] is None:
        return Said(match.start(), match.end(), day, datetime.combine(day, _clock(told, "1", told["p1"])), None)
    # "1:00 – 2:00 PM" and "上午9:00至10:00" name the half of the day once, English after, Chinese before.
    start = datetime.combine(day, _clock(told, "1", told["p1"] or (told["p2"] if told["p2"] and told["p2"] in "AaPp" else None)))
    clock = _clock(told, "2", told["p2"] or (told["p1"] if told["p1"] and told["p1"] in "上午下午" else None))
    last = _date(told, "2", near) if told.get("w2") else day
    end = datetime.combine(last, clock)
    if not told.get("w2") and clock == time(0):
        end += timedelta(days=1)
    if end <= start:
        raise Misread("it ends before it begins")
    return Said(match.start(), match.end(), day, start, end)


def _date(told: dict[str, str | None], n: str, near: date) -> date:
    month = told[f"m{n}"] or told.get(f"M{n}") or ""
    day = told[f"d{n}"] or told.get(f"D{n}") or ""
    year = told[f"y{n}"]
    try:
        found = date(int(year) if year else near.year, _MONTHS.get(month) or int(month), int(day))
    except ValueError:
        raise Misread("no such date") from None
    if found.weekday() != _DAYS[told[f"w{n}"] or ""]:
        raise Misread("the weekday is another date's")
    return found


def _clock(told: dict[str, str | None], n: str, half: str | None) -> time:
    hour, minute = int(told[f"h{n}"] or ""), int(told[f"i{n}"] or "")
    if half:
        if not 1 <= hour <= 12:
            raise Misread("no such hour")
        hour = hour % 12 + (12 if half in ("P", "p", "下午") else 0)
    try:
        return time(hour, minute)
    except ValueError:
        raise Misread("no such hour") from None
