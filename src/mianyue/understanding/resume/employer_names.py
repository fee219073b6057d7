"""Knows employers and titles of jobs by how they are called."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from babel import Locale

from mianyue.understanding.wordlists import alternatives, words

_TABLE = "resume/employers.txt"
_MORE_TITLES = "resume/titles.txt"
# Names nobody: 上市公司年度审计.
_ANY_COMPANY = re.compile(r"(?:[某本该各贵]|多家|几家|上市|大型|中型|知名|外资|国有|民营|跨国|子|分|总|母)*公司")
# BRANDAUER PUMPEN GMBH: two words and more, none in small letters.
_CAPITALS = re.compile(r"[A-Z]{3,}\W+[A-Z]{2,}")
_HAN = re.compile(r"[\u3400-\u9fff]")
_LONGEST_IN_CAPITALS = 120
# Words before a title's noun that tell how somebody works rather than for whom.
_ON_ONE_S_OWN = re.compile(r"(?:Freelance|Independent|Self-employed) ")
# The town behind an employer, with its state: , Lyon; , Cambridge MA; Pemberley & Kwong, Solicitors are called so.
_TOWN = re.compile(
    r"\s?,\s(?!(?:Solicitors|Attorneys|Advocates|Barristers|Architects|Surveyors)\b)[^\W\d_][\w.'’-]+(?:\s[^\W\d_][\w.'’-]+)?(?:,?\s[A-Z]{2,3})?$"
)
# （一）绿塬新能源开发有限公司; the bracket before may belong to the cell's border.
_NUMBERED = re.compile(r"[(（]?[一二三四五六七八九十]{1,2}[)）、]")
# （半导体业） behind an employer in Taiwan's forms.
_TRADE = re.compile(r"\s?[(（][^()（）]{1,12}业[)）]$")
# Behind what looks like a whole name: 国济大药房连锁（太原）有限公司, Lo & Partners CPA Limited, Yanmar Institute of Advanced Study.
_LEGAL_FORM = re.compile(
    r"[\u3400-\u9fff]{0,6}[(（][\u3400-\u9fff]{2,4}[)）](?:股份)?有限(?:责任)?公司| (?:CPA )?(?:Limited|Ltd\.?|LLP)(?!\w)"
    r"|(?:(?<=Institute)|(?<=School)|(?<=College)|(?<=Academy)) of(?: [A-Z][a-z]+){1,3}"
)
_GRADE = re.compile(r" (?:I{1,3}|IV)$")
_DEPARTMENT = re.compile(r"[部组处科室课](?![\u3400-\u9fff])")
_SEVERAL = re.compile(r"\s?[、/]\s?|\s?(?:及|兼|和)\s?")


def company_named(text: str) -> tuple[int, int] | None:
    """Where the first employer with a usual ending stands in ``text`` (NFKC, simplified)."""
    company = company_in(text)
    return company.span() if company else None


def title_named(text: str) -> tuple[int, int] | None:
    """Where the first title of a job stands."""
    role = _title(text).search(text)
    return role.span() if role else None


def company_in(text: str) -> re.Match[str] | None:
    """The first employer in ``text``; the "Senior Software" of a Senior Software Engineer is none.

    Of a name in both languages the Chinese one counts: it is the one registered here.
    """
    for company in sorted(_company(_in_capitals(text)).finditer(text), key=lambda each: each[0].isascii()):
        if _ANY_COMPANY.fullmatch(company[0]):
            continue
        title = _title(text, _in_capitals(text)).search(text, company.start())
        if title is None or title.end() <= company.end() or title.start() + title_begins(title[0]) >= company.end():
            return company
    return None


def title_at(text: str, start: int, end: int) -> tuple[int, int] | None:
    """Where the title of a job stands that begins at ``start`` and ends before ``end``."""
    role = _title(text).match(text, start, end)
    return role.span() if role else None


def title_in(text: str, company: re.Match[str] | None) -> re.Match[str] | None:
    """The first title behind the employer, else the first before it; the lawyer of a law firm's name is none."""
    title = _title(text, _in_capitals(text))
    if company is None:
        return _no_department(title, text, 0, len(text))
    return _no_department(title, text, company.end(), len(text)) or _no_department(title, text, 0, company.start())


def _no_department(title: re.Pattern[str], text: str, start: int, end: int) -> re.Match[str] | None:
    """The first title of ``start:end`` that isn't the beginning of a department's name (法务部, 商家产品组)."""
    return next((role for role in title.finditer(text, start, end) if _DEPARTMENT.match(text, role.end()) is None), None)


