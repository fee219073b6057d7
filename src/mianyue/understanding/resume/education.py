"""Reads where, what and how far somebody studied."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from mianyue.understanding.resume.fact import Fact
from mianyue.understanding.resume.periods import Period, periods
from mianyue.understanding.resume.sections import Line, Pages
from mianyue.understanding.wordlists import alternatives

LEVELS = ("secondary", "associate", "bachelor", "master", "doctor")
_TABLE = "resume/degrees.txt"
_TOP_LINES = 14
_NEVER = ("work", "internship", "projects", "campus", "training")
_MARCH = re.compile(r"\bM(?:arch|ARCH)\b")  # the month, no MArch
_WHOLE_SCHOOL = re.compile(r"[\u3400-\u9fff·]{2,10}?大学(?=[\u3400-\u9fff]{2,10}(?:系|专业)$)")
# Of a school's name; the words before one end with others: 毕业后我在, 读完了.
_OF_A_NAME = r"(?![是了读我在从念考的到过所])[\u3400-\u9fff·]"
_CHINESE_SCHOOL = re.compile(
    r"(?:[\u3400-\u9fff]{0,8}?(?:毕业于|就读于|考入|获得|获|[年月][自由]))?"
    r"(?!(?:毕业|技工|职业|中等专业|普通|高等专科|成人|高级职业)(?:学校|学院|中学)(?![\u3400-\u9fff]*\d))"
    rf"(?P<name>(?:(?:{_OF_A_NAME}){{2,16}}?(?:大学|学院|学校|研究院|党校|中学|书院|职教中心|职业教育中心)|(?:{_OF_A_NAME}){{2,8}}(?:高中|中专|技校))"
    r"(?!本科|专科|生|英语|四级|六级|学历|文化|教育|里|当|任教|做|工作)"
    r"(?:[（(](?:北京|武汉|华东|徐州|威海|深圳|珠海|保定|苏州)[)）])?(?:[\u3400-\u9fff]{1,8}(?:学院|分校|校区))?)"
)
_HEAD = (
    r"(?:University|College|Institute|School|Academy|Polytechnic|Universit[äàé]t?|Universidad|Université|Università|Hochschule"
    r"|Fachhochschule|École|Politecnico|Gymnasium|Conservatory|Politechnika|Uniwersytet|Akademia|Högskolan|Univerzita|Universiteit|Universidade|Lycée|Liceo|Escola|Escuela|Scuola|Faculdade|Facultad|Instituto|Institut(?!\w)|Universit[yé])"
)
_CAPITAL = r"[A-ZÀ-Þ][\w.'’&-]*"
_NO_DEGREE = (
    r"(?!(?:JD|MD|BE|BTech|MTech|BCom|MBBS|BA|BSc|BS|BEng|MSc|MA|MS|MBA|PhD|MEng|MPhil|LLB|LLM|BBA|EMBA"
    r"|Bachelor|Master|Doctor|Associate|Ph)\b|B\.|M\.|J\.)"
)
_OF = rf" (?:of|for|de|do|da|di|del|della|du|des|für|am|an der) (?:the |la )?{_CAPITAL}"
_TAIL = rf"(?: (?:and|of|de|do|da|del|du|&) {_CAPITAL}| {_NO_DEGREE}{_CAPITAL}){{0,4}}"
_ENGLISH_SCHOOL = re.compile(
    rf"(?:(?:{_NO_DEGREE}{_CAPITAL} ){{1,4}}{_HEAD}(?:{_OF}{_TAIL}|(?: {_NO_DEGREE}{_CAPITAL}){{0,2}}(?:{_OF}{_TAIL})?)"
    rf"|{_HEAD}(?:{_OF}{_TAIL}|(?: {_NO_DEGREE}{_CAPITAL}){{1,3}}(?:{_OF}{_TAIL})?))"
    r"|\b(?:ETH Z[uü]rich|MIT|Caltech|UCLA|UC Berkeley|EPFL|INSEAD|LSE|NUS|NTU|HKUST|TU [A-ZÄÖÜ]\w+)\b"
)
_GRADUATED = re.compile(r"毕业于[\u3400-\u9fff]{2,12}大学|[\u3400-\u9fff]{2,12}大学(?:[\u3400-\u9fff]{2,10})?毕业")
_LABEL = re.compile(
    r"(?:最高|第一)?学历(?:/?学位)?|学位|文化程度|教育程度|(?:highest )?(?:degree|education)(?: level)?", re.IGNORECASE
)
_LABELLED = re.compile(
    rf"(?:^|[\t|,，;；\s(（])(?:{_LABEL.pattern})(?:\s{{0,3}}[:：]\s{{0,3}}|\t\s?|\s{{1,4}})(?P<value>[^\t|\n,，;；]{{1,24}})",
    re.IGNORECASE,
)
_SCHOOL_LABEL = re.compile(
    r"(?:(?:毕业)?(?:院校|学校)|最高学历)\s{0,3}[:：\t ]\s{0,3}|(?:university|college|school)\s{0,3}[:\t]\s{0,3}", re.IGNORECASE
)
# A person's own level alone between signs, as banners have it: 张三 | 本科 | 5年.
_CELL = re.compile(r"[^\t|/·,，、;；\s]+(?: [^\t|/·,，、;；\s]+)*")


@dataclass(frozen=True, slots=True)
class Study:
    """One course of study; ``degree`` is one of LEVELS, ``status`` is ``completed``, ``studying`` or ``abandoned``.

    ``part_time`` covers 自考, 成人, 函授 and the like; ``period`` counts half months.
    """

    school: Fact | None
    degree: Fact | None
    status: str
    part_time: bool
    period: Period | None


def studies(pages: Pages) -> list[Study]:
    """The studies that the education section tells, and lines that name school and degree elsewhere but among jobs, in their order."""
    lines = [line for line in pages.lines if line.kind == "education" or (line.kind not in _NEVER and _tells_all(line))]
    lines = [line for line in lines if not _only_begun(line.text)]
    return [_study(pages, group) for group in _groups(lines)]


def _only_begun(text: str) -> bool:
    """Whether a line without a school tells of a degree that was given up: began a Ph.D. there, withdrew 2023."""
    return _school(text) is None and _level(text) is not None and _of("abandoned").search(text.lower()) is not None


def _tells_all(line: Line) -> bool:
    """Whether the line by itself tells a study: a page's end or a sidebar may have taken it out of its section."""
    return not line.bullet and _school(line.text) is not None and _level(line.text) is not None


