"""Takes an iCalendar file apart line by line, so that one broken line costs one event and never the calendar."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from icalendar.parser import Contentline


@dataclass(frozen=True, slots=True)
class Property:
    """One content line: parameters by upper-case name, values without quotes."""

    params: dict[str, str]
    value: str


@dataclass(slots=True)
class Block:
    """The lines of one VEVENT or VTIMEZONE: its own properties by upper-case name, and ``lines`` with those of nested parts.

    ``broken`` says what is wrong with its form, empty if nothing is.
    """

    name: str
    properties: dict[str, list[Property]] = field(default_factory=dict)
    lines: list[str] = field(default_factory=list)
    broken: str = ""

    def first(self, name: str) -> Property | None:
        """The property, None if absent."""
        return next(iter(self.properties.get(name, ())), None)

    def text(self, name: str) -> str:
        """The property's value without spaces around it, empty if absent."""
        found = self.first(name)
        return found.value.strip() if found else ""


@dataclass(slots=True)
class Text:
    """The events and time zones of a file; ``complete`` is False when the file ends too early."""

    events: list[Block]
    zones: list[Block]
    complete: bool


_KEPT = ("VEVENT", "VTIMEZONE")
_LINE = re.compile(r"\s*([A-Za-z0-9-]+)[;:]")
_READ = {
    "UID",
    "SEQUENCE",
    "DTSTART",
    "DTEND",
    "DURATION",
    "RRULE",
    "RDATE",
    "EXDATE",
    "RECURRENCE-ID",
    "STATUS",
    "TRANSP",
    "X-MICROSOFT-CDO-BUSYSTATUS",
    "TZID",
}


def take_apart(content: bytes) -> Text | None:
    """The blocks of a calendar file, None if there is no VCALENDAR in it. Never raises."""
    text = Text([], [], complete=False)
    block: Block | None = None
    nested: list[str] = []
    seen = False
    for line in _unfolded(content):
        keyword, _, name = (part.strip().upper() for part in line.partition(":"))
        if name == "VCALENDAR" and keyword in ("BEGIN", "END"):
            seen, text.complete = True, keyword == "END"
            _close(text, block)
            block = None
        elif keyword == "BEGIN" and name in _KEPT:
            _close(text, block)
            block, nested = Block(name, lines=[line]), []
        elif block is None:
            continue
        elif keyword == "END" and name == block.name:
            block.lines.append(line)
            _keep(text, block)
            block = None
        else:
            block.lines.append(line)
            _inside(block, nested, keyword, name, line)
    _close(text, block)
    return text if seen else None


def _unfolded(content: bytes) -> Iterator[str]:
    # On bytes, because RFC 5545 §3.1 allows a fold inside a character.
    unfolded = re.sub(rb"(\r\n|\n|\r)[ \t]", b"", content.removeprefix(b"\xef\xbb\xbf"))
    for line in re.split(r"\r\n|\n|\r", unfolded.decode("utf-8", "replace")):
        if line.strip():
            yield line


def _inside(block: Block, nested: list[str], keyword: str, name: str, line: str) -> None:
    if keyword == "BEGIN":
        nested.append(name)
    elif keyword == "END":
        if nested and nested[-1] == name:
            nested.pop()
        else:
            block.broken = "a part ends that never began"
    elif not nested:
        _property(block, line)


def _property(block: Block, line: str) -> None:
    shape = _LINE.match(line)
    if shape is None or ":" not in line:
        block.broken = "a line is no property"
    elif (name := shape[1].upper()) in _READ:
        try:
            _, params, value = Contentline(line.strip()).parts()
        except ValueError:
            block.broken = f"{name} can't be understood"
            return
        values = {str(key).upper(): ",".join(item) if isinstance(item, list) else str(item) for key, item in params.items()}
        block.properties.setdefault(name, []).append(Property(values, str(value)))


def _close(text: Text, block: Block | None) -> None:
    """Ends a block that its own END did not."""
    if block is not None:
        block.broken = "the event has no end"
        _keep(text, block)


def _keep(text: Text, block: Block) -> None:
    (text.events if block.name == "VEVENT" else text.zones).append(block)
