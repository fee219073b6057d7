"""Reads where somebody worked, as what and when."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from mianyue.understanding.resume.education import Study
from mianyue.understanding.resume.fact import Fact
from mianyue.understanding.resume.periods import Period, periods
from mianyue.understanding.resume.sections import Line, Pages
from mianyue.understanding.wordlists import alternatives, words

_TABLE = "resume/employers.txt"
_LONGEST_HEADER = 75
_PROSE = re.compile(r"[\u3400-\u9fff]\s?,\s?[\u3400-\u9fff]|[。；;]|[a-z]\.$")
_NEVER = ("education", "projects", "campus", "training")
_CELL = re.compile(r"[^\t|｜;；\n]+?(?=\s{2,}|\s[·•–—-]\s|[\t|｜;；\n]|$)")
# Parts of a header line that name nobody: 全职, Full-time, 5 yrs 2 mos, (3年2个月).
_NO_NAME = re.compile(
    r"(?:全职|兼职|full[- ]time|part[- ]time|contract|freelance|remote|permanent|[\d.]+\s?(?:yrs?|years?|mos?|months?|年|个月).*)",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"^[│|├└┌·\s]*(?:公司名称|公司|工作单位|单位名称|单位|雇主|所在公司|职位名称|职位|岗位|职务|担任职务|职称|部门|期间|起止时间|任职时间|在职时间|时间"
    r"|company|employer|position|title|role|job title|dates?|period)\s{0,3}[:：\t]\s{0,3}",
    re.IGNORECASE,
)
_INTERN = re.compile(
    r"实习|见习|学生助理|勤工|student job|\bintern(?:ship)?\b|在读期间"
    r"|while (?:in school|studying|at university)|\bpre-?doctoral|\b(?:ph\.?d\.?|doctoral) (?:student|candidate|researcher)"
    r"|\bsummer (?:associate|analyst)\b|\bpraktik\w*|\bworking student\b|\bwerkstudent\w*",
    re.IGNORECASE,
)


# Names nobody: 上市公司年度审计.
_ANY_COMPANY = re.compile(r"(?:[某本该各贵]|多家|几家|上市|大型|中型|知名|外资|国有|民营|跨国|子|分|总|母)*公司")
# The town behind an employer, with its state: , Lyon; , Cambridge MA.
_TOWN = re.compile(r"\s?,\s[^\W\d_][\w.'’-]+(?:\s[^\W\d_][\w.'’-]+)?(?:,?\s[A-Z]{2,3})?$")
# 在公司当初中语文教师; not 主任, 责任, 任课.
_TAKES_A_POST = re.compile(r"[\u3400-\u9fff]*?(?:担任|出任|升任|(?<![主责信])任(?![务教课职])|当(?!班))(?=[\u3400-\u9fff]{2})")
_DURATION = re.compile(r"\((?:在职中?|现职|至今)\)|\(\s?(?:约|共)?[\d.]+\s?(?:年|个月|yrs?|years?|months?)[^()]*\)")
_SEVERAL = re.compile(r"\s?[、/]\s?|\s?(?:及|兼|和)\s?")
# Between jobs, and jobs beside studies: they are told with periods and count for no years.
_NOT_AT_WORK = re.compile(
    r"间隔期|空窗|空档|休息|旅行|居家|在家|照顾|带孩子|育儿|待业|备考|考研|休养|全职(?:妈妈|太太|爸爸)|gap\b|career break|sabbatical"
    r"|maternity|parental|family care|travell?ing|unemployed",
    re.IGNORECASE,
)
_BESIDE_STUDIES = re.compile(
    r"兼职|助教|助研|part[- ]time|(?:teaching|research|student) assistant|tutor\b|apprentice|学徒", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class _Header:
    """A line, the period on it, and what it tells: ``period``, ``company``, ``title``, or only ``other``; nothing if it tells a duty."""

    line: Line
    period: Period | None
    tells: frozenset[str]


@dataclass(frozen=True, slots=True)
class Job:
    """One employment; an ``internship`` (also student work) counts for no years; ``period`` counts half months."""

    employer: Fact | None
    title: Fact | None
    period: Period
    internship: bool


def jobs(pages: Pages, told: Iterable[Study]) -> list[Job]:
    """The employments of the work and internship sections, in their order; without such sections, the periods that aren't studies."""
    studied = {(study.period.first, study.period.last) for study in told if study.period}
    sectioned = bool(pages.of("work"))
    lines = [line for line in pages.lines if line.kind in ("work", "internship") or _stray(line, studied, sectioned)]
    return [job for group in _groups(lines) if not _is_break(group) for job in _jobs_of(pages, group, studied)]


def _is_break(group: list[_Header]) -> bool:
    """Whether it tells of a time without work: 居家照顾老人, career break."""
    said = any(tells_no_work(header.line.text) for header in group)
    return said and not any(header.tells & {"company", "title"} for header in group)


