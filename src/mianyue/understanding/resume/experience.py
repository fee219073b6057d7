"""Reckons how many years somebody has worked."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from mianyue.understanding.resume.employment import Job
from mianyue.understanding.resume.fact import Fact
from mianyue.understanding.resume.periods import months_in_any
from mianyue.understanding.resume.sections import Pages

_HAN_NUMBER = r"\d{1,2}(?:\.\d)?|[一二三四五六七八九十]{1,3}"
_ENGLISH_NUMBER = r"\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty"
_STATED = re.compile(
    rf"(?:工作年限|工作经验|从业年限|工龄)\s{{0,3}}[:：\t ]\s{{0,3}}(?P<label>{_HAN_NUMBER})\s?\+?\s?"
    r"(?:年(?P<half>半)?(?:(?P<months>\d{1,2})个月)?)?"
    rf"|(?<!第)(?<!\d)(?P<zh>{_HAN_NUMBER})\s?(?:\+|多|余|来)?\s?年(?P<zhhalf>半)?(?:以上|多)?的?(?![级月初底末])"
    r"[^,，。;；\n\t|]{0,12}?(?:经验|经历|工作|从业|工龄)"
    rf"|(?:从事|做了|干了|当了)(?:[^,，。;；\n\t|\d]{{0,10}}?[^,，。;；\n\t|\d第十])??(?P<done>{_HAN_NUMBER})\s?(?:多|余|来)?\s?年(?P<donehalf>半)?(?![级月初底末])"
    rf"|\bexperience\s?[:\t]\s?(?P<told>{_ENGLISH_NUMBER})\s?\+?\s?(?:years?|yrs?)(?:,?\s(?:and\s)?(?P<toldmonths>\d{{1,2}})\s(?:months?|mos?))?"
    rf"|(?<!\d)(?P<en>{_ENGLISH_NUMBER})\s?\+?\s?"
    r"(?:plus\s)?(?:years?|yrs?)['’]?\s(?:of\s)?(?:[\w&/-]+\s){0,5}?(?:experience|in\b|practice\b)",
    re.IGNORECASE,
)
_ENGLISH_NUMBERS = {
    name: value
    for value, name in enumerate(
        ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
    )
} | {"fifteen": 15, "twenty": 20}
_NO_WORK_YET = re.compile(r"应届|fresh graduate|recent graduate", re.IGNORECASE)


def years_of_experience(pages: Pages, worked: list[Job], today: date | None) -> Fact | None:
    """Years in at least one job, to a tenth; as the résumé states them where it gives no periods.

    Where both are told and lie more than two years apart, a person should look. ``today`` ends open periods; without it they end at
    the latest date that the résumé names.
    """
    counted = [(job, job.period) for job in worked if job.period and not job.internship]
    stated = next(_stated(pages), None)
    if counted:
        latest = max(period.latest() for _, period in counted)
        intervals = [period.until(today) if today else (period.first, period.last or latest) for _, period in counted]
        years = months_in_any(intervals) / 12
        apart = stated is not None and abs(float(stated.value) - years) > 2
        named = counted[0][0].employer or counted[0][0].title
        start, end = pages.folded.span(counted[0][1].start, counted[0][1].end)
        confidence = (0.55 if apart else 0.95) if named else 0.7
        return Fact(f"{years:.1f}", start, end, "periods", confidence)
    if stated:
        return stated
    for line in pages.lines:
        match = _NO_WORK_YET.search(line.text)
        if match and line.kind not in ("projects", "work"):
            return pages.fact(line.start + match.start(), line.start + match.end(), "sentence", 0.7, "0.0")
    return None


def _stated(pages: Pages) -> Iterator[Fact]:
    for line in pages.lines:
        if line.kind in ("work", "internship", "projects", "education"):
            continue
        for match in _STATED.finditer(line.text):
            told = match["label"] or match["zh"] or match["done"] or match["told"] or match["en"]
            months = int(match["months"] or match["toldmonths"] or 0)
            half = match["half"] or match["zhhalf"] or match["donehalf"]
            years = _number(told.lower()) + months / 12 + (0.5 if half else 0)
            if 0 < years < 50:
                yield pages.fact(
                    line.start + match.start(),
                    line.start + match.end(),
                    "label" if match["label"] else "sentence",
                    0.75,
                    f"{years:.1f}",
                )


def _number(told: str) -> float:
    if told[0].isdigit():
        return float(told)
    if told in _ENGLISH_NUMBERS:
        return _ENGLISH_NUMBERS[told]
    tens, _, ones = told.rpartition("十")
    digit = "零一二三四五六七八九".index
    if "十" not in told:
        return digit(told[-1])
    return (digit(tens.strip("十")[-1]) if tens.strip("十") else 1) * 10 + (digit(ones) if ones else 0)
