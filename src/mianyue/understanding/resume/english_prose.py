"""Reads the jobs that English sentences tell: I joined X as a Y in June 2015, moved to Z in September 2017, and left in March 2020."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mianyue.understanding.resume.employer_names import company_named, title_named
from mianyue.understanding.resume.employment import Job
from mianyue.understanding.resume.fact import Fact
from mianyue.understanding.resume.job_headers import tells_no_work
from mianyue.understanding.resume.periods import Period
from mianyue.understanding.resume.sections import Line, Pages
from mianyue.understanding.resume.told_periods import told_periods

METHOD = "sentence"
# A person need not confirm what the sentence names after "at" or "joined"; no label or heading is outranked.
_SURE = 0.7
_HAN = re.compile(r"[\u3400-\u9fff]")
_SENTENCE = re.compile(r"(?:[^.!?]|[.!?](?!\s+[A-Z]|\s*$)|(?<=\b[A-Z])\.|(?<=Ltd|Inc|Pte)\.)+")
_FIRST_PERSON = re.compile(r"\b(?:I|I['’](?:ve|m)|my|me)\b|\b(?:joined|worked|moved to|promoted to)\b")
_CAPITAL = r"(?:[A-ZÀ-ÞĀ-Ž][\w.'’&-]*)"
_PLACE_OF_WORK = re.compile(
    rf"\b(?:joined|at|with|for|by)\s+(?:the\s)?(?P<name>{_CAPITAL}(?:\s(?:of\s|and\s|&\s)?{_CAPITAL}){{0,4}})"
)
# I was a floor supervisor at …: a title in small letters.
_POST = re.compile(
    r"\b(?:as|was|am|been|became)\s(?:an?\s|the\s)?(?P<post>[a-z-]+(?:\s[a-z-]+){0,3}?)(?=\s(?:at|with|in|for|by|and|until|from)\b|[,.;]|$)"
)
_STUDIED = re.compile(r"\b(?:stud(?:y|ied|ying)|graduat\w+|degree|bachelor|master['’]?s|ph\.?d|enrolled)\b", re.IGNORECASE)
_DATE_FIRST = re.compile(
    r"\W*(?:(?:before|prior to|after|following) (?:that|this|which)\W+|(?:previously|earlier|afterwards)\W+)?"
    r"(?:and|then|later|since|from|in|between|after|until|starting)?\s*$",
    re.IGNORECASE,
)


def english_jobs(pages: Pages) -> Iterator[Job]:
    """The jobs of English running text; where a sentence says "there", the employer is the one named before."""
    for line in pages.lines:
        if line.kind in ("education", "skills", "interests") or not tells_in_english(line.text):
            continue
        employer: Fact | None = None
        for period, start, end in _told(line.text):
            part = line.text[start:end]
            if tells_no_work(part) or _STUDIED.search(part):
                continue
            employer = _employer(pages, line, start, end) or employer
            title = title_named(part) or _post(part)
            place = Period(period.first, period.last, line.start + period.start, line.start + period.end)
            if employer:
                yield Job(employer, _fact(pages, line, start, title) if title else None, place, "intern" in part.lower())


def tells_in_english(text: str) -> bool:
    """Whether the line is an English sentence of somebody who tells of themselves."""
    return _HAN.search(text) is None and len(text) > 40 and _FIRST_PERSON.search(text) is not None


def _told(text: str) -> Iterator[tuple[Period, int, int]]:
    """Each period with the words of its sentence that belong to it: those before it, or behind it where it comes first."""
    told = told_periods(text)
    for sentence in _SENTENCE.finditer(text):
        inside = [period for period in told if sentence.start() <= period.start < sentence.end()]
        position = sentence.start()
        for number, period in enumerate(inside):
            until = inside[number + 1].start if number + 1 < len(inside) else sentence.end()
            before = text[position : period.start]
            first = _DATE_FIRST.match(before) is not None or not (_says_where(before) or title_named(before))
            yield (period, period.end, until) if first else (period, position, period.start)
            position = until if first else period.end


def _says_where(part: str) -> bool:
    """Whether the words name an employer: of the last four years, since June 2022, nothing is said before."""
    return _PLACE_OF_WORK.search(part) is not None or company_named(part) is not None


def _post(part: str) -> tuple[int, int] | None:
    posts = (post for post in _POST.finditer(part) if title_named(post["post"].title()) == (0, len(post["post"])))
    return next((post.span("post") for post in posts), None)


def _employer(pages: Pages, line: Line, start: int, end: int) -> Fact | None:
    part = line.text[start:end]
    for match in _PLACE_OF_WORK.finditer(part):
        if title_named(match["name"]) is None:
            first = match.start("name")
            name = match["name"].rstrip(".,")
            return pages.fact(line.start + start + first, line.start + start + first + len(name), METHOD, _SURE)
    company = company_named(part)
    return _fact(pages, line, start, company) if company else None


def _fact(pages: Pages, line: Line, start: int, match: tuple[int, int]) -> Fact:
    return pages.fact(line.start + start + match[0], line.start + start + match[1], METHOD, _SURE)
