"""Reads where somebody worked, as what and when."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from mianyue.understanding.resume.education import Study, level_named
from mianyue.understanding.resume.employer_names import (
    before_town,
    company_in,
    is_town,
    more_titles,
    title_begins,
    title_in,
    title_named,
    trimmed,
    with_legal_form,
)
from mianyue.understanding.resume.fact import Fact
from mianyue.understanding.resume.job_headers import LABEL, PROSE, Header, cells, groups, header_of, period_of, tells_no_work
from mianyue.understanding.resume.periods import Period
from mianyue.understanding.resume.sections import Line, Pages
from mianyue.understanding.skills.table import concept_of

_A_MONTH = 2
# What looks like a town is an employer only where nothing else is.
_UNNAMED = 0.55
_NEVER = ("education", "projects", "campus", "training")
_INTERN = re.compile(
    r"实习|见习|本科生助[教研]|\bundergraduate (?:[a-z]+ )?assistant"
    r"|学生助理|勤工|student job|\bstudent (?:assistant|helper|worker|employee)\b|\bintern(?:ship)?\b|在读期间"
    r"|while (?:in school|studying|at university)|\bpre-?doctoral|\b(?:ph\.?d\.?|doctoral) (?:student|candidate|researcher|assistant)"
    r"|\bco-?op (?:student|term|placement)|\bplacement student|\byear in industry"
    r"|\bsummer (?:associate|analyst)\b|\bpraktik\w*|\bworking student\b|\bwerkstudent\w*",
    re.IGNORECASE,
)
# 在公司当初中语文教师; not 主任, 责任, 任课.
_TAKES_A_POST = re.compile(
    r"[\u3400-\u9fff]*?(?:担任|出任|升任|(?<![主责信])任(?![务教课职])|当(?!班)|(?<=[司厂店院所行])做)(?=[\u3400-\u9fff]{2})"
)
_BESIDE_STUDIES = re.compile(
    r"兼职|助教|助研|part[- ]time|(?:teaching|research|student) assistant|tutor\b|apprentice|学徒", re.IGNORECASE
)


# Behind the title, where the employer stands on a line of its own: Manager, Longevity Pricing.
_AREA = re.compile(r",\s[A-Z][\w&-]+(?:\s(?:and\s|&\s)?[A-Z][\w&-]+){0,3}$")

# Before the title: Grade 5 Homeroom Teacher; and two in one: 语文教师兼班主任.
_GRADED = re.compile(r"(?:Grade|Year|Form|Level|Tier|Stage)\s\d{1,2}\s$")
_TWO_POSTS = re.compile(r"([\u3400-\u9fff]{2,10})兼任?([\u3400-\u9fff]{2,10})")


@dataclass(frozen=True, slots=True)
class Job:
    """One employment; an ``internship`` (also student work) counts for no years; ``period`` counts half months, None if none is told."""

    employer: Fact | None
    title: Fact | None
    period: Period | None
    internship: bool


def jobs(pages: Pages, told: Iterable[Study]) -> list[Job]:
    """The employments of the work and internship sections, in their order; without such sections, the periods that aren't studies."""
    studied = {(study.period.first, study.period.last) for study in told if study.period}
    sectioned = bool(pages.of("work"))
    headless = frozenset() if sectioned else frozenset(_headless(pages.lines, studied))
    lines = [
        line
        for line in pages.lines
        if line.kind in ("work", "internship") or line.start in headless or _stray(line, studied, sectioned)
    ]
    found = [job for group in groups(lines) if not _is_break(group) for job in _jobs_of(pages, group, studied)]
    return [_promoted(job, found[at - 1]) if at else job for at, job in enumerate(found)]


def _promoted(job: Job, before: Job) -> Job:
    """The job at the same employer as the one told before it, where it names none itself and follows or precedes it at once."""
    near = job.period and before.period and job.period.last and abs(before.period.first - job.period.last) <= _A_MONTH
    return replace(job, employer=before.employer) if job.employer is None and near else job


