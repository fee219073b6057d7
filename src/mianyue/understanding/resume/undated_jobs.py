"""Reads jobs that are told without dates: 重庆三江机械厂，车工，2年；海豚支付 —— SRE，3年。"""

from __future__ import annotations

import re
from collections.abc import Iterator

from mianyue.understanding.resume.employer_names import company_in, title_named, trimmed
from mianyue.understanding.resume.employment import Job
from mianyue.understanding.resume.periods import periods
from mianyue.understanding.resume.sections import Line, Pages

_METHOD = "position"
_LASTED = re.compile(
    r"[,，;；\s(（—–-]\s?(?:约|共)?(?:\d{1,2}(?:\.\d)?|[一二三四五六七八九十]{1,2})\s?"
    r"(?:年(?:\d{1,2}个月)?|years?|yrs?)(?![\w\u3400-\u9fff])",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"\s*(?:[,，;；|｜\t]|—{1,2}|–|\s-\s|\s{2,})\s*")
_LONGEST = 60


def undated_jobs(pages: Pages) -> Iterator[Job]:
    """The lines of the work section, or outside of all sections, that name employer or title and for how many years; without a period."""
    for line in pages.lines:
        lasted = _LASTED.search(line.text, 0, _LONGEST)
        if line.kind not in ("work", "internship", "") or line.bullet or lasted is None or next(iter(periods(line.text)), None):
            continue
        job = _job(pages, line, lasted.start())
        if job:
            yield job


def _job(pages: Pages, line: Line, end: int) -> Job | None:
    employer = title = None
    position = 0
    cells = []
    for gap in [*_BETWEEN.finditer(line.text, 0, end), None]:
        until = gap.start() if gap else end
        if line.text[position:until].strip():
            cells.append((position, until))
        position = gap.end() if gap else end
    for first, last in cells:
        text = line.text[first:last]
        company, role = company_in(text), title_named(text)
        if company and employer is None:
            employer = pages.fact(*_at(line, first, *company.span()), "section", 0.85)
        elif role and title is None:
            title = pages.fact(*_at(line, first, *role), "section", 0.8)
        elif employer is None and len(cells) > 1 and (first, last) == cells[0]:
            employer = pages.fact(*_at(line, first, *trimmed(text, 0, len(text))), _METHOD, 0.6)
        elif title is None and (first, last) == cells[-1] and len(text) <= 12:
            title = pages.fact(*_at(line, first, *trimmed(text, 0, len(text))), _METHOD, 0.6)
    return Job(employer, title, None, False) if employer and title else None


def _at(line: Line, offset: int, first: int, last: int) -> tuple[int, int]:
    return line.start + offset + first, line.start + offset + last
