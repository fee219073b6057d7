"""Reads what a résumé tells in running text, which no rule about lines and fields can: the tagger finds the names, this joins them."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from mianyue.understanding.resume.chinese_prose import chinese_jobs, together
from mianyue.understanding.resume.education import LEVELS, level_named
from mianyue.understanding.resume.employer_names import company_named, title_named
from mianyue.understanding.resume.employment import Job
from mianyue.understanding.resume.english_prose import english_jobs, tells_in_english
from mianyue.understanding.resume.fact import Fact, surest
from mianyue.understanding.resume.job_headers import tells_no_work
from mianyue.understanding.resume.names import chinese_name
from mianyue.understanding.resume.other_people import of_somebody_else
from mianyue.understanding.resume.periods import Period
from mianyue.understanding.resume.sections import Line, Pages
from mianyue.understanding.resume.sentences import METHOD, SURE, Sentence, looks_told, sentences_of
from mianyue.understanding.resume.tagger.tag import Entity, entities
from mianyue.understanding.resume.told_periods import told_periods
from mianyue.understanding.skills.table import concept_of

_UNSURE = 0.6
# Beside a period in running text an employer or title this sure makes it a job.
_TOLD = 0.8
_NAME_LINES = 12
_HAN = re.compile(r"[\u3400-\u9fff]")
_RUNNING = re.compile(r"[\u3400-\u9fff][,;。][\u3400-\u9fff]|。")
_NO_JOBS = ("education", "projects", "campus", "training", "skills", "interests")
_SCHOOL = re.compile(r"大学|学院|学校|党校|研究院|研究所|中学")
_STUDIED_BEFORE = re.compile(r"(?:毕业于|就读于|考入|获得?|取得)$")
_STUDIED_AFTER = re.compile(r"毕业|学习|就读|攻读|进修|在读")
_WORKED = re.compile(r"工作|任职|就职|加入|入职|进入|从事|服务|来到|干到|做到|上班|担任")
_ONE_AFTER_THE_OTHER = re.compile(r"历任|先后|从.{0,20}做到")
_INTRODUCES = re.compile(r"(?:我叫|我是|本人|姓名|名叫)[:,\s]*$")
# Work without an employer.
_SELF_EMPLOYED = re.compile(
    r"(?:自由|独立)(?:职业者|职业|(?:[\u3400-\u9fffA-Z]{1,4})?(?:设计师|插画师|摄影师|撰稿人|译者|翻译|开发者|讲师|顾问|画师|剪辑师))|个体户|自雇"
)
_THE_SAME = frozenset(("公司", "本公司", "该公司", "我公司", "集团", "集团公司", "股份公司", "总公司", "母公司", "发行人"))


@dataclass(frozen=True, slots=True)
class Told:
    """What running text tells; ``method`` of every fact is ``tagger``, and none is surer than 0.75."""

    name: Fact | None = None
    school: Fact | None = None
    degree: Fact | None = None
    jobs: tuple[Job, ...] = ()


def read_prose(pages: Pages) -> Told:
    """What the sentences of the résumé tell of name, school, highest degree and jobs; lines of forms and tables are left to the rules."""
    sentences = list(sentences_of(pages))
    return Told(
        surest(_names(pages, sentences)),
        surest(_schools(pages, sentences)),
        _highest(pages, sentences),
        (*together(_jobs(pages, sentences), chinese_jobs(pages)), *english_jobs(pages)),
    )


def may_tell_more(pages: Pages, known: Iterable[Job]) -> bool:
    """Whether running text names a period: one of no job known, or one that the rules took for a job."""
    places = {_when(job).start for job in known}
    for line in pages.lines:
        running = _running(line)
        if _may_tell_jobs(line) and (running or looks_told(line.text)):
            found = {line.start + period.start for period in told_periods(line.text)}
            if found and (running or found - places):
                return True
    return False


def all_jobs(pages: Pages, known: list[Job], told: Iterable[Job]) -> list[Job]:
    """The jobs that the rules know, with what the tagger reads more surely, and those that only sentences tell.

    In running text the rules only guess: there the tagger's reading counts, and a period beside which it reads neither employer nor
    title is no job.
    """
    by_period: dict[tuple[int, int | None], list[Job]] = {}
    for job in told:
        if job.employer is None or job.employer.confidence >= _UNSURE:
            by_period.setdefault(_span(job), []).append(job)
    starts = [line.start for line in pages.lines]
    found: list[Job] = []
    answered: set[tuple[int, int | None]] = set()
    for job in known:
        line = pages.lines[bisect_right(starts, _when(job).start) - 1]
        same = by_period.pop(_span(job), [])
        if not _running(line):
            found.append(_surer(pages, job, line))
        elif same:
            found.extend(same)
            answered.add(_span(job))
        elif _span(job) in answered or tells_in_english(line.text):
            continue
        elif any(entity.label in ("ORG", "TITLE") and entity.confidence >= _TOLD for entity in entities(line.text)):
            guess = replace(job.employer, confidence=min(job.employer.confidence, 0.55)) if job.employer else None
            found.append(_surer(pages, replace(job, employer=guess), line))
    found += (job for jobs in by_period.values() for job in jobs)
    return sorted(found, key=lambda job: _when(job).start)


def _when(job: Job) -> Period:
    """The period of a job that the rules or a sentence told; those without one are read where there is none other."""
    assert job.period is not None
    return job.period


def _span(job: Job) -> tuple[int, int | None]:
    return _when(job).first, _when(job).last


def _surer(pages: Pages, job: Job, line: Line) -> Job:
    if (job.employer and job.employer.confidence >= _TOLD and job.title) or _HAN.search(line.text) is None:
        return job
    sentence = Sentence(line, line.text, line.start, tuple(entities(line.text)))
    employer = surest(sentence.fact(pages, each) for each in sentence.entities if each.label == "ORG")
    title = surest(sentence.fact(pages, each) for each in sentence.entities if each.label == "TITLE")
    if employer and (job.employer is None or employer.confidence > job.employer.confidence):
        job = replace(job, employer=employer)
    return replace(job, title=title) if title and job.title is None else job


def _names(pages: Pages, sentences: list[Sentence]) -> Iterator[Fact]:
    """Whom a sentence near the top introduces or begins with."""
    top_lines = frozenset(line.start for line in pages.lines[:_NAME_LINES])
    for sentence in sentences:
        top = sentence.line.start in top_lines
        for entity in sentence.entities:
            introduced = _INTRODUCES.search(sentence.before(entity)) is not None
            if (
                entity.label != "NAME"
                or of_somebody_else(sentence.before(entity))
                or not (introduced or (top and not entity.start))
            ):
                continue
            fact = sentence.fact(pages, entity)
            if concept_of(fact.value):
                continue
            # A surname that no list knows makes it a question.
            yield fact if chinese_name(fact.value) else replace(fact, confidence=min(fact.confidence, 0.55))


def _schools(pages: Pages, sentences: list[Sentence]) -> Iterator[Fact]:
    for sentence in sentences:
        for entity in sentence.entities:
            following = sentence.next_to(entity)
            said = _STUDIED_AFTER.match(sentence.text, entity.end) or _STUDIED_BEFORE.search(sentence.before(entity))
            after = following.label if following else ""
            studied = after in ("PRO", "EDU") or (said is not None and after != "TITLE")
            if entity.label == "ORG" and studied and _SCHOOL.search(sentence.text, entity.start, entity.end):
                yield sentence.fact(pages, entity)


def _highest(pages: Pages, sentences: list[Sentence]) -> Fact | None:
    found = []
    for sentence in sentences:
        for entity in sentence.entities:
            level = level_named(sentence.text[entity.start : entity.end]) if entity.label == "EDU" else None
            if level:
                found.append(sentence.fact(pages, entity, level))
    return max(found, key=lambda fact: (LEVELS.index(fact.value), fact.confidence), default=None)


def _jobs(pages: Pages, sentences: list[Sentence]) -> Iterator[Job]:
    """A job for each employer of a period; what is called "the company" is the one named last."""
    employer: Fact | None = None
    line: Line | None = None
    lasting: list[Period] = []
    for sentence in sentences:
        if not _may_tell_jobs(sentence.line):
            continue
        if sentence.line is not line:
            employer, line = None, sentence.line
            lasting = told_periods(line.text)
        for period, until, part in _parts(sentence, lasting):
            found: dict[Fact, list[Fact]] = {}
            for entity in part:
                following = sentence.next_to(entity)
                if entity.label == "ORG" and sentence.is_client(entity):
                    continue
                if entity.label == "ORG" and _only_a_title(sentence.text[entity.start : entity.end]):
                    continue
                if entity.label == "ORG" and not (following and following.label in ("PRO", "EDU")):
                    named = sentence.text[sentence.begins(entity) : entity.end]
                    employer = employer if employer and named in _THE_SAME else sentence.fact(pages, entity)
                    found.setdefault(employer, [])
                elif entity.label == "TITLE" and employer:
                    found.setdefault(employer, []).append(sentence.fact(pages, entity))
            if period is None:
                continue
            told = sentence.text[period.start : until]
            at = replace(period, start=sentence.start + period.start, end=sentence.start + period.end)
            own = _SELF_EMPLOYED.search(told)
            if own and not found:
                first = sentence.start + period.start + own.start()
                trade = pages.fact(first, first + len(own[0]), METHOD, SURE) if title_named(own[0]) else None
                yield Job(None, trade, at, False)
                continue
            if tells_no_work(told) and not found:
                continue
            for where, titles in found.items():
                if titles or _WORKED.search(told):
                    last = _ONE_AFTER_THE_OTHER.search(told) is not None
                    title = (titles[-1] if last else titles[0]) if titles else None
                    yield Job(where, title, at, "实习" in told)


def _only_a_title(named: str) -> bool:
    """Whether the tagger took a title for an employer: 仓储课课长."""
    return title_named(named) == (0, len(named)) and company_named(named) is None


def _running(line: Line) -> bool:
    return _RUNNING.search(line.text) is not None or tells_in_english(line.text)


def _may_tell_jobs(line: Line) -> bool:
    return line.kind not in _NO_JOBS and not line.bullet


def _parts(sentence: Sentence, lasting: list[Period]) -> Iterator[tuple[Period | None, int, list[Entity]]]:
    """The entities before the first period of a sentence, then those that follow each, and where that part ends.

    ``lasting`` are the periods of the whole line. Another sentence may tell the end of a period: 4月我去了…。8月我离开了公司。
    """
    offset = sentence.start - sentence.line.start
    inside = (each for each in lasting if offset <= each.start < offset + len(sentence.text))
    told = [replace(each, start=each.start - offset, end=each.end - offset) for each in inside]
    starts = [0, *(period.start for period in told)]
    for period, start, end in zip([None, *told], starts, [*starts[1:], len(sentence.text)], strict=True):
        yield period, end, [entity for entity in sentence.entities if start <= entity.start < end]