def _is_break(group: list[Header]) -> bool:
    """Whether it tells of a time without work: 居家照顾老人, career break."""
    said = any(tells_no_work(header.line.text) for header in group)
    return said and not any(header.tells & {"company", "title"} for header in group)


def _stray(line: Line, studied: set[tuple[int, int | None]], sectioned: bool) -> bool:
    """Whether the line tells a job outside of the work section: a page's end or a sidebar may have taken it out, or there is none."""
    period = period_of(line)
    if line.bullet or period is None or (period.first, period.last) in studied:
        return False
    employer = company_in(line.text)
    title = title_in(line.text, employer)
    if line.kind in _NEVER:
        # Scientists head their jobs with Research experience.
        return line.kind == "projects" and not sectioned and bool(title) and PROSE.search(line.text) is None
    return bool(employer and title) if sectioned else bool(employer or title)


def _headless(lines: tuple[Line, ...], studied: set[tuple[int, int | None]]) -> Iterator[int]:
    """Where the lines begin that head jobs above all headings: a period alone, then employer and title, each on a line of its own."""
    for number, line in enumerate(lines):
        period = period_of(line)
        if line.kind or period is None or period.end - period.start < len(line.text) or (period.first, period.last) in studied:
            continue
        below = [each for each in lines[number + 1 : number + 3] if not each.kind and not each.bullet and period_of(each) is None]
        told = frozenset[str]().union(*(header_of(each).tells for each in below))
        if "title" in told and len(below) == 2 and not any(level_named(each.text) for each in below):
            yield from (each.start for each in (line, *below))


def _jobs_of(pages: Pages, group: list[Header], studied: set[tuple[int, int | None]]) -> Iterator[Job]:
    """The employment that the lines tell, once for each of its titles (品牌专员、品牌经理)."""
    period, employer, intern = None, None, False
    titles: list[Fact] = []
    with_company = any("company" in header.tells for header in group)
    # A line that tells nothing by itself may be an employer without a usual ending, but the others go first.
    for header in sorted(group, key=lambda each: "other" in each.tells):
        line, told = header.line, header.period
        if told and period is None:
            period = Period(told.first, told.last, line.start + told.start, line.start + told.end)
        intern = intern or line.kind == "internship" or _INTERN.search(line.text) is not None
        for start, cell in cells(line.text, told):
            label = LABEL.match(cell)
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
    company = company_in(text)
    if company:
        yield "employer", *trimmed(text, company.start(), with_legal_form(text, company.end())), 0.9
    role = title_in(text, company)
    if role is None and company is None and 2 <= len(text) <= 40 and not labelled and re.search(r"[^\W\d]", text):
        first, last = trimmed(text, 0, len(text))
        yield "employer", first, before_town(text, first, last), _UNNAMED if is_town(text) else 0.6
    if role is None:
        return
    verb = _TAKES_A_POST.match(role[0])
    begin = role.start() + (verb.end() if verb else 0 if with_company else title_begins(role[0]))
    grade = _GRADED.search(text, 0, begin)
    begin = grade.start() if grade and begin == role.start() else begin
    both = _TWO_POSTS.fullmatch(text, begin, role.end())
    if both and all(title_named(each) == (0, len(each)) for each in both.groups()):
        yield from (("another title", *both.span(number), 0.85) for number in (1, 2))
        return
    area = _AREA.match(text, role.end()) if with_company and company is None else None
    yield "title", *trimmed(text, begin, area.end() if area else role.end()), 0.85
    yield from (("another title", *place, 0.85) for place in more_titles(text, role.end()))
    if with_company:
        return
    for first, last in ((0, begin), (role.end(), len(text))):
        if text[first:last].lstrip().startswith("("):
            continue
        rest = re.sub(r"^\W*(?:at|bei|@)\s|^\W+|[^\w)]+$", "", text[first:last])
        if company is None and len(rest) > 2 and not _INTERN.search(rest) and concept_of(rest) is None:
            at = text.index(rest, first)
            yield "employer", at, before_town(text, at, at + len(rest)), 0.65
            return
