"""Knows the head of a job that stands in a section of something else, as where a page's order was lost."""

from __future__ import annotations

import re

from mianyue.understanding.resume.employer_names import company_in, title_in
from mianyue.understanding.resume.periods import periods

_LONGEST = 75
_SCHOOL = re.compile(r"大学|学院|学校|中学|小学|研究院|University|College|School|Institute|Academy|Hochschule")
_STUDIED = re.compile(
    r"本科|硕士|博士|学士|大专|中专|高中|专业|毕业|课程|学生会|实习|兼职|奖|\b(?:B\.?A|B\.?Sc|M\.?A|M\.?Sc|MBA|Ph\.?D|Bachelor|Master|Intern)\b"
)
_RUNNING = re.compile(r"[。;；]|[,，][^,，]*[,，]")
_SIGNS = re.compile(r"[\s()（）.,，|｜:：-]*")


def opens_a_job(line: str, following: str) -> bool:
    """Whether the line (NFKC, simplified) is a job's period, with employer and title on it or on the next line: neither school nor study."""
    period = next(iter(periods(line)), None) if len(line.strip()) <= _LONGEST else None
    if period is None:
        return False
    rest = line[: period.start] + line[period.end :]
    head = following if _SIGNS.fullmatch(rest) else rest
    if len(head.strip()) > _LONGEST or _STUDIED.search(head) or _RUNNING.search(head):
        return False
    company = company_in(head)
    return company is not None and _SCHOOL.search(company[0]) is None and title_in(head, company) is not None
