"""A letter as blocks of plain strings, so that HTML and plain text are two renderings of one thing and can't disagree."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from mianyue.domain.notices.purposes import Purpose
from mianyue.domain.notices.staff.purposes import StaffPurpose


@dataclass(frozen=True, slots=True)
class Link:
    """Something to tap: ``label`` for HTML; plain text shows the address of a web page, and the label of a mail or phone link."""

    label: str
    url: str

    @property
    def plain(self) -> str:
        return self.url if self.url.startswith(("https:", "http:")) else self.label


Line = tuple[str | Link, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    line: Line


@dataclass(frozen=True, slots=True)
class Choice:
    """One time to choose; ``where`` is empty unless the rooms of the choices differ."""

    number: int
    when: str
    where: str
    link: Link


@dataclass(frozen=True, slots=True)
class Choices:
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class Row:
    label: str
    line: Line


@dataclass(frozen=True, slots=True)
class Table:
    """Facts that can be read aloud, one a row."""

    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Button:
    """The one thing to do."""

    link: Link


@dataclass(frozen=True, slots=True)
class Quiet:
    """The alternatives to the one thing to do, on one unobtrusive line."""

    line: Line


@dataclass(frozen=True, slots=True)
class Footer:
    """Who writes, why we have the data, where to object."""

    lines: tuple[Line, ...]


Block = Paragraph | Choices | Table | Button | Quiet | Footer


@dataclass(frozen=True, slots=True)
class Content:
    """A letter without its frame of greeting and footer; ``preheader`` is what a mail program shows beside the subject."""

    subject: str
    preheader: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Letter:
    """A finished letter; ``language`` is BCP 47."""

    purpose: Purpose | StaffPurpose
    language: str
    direction: Literal["ltr", "rtl"]
    subject: str
    preheader: str
    blocks: tuple[Block, ...]
