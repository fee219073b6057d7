"""Finds names that fill a line, or a part of one, without a label: nearly always the title of the résumé."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from mianyue.understanding.folding import Folded
from mianyue.understanding.resume.bare_names import as_name
from mianyue.understanding.resume.employer_names import is_town, title_named
from mianyue.understanding.resume.fact import Fact, fact_at
from mianyue.understanding.resume.headings import heading_kind, is_label
from mianyue.understanding.resume.likely_names import known_words, likely, of_two_words, ordinary
from mianyue.understanding.resume.names import agrees_with_address, chinese_name, latin_name
from mianyue.understanding.resume.other_people import of_somebody_else
from mianyue.understanding.traditional import simplified

_TOP_LINES = 12
_HEADING = 12
# Autodesk Revit in a sidebar is what somebody uses.
_LISTS = ("skills", "languages", "certificates", "interests")
_TELLS_OF_FIRMS = ("work", "projects", "education", "internship", "campus", "training", "other")
# Under these the name may stand on its own: others tell of firms and schools.
_NO_SECTION = ("", "title", "personal", "summary", "objective")
# Between two signs; the stroke of Ravi s/o Krishnan is none.
_WITHIN = r"(?:[^\t\n|｜/,，;；•●—–\s]|(?<= [sdabSDAB])/(?=[oplOPL] ))+"
_PART = re.compile(rf"(?![.~#·]\s){_WITHIN}(?: (?![.~·]\s){_WITHIN})*")
# 宿  明  远, 赵  无忌（律师）, with whatever spaces the page has between.
_SPREAD = re.compile(
    r"\s*([\u3400-\u9fff](?:(?:\s{1,6}[\u3400-\u9fff]){1,3}|\s{2,6}[\u3400-\u9fff]{2}))\s*(?:[(（][^)）]{0,60}[)）]\s*)?"
)
# What follows the name in a sidebar: 女 / 1996.02, a telephone number, an address.
_PERSON = re.compile(r"\s*(?:[男女](?![\u3400-\u9fff])|\d{2}\s?岁|(?:\+?86\W*)?1[3-9]\d[\d -]{8,10}\s*$|[\w.+-]+@)")
# What stands below a name at the top: what somebody is, wants, or is reached by.
_ABOUT = re.compile(
    r"""\s* (?: [男女](?![\u3400-\u9fff]) | 性\s*别 | [\u3400-\u9fff]{1,4}族(?![\u3400-\u9fff]) | (?:19|20)?\d\d\s?[岁歲年] | \+?\(?\d[\d()\ -]{6,}
        | [\w.+-]+@ | (?:tel|phone|mobile|e-?mail|address|cell)\b
        | (?:求职|應徵|应聘|期望|意向|联系|聯絡|电话|電話|手机|手機|邮箱|现居|出生|生日|籍贯|微信)
        | [\u3400-\u9fff]{2,6}[员師师工长長]\s*$
        | [^|｜·/]{0,12}[|｜·/]\s?(?:\d|[男女]|本科|硕士|大专|博士) )""",
    re.IGNORECASE | re.VERBOSE,
)
# B E A T R I Z   N O V A I S: two words; and a paper's authors: [1] Zhu M., Gao L., et al.
_SPACED_WORDS = re.compile(r"\s*(?P<value>[A-Z](?: [A-Za-z]){1,14}(?: {2,6}[A-Z](?: [A-Za-z]){1,14}){1,3})\s*")
_PAPER = re.compile(r"\s*\[\d{1,3}\]|.*\bet al\b")
_FIRST_WORD = re.compile(r"([\u3400-\u9fff]{2,4})[ _·-]+(?=[男女\d]|[^ ]{3,})")
# 采购经理-谭小军-8年, 【谭小军_采购经理】, 采购经理 谭 小 军: cells, one of which is the name.
_CELLS = re.compile(r"[\s_|｜/—–:【】[\]-]+|(?<=[\u3400-\u9fff])(?=1[3-9]\d{9})")
_TELLS = re.compile(
    r"(?:个人|求职|应聘)?简历|\d{1,2}年(?:经验|工作经验)?|\d{2}岁|[男女]|本科|硕士|大专|博士|中专|1[3-9]\d{9}|(?:手机|电话).*"
)
_GLUED = re.compile(r"([A-Z][a-z]{2,})([A-Z][a-z]{2,})")


@dataclass(frozen=True, slots=True)
class _Place:
    """A line in which a name may stand: its number, the section it is in, whether an empty line is above, and what is below."""

    number: int
    section: str
    apart: bool
    below: str

    @property
    def top(self) -> bool:
        return self.number < _TOP_LINES

    @property
    def introduces(self) -> bool:
        """Whether the line below is about the person whose name stands here."""
        title = title_named(simplified(self.below))
        at_once = title is not None and not self.below[: title[0]].strip()
        return at_once or _ABOUT.match(self.below) is not None or is_town(self.below.strip())


def standing_names(folded: Folded, address: str) -> Iterator[Fact]:
    """The names that stand alone; those at the top are surest. ``address`` is the candidate's e-mail address."""
    lines = [line for line in re.finditer(r"[^\n]+", folded.text) if line[0].strip()]
    section = ""
    for number, line in enumerate(lines):
        above = lines[number - 1][0] if number else ""
        below = lines[number + 1][0] if number + 1 < len(lines) else ""
        if len(above) <= _HEADING and of_somebody_else(above):
            continue
        section = heading_kind(line[0]) or section
        if _PAPER.match(line[0]):
            continue
        place = _Place(number, section, folded.text[: line.start()].rstrip(" \t").endswith("\n\n"), below)
        if spaced := _SPACED_WORDS.fullmatch(line[0]):
            if (name := _unspaced(spaced["value"])) and heading_kind(line[0]) is None:
                yield fact_at(folded, name, line.start() + spaced.start("value"), line.start() + spaced.end("value"), "title", 0.8)
            continue
        for part in _PART.finditer(line[0]):
            name = as_name(part[0])
            if name is None:
                continue
            start = line.start() + part.start()
            whole = len(part[0]) >= len(line[0].strip())
            sure = _han(name, whole, place, address) if _is_han(name) else _latin(name, whole, place, address)
            if sure is not None:
                method = "title" if place.top else "line"
                yield fact_at(folded, name, start, start + len(part[0]), method, round(sure, 2))
        if place.top:
            yield from _in_a_part(folded, line, place, address)
        if below:
            yield from _on_two_lines(folded, line, lines[number + 1], address, number)


def _latin(name: str, whole: bool, place: _Place, address: str) -> float | None:
    """How sure a name in Latin letters is."""
    known, agrees = likely(name, address), agrees_with_address(name, address)
    if not place.top:
        here = known and whole and place.apart and place.introduces and len(name.split()) < 4
        return 0.65 if agrees else 0.62 if here and place.section not in _TELLS_OF_FIRMS else None
    sure = 0.9 - 0.02 * place.number - (0 if whole or place.number == 0 else 0.1) + (0.05 if known else 0)
    if known is False:
        return min(sure, 0.5)
    if place.section in _LISTS and not agrees:
        # On LinkedIn's pages the name follows what is listed beside it.
        return min(sure, 0.7 if known and whole and place.introduces else 0.5)
    if place.section in _TELLS_OF_FIRMS and not agrees:
        return min(sure, 0.55)
    if known is None and not (place.introduces and whole):
        # Nobody else of that name is known: the first line of all, or a question.
        sure -= 0.2
    return sure


def _han(name: str, whole: bool, place: _Place, address: str) -> float | None:
    """How sure a name in Chinese characters is."""
    told = "·" in name or _PERSON.match(place.below) is not None
    if not place.top:
        # 阿依古丽·吐尔逊 in the middle of a sidebar's text is hardly anything else.
        sure = 0.65 if told and not ("·" not in name and ordinary(name)) else 0.4
        return sure if whole or agrees_with_address(name, address) else None
    sure = 0.9 - 0.02 * place.number - (0 if whole or place.number == 0 else 0.1)
    if of_two_words(name) or (not (whole and (told or place.introduces)) and ordinary(name)):
        return sure - 0.35
    # Of a name in two scripts this one.
    return sure + 0.06


def _is_han(name: str) -> bool:
    return re.match(r"[\u3400-\u9fff가-힣]", name) is not None


def _unspaced(value: str) -> str | None:
    return latin_name(re.sub(r" {2,}", "_", value).replace(" ", "").replace("_", " ").title())


def _in_a_part(folded: Folded, line: re.Match[str], place: _Place, address: str) -> Iterator[Fact]:
    """Names at the top that share their line, or whose letters a page sets apart or glues."""
    written, number = line[0], place.number
    spread = _SPREAD.fullmatch(written)
    if spread and "  " in spread[1] and (name := chinese_name(spread[1])):
        yield fact_at(folded, name, line.start() + spread.start(1), line.start() + spread.end(1), "title", 0.88 - 0.02 * number)
    first = _FIRST_WORD.match(written.lstrip())
    name = chinese_name(first[1]) if first else None
    if first and name and not ordinary(name):
        start = line.start() + len(written) - len(written.lstrip())
        yield fact_at(folded, name, start, start + len(first[1]), "first word", 0.7 - 0.02 * number)
    if place.section in _NO_SECTION and number < 6 and not of_somebody_else(written) and "推荐" not in written:
        yield from _in_cells(folded, line, number)
    if number:
        return
    glued = _GLUED.fullmatch(written.strip())
    words = glued.groups() if glued else written.split()
    if len(words) in (2, 3) and (glued or written.islower()) and all(agrees_with_address(word, address) for word in words):
        name = latin_name(" ".join(words).title())
        if name:
            yield fact_at(folded, name, line.start(), line.end(), "title", 0.75)


def _in_cells(folded: Folded, line: re.Match[str], number: int) -> Iterator[Fact]:
    """采购经理-谭小军-8年: the one cell that is a name, where another tells what somebody is."""
    cells, position = [], 0
    for border in [*_CELLS.finditer(line[0]), None]:
        until = border.start() if border else len(line[0])
        if until > position:
            cells.append((position, line[0][position:until]))
        position = border.end() if border else until
    called = [(at, name) for at, cell in cells if (name := chinese_name(cell)) and len(cell) > 1]
    tells = [cell for _, cell in cells if _TELLS.fullmatch(cell) or title_named(simplified(cell)) == (0, len(cell))]
    if len(called) == 1 and tells and not ordinary(called[0][1]):
        at, name = called[0]
        yield fact_at(folded, name, line.start() + at, line.start() + at + len(name), "title", 0.85 - 0.02 * number)


def _on_two_lines(folded: Folded, line: re.Match[str], then: re.Match[str], address: str, number: int) -> Iterator[Fact]:
    """A name that a template sets large, each word on a line of its own.

    Both agree with the address, or both stand at the very top and are known or written in capitals.
    """
    given, family = line[0].strip(), then[0].strip()
    if " " in given or " " in family:
        return
    short = number == 0 and len(given) == 1 and len(family) <= 2
    chinese, name = chinese_name(given + family) if short else None, latin_name(f"{given} {family}")
    if (chinese or name) is None or any(is_label(word) or heading_kind(word) for word in (given, family)):
        return
    start, end = line.start() + line[0].index(given), then.start() + then[0].index(family) + len(family)
    if chinese:
        yield fact_at(folded, chinese, start, end, "title", 0.7)
        return
    agrees = all(agrees_with_address(word, address) for word in (given, family))
    if name and (agrees or (number == 0 and (name.isupper() or known_words(given, family)))):
        yield fact_at(folded, name, start, end, "title", 0.85 if agrees else 0.7)
