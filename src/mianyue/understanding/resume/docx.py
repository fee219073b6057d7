"""Reads the text of a DOCX in document order, from its raw XML, since that holds text boxes and content controls too."""

from __future__ import annotations

import posixpath
import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT_W = "http://purl.oclc.org/ooxml/wordprocessingml/main"
_RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
# A text box is written twice, the second time for old programs; deleted text is not part of the document.
_LEFT_OUT = {
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback",
    f"{_W}del",
    f"{_W}moveFrom",
    f"{_W}instrText",
    f"{_W}delText",
}
_CHARACTERS = {f"{_W}tab": "\t", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-", f"{_W}ptab": "\t"}
_MOST_BYTES = 100 * 1024 * 1024
_DEEPEST = 200


class TooLarge(Exception):
    """The file unpacks to more than 100 MB."""


class PasswordNeeded(Exception):
    """The archive is encrypted."""


class NotADocx(Exception):
    """The file is a ZIP archive, but holds no Word document."""


class BrokenDocx(Exception):
    """The archive or its XML is damaged."""


def document_text(content: bytes) -> str:
    """Headers, body and footers. Raises TooLarge, PasswordNeeded, NotADocx, BrokenDocx.

    Cells of a table row stand side by side, parted by a tab, unless a cell holds several lines (a layout table): then one after
    the other. The names and structure follow ECMA-376 (Office Open XML), part 1 §17 and part 2 §9.
    """
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            if sum(part.file_size for part in archive.infolist()) > _MOST_BYTES:
                raise TooLarge
            if any(part.flag_bits & 1 for part in archive.infolist()):
                raise PasswordNeeded
            return _text(archive)
    except (zipfile.BadZipFile, zlib.error, ElementTree.ParseError, EOFError, NotImplementedError, UnicodeError, ValueError):
        raise BrokenDocx from None


def _text(archive: zipfile.ZipFile) -> str:
    main = next((target for kind, target in _related(archive, "") if kind == "officeDocument"), "")
    if not main or not main.startswith("word/"):
        raise NotADocx
    around = {"header": list[str](), "footer": list[str]()}
    for kind, target in _related(archive, main):
        if kind in around and target in archive.namelist():
            text = _part_text(archive, target)
            if text and text not in around[kind]:
                around[kind].append(text)
    return "\n".join([*around["header"], _part_text(archive, main), *around["footer"]])


def _related(archive: zipfile.ZipFile, part: str) -> list[tuple[str, str]]:
    """The kinds and names of the parts that ``part`` refers to."""
    folder, name = posixpath.split(part)
    rels = posixpath.join(folder, "_rels", f"{name}.rels")
    if rels not in archive.namelist():
        return []
    related = []
    for entry in _parsed(archive, rels).iter(_RELATIONSHIP):
        if entry.get("TargetMode") != "External":
            target = posixpath.join("/", folder, entry.get("Target", ""))
            related.append((entry.get("Type", "").rpartition("/")[2], posixpath.normpath(target).lstrip("/")))
    return related


def _parsed(archive: zipfile.ZipFile, part: str) -> Element:
    try:
        content = archive.read(part)
    except KeyError:
        raise BrokenDocx from None
    # OOXML forbids document types; without them there are no entities to expand.
    if b"<!DOCTYPE" in content:
        raise BrokenDocx
    return ElementTree.fromstring(content.replace(_STRICT_W.encode(), _W[1:-1].encode()))


def _part_text(archive: zipfile.ZipFile, part: str) -> str:
    return "\n".join(_blocks(_parsed(archive, part))).strip("\n")


def _blocks(element: Element, depth: int = 0) -> Iterator[str]:
    if depth > _DEEPEST:
        raise BrokenDocx
    for child in element:
        if child.tag in _LEFT_OUT:
            continue
        if child.tag == f"{_W}p":
            boxes: list[Element] = []
            yield "".join(_inline(child, boxes, depth))
            for box in boxes:
                yield from _blocks(box, depth + 1)
        elif child.tag == f"{_W}tbl":
            yield from (_row_text(row, depth) for row in _children(child, f"{_W}tr", depth))
        else:
            yield from _blocks(child, depth + 1)


def _row_text(row: Element, depth: int) -> str:
    cells = ["\n".join(_blocks(cell, depth + 1)).strip("\n") for cell in _children(row, f"{_W}tc", depth)]
    text = "".join(cell + ("\n" if "\n" in cell else "\t") for cell in cells[:-1])
    return text + (cells[-1] if cells else "")


def _children(element: Element, tag: str, depth: int) -> Iterator[Element]:
    """The rows of a table or the cells of a row, also those inside content controls and insertions."""
    if depth > _DEEPEST:
        raise BrokenDocx
    for child in element:
        if child.tag == tag:
            yield child
        elif child.tag not in _LEFT_OUT and child.tag not in (f"{_W}tbl", f"{_W}p"):
            yield from _children(child, tag, depth + 1)


def _inline(element: Element, boxes: list[Element], depth: int) -> Iterator[str]:
    if depth > _DEEPEST:
        raise BrokenDocx
    for child in element:
        if child.tag == f"{_W}t":
            yield child.text or ""
        elif child.tag in _CHARACTERS:
            yield _CHARACTERS[child.tag]
        elif child.tag == f"{_W}txbxContent":
            boxes.append(child)
        elif child.tag not in _LEFT_OUT and child.tag != f"{_W}pPr":
            yield from _inline(child, boxes, depth + 1)
