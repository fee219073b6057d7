"""Gathers the lines that head a job: the period and those around it that name employer and title."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from mianyue.understanding.resume.employer_names import company_in, company_named, title_in, title_named
from mianyue.understanding.resume.periods import Period, periods
from mianyue.understanding.resume.sections import Line

_LONGEST_HEADER = 75
PROSE = re.compile(
    r"[\u3400-\u9fff]\s?,\s?[\u3400-\u9fff]|[。；;]|[a-z]{2}(?<!Inc)(?<!Ltd)(?<!Corp)(?<!Co)(?<!Pte)(?<!Pvt)(?<!Bhd)\.$"
)
_CELL = re.compile(r"[^\t|｜;；\n]+?(?=\s{2,}|\s[·•–—-]\s|[\t|｜;；\n]|$)")
# Parts of a header line that name nobody: Europass's labels, 全职, Full-time, 5 yrs 2 mos, (3年2个月).
_NO_NAME = re.compile(
    r"(?:dates?|period|name (?:and address )?of employer|occupation or position held|"
    r"全职|兼职|full[- ]time|part[- ]time|contract|freelance|remote|permanent|[\d.]+\s?(?:yrs?|years?|mos?|months?|年|个月).*)",
    re.IGNORECASE,
)
# Fields of a job that tell neither employer nor title, and lines that only tell how long it lasted.
_ASIDE = re.compile(
    r"[│|├└┌·\s]*(?:(?:所属|任职|所在)?部门|行业(?:类别)?|所属行业|公司(?:性质|规模|类型)|企业性质|工作地点|地点|汇报对象|下属(?:人数)?|离职原因|薪资|月薪|证明人"
    r"|department|industry|location|reports? to|team size|client)(?:\s{0,3}[:：\t]|\s{2,}).*"
    r"|(?:business or sector|type of business|main activities)\b.*|\W*(?:\d{1,2}\s?(?:年|yrs?|years?))?\W*(?:\d{1,2}\s?(?:个月|mos?|months?))?\W*",
    re.IGNORECASE,
)
_MOST_ASIDES = 2
_EMPLOYER_BELOW = re.compile(r"Name (?:and address )?of employer\b", re.IGNORECASE)
LABEL = re.compile(
    r"^[│|├└┌·\s]*(?:公司名称|公司|工作单位|单位名称|单位|雇主|所在公司|职位名称|职位|岗位|职务|担任职务|职称|部门|期间|起止时间|任职时间|在职时间|时间"
    r"|company|employer|organi[sz]ation|designation|position|title|role|post|job title|dates?|period)\s{0,3}[:：\t]\s{0,3}",
    re.IGNORECASE,
)
_DURATION = re.compile(
    r"\[\s?[\d.]+\s?(?:年|个月|yrs?|mos?)[^\[\]]*\]"
    r"|\((?:在职中?|现职|至今)\)|\(\s?(?:约|共)?[\d.]+\s?(?:年|个月|yrs?|years?|months?)[^()]*\)"
)
_FROM = re.compile(r"\s(?:from|between|since)\s*$", re.IGNORECASE)
# Between jobs, and jobs beside studies: they are told with periods and count for no years.
_NOT_AT_WORK = re.compile(
    r"间隔期|空窗|空档|休息|旅行(?!社)|居家|在家|照顾|带孩子|育儿|待业|备考|考研|休养|全职(?:妈妈|太太|爸爸)|gap\b|career break|sabbatical"
    r"|maternity|thesis work|parental|family care|travell?ing|unemployed",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Header:
    """A line, the period on it, and what it tells: ``period``, ``company``, ``title``, or only ``other``; nothing if it tells a duty."""

    line: Line
    period: Period | None
    tells: frozenset[str]


def groups(lines: Iterable[Line]) -> list[list[Header]]:
    """The header lines of one job each: the line with the period and those around it that name employer and title.

    A new job begins where something is told a second time, and what somebody did there parts them; only Europass names the employer
    below what was done.
    """
    found: list[list[Header]] = []
    group: list[Header] = []
    has: set[str] = set()
    asides = 0
    for line in lines:
        if _ASIDE.fullmatch(line.text) and period_of(line) is None:
            continue
        header = header_of(line)
        if not group and found and _EMPLOYER_BELOW.match(line.text) and not any("company" in above.tells for above in found[-1]):
            found[-1].append(header)
            continue
        if has >= {"period", "company"} and "title" not in has and header.tells == {"other"} and asides < _MOST_ASIDES:
            asides += 1
            continue
        full = "period" in has and bool(has & {"company", "title"})
        if not header.tells or header.tells & has or (full and header.tells == {"other"}):
            if "period" in has and not (has == {"period"} and tells_no_work(line.text)):
                found.append(group)
            group, has, asides = [], set(), 0
        if header.tells:
            group.append(header)
            has |= header.tells
    if "period" in has:
        found.append(group)
    return found


def header_of(line: Line) -> Header:
    period = period_of(line)
    label = LABEL.match(line.text)
    found = {"period"} if period else set()
    # Two Chinese halves with a comma between are prose; in English headers commas part employer, title and place.
    prose = (PROSE.search(line.text) is not None and not _post_and_firm(line.text)) or len(
        re.sub(r"\s{2,}", " ", line.text)
    ) > _LONGEST_HEADER
    if period is None and label is None and (line.bullet or prose):
        return Header(line, None, frozenset())
    company = company_in(line.text)
    title = title_in(line.text, company)
    if line.bullet and prose and not (company or title):
        # Runs the canteen since 2023; orders the supplies: a duty.
        return Header(line, None, frozenset())
    if company:
        found.add("company")
    # A title ends its line or its cell; 开发3家千万级客户 tells a duty.
    if title and (period or label or company or len(line.text) - title.end() <= 8 or line.text[title.end()] in " \t|/,，(（·、"):
        found.add("title")
    return Header(line, period, frozenset(found or {"other"}))


def _post_and_firm(text: str) -> bool:
    """Whether the line is nothing but a title and an employer with a comma between: 会计主管,合肥瑞禾食品有限公司."""
    halves = [half.strip() for half in text.split(",")]
    if len(halves) != 2:
        return False
    firms, titles = ([named(half) == (0, len(half)) for half in halves] for named in (company_named, title_named))
    return (firms[0] and titles[1]) or (firms[1] and titles[0])


def cells(text: str, period: Period | None) -> Iterator[tuple[int, str]]:
    """The parts of a header line without its period, with their places."""
    blank = _DURATION.sub(lambda told: "\t" * len(told[0]), text)
    pieces = [(0, blank)] if period is None else [(0, _FROM.sub("", blank[: period.start])), (period.end, blank[period.end :])]
    for offset, piece in pieces:
        for cell in _CELL.finditer(piece):
            stripped = cell[0].strip(" ,，:：()（）-–—·|")
            if stripped.count("(") > stripped.count(")") and f"{stripped})" in cell[0]:
                stripped += ")"
            if stripped and not _NO_NAME.fullmatch(stripped):
                yield offset + cell.start() + cell[0].index(stripped), stripped


def period_of(line: Line) -> Period | None:
    return next(iter(periods(line.text)), None)


def tells_no_work(text: str) -> bool:
    """Whether the text tells of a time between jobs: career break, 居家照顾老人."""
    return _NOT_AT_WORK.search(text) is not None