def _stray(line: Line, studied: set[tuple[int, int | None]], sectioned: bool) -> bool:
    """Whether the line tells a job outside of the work section: a page's end or a sidebar may have taken it out, or there is none."""
    period = _period(line)
    if line.bullet or period is None or (period.first, period.last) in studied:
        return False
    employer = _company_in(line.text)
    title = _title_in(line.text, employer)
    if line.kind in _NEVER:
        # Scientists head their jobs with Research experience.
        return line.kind == "projects" and not sectioned and bool(title) and _PROSE.search(line.text) is None
    return bool(employer and title) if sectioned else bool(employer or title)


def _groups(lines: Iterable[Line]) -> Iterator[list[_Header]]:
    """The header lines of one job each: the line with the period and those around it that name employer and title.

    A new job begins where something is told a second time, and what somebody did there parts them.
    """
    group: list[_Header] = []
    has: set[str] = set()
    for line in lines:
        header = _header(line)
        full = "period" in has and bool(has & {"company", "title"})
        if not header.tells or header.tells & has or (full and header.tells == {"other"}):
            if "period" in has and not (has == {"period"} and tells_no_work(line.text)):
                yield group
            group, has = [], set()
        if header.tells:
            group.append(header)
            has |= header.tells
    if "period" in has:
        yield group


def _header(line: Line) -> _Header:
    period = _period(line)
    label = _LABEL.match(line.text)
    found = {"period"} if period else set()
    # Two Chinese halves with a comma between are prose; in English headers commas part employer, title and place.
    prose = _PROSE.search(line.text) is not None or len(line.text) > _LONGEST_HEADER
    if period is None and label is None and (line.bullet or prose):
        return _Header(line, None, frozenset())
    company = _company_in(line.text)
    title = _title_in(line.text, company)
    if company:
        found.add("company")
    # A title ends its line or its cell; 开发3家千万级客户 tells a duty.
    if title and (period or label or company or len(line.text) - title.end() <= 8 or line.text[title.end()] in " \t|/,，(（·、"):
        found.add("title")
    return _Header(line, period, frozenset(found or {"other"}))


def _jobs_of(pages: Pages, group: list[_Header], studied: set[tuple[int, int | None]]) -> Iterator[Job]:
    """The employment that the lines tell, once for each of its titles (品牌专员、品牌经理)."""
    period, employer, intern = None, None, False
    titles: list[Fact] = []
    with_company = any("company" in header.tells for header in group)
    # A line that tells nothing by itself may be an employer without a usual ending, but the others go first.
    for line, told in sorted(
        ((header.line, header.period) for header in group), key=lambda each: "other" in _header(each[0]).tells
    ):
        if told and period is None:
            period = Period(told.first, told.last, line.start + told.start, line.start + told.end)
        intern = intern or line.kind == "internship" or _INTERN.search(line.text) is not None
        for start, cell in _cells(line.text, told):
            label = _LABEL.match(cell)
            offset = label.end() if label else 0
            begin = line.start + start + offset
            for what, first, last, confidence in _named(cell[offset:], label is not None, with_company):
                fact = pages.fact(begin + first, begin + last, "section" if confidence > 0.65 else "position", confidence)
                if what == "employer" and (employer is None or employer.confidence < confidence):
                    employer = fact
                elif what == "another title" or (what == "title" and not titles):
                    titles.append(fact)
    assert period is not None
    beside = any(_BESIDE_STUDIES.search(header.line.text) for header in group)
    intern = intern or (beside and _within(period, studied))
    yield from (Job(employer, title, period, intern) for title in titles or (None,))


def _within(period: Period, studied: set[tuple[int, int | None]]) -> bool:
    """Whether most of the period lies in a time of study."""
    if period.last is None:
        return any(last is None for _, last in studied)
    shared = sum(max(0, min(period.last, last or period.last) - max(period.first, first)) for first, last in studied)
    return shared > 0.5 * (period.last - period.first)


def _named(text: str, labelled: bool, with_company: bool) -> Iterator[tuple[str, int, int, float]]:
    """Employer and titles in a cell of a header line, with their places and how sure that is.

    ``with_company``: the header names an employer for sure, so that none need be looked for before a title.
    """
    company = _company_in(text)
    if company:
        yield "employer", *_trimmed(text, company.start(), company.end()), 0.9
    role = _title_in(text, company)
    if role is None and company is None and 2 <= len(text) <= 40 and not labelled and re.search(r"[^\W\d]", text):
        first, last = _trimmed(text, 0, len(text))
        yield "employer", first, _before_town(text, first, last), 0.6
    if role is None:
        return
    verb = _TAKES_A_POST.match(role[0])
    begin = role.start() + (verb.end() if verb else 0 if with_company else _title_begins(role[0]))
    yield "title", *_trimmed(text, begin, role.end()), 0.85
    yield from (("another title", *place, 0.85) for place in _more_titles(text, role.end()))
    if with_company:
        return
    for first, last in ((0, begin), (role.end(), len(text))):
        if text[first:last].lstrip().startswith("("):
            continue
        rest = re.sub(r"^\W*(?:at|bei|@)\s|^\W+|\W+$", "", text[first:last])
        if company is None and len(rest) > 2 and not _INTERN.search(rest):
            at = text.index(rest, first)
            yield "employer", at, _before_town(text, at, at + len(rest)), 0.65
            return


