"""Parts a line that lists skills into its items."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mianyue.understanding.resume import skill_terms
from mianyue.understanding.resume.sections import Line
from mianyue.understanding.skills.find import Skill
from mianyue.understanding.skills.table import concepts

_GROUP_NAME = re.compile(r"\s*(?P<name>[^:：,，、;；()（）]{1,30}?)\s{0,20}[:：]\s{0,3}(?=\S)")
_SEPARATOR = re.compile(
    r"\s*(?:[,，、;；|｜/·‧•●▪■✔√\t。→]|\s{2,}|(?<=[a-z])\.\s|以及|(?<![普涉])及(?!时)|(?<![亲共饱缓融中总附调])和(?![谐平解弦声])|(?<!参)与(?!会))\s*"
)
# Chinese items with only a space between, three and more to the line.
_SPACED = re.compile(r"(?<=[\u3400-\u9fff)）]) (?=[\u3400-\u9fffA-Z])|(?<=[A-Za-z\d]) (?=[\u3400-\u9fff])")
# LC-MS/MS: what stands behind the stroke repeats the end of what stands before it.
_AGAIN = re.compile(r"-?([A-Z]{2,3})/\1(?![A-Za-z])")
# SAP FI/CO: two modules of one product.
_MODULES = re.compile(r"\b(?:SAP|ERP|Oracle) [A-Z]{2}/[A-Z]{2}(?![A-Za-z])")
_SIGN = re.compile(r"[、,，;；。/|]")
_BRACKETS = re.compile(r"\([^()]*\)")


def is_language(skill: Skill) -> bool:
    """Whether it is a spoken language or the proof of one."""
    return "language-skill" in concepts()[skill.concept].parents


def items_of(line: Line, known: list[Skill]) -> Iterator[tuple[int, str, str]]:
    """The items of the line, their places, and what parts each from the one before; names (TCP/IP) and brackets stay whole."""
    text = line.text
    position, before = _behind_group_name(line, 0, known), ""
    found = [*_SEPARATOR.finditer(text, position), *_spaces(line, position, known)]
    for separator in sorted(found, key=lambda each: each.start()):
        place = line.start + separator.start()
        if any(skill.start < place and line.start + separator.end() <= skill.end for skill in known) or _depth(
            text[position : separator.start()]
        ):
            continue
        if separator.start() < position:
            continue
        if separator[0] == "/" and _AGAIN.match(text, max(position, separator.start() - 3)):
            continue
        if separator[0] == "/" and any(each.start() < separator.start() < each.end() for each in _MODULES.finditer(text)):
            continue
        if text[position : separator.start()].strip():
            yield position, text[position : separator.start()], before
        position, before = _behind_group_name(line, separator.end(), known), separator[0].strip()
    if text[position:].strip():
        yield position, text[position:], before


def _spaces(line: Line, position: int, known: list[Skill]) -> list[re.Match[str]]:
    """The spaces that part items, two and more in a line without any other sign between them: 合同审核 SAP WMS 诉讼仲裁."""
    spaces = list(_SPACED.finditer(line.text, position))
    if len(spaces) < 2 or _SIGN.search(_BRACKETS.sub("", line.text)):
        return []
    ends, starts = ({getattr(skill, side) - line.start for skill in known} for side in ("end", "start"))
    return spaces + [gap for gap in re.finditer(" ", line.text) if gap.start() in ends and gap.end() in starts]


def _behind_group_name(line: Line, position: int, known: list[Skill]) -> int:
    """Where the items begin in "Frameworks: PyTorch, ROS"; a tool before the colon is an item itself (Excel：VLOOKUP)."""
    group = _GROUP_NAME.match(line.text, position)
    if group is None or _SEPARATOR.search(group["name"]):
        return position
    last = line.start + group.end("name")
    spoken = any(is_language(skill) and skill.end == last and skill.start - line.start == group.start("name") for skill in known)
    if spoken and not skill_terms.LANGUAGE_TEST.match(line.text, group.end()):
        return position
    tools = [skill.start for skill in known if skill.start >= line.start + position and concepts()[skill.concept].proper]
    named = bool(tools) and tools[0] <= last and tools[-1] <= last
    return position if named else group.end()


def _depth(text: str) -> bool:
    return text.count("(") > text.count(")")