def more_titles(text: str, end: int) -> Iterator[tuple[int, int]]:
    """Further titles right behind the first one: 品牌专员、品牌经理."""
    while (another := _SEVERAL.match(text, end)) and (role := _title(text).match(text, another.end())):
        yield role.span()
        end = role.end()


def title_begins(words: str) -> int:
    """Where in "Mistral Freight Senior Consultant" the title begins: at a rank, else at the words that go with titles before its noun."""
    if " " not in words or _ON_ONE_S_OWN.match(words) or re.search(r" (?:of|for) ", words, re.IGNORECASE) or not words.isascii():
        return 0
    rank = _ranks().search(words.title() if _in_capitals(words) else words)
    if rank:
        return rank.start() if set(words[: rank.start()].lower().split()) - _fields() else 0
    words = _GRADE.sub("", words)
    begin = words.rindex(" ") + 1 if " " in words else 0
    for word in reversed(list(re.finditer(r"\S+", words[:begin]))):
        # Graduate Engineer Trainee: an engineer who is trained.
        if word[0].lower().strip(",") not in _fields() and _title(word[0]).fullmatch(word[0]) is None:
            break
        begin = word.start()
    before, first, rest = words[:begin].strip(), words[begin:].partition(" ")[0], words[begin:].partition(" ")[2]
    if before and " " not in before and " " in rest and first.lower() in _firms():
        # Alpenfirn Cloud Backend Engineer: the firm is called so.
        begin += len(first) + 1
    return begin if len(words.split()) > 2 else 0


def before_town(text: str, first: int, last: int) -> int:
    """Where the employer ends that fills ``first:last``, without the town behind it, or town and country."""
    rest, _, country = text[first:last].rpartition(",")
    last = first + len(rest) if "," in rest and country.strip() in _countries() else last
    town = _TOWN.search(text[first:last])
    return first + town.start() if town else last


def with_legal_form(text: str, end: int) -> int:
    """Where the employer ends that seemed to end at ``end``, with the legal form or the field behind it."""
    form = _LEGAL_FORM.match(text, end)
    return form.end() if form else end


def is_town(text: str) -> bool:
    """Whether the words may be a town with its country, as templates put beside the dates: Hamburg, Germany."""
    town, _, country = text.rpartition(",")
    return town.count(" ") <= 1 and country.strip() in _countries()


def trimmed(text: str, first: int, last: int) -> tuple[int, int]:
    number = _NUMBERED.match(text, first, last)
    first = number.end() if number else first
    lead = _leads().match(text, first, last)
    first = lead.end() if lead else first
    trade = _TRADE.search(text, first, last)
    last = trade.start() if trade else last
    part = text[first:last]
    return first + len(part) - len(part.lstrip(" ,，·-–—|:@")), last - (len(part) - len(part.rstrip(" ,，·-–—|:@")))


def _in_capitals(text: str) -> bool:
    short = len(text) <= _LONGEST_IN_CAPITALS and text.isupper()
    return short and _CAPITALS.search(text) is not None and _HAN.search(text) is None


@cache
def _company(in_capitals: bool = False) -> re.Pattern[str]:
    return re.compile(alternatives(_TABLE, "employers"), re.IGNORECASE if in_capitals else re.NOFLAG)


@cache
def _countries() -> frozenset[str]:
    return frozenset(name for code, name in Locale("en").territories.items() if code.isalpha())


@cache
def _ranks() -> re.Pattern[str]:
    return re.compile(alternatives(_TABLE, "ranks"))


@cache
def _leads() -> re.Pattern[str]:
    return re.compile(f"[ ,，]*(?:{alternatives(_TABLE, 'leads')})")


@cache
def _fields() -> frozenset[str]:
    return words(_TABLE, "fields")


@cache
def _firms() -> frozenset[str]:
    return words(_TABLE, "firms")


def _title(text: str, in_capitals: bool = False) -> re.Pattern[str]:
    """The titles that ``text`` may hold: to look for those of the second table is slow, and few texts hold one of its words."""
    return _titles(in_capitals, _words_of_more_titles(in_capitals).search(text) is not None)


@cache
def _titles(in_capitals: bool, more: bool) -> re.Pattern[str]:
    tables = (_MORE_TITLES, _TABLE) if more else (_TABLE,)
    titles = "|".join(alternatives(table, "titles") for table in tables)
    return re.compile(f"(?:{titles})(?:{alternatives(_TABLE, 'titles go on')})?", re.IGNORECASE if in_capitals else re.NOFLAG)


@cache
def _words_of_more_titles(in_capitals: bool) -> re.Pattern[str]:
    return re.compile(alternatives(_MORE_TITLES, "words"), re.IGNORECASE if in_capitals else re.NOFLAG)
