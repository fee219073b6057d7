"""Reads a résumé as lines, each of which knows the section it stands in."""

from __future__ import annotations

import re
from dataclasses import dataclass

from mianyue.understanding.folding import Folded, fold
from mianyue.understanding.resume.columns import columns_apart
from mianyue.understanding.resume.fact import Fact
from mianyue.understanding.resume.from_to import from_and_to_joined
from mianyue.understanding.resume.headings import heading_kind
from mianyue.understanding.resume.job_heads import opens_a_job
from mianyue.understanding.resume.lines import PAGE_NUMBER, in_paragraphs
from mianyue.understanding.resume.periods import periods
from mianyue.understanding.traditional import simplified

_BULLET = re.compile(r"\s*(?:[-–—•·‧●■◆▪►▶▷▸➢❖◇□◎⊙☆*○★※√✓✔+>◦‣∙⁃▫➤✦\uf000-\uf0ff]|\(?\d{1,2}[.、)]|[①-⑳])\s*")
# 技能：Java、Python and a form's first cell: the head of a section with its contents on the same line.
_HEAD_AND_CONTENT = re.compile(r"\s*(?:(?P<head>[^:\t]{1,30}?)\s*(?:[:\t]|\s{2,})\s*|【(?P<boxed>[^【】]{2,12})】\s*)(?=\S)")
# A field of the person, wherever it stands: 学历 本科 below the jobs.
_FIELD = re.compile(r"\s*(?:最高|第一)?学历(?:学位)?\s*[:\t ]")
_BRACKETED = re.compile(r"\s*【[^】]{2,30}】\s*")
_CONTENT_FOLLOWS = frozenset(("skills", "languages", "certificates", "interests", "summary"))

# Sections in which a job's head stands only where the order of a page was lost: there work begins without a heading.
_INTERRUPTED = frozenset(
    ("education", "skills", "languages", "certificates", "interests", "summary", "objective", "personal", "other")
)

# A line's end between Chinese characters is no space.
_BROKEN = re.compile(r"(?<=[\u3400-\u9fff])[ \t\u3000]*\n[ \t\u3000]*(?=[\u3400-\u9fff])")
# Brackets and commas stay as wide as a Chinese name has them.
_NARROW = {wide: wide - 0xFEE0 for wide in range(0xFF01, 0xFF5F) if chr(wide - 0xFEE0) not in "(),;:!?"} | {0x3000: " "}


@dataclass(frozen=True, slots=True)
class Line:
    """``text`` stands at ``start`` of the folded text; ``kind`` is its section, empty above the first heading."""

    text: str
    start: int
    kind: str
    bullet: bool

    @property
    def end(self) -> int:
        return self.start + len(self.text)


@dataclass(frozen=True, slots=True)
class Pages:
    """A résumé's text in NFKC and simplified characters, with the way back to the original, and its lines without the headings.

    A sentence that only the width of the page broke is one line.
    """

    text: str
    folded: Folded
    lines: tuple[Line, ...]

    def written(self, start: int, end: int) -> str:
        """What the résumé itself has at the place of the folded text, in one line and without full-width letters and figures."""
        first, last = self.folded.span(start, end)
        return " ".join(_BROKEN.sub("", self.text[first:last].translate(_NARROW)).split())

    def fact(self, start: int, end: int, method: str, confidence: float, value: str = "") -> Fact:
        """A fact at the place of the folded text; its value is what is written there if none is given."""
        return Fact(value or self.written(start, end), *self.folded.span(start, end), method, confidence)

    def of(self, *kinds: str) -> tuple[Line, ...]:
        return tuple(line for line in self.lines if line.kind in kinds)


def read_lines(text: str) -> Pages:
    """The non-empty lines of a résumé's text, with the section of each."""
    folded = from_and_to_joined(in_paragraphs(columns_apart(fold(text, caseless=False))))
    plain = simplified(folded.text)
    lines: list[Line] = []
    kind, position = "", 0
    written = plain.split("\n")
    for number, line in enumerate(written):
        start, position = position, position + len(line) + 1
        if not line.strip() or PAGE_NUMBER.fullmatch(line):
            continue
        heading = heading_kind(line)
        if heading:
            kind = heading
            continue
        if _BRACKETED.fullmatch(line):
            # A heading that no table knows still ends the section before it.
            kind = ""
        if kind in _INTERRUPTED and opens_a_job(line, next(filter(str.strip, written[number + 1 :]), "")):
            kind = "work"
        here, offset = _head(line, kind)
        dated = here in ("work", "education", "internship") and next(iter(periods(line[offset:])), None) is not None
        if dated or here in _CONTENT_FOLLOWS or here == "education" or (here and "\t" in line[:offset] and here != "personal"):
            lines.append(_line(line[offset:], start + offset, here))
            if dated or "\t" in line[:offset]:
                kind = here
        else:
            lines.append(_line(line, start, "personal" if kind == "work" and _FIELD.match(line) else kind))
    return Pages(text, Folded(plain, folded.starts, folded.ends), tuple(lines))


def _head(line: str, section: str) -> tuple[str, int]:
    match = _HEAD_AND_CONTENT.match(line)
    kind = heading_kind(match["head"] or match["boxed"]) if match else None
    if match is None or kind is None:
        return "", 0
    if section == "education" and kind == "skills" and match[0].endswith(" ") and not re.search(r"[:\t]", match[0]):
        # 计算机技术    硕士 is what was studied.
        return "", 0
    # 工作经验 5年 and 学历 本科 are fields of a form, not sections.
    short = kind in ("work", "education") and len(line) - match.end() < 12
    return ("", 0) if short else (kind, match.end())


def _line(text: str, start: int, kind: str) -> Line:
    bullet = _BULLET.match(text)
    skipped = (
        len(text) - len(text.lstrip())
        if bullet is None or re.match(r"\s*(?:\d{4}|\d\d\.\d\d\s?[-—–~至到])", text)
        else bullet.end()
    )
    return Line(text[skipped:].rstrip(), start + skipped, kind, bullet is not None and skipped == bullet.end() > 0)
