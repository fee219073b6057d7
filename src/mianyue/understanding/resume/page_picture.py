"""Shows a person the pages of a PDF as pictures, and where on them a passage of its text stands."""

from __future__ import annotations

import ctypes
import struct
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import pypdfium2 as pdfium  # type: ignore[import-untyped]  # the package ships neither stubs nor py.typed
import pypdfium2.raw as raw  # type: ignore[import-untyped]

from mianyue.understanding.resume.pdf import as_written, characters, opened, pages

_DOTS_ACROSS = 1100
_MOST_DOTS_DOWN = 4400
_STEPS = 100_000
"""Into so many steps a page is divided when PDFium is asked where a point of it comes to lie: it answers in whole ones."""


class NoSuchPage(Exception):
    """The document has fewer pages."""


@dataclass(frozen=True, slots=True)
class Box:
    """A place on page ``page`` (from 0), in shares of the picture's width and height from its upper left corner."""

    page: int
    left: float
    top: float
    width: float
    height: float

    def joined(self, other: Box) -> Box:
        """The box around both."""
        left, top = min(self.left, other.left), min(self.top, other.top)
        right = max(self.left + self.width, other.left + other.width)
        bottom = max(self.top + self.height, other.top + other.height)
        return Box(self.page, left, top, right - left, bottom - top)

    def goes_on(self, other: Box) -> bool:
        """Whether ``other`` is the next character of the same line, which may run down the picture where the page was turned."""
        across = min(self.left + self.width, other.left + other.width) - max(self.left, other.left)
        down = min(self.top + self.height, other.top + other.height) - max(self.top, other.top)
        size = max(min(self.width, self.height), min(other.width, other.height))
        on_line = down > 0.5 * min(self.height, other.height) and -across < 3 * size
        return on_line or (across > 0.5 * min(self.width, other.width) and -down < 0.3 * size)


@dataclass(frozen=True, slots=True)
class Sheets:
    """``sizes``: width and height of each page in points, as it is looked at; ``boxes``: of each passage, in its order."""

    sizes: list[tuple[float, float]]
    boxes: list[list[Box]]


def picture_of(content: bytes, number: int) -> bytes:
    """Page ``number`` (from 0) as a PNG, 1,100 dots across. Raises NoSuchPage, PasswordNeeded, BrokenPdf."""
    with opened(content) as document:
        if not 0 <= number < len(document):
            raise NoSuchPage
        page = document[number]
        width, height = page.get_size()
        bitmap = page.render(scale=min(_DOTS_ACROSS / width, _MOST_DOTS_DOWN / height), rev_byteorder=True)
        rows = memoryview(bitmap.buffer).cast("B")
        across, down, stride = bitmap.width, bitmap.height, bitmap.stride
        return _png(across, down, (rows[line * stride : line * stride + 3 * across] for line in range(down)))


def sheets(content: bytes, text: str, passages: Sequence[tuple[int, int]]) -> Sheets:
    """The pages of a PDF, and where on them the ``passages`` (``start:end``) of its ``text`` stand.

    A passage that was read from a picture of the page, or that is not found there again, has no boxes. Raises PasswordNeeded, BrokenPdf.
    """
    texts = [page.text for page in pages(content, look=False)]
    places = [_on_page(texts, text, *passage) for passage in passages]
    found: list[list[Box]] = [[] for _ in passages]
    with opened(content) as document:
        sizes = [_size(document, number) for number in range(len(texts))]
        for number in sorted({place[0] for place in places if place}):
            wanted = [(index, place) for index, place in enumerate(places) if place and place[0] == number]
            page = document[number]
            textpage = page.get_textpage()
            letters = _Letters.of(textpage)
            for index, (_, start, end) in wanted:
                inside = letters.of_passage(texts[number], start, end)
                found[index] = _lines(_boxes(page, textpage, number, inside))
            textpage.close()
            page.close()
    return Sheets(sizes, found)


def _size(document: pdfium.PdfDocument, number: int) -> tuple[float, float]:
    page = document[number]
    width, height = page.get_size()
    page.close()
    return float(width), float(height)


