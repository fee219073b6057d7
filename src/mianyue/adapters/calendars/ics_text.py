"""Takes an iCalendar file apart line by line, so that one broken line costs one event and never the calendar."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from icalendar.parser import Contentline


@dataclass(frozen=True, slots=True)
class Property:
    """One content line: parameters by upper-case name, values without quotes."""

    params: dict[str, str]
    value: str


@dataclass(slots=True)
class Block:
    """The lines of one component: its own properties by upper-case name, and ``lines`` with those of nested parts.

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
    """The events, published hours and time zones of a file; ``complete`` is False when the file ends too early."""

    events: list[Block]
    hours: list[Block]
    zones: list[Block]
    complete: bool


_KEPT = frozenset({"VEVENT", "VAVAILABILITY", "VTIMEZONE"})
_LINE = re.compile(r"\s*([A-Za-z0-9-]+)[;:]")
_READ = {
    "UID",
    "SEQUENCE",
    "DTSTART",
    "DTEND",
    "DURATION",
    "RRULE",
    "EXRULE",
    "RDATE",
    "EXDATE",
    "RECURRENCE-ID",
    "STATUS",
    "TRANSP",
    "X-MICROSOFT-CDO-BUSYSTATUS",
    "TZID",
    "PRIORITY",
}


def take_apart(content: bytes) -> Text | None:
    """The blocks of a calendar file, None if there is no VCALENDAR in it. Never raises."""
    lines = list(_unfolded(content))
    frame = [keyword for keyword, name in map(_mark, lines) if name == "VCALENDAR" and keyword in ("BEGIN", "END")]
    if not frame:
        return None
    blocks = _blocks(lines, _KEPT)
    events, hours, zones = ([block for block in blocks if block.name == name] for name in ("VEVENT", "VAVAILABILITY", "VTIMEZONE"))
    return Text(events, hours, zones, complete=frame[-1] == "END")


def parts(block: Block, name: str) -> list[Block]:
    """The components ``name`` inside a component, such as the AVAILABLE of a VAVAILABILITY."""
    return _blocks(block.lines[1:], frozenset({name}))


def _blocks(lines: Iterable[str], kept: frozenset[str]) -> list[Block]:
    found: list[Block] = []
    block: Block | None = None
    nested: list[str] = []
    for line in lines:
        keyword, name = _mark(line)
        if name == "VCALENDAR" and keyword in ("BEGIN", "END"):
            _without_end(block)
            block = None
        elif keyword == "BEGIN" and name in kept:
            _without_end(block)
            block, nested = Block(name, lines=[line]), []
            found.append(block)
        elif block is None:
            continue
        elif keyword == "END" and name == block.name:
            block.lines.append(line)
            block = None
        else:
            block.lines.append(line)
            _inside(block, nested, keyword, name, line)
    _without_end(block)
    return found


def _mark(line: str) -> tuple[str, str]:
    """BEGIN or END and the component's name, where the line is such a mark."""
    keyword, _, name = (part.strip().upper() for part in line.partition(":"))
    return keyword, name


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


def _without_end(block: Block | None) -> None:
    if block is not None:
        block.broken = "its END is missing"
