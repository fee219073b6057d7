"""Reads the items of a line that lists skills, languages or certificates."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mianyue.understanding.folding import squeezed
from mianyue.understanding.resume import skill_terms
from mianyue.understanding.resume.fact import Fact
from mianyue.understanding.resume.list_items import is_language, items_of
from mianyue.understanding.resume.sections import Line, Pages
from mianyue.understanding.skills.find import Skill
from mianyue.understanding.skills.table import concepts

_SENTENCE = re.compile(r"\s*(?:(?:能够?|可以?|会)(?!使用|用|熟练|独立|操作)|并|且|有|具|从而|以|对|将|为)")
# Lauterbrunn, 3 November 2026: where a letter was signed.
_SIGNED = re.compile(
    r"[^,，]{2,30}[,，]\s?\d{0,2}\.?\s?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?\s\d{0,2},?\s?20\d\d\W*$",
    re.IGNORECASE,
)
# A row of a table of skills: name, level, remark; 示波器：精通 | 120个月.
_ROW = re.compile(
    r"(?P<name>[^\t:：,，、;；]{1,40}?)\s?(?:\t+|[:：])\s*(?P<level>精通|熟练|熟悉|掌握|了解|略懂|略通|一般|良好|入门|中等|普通|尚可"
    r"|初级|中级|高级|基础|母语|流利|流畅|无|mother tongue|[abc][12]|hsk ?\d|n[1-5]"
    r"|elementary|conversational|bilingual|limited|expert|advanced|intermediate|beginner|basic|good|fluent|native|proficient"
    r"|读写|听说|听力|\d+\+?\s?(?:年|个月|years?|yrs?|months?)|[★☆●○]+)[^\t,，、;；]{0,6}\s*(?:[\t|,，(（]|$)",
    re.IGNORECASE,
)
# What makes one name with the known one before it, without a space: Charles抓包, CPSM注册供应管理专家; 呼吸机操作, 希沃白板5.
_LATIN_AND = re.compile(r"/[A-Z]{2}|\s\d+(?:\.\d+)?|[\u3400-\u9fff]{2,4}|[\u3400-\u9fff]{5,9}[师家]")
# Excel打报表, Salesforce管客户: a verb tells what the tool is for.
_PURPOSE = re.compile(
    r"常用[\u3400-\u9fff]{0,9}|(?:[打管做画写看查算排修剪发出跑拉建记录收导](?![片像])"
    r"|(?:输出|进行|完成|编写|绘制|撰写|产出|处理|实现|采集|增删|查询|统计|跟踪|制作|搭建|交付|辅助|导出)(?=[\u3400-\u9fff]{2}))[\u3400-\u9fff]{1,9}"
)
# Azure (ADF, Synapse): two names or more, each with a capital.
_NAME_WORD = r"[A-Z][\w+#.]*(?:\s[A-Z][\w+#.]*){0,2}"
_CAPITALISED = re.compile(_NAME_WORD)
_LIST_IN_BRACKETS = re.compile(rf"\s?\((?P<list>{_NAME_WORD}(?:\s?[,、/]\s?{_NAME_WORD})+)\)\s*$")
# Office办公软件 is Office.
_GENERIC = re.compile(r"(?<=[A-Za-z])\s?办公软件$")
_GRADED_TEST = re.compile(r"[A-Z]{2,6}\s?[初中高]级")
_HAN_AND = re.compile(r"\d+(?:\.\d+)?|操作|使用|维护|调试|维修|管理|制作|编制")
# Two cells: what the tools are for, then the tools.
_GROUP_CELL = re.compile(r"[^\t,，、;；]{2,24}\t+\s*(?:[:：]\s*)?(?=[^\t]+$)")
_LEADING_DATE = re.compile(r"\s*(?:19|20)\d\d\s?(?:[./年-]\s?\d{1,2}(?!\d)月?)?\s*(?![\d./-])")
# Behind a tool's name in English, what it is used for or how: Python for data treatment, Reaper always.
_USED_FOR = re.compile(
    r"\s+(?:for|in|on|as|at|to|with|since|from|before|after|when|where|while|via|daily|always|often|sometimes|mostly|mainly|usually|every|all|and|only|too|up)\b",
    re.IGNORECASE,
)


def listed_items(pages: Pages, line: Line, known: list[Skill]) -> Iterator[tuple[str, Fact]]:
    """The items with the key of each; those that the table doesn't know too where they are short enough for a name.

    ``known`` are the table's names on the line.
    """
    if skill_terms.denies_what_follows(line.text) or _SIGNED.match(line.text):
        return
    row, group = _ROW.match(line.text), _GROUP_CELL.match(line.text) or _LEADING_DATE.match(line.text)
    if group and not row:
        line = Line(line.text[group.end() :], line.start + group.end(), line.kind, line.bullet)
        known = [skill for skill in known if skill.start >= line.start]
    if row:
        if row["level"] == "无":
            return
        behind = line.start + row.end("level")
        yield from (known_skill(pages, skill, "listed", 0.8) for skill in known if skill.start >= behind and not is_language(skill))
        yield from _tests(pages, line.text, line.start, [skill for skill in known if skill.end <= behind])
        line = Line(row["name"], line.start, line.kind, line.bullet)
        known = [skill for skill in known if skill.end <= line.end]
    without = False
    parts = list(items_of(line, known))
    for start, item, separator in parts:
        without = skill_terms.denies(item) or (without and separator in ("、", "/"))
        if not without:
            begin = line.start + start
            inside = [skill for skill in known if begin <= skill.start and skill.end <= begin + len(item)]
            yield from _item(pages, item, begin, inside, len(parts) > 1 or line.kind == "certificates")


def known_skill(pages: Pages, skill: Skill, method: str, confidence: float) -> tuple[str, Fact]:
    """The fact of a name of the table, under its concept's id; no surer than the place makes it, but worth showing."""
    end = skill.start + len(_GENERIC.sub("", pages.folded.text[skill.start : skill.end]))
    return skill.concept, pages.fact(skill.start, end, method, min(confidence, max(skill.confidence, 0.6)))


