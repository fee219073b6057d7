"""Undoes the line breaks that only the width of a page put into a sentence."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from mianyue.understanding.folding import Folded, fold
from mianyue.understanding.resume.headings import heading_kind, is_heading
from mianyue.understanding.resume.periods import OPEN_END, periods
from mianyue.understanding.resume.skill_terms import is_credential, without_brackets

# Columns of a typewriter: the narrowest sidebar that breaks lines, and prose so wide that a capital may follow the break.
_NARROWEST = 24
_SURELY_WRAPPED = 70
_BEGINS_SOMETHING = re.compile(
    r"""\s* (?: [-–—•·‧●■◆▪►▶▷▸➢❖◇□◎⊙☆*○★※√✓✔+【〖◦‣∙⁃▫➤✦\uf000-\uf0ff]
        | (?:熟练|熟悉|精通|掌握|擅长|会用|会使用|能使用|能熟练|能独立) | \(?\d{1,2}[.、)] | [一二三四五六七八九十]+[、.]
        | (?:19|20)\d\d\s*[.年/-] | [^\s:,。]{1,16}\s?: )""",
    re.VERBOSE,
)
_ENDS_SOMETHING = re.compile(r"[。.!?;:：；！？]$")
_HAN = re.compile(r"[\u3000-\u303f\u3400-\u9fff]")
# Running text beside a form's rows: a clause in Chinese, words in English that no heading, name or list needs.
_CLAUSE = re.compile(r"[\u3400-\u9fff)\]][,;。、][\u3400-\u9fff\w]|[\u3400-\u9fff],$|。")
# 第 1 页 / 共 2 页, Page 1 of 2.
PAGE_NUMBER = re.compile(r"\W*(?:第\s?\d+\s?页\W*(?:共\s?\d+\s?页)?|page\s\d+(?:\s(?:of|/)\s\d+)?|\d+\s?/\s?\d+)\W*", re.IGNORECASE)
_LITTLE_WORD = re.compile(
    r"\b(?:I|I['’]\w+|my|a|an|the|was|were|is|are|has|have|had|as|which|when|that|who|with|from|to|there|by|it|we)\b"
)
_COLUMNS = re.compile(r"\t|\S\s{2,}\S|\s[|｜]\s")
_FIRST_WORD = re.compile(r"[^\s\u3000-\u303f\u3400-\u9fff,;:]+|.")
_YEAR_FIRST = re.compile(r"\s*(?:19|20)\d\d\s*[.年/-]")
_EMPLOYER_ENDS = re.compile(r"(?:公司|集团|事务所|医院|学校|大学|学院|银行|中心|酒店)$")
_NARROWEST_PROSE = 40
# Lists of names seldom fill narrow lines: what looks like a break may be the end of one list.
_NARROWEST_LIST = 64
# What a narrow column broke whatever its width: 2023.06 / — / 至今, Architect – / Associate, (Native or / Bilingual), Arts Appliqués / du Léman.
_DASH = re.compile(r"\s*[-–—~至到]\s*")
_OPEN_DASH = re.compile(r"(?:\w[^\S\t][-–—]|^\s*(?:19|20)\d\d\s?[.年/-]\s?\d{1,2}\s?月?\s*[-–—~至到])\s*$")
_ONLY_MOMENT = re.compile(r"\s*(?:19|20)\d\d(?:\s?[.年/-]\s?\d{1,2}\s?月?)?\s*|\s*(?:1[0-2]|0?[1-9])[./](?:19|20)\d\d\s*")
_PARTICLE = re.compile(r"(?:of|and|for|du|des|de|della|di|für|der)\s")
# Columns that stay empty at the margin beside what the next word takes: those who break lines by hand are not exact.
_RAGGED = 12


@dataclass(frozen=True, slots=True)
class Unwrapped:
    """Lower-case NFKC text with the sentences in one piece; ``starts`` and ``ends`` lead back to the original."""

    text: str
    starts: list[int]
    ends: list[int]

    def span(self, start: int, end: int) -> tuple[int, int]:
        return self.starts[start], self.ends[end - 1]


def unwrapped(text: str) -> Unwrapped:
    """``text`` without line breaks inside sentences; a break stays where the next line begins a list item, a field or a section."""
    folded = fold(text, caseless=False)
    joined: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    lines = folded.text.split("\n")
    position = 0
    for number, line in enumerate(lines):
        for offset, character in enumerate(line):
            lower = character.lower()
            joined.append(lower if len(lower) == 1 else character)
            starts.append(folded.starts[position + offset])
            ends.append(folded.ends[position + offset])
        position += len(line)
        if number + 1 < len(lines):
            between = _between(line, lines[number + 1])
            if between:
                joined.append(between)
                starts.append(folded.starts[position])
                ends.append(folded.ends[position])
        position += 1
    return Unwrapped("".join(joined), starts, ends)


def in_paragraphs(folded: Folded) -> Folded:
    """The text with its running sentences in one piece; lines of forms, lists and headings stay as they are.

    Stricter than ``unwrapped``: only a line of running text that the next word would have carried over the margin of its block is
    joined, since a heading or an employer drawn into a sentence would be lost.
    """
    lines = folded.text.split("\n")
    kept: list[tuple[int, int, str]] = []
    position = 0
    margins = _margins(lines)
    for number, line in enumerate(lines):
        end = position + len(line)
        broken = number + 1 < len(lines) and _carried_over(line, lines[number + 1], margins[number])
        first = position + (len(line) - len(line.lstrip()) if kept and kept[-1][2] != "\n" else 0)
        both_latin = broken and not _HAN.match(line.rstrip()[-1:]) and not _HAN.match(lines[number + 1].lstrip())
        kept.append((first, end, (" " if both_latin else "") if broken else "\n"))
        position = end + 1
    if all(glue == "\n" for _, _, glue in kept):
        return folded
    text: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for number, (first, end, glue) in enumerate(kept):
        text.append(folded.text[first:end])
        starts += folded.starts[first:end]
        ends += folded.ends[first:end]
        if glue and number + 1 < len(kept):
            text.append(glue)
            starts.append(folded.starts[end])
            ends.append(folded.ends[end])
    return Folded("".join(text), starts, ends)


def _margins(lines: list[str]) -> list[int]:
    """For each line the width of the widest one in its block, which ends at empty lines."""
    margins: list[int] = []
    block: list[int] = []
    for line in [*lines, ""]:
        if line.strip():
            block.append(_width(line.rstrip()))
        else:
            margins += [max(block)] * len(block) if block else []
            margins.append(0)
            block = []
    return margins


def _carried_over(line: str, following: str, margin: int) -> bool:
    """Whether the sentence of ``line`` goes on in the next only since the page has no more room."""
    bare, then = line.rstrip(), following.strip()
    if bare[-1:].isdigit() and re.match(r"[年月日]", then):
        return True
    if PAGE_NUMBER.fullmatch(bare) or PAGE_NUMBER.fullmatch(then):
        return False
    if _cut(bare, then):
        return heading_kind(line) is None and heading_kind(following) is None
    if margin < _NARROWEST_PROSE or not bare or not then or _ENDS_SOMETHING.search(bare):
        return False
    if _COLUMNS.search(bare.strip()) or _COLUMNS.search(then) or _EMPLOYER_ENDS.search(then):
        return False
    if _BEGINS_SOMETHING.match(following) and not (bare.endswith(",") and _YEAR_FIRST.match(following)):
        return False
    word = _FIRST_WORD.match(then)
    if _width(bare) + _width(word[0] if word else "") + _RAGGED <= margin:
        return False
    if any(period.end >= len(bare) - 2 for period in periods(bare)) or (
        margin < _NARROWEST_LIST and _only_lists(bare) and _only_lists(then)
    ):
        return False
    if is_credential(then) or is_credential(without_brackets(then)):
        return False
    running = _CLAUSE.search(bare) or _CLAUSE.search(then) if _HAN.search(bare) else _runs_on(bare, then)
    return bool(running) and heading_kind(line) is None and heading_kind(following) is None


def _cut(line: str, then: str) -> bool:
    """Whether the line by itself is no whole: a dash with nothing behind it, a bracket that only the next line closes."""
    if not line or not then:
        return False
    if _ONLY_MOMENT.fullmatch(line):
        return _DASH.fullmatch(then) is not None
    if _DASH.fullmatch(line):
        return _ONLY_MOMENT.fullmatch(then) is not None or re.fullmatch(OPEN_END, then, re.IGNORECASE) is not None
    if _OPEN_DASH.search(line):
        return then[0].isalnum()
    if line.count("(") == line.count(")") + 1 and not line.endswith("("):
        return re.match(r"[^()]{1,30}\)", then) is not None and "\t" not in line
    return line[-1].isalpha() and _HAN.search(line) is None and _COLUMNS.search(line) is None and _PARTICLE.match(then) is not None


def _only_lists(line: str) -> bool:
    return "、" in line and not line.endswith("、") and re.search(r"[,;。:]", line) is None


def _runs_on(line: str, then: str) -> bool:
    return len(_LITTLE_WORD.findall(line)) > 1 or then[0].islower() or line.endswith(",")


def _between(line: str, following: str) -> str:
    """What stands for the line break: itself, a space between Latin words, nothing between Chinese characters."""
    then = following.lstrip()
    if not then or _ENDS_SOMETHING.search(line.rstrip()) or _BEGINS_SOMETHING.match(following) or "\t" in following:
        return "\n"
    # Of a form's row only the last cell can have been broken.
    width = _width(line.rpartition("\t")[2])
    if width < _NARROWEST or is_heading(following) or is_heading(line):
        return "\n"
    if _HAN.match(then) and _HAN.match(line.rstrip()[-1:]):
        return ""
    return " " if then[0].islower() or then[0].isdigit() or _HAN.match(then) or width >= _SURELY_WRAPPED else "\n"


def _width(line: str) -> int:
    """Columns on a typewriter: a Chinese character is as wide as two letters."""
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in line)
