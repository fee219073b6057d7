"""Where a résumé says something: boxes on the pictures of a PDF's pages, or marked passages of a text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from mianyue.domain.recruiting.models import Resume
from mianyue.domain.recruiting.resume_fields import SURE, Field
from mianyue.understanding.resume.fact import Fact
from mianyue.understanding.resume.page_picture import Box, sheets
from mianyue.understanding.resume.pdf import BrokenPdf, PasswordNeeded


@dataclass(frozen=True, slots=True)
class Mark:
    """One place of a field, in percent of the picture; ``id`` stands at the first of a field."""

    field: str
    unsure: bool
    left: float
    top: float
    width: float
    height: float
    id: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page; ``number`` counts from 1."""

    number: int
    width: float
    height: float
    marks: list[Mark]


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the text; ``field`` where it tells one."""

    text: str
    field: str = ""
    unsure: bool = False
    id: str = ""


@dataclass(frozen=True, slots=True)
class Original:
    """What stands beside the fields: ``sheets`` of a PDF, ``pieces`` of a text, or neither where the file can't be shown.

    ``pages``: per field the page its first place is on, 0 where it has no page but a place in the text.
    """

    sheets: list[Sheet]
    pieces: list[Piece]
    pages: dict[str, int]


def is_pdf(content: bytes) -> bool:
    """Whether the file is a PDF, by its first bytes, as the reader tells."""
    return b"%PDF-" in content[:1024]


def original(resume: Resume, fields: Mapping[str, Field]) -> Original:
    """The résumé with its fields' places marked."""
    facts = [(name, fact) for name, field in fields.items() for fact in field.read]
    text = resume.text or ""
    if is_pdf(resume.content):
        try:
            found = sheets(resume.content, text, [(fact.start, fact.end) for _, fact in facts])
        except (BrokenPdf, PasswordNeeded):
            return Original([], [], {})
        boxes = [(name, fact, box) for (name, fact), of in zip(facts, found.boxes, strict=True) for box in of]
        pages = {name: box.page + 1 for name, _, box in reversed(boxes)}
        return Original(_sheets(found.sizes, boxes, fields), [], pages)
    pieces = list(_pieces(text, facts, fields)) if text else []
    return Original([], pieces, {piece.field: 0 for piece in pieces if piece.id})


def _sheets(
    sizes: Sequence[tuple[float, float]], boxes: Sequence[tuple[str, Fact, Box]], fields: Mapping[str, Field]
) -> list[Sheet]:
    pages = [Sheet(number, width, height, []) for number, (width, height) in enumerate(sizes, 1)]
    named: set[str] = set()
    for name, fact, box in boxes:
        place = (100 * box.left, 100 * box.top, 100 * box.width, 100 * box.height)
        pages[box.page].marks.append(Mark(name, _unsure(fields[name], fact), *place, id="" if name in named else f"at-{name}"))
        named.add(name)
    return pages


def _pieces(text: str, facts: Sequence[tuple[str, Fact]], fields: Mapping[str, Field]) -> Iterator[Piece]:
    """The text cut where a place begins or ends; of places that overlap the earlier one counts."""
    position = 0
    named: set[str] = set()
    for name, fact in sorted(facts, key=lambda one: (one[1].start, one[1].end)):
        if fact.start < position or fact.end > len(text):
            continue
        if fact.start > position:
            yield Piece(text[position : fact.start])
        yield Piece(text[fact.start : fact.end], name, _unsure(fields[name], fact), "" if name in named else f"at-{name}")
        named.add(name)
        position = fact.end
    if position < len(text):
        yield Piece(text[position:])


def _unsure(field: Field, fact: Fact) -> bool:
    return not field.confirmed and fact.confidence < SURE
