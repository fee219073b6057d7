"""Reads the jobs that Chinese sentences tell by their verbs: 2019年8月我进了…公司当广告文案, where the tagger may see no name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from mianyue.understanding.resume.employer_names import company_in, title_at
from mianyue.understanding.resume.employment import Job
from mianyue.understanding.resume.fact import Fact
from mianyue.understanding.resume.job_headers import tells_no_work
from mianyue.understanding.resume.periods import Period
from mianyue.understanding.resume.sections import Line, Pages
from mianyue.understanding.resume.told_periods import told_periods

_METHOD = "sentence"
# No label or heading is outranked, and a person need not confirm it.
_SURE = 0.7
_UNSURE = 0.6
_HAN = re.compile(r"[\u3400-\u9fff]")
# 2019年8月我进了, 在, 就职于: up to the employer, whose name begins behind the last of them.
_LEADS_TO = re.compile(
    r".*(?:(?:进入?|加入|入职|来到|去到?|回到?|转到|转入|转去|跳槽到|跳到|换到|应聘到|考入|考进|调到?|到|受聘于|就职于|任职于|供职于|服务于|效力于"
    r"|(?<![现所存])在)[了过]?)(?=[\u3400-\u9fff])"
)
# 担任, 当, 做 before a title; not 责任, 主任, 当时, 做过.
_POST = re.compile(
    r"(?:担任|出任|升任|转任|历任|(?<![主责信重])任(?![务教课职何])|当(?![时然初班])|(?<![叫想看用])做|干|还是|职位是|岗位是|职务是)(?:过|上)?(?:一[名个])?"
)
_TITLE_ENDS = re.compile(r"[了后的升就并至到从]|负责|期间|\Z")
_SCHOOL = re.compile(r"(?:大学|学院|学校|中学|高中|中专|技校)$")
_STUDIED = re.compile(r"毕业|就读|攻读|入学|考上|学位|学历|在读")
_SENTENCE_END = re.compile(r"[。;!?]")


def chinese_jobs(pages: Pages) -> Iterator[Job]:
    """The jobs of Chinese running text, of which a verb says where, and mostly as what, from when or until when."""
    for line in pages.lines:
        if line.kind in ("education", "projects", "campus", "training", "skills", "interests") or line.bullet:
            continue
        told = told_periods(line.text) if _HAN.search(line.text) else []
        for number, period in enumerate(told):
            following = told[number + 1].start if number + 1 < len(told) else len(line.text)
            end = _SENTENCE_END.search(line.text, period.start, following)
            job = _job(pages, line, period, end.start() if end else following)
            if job:
                yield job


def together(tagged: Iterable[Job], ruled: Iterable[Job]) -> tuple[Job, ...]:
    """The jobs that the tagger found, with the titles that it missed, and those of the periods for which it found none for sure."""
    jobs = list(tagged)
    for job in ruled:
        same = [each for each in jobs if each.period and job.period and each.period.start == job.period.start]
        sure = [each for each in same if each.employer and each.employer.confidence >= _UNSURE]
        jobs = [each for each in jobs if each not in same or each in sure]
        if not sure:
            jobs.append(job)
        elif len(sure) == 1 and sure[0].title is None:
            jobs[jobs.index(sure[0])] = replace(sure[0], title=job.title)
    return tuple(jobs)


def _job(pages: Pages, line: Line, period: Period, end: int) -> Job | None:
    part = line.text[period.start : end]
    company = _company(part)
    if company is None or tells_no_work(part) or _STUDIED.search(part, 0, company.end()):
        return None
    lead = _LEADS_TO.match(part, 0, company.end())
    if lead is None or lead.end() >= company.end() - 1 or _SCHOOL.search(company[0]):
        return None
    first = max(company.start(), lead.end())
    employer = _fact(pages, line, period.start + first, period.start + company.end())
    title = _title(pages, line, period.start + company.end(), end)
    at = replace(period, start=line.start + period.start, end=line.start + period.end)
    return Job(employer, title, at, "实习" in part)


def _company(part: str) -> re.Match[str] | None:
    """The first employer, also one that only a verb parts from the title behind it: 晨光广告公司当文案."""
    before = (company_in(part[: verb.start()]) for verb in _POST.finditer(part))
    return next(filter(None, before), None) or company_in(part)


def _title(pages: Pages, line: Line, start: int, end: int) -> Fact | None:
    for verb in _POST.finditer(line.text, start, end):
        stop = _TITLE_ENDS.search(line.text, verb.end(), end)
        role = title_at(line.text, verb.end(), stop.start() if stop else end)
        if role:
            return _fact(pages, line, *role)
    role = title_at(line.text, start, end)
    return _fact(pages, line, *role) if role and role[1] - role[0] <= 8 else None


def _fact(pages: Pages, line: Line, start: int, end: int) -> Fact:
    return pages.fact(line.start + start, line.start + end, _METHOD, _SURE)