def highest_degree(pages: Pages, told: Iterable[Study]) -> Fact | None:
    """The highest level studied, an abandoned one left out; of a label (学历：本科), the education section, or the banner."""
    found = [study.degree for study in told if study.degree and study.status != "abandoned"]
    label = next(_labelled(pages), None)
    best = max(found, key=lambda fact: (LEVELS.index(fact.value), -fact.start), default=None)
    if best and label:
        higher = best if LEVELS.index(best.value) >= LEVELS.index(label.value) else label
        agreed = best.value == label.value
        return Fact(higher.value, higher.start, higher.end, higher.method, 0.99 if agreed else 0.75)
    return best or label or next(_alone(pages), None) or next(_graduated(pages), None)


def labelled_school(pages: Pages) -> Fact | None:
    """The school of a form's field (毕业院校：…)."""
    for line in pages.lines:
        match = _SCHOOL_LABEL.search(line.text)
        school = _school(line.text[match.end() :]) if match else None
        if match and school and school[0] < 6:
            return pages.fact(line.start + match.end() + school[0], line.start + match.end() + school[1], "label", 0.95)
    return None


def _groups(lines: Iterable[Line]) -> Iterator[list[Line]]:
    """Lines of one study each: a new one begins where something is told a second time."""
    group: list[Line] = []
    told: set[str] = set()
    for line in lines:
        tells = {
            name
            for name, found in (
                ("school", _school(line.text)),
                ("degree", _level(line.text)),
                ("period", next(iter(periods(line.text)), None)),
            )
            if found
        }
        if line.bullet and group and not tells & {"school", "period"}:
            tells = set()
        if told == {"school", "period"} and tells == {"school", "degree"}:
            # 计算机科学与技术 本科 信息学院 below the university: the department.
            tells = {"degree"}
        if tells & told:
            yield group
            group, told = [], set()
        group.append(line)
        told |= tells
    if told:
        yield group