def _item(pages: Pages, item: str, begin: int, inside: list[Skill], several: bool) -> Iterator[tuple[str, Fact]]:
    rest = _filler_stripped(item, begin, inside)
    yield from _tests(pages, item, begin, inside)
    yield from _bracketed(pages, item, begin, inside)
    spoken = _language(item, begin, inside)
    bare, offset = skill_terms.bare(item, begins=any(skill.start - begin == len(item) - len(item.lstrip()) for skill in inside))
    place = (begin + offset, begin + offset + len(bare))
    whole = any((skill.start, skill.end) == place for skill in inside)
    if inside and not whole and bare and (_one_name(bare, place, inside) or (several and not rest and _two_in_one(item, inside))):
        yield squeezed(bare), pages.fact(*place, "listed", 0.9)
    elif spoken and rest:
        together = _one_item(item, begin, [spoken])
        yield (together[0], pages.fact(*together[1], "listed", 0.9)) if together else known_skill(pages, spoken, "listed", 0.9)
    elif inside and not rest:
        together = _one_item(item, begin, inside)
        if together:
            yield together[0], pages.fact(*together[1], "listed", 0.95)
        else:
            yield from (known_skill(pages, skill, "listed", 0.95) for skill in inside)
    elif inside and _alone(item, begin, inside[0], bare):
        yield known_skill(pages, inside[0], "listed", 0.9)
        if rest.isascii():
            yield from (known_skill(pages, skill, "listed", 0.8) for skill in inside[1:] if concepts()[skill.concept].proper)
    elif inside and _tool_and_purpose(bare, place, inside[0]):
        yield known_skill(pages, inside[0], "listed", 0.8)
    elif inside and skill_terms.is_long(item):
        yield from (known_skill(pages, skill, "listed", 0.8) for skill in inside if skill.confidence >= 0.6)
    elif not (_SENTENCE.match(item) and all(is_language(skill) for skill in inside)):
        if skill_terms.is_term(bare):
            yield squeezed(bare), pages.fact(*place, "listed", 0.8 if inside else 0.65)
            bracketed = (skill for skill in inside if skill.start > place[1] and concepts()[skill.concept].proper)
            yield from (known_skill(pages, skill, "listed", 0.8) for skill in bracketed)
        else:
            yield from (known_skill(pages, skill, "listed", 0.8) for skill in inside if skill.confidence >= 0.6)


def _filler_stripped(item: str, begin: int, inside: list[Skill]) -> str:
    """What the item says beside the known skills and the words that tell how well one knows them."""
    left = list(item)
    for skill in inside:
        left[skill.start - begin : skill.end - begin] = "\0" * (skill.end - skill.start)
    return skill_terms.filler_stripped("".join(left))


def _alone(item: str, begin: int, skill: Skill, bare: str) -> bool:
    """Whether the item is one name, with what is told of it in brackets, or in English by "for", "before", "always"."""
    last = skill.end - begin
    if skill.start - begin == len(item) - len(item.lstrip()) and _USED_FOR.match(item, last):
        return concepts()[skill.concept].proper
    named = skill_terms.without_brackets(item).rstrip()
    return named != item.rstrip() and skill_terms.bare(named)[0] == item[skill.start - begin : last] and bare != named


