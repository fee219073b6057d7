"""Undoes the line breaks that only the width of a page put into a sentence."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from mianyue.understanding.folding import fold
from mianyue.understanding.resume.headings import is_heading

# Columns of a typewriter: the narrowest sidebar that breaks lines, and prose so wide that a capital may follow the break.
_NARROWEST = 24
_SURELY_WRAPPED = 70
_BEGINS_SOMETHING = re.compile(
    r"""\s* (?: [-–—•·●■◆▪►▶*○★※√✓+] | \(?\d{1,2}[.、)] | [一二三四五六七八九十]+[、.]
        | (?:19|20)\d\d\s*[.年/-] | [^\s:,。]{1,16}\s?: )""",
    re.VERBOSE,
)
_ENDS_SOMETHING = re.compile(r"[。.!?;:：；！？]$")
_HAN = re.compile(r"[\u3000-\u303f\u3400-\u9fff]")


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
