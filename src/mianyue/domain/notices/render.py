"""Writes a letter down, as HTML for those who see it and as text for every other reader, from the same blocks."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.template import Context, Engine, Template

from mianyue.domain.notices.letter import Block, Button, Choice, Choices, Footer, Letter, Line, Link, Paragraph, Quiet, Table
from mianyue.domain.notices.purposes import Purpose
from mianyue.domain.notices.sms import render_sms
from mianyue.domain.notices.staff.purposes import StaffPurpose

__all__ = ["Rendered", "render", "render_sms"]

_IDEOGRAPHIC_SPACE = "\u3000"


@dataclass(frozen=True, slots=True)
class Rendered:
    """A letter as it is sent; ``subject`` is one line. A text message has neither subject nor HTML."""

    subject: str
    html: str
    text: str
    purpose: Purpose | StaffPurpose | None = None


def render(letter: Letter) -> Rendered:
    """HTML and plain text of ``letter``, saying the same."""
    blocks = [(type(block).__name__.lower(), block) for block in letter.blocks]
    html = _template().render(Context({"letter": letter, "blocks": blocks}))
    return Rendered(letter.subject, html, _text(letter), letter.purpose)


@cache
def _template() -> Template:
    # An engine of its own: a letter is the same from the web, a worker or a shell, and needs no settings.
    engine = Engine(dirs=[str(Path(__file__).parent / "templates")])
    return engine.get_template("notices/letter.html")


def _text(letter: Letter) -> str:
    parts: list[str] = []
    for before, block in zip((None, *letter.blocks), letter.blocks, strict=False):
        # The times, what introduces them and the way out belong together, as one thing to read.
        together = isinstance(block, Choices) or (isinstance(before, Choices) and isinstance(block, Quiet))
        parts += ["\n" if together else "\n\n", _block_text(block)]
    return "".join(parts[1:]) + "\n"


def _block_text(block: Block) -> str:
    match block:
        case Paragraph(line) | Quiet(line):
            return _line_text(line)
        case Choices(choices):
            return "\n".join(map(_choice_text, choices))
        case Table(rows):
            labels = [row.label for row in rows]
            return "\n".join(_label(row.label, labels) + _line_text(row.line) for row in rows)
        case Button(link):
            return f"{link.label} → {link.url}"
        case Footer(lines):
            return "\n".join(map(_line_text, lines))


def _choice_text(choice: Choice) -> str:
    what = " · ".join(part for part in (choice.when, choice.where) if part)
    return f"  {choice.number}. {what}    {choice.link.label} → {choice.link.url}"


def _line_text(line: Line) -> str:
    return "".join(piece.plain if isinstance(piece, Link) else piece for piece in line)


def _label(label: str, labels: list[str]) -> str:
    """``label`` before its value: with a colon, or in columns where all labels are full-width, which align in any font."""
    if all(unicodedata.east_asian_width(char) in "WF" for char in "".join(labels)):
        return label.ljust(max(map(len, labels)) + 1, _IDEOGRAPHIC_SPACE)
    return f"{label}: "