def _bracketed(pages: Pages, item: str, begin: int, inside: list[Skill]) -> Iterator[tuple[str, Fact]]:
    """What brackets list behind a tool and no table knows: Azure (ADF, Synapse); not how or since when one uses it."""
    tool = inside and concepts()[inside[0].concept].proper
    brackets = _LIST_IN_BRACKETS.match(item, inside[0].end - begin) if tool else None
    for name in _CAPITALISED.finditer(brackets["list"]) if brackets else ():
        first = begin + brackets.start("list") + name.start() if brackets else begin
        if not any(skill.start < first + len(name[0]) and first < skill.end for skill in inside):
            yield squeezed(name[0]), pages.fact(first, first + len(name[0]), "listed", 0.65)


def _one_name(bare: str, place: tuple[int, int], inside: list[Skill]) -> bool:
    """Whether a known name is only a part of the item's: a paper (普通话水平测试一级乙等), a version (希沃白板5), a use (Charles抓包)."""
    if is_language(inside[0]):
        graded = _GRADED_TEST.fullmatch(bare) is not None
        return graded or (skill_terms.is_credential(bare) and inside[0].end < place[1] and "测试" in bare)
    if skill_terms.is_credential(bare):
        return True
    rest = bare[inside[0].end - place[0] :]
    if inside[0].start != place[0] or not 0 < len(rest) < len(bare) or _PURPOSE.fullmatch(rest):
        return False
    return (_LATIN_AND if bare[-len(rest) - 1].isascii() else _HAN_AND).fullmatch(rest) is not None


def _tests(pages: Pages, item: str, begin: int, inside: list[Skill]) -> Iterator[tuple[str, Fact]]:
    """The language tests that an item names beside the language: 英语（CET-6）, Mandarin (HSK 5), 韩文 TOPIK 3级."""
    if not inside or not is_language(inside[0]) or begin + len(item) - len(item.lstrip()) != inside[0].start:
        return
    last = inside[0].end - begin
    for test in skill_terms.LANGUAGE_TEST.finditer(item, last):
        bracketed = item[last : test.start()].strip() in ("(", "（")
        if bracketed or not skill_terms.LANGUAGE_LEVEL.match(item, last):
            yield squeezed(test[0]), pages.fact(begin + test.start(), begin + test.end(), "listed", 0.85)


def _tool_and_purpose(bare: str, place: tuple[int, int], tool: Skill) -> bool:
    """Whether the item is a tool and, in Chinese, what for (Java后端, RabbitMQ 等中间件): the tool is what can be known."""
    rest = bare[tool.end - place[0] :]
    return (
        concepts()[tool.concept].proper
        and tool.start == place[0]
        and 0 < len(rest) < len(bare)
        and bare[-len(rest) - 1].isascii()
        and (re.fullmatch(r"\s[\u3400-\u9fff]{1,10}|[\u3400-\u9fff]{5,10}", rest) or _PURPOSE.fullmatch(rest)) is not None
    )


def _one_item(item: str, begin: int, inside: list[Skill]) -> tuple[str, tuple[int, int]] | None:
    """Key and place of an item that is a language with its level: 英语 CET-6, French (B1)."""
    if not is_language(inside[0]) or inside[0].start != begin:
        return None
    level = skill_terms.LANGUAGE_LEVEL.match(item, inside[0].end - begin)
    level = None if level and "(" in level[0] and (")" not in level[0] or skill_terms.LANGUAGE_TEST.search(level[0])) else level
    end = level.end() if level else inside[0].end - begin
    return (inside[0].concept, (begin, begin + end)) if end <= 24 else None


def _language(item: str, begin: int, inside: list[Skill]) -> Skill | None:
    """The language of an item that only says how well it is known: 英语可以接待外宾, some Malay."""
    if not inside or any(not is_language(each) for each in inside) or "测试" in item:
        return None
    skill = inside[0]
    last = skill.end == begin + len(item.rstrip())
    return skill if (skill.start == begin or (last and item.isascii())) and skill_terms.word_count(item) <= 14 else None


def _two_in_one(item: str, inside: list[Skill]) -> bool:
    """Whether two names make one thing: SAP IBP, 销售易CRM."""
    return (
        len(inside) == 2
        and not is_language(inside[0])
        and (inside[1].alias.isascii() or not inside[0].alias.isascii())
        and 0 <= inside[1].start - inside[0].end <= 1
        and skill_terms.word_count(item) <= 8
    )