def _on_page(texts: list[str], text: str, start: int, end: int) -> tuple[int, int, int] | None:
    """The page that a passage of the whole text stands on, and where in that page's text."""
    position = 0
    for number, page in enumerate(texts):
        # A page that was read from its picture is not in the text as PDFium has it.
        begin = text.find(page, position) if page else -1
        if begin < 0:
            continue
        if begin <= start and end <= begin + len(page):
            return (number, start - begin, end - begin) if start < end else None
        position = begin + len(page)
    return None


@dataclass(frozen=True, slots=True)
class _Letters:
    """The visible characters of a page in the order of the file, and the place of each in PDFium's own counting."""

    text: str
    places: list[int]

    @classmethod
    def of(cls, textpage: pdfium.PdfTextPage) -> _Letters:
        pairs = [
            (letter, place)
            for place, character in enumerate(characters(textpage))
            if not character.isspace() and (letter := as_written(character))
        ]
        return cls("".join(letter for letter, _ in pairs), [place for _, place in pairs])

    def of_passage(self, page: str, start: int, end: int) -> list[int]:
        """The places of the characters ``start:end`` of the page's text.

        The text has cells that stand together in the file as well, but in another order where a page has columns; so each cell is
        found by its words, and by those around it where they occur twice.
        """
        places: list[int] = []
        for first, last in _cells(page):
            begin, until = max(first, start), min(last, end)
            if begin >= until:
                continue
            cell = self._cell(page, first, last)
            if cell is not None:
                skipped = len(_squeezed(page[first:begin]))
                places += self.places[cell + skipped : cell + skipped + len(_squeezed(page[begin:until]))]
        return places

    def _cell(self, page: str, first: int, last: int) -> int | None:
        cell = _squeezed(page[first:last])
        before, after = _squeezed(page[max(0, first - 60) : first])[-20:], _squeezed(page[last : last + 60])[:20]
        for left, right in ((before, after), ("", after), (before, "")):
            at = self.text.find(left + cell + right) if left or right else -1
            if at >= 0:
                return at + len(left)
        at = self.text.find(cell)
        return at if at >= 0 else None


def _cells(page: str) -> Iterator[tuple[int, int]]:
    first = 0
    for place, character in enumerate(page):
        if character in "\n\t":
            yield first, place
            first = place + 1
    yield first, len(page)


def _squeezed(text: str) -> str:
    return "".join(text.split())


def _boxes(page: pdfium.PdfPage, textpage: pdfium.PdfTextPage, number: int, places: Iterable[int]) -> Iterator[Box]:
    box = raw.FS_RECTF()
    for place in places:
        if raw.FPDFText_GetLooseCharBox(textpage, place, box):
            x1, y1 = _looked_at(page, box.left, box.top)
            x2, y2 = _looked_at(page, box.right, box.bottom)
            yield Box(number, min(x1, x2), min(y1, y2), abs(x2 - x1), abs(y2 - y1))


def _looked_at(page: pdfium.PdfPage, x: float, y: float) -> tuple[float, float]:
    """The shares at which a point of the page is seen: PDFium knows how the page is turned and cropped."""
    across, down = ctypes.c_int(), ctypes.c_int()
    raw.FPDF_PageToDevice(page, 0, 0, _STEPS, _STEPS, 0, x, y, across, down)
    return min(max(across.value / _STEPS, 0.0), 1.0), min(max(down.value / _STEPS, 0.0), 1.0)


def _lines(boxes: Iterable[Box]) -> list[Box]:
    """Boxes of characters joined to one per line."""
    lines: list[Box] = []
    last: Box | None = None
    for box in boxes:
        if last is not None and last.goes_on(box):
            lines[-1] = lines[-1].joined(box)
        else:
            lines.append(box)
        last = box
    return lines


def _png(width: int, height: int, rows: Iterable[memoryview]) -> bytes:
    """A PNG (ISO/IEC 15948:2004) of rows of red, green, blue: colour type 2, 8 bits, no filter."""
    data = zlib.compress(b"".join(b"\0" + row for row in rows), 4)
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", header) + _chunk(b"IDAT", data) + _chunk(b"IEND", b"")


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