def _study(pages: Pages, lines: list[Line]) -> Study:
    school = degree = period = None
    status, part_time = "completed", False
    for line in lines:
        found, level = _school(line.text), _level(_finished(line.text))
        if found and school is None:
            school = pages.fact(line.start + found[0], line.start + found[1], "section", 0.9)
        if level and degree is None and not (line.bullet and school and period):
            name, start, end = level
            degree = pages.fact(line.start + start, line.start + end, "section", 0.95, name)
        period = period or next(_periods_beside(line.text, found), None)
        lower = line.text.lower()
        if _of("abandoned").search(lower) and _finished(line.text) == line.text:
            status = "abandoned"
        elif _of("studying").search(lower) and status == "completed":
            status = "studying"
        part_time = part_time or _of("part time").search(lower) is not None
    if status == "completed" and period and period.last is None:
        status = "studying"
    return Study(school, degree, status, part_time, period)


def _finished(text: str) -> str:
    """The line with the sentences blanked that tell of a degree given up, if another one remains."""
    sentences = re.findall(r"(?:[^.。;]|\.(?!\s+[A-Z]))+[.。;]?\s*", text)
    kept = [" " * len(each) if _of("abandoned").search(each.lower()) else each for each in sentences]
    return "".join(kept) if "".join(sentences) == text and any(_level(each) for each in kept) else text


def _periods_beside(text: str, school: tuple[int, int] | None) -> Iterator[Period]:
    """The periods of a line, or of the sentence that names the school where a line holds several."""
    first, last = school or (0, len(text))
    begin = max(text.rfind("。", 0, first), text.rfind(";", 0, first)) + 1
    end = next((at for at in range(last, len(text)) if text[at] in "。;"), len(text))
    return (period for period in periods(text) if begin <= period.start < end)


def _labelled(pages: Pages) -> Iterator[Fact]:
    for line in pages.lines:
        if line.kind in ("work", "internship", "projects") or line.bullet:
            continue
        for match in _LABELLED.finditer(line.text):
            level = _level(match["value"])
            if level and not _of("abandoned").search(match["value"].lower()):
                start = line.start + match.start("value")
                yield pages.fact(start + level[1], start + level[2], "label", 0.95, level[0])


def _alone(pages: Pages) -> Iterator[Fact]:
    for line in pages.lines[:_TOP_LINES]:
        if line.kind in ("work", "internship", "projects"):
            continue
        for cell in _CELL.finditer(line.text):
            level = _level(cell[0])
            if level and len(cell[0]) - (level[2] - level[1]) <= 6:
                yield pages.fact(
                    line.start + cell.start() + level[1], line.start + cell.start() + level[2], "banner", 0.8, level[0]
                )
    for line in pages.lines:
        level = _level(line.text)
        if (
            level
            and line.kind not in ("work", "internship", "projects", "skills", "interests")
            and re.search(r"毕业|学历|graduated|degree", line.text)
        ):
            yield pages.fact(line.start + level[1], line.start + level[2], "sentence", 0.55, level[0])


def _graduated(pages: Pages) -> Iterator[Fact]:
    """A bachelor's degree where somebody only says that they graduated from a university: a person should look."""
    for line in pages.lines:
        match = _GRADUATED.search(line.text)
        if match and line.kind not in _NEVER:
            yield pages.fact(line.start + match.start(), line.start + match.end(), "sentence", 0.5, "bachelor")


def _level(text: str) -> tuple[str, int, int] | None:
    """The highest level that ``text`` names, and where."""
    lower = _MARCH.sub("-----", text).lower()
    for level in reversed(LEVELS):
        match = _of(level).search(lower)
        if match:
            return level, match.start(), match.end()
    return None


def level_named(text: str) -> str | None:
    """The highest level of LEVELS that ``text`` (NFKC, simplified) names."""
    level = _level(text)
    return level[0] if level else None


def school_named(text: str) -> tuple[int, int] | None:
    """Where in ``text`` the school stands that it begins with, without the department behind it; None if it begins otherwise."""
    match = _WHOLE_SCHOOL.match(text)
    return match.span() if match else None


def _school(text: str) -> tuple[int, int] | None:
    """Where the first school stands, without the words before it that say that somebody studied there."""
    chinese = _CHINESE_SCHOOL.search(text)
    english = None if chinese else _ENGLISH_SCHOOL.search(text)
    return chinese.span("name") if chinese else english.span() if english else None


@cache
def _of(section: str) -> re.Pattern[str]:
    # Only Latin letters make a word here: a scan glues the columns of a line together (英语MBA).
    return re.compile(alternatives(_TABLE, section), re.ASCII)