def _more_titles(text: str, end: int) -> Iterator[tuple[int, int]]:
    """Further titles right behind the first one: 品牌专员、品牌经理."""
    while (another := _SEVERAL.match(text, end)) and (role := _title().match(text, another.end())):
        yield role.span()
        end = role.end()


def _before_town(text: str, first: int, last: int) -> int:
    """Where the employer ends that fills ``first:last``, without the town behind it."""
    town = _TOWN.search(text[first:last])
    return first + town.start() if town else last


def _title_in(text: str, company: re.Match[str] | None) -> re.Match[str] | None:
    """The first title behind the employer, else the first before it; the lawyer of a law firm's name is none."""
    if company is None:
        return _title().search(text)
    return _title().search(text, company.end()) or _title().search(text, 0, company.start())


def company_named(text: str) -> tuple[int, int] | None:
    """Where the first employer with a usual ending stands in ``text`` (NFKC, simplified)."""
    company = _company_in(text)
    return company.span() if company else None


def title_named(text: str) -> tuple[int, int] | None:
    """Where the first title of a job stands."""
    role = _title().search(text)
    return role.span() if role else None


def tells_no_work(text: str) -> bool:
    """Whether the text tells of a time between jobs: career break, 居家照顾老人."""
    return _NOT_AT_WORK.search(text) is not None


def _company_in(text: str) -> re.Match[str] | None:
    """The first employer in ``text``; the "Senior Software" of a Senior Software Engineer is none.

    Of a name in both languages the Chinese one counts: it is the one registered here.
    """
    for company in sorted(_company().finditer(text), key=lambda each: each[0].isascii()):
        if _ANY_COMPANY.fullmatch(company[0]):
            continue
        title = _title().search(text, company.start())
        if title is None or title.end() <= company.end() or title.start() + _title_begins(title[0]) >= company.end():
            return company
    return None


def _title_begins(words: str) -> int:
    """Where in "Mistral Freight Senior Consultant" the title begins: at a rank, else at the words that go with titles before its noun."""
    if " " not in words or re.search(r" (?:of|for) ", words) or not words.isascii():
        return 0
    rank = _ranks().search(words)
    if rank:
        return rank.start() if set(words[: rank.start()].lower().split()) - _fields() else 0
    begin = words.rindex(" ") + 1
    for word in reversed(list(re.finditer(r"\S+", words[:begin]))):
        if word[0].lower().strip(",") not in _fields():
            break
        begin = word.start()
    before, first, rest = words[:begin].strip(), words[begin:].partition(" ")[0], words[begin:].partition(" ")[2]
    if before and " " not in before and " " in rest and first.lower() in _firms():
        # Alpenfirn Cloud Backend Engineer: the firm is called so.
        begin += len(first) + 1
    return begin if len(words.split()) > 2 else 0


def _trimmed(text: str, first: int, last: int) -> tuple[int, int]:
    lead = _leads().match(text, first, last)
    first = lead.end() if lead else first
    part = text[first:last]
    return first + len(part) - len(part.lstrip(" ,，·-–—|:@")), last - (len(part) - len(part.rstrip(" ,，·-–—|:@")))


def _cells(text: str, period: Period | None) -> Iterator[tuple[int, str]]:
    """The parts of a header line without its period, with their places."""
    blank = _DURATION.sub(lambda told: "\t" * len(told[0]), text)
    pieces = [(0, blank)] if period is None else [(0, blank[: period.start]), (period.end, blank[period.end :])]
    for offset, piece in pieces:
        for cell in _CELL.finditer(piece):
            stripped = cell[0].strip(" ,，:：()（）-–—·|")
            if stripped.count("(") > stripped.count(")") and f"{stripped})" in cell[0]:
                stripped += ")"
            if stripped and not _NO_NAME.fullmatch(stripped):
                yield offset + cell.start() + cell[0].index(stripped), stripped


def _period(line: Line) -> Period | None:
    return next(iter(periods(line.text)), None)


@cache
def _company() -> re.Pattern[str]:
    return re.compile(alternatives(_TABLE, "employers"))


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


@cache
def _title() -> re.Pattern[str]:
    return re.compile(f"(?:{alternatives(_TABLE, 'titles')})(?:{alternatives(_TABLE, 'titles go on')})?")
