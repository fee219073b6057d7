"""Reads the text of a PDF with PDFium."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pypdfium2 as pdfium  # type: ignore[import-untyped]  # the package ships neither stubs nor py.typed
import pypdfium2.raw as raw  # type: ignore[import-untyped]

from mianyue.understanding.resume import ocr
from mianyue.understanding.resume.pdf_layout import Run, as_text

# PDFium may be used by one thread of a process at a time (pypdfium2's README, "Thread safety").
_ONE_AT_A_TIME = threading.Lock()
_MOST_PAGES = 50
_MOST_PICTURES = 10
_MOST_DOTS = 2500
_FEWEST_CHARACTERS = 30
"""A page of a résumé with less in letters is a picture, perhaps with a number or a watermark over it."""

# Fonts often map a character to the look-alike radical of this block; NFKC folds the Kangxi radicals but not these.
_RADICALS = str.maketrans(
    "⺁⺌⺎⺓⺗⺝⺟⺠⺥⺫⺬⺮⺼⻄⻅⻆⻈⻉⻋⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻬⻮⻰",
    "厂小兀幺心月母民爪目示竹月西见角讠贝车长门青韦页风飞食马骨鬼鱼鸟卤麦黄齐齿龙",
)
_CLEAN = {0: None, 2: "-", 0xFFFE: "-", 0xFFFF: None, 0x0B: "\n", 0x0C: "\n"}


class PasswordNeeded(Exception):
    """The PDF opens only with a password."""


class BrokenPdf(Exception):
    """The file is not a PDF that PDFium can open."""


@dataclass(frozen=True, slots=True)
class Page:
    """The text of a page; ``picture`` where it holds next to none in letters, ``seen`` where it was read from the picture."""

    text: str
    picture: bool = False
    seen: bool = False


def pages(content: bytes, *, look: bool) -> list[Page]:
    """What the pages say, at most the first 50; ``look``: pictures of pages are read too (``ocr``), at most the first 10.

    Raises PasswordNeeded, BrokenPdf.
    """
    with opened(content) as document:
        texts = [_page_text(document, number) for number in range(min(len(document), _MOST_PAGES))]
        bare = [
            number for number, text in enumerate(texts) if sum(not character.isspace() for character in text) < _FEWEST_CHARACTERS
        ]
        pictures = {number: _picture(document, number) for number in bare[:_MOST_PICTURES]} if look else {}
    read = {number: ocr.picture_text(picture) for number, picture in pictures.items()}
    return [Page(read.get(number) or text, number in bare, bool(read.get(number))) for number, text in enumerate(texts)]


@contextmanager
def opened(content: bytes) -> Iterator[pdfium.PdfDocument]:
    """The document, while nobody else of this process uses PDFium. Raises PasswordNeeded, BrokenPdf, the latter also for what PDFium
    refuses to do with it inside."""
    with _ONE_AT_A_TIME:
        try:
            document = pdfium.PdfDocument(content)
        except pdfium.PdfiumError as error:
            if getattr(error, "err_code", None) == raw.FPDF_ERR_PASSWORD:
                raise PasswordNeeded from None
            raise BrokenPdf from None
        try:
            yield document
        except pdfium.PdfiumError:
            raise BrokenPdf from None
        finally:
            document.close()


def _picture(document: pdfium.PdfDocument, number: int) -> Any:
    """The page as it looks, blue first; a page larger than two sheets of A4 side by side is drawn smaller."""
    page = document[number]
    try:
        scale = min(ocr.DOTS_PER_INCH / 72, _MOST_DOTS / max(page.get_size()))
        # A copy: the bitmap's own memory goes with the page.
        return page.render(scale=scale).to_numpy().copy()
    finally:
        page.close()


def _page_text(document: pdfium.PdfDocument, number: int) -> str:
    page = document[number]
    try:
        textpage = page.get_textpage()
        try:
            return as_written(as_text(_runs(textpage)))
        finally:
            textpage.close()
    finally:
        page.close()


def _runs(textpage: pdfium.PdfTextPage) -> list[Run]:
    """The characters of a page gathered into runs: a gap wider than a character begins a new run."""
    runs: list[Run] = []
    box = raw.FS_RECTF()
    current: Run | None = None
    blank = ""
    for index, character in enumerate(characters(textpage)):
        if character in "\r\n" or not raw.FPDFText_GetLooseCharBox(textpage, index, box):
            continue
        generated = raw.FPDFText_IsGenerated(textpage, index) == 1
        piece = Run(character, box.left, box.right, box.bottom, box.top)
        if character.isspace():
            blank += " "
            # A space that stands in the file bridges the gap it fills; one that PDFium adds does not.
            if current is not None and not generated and piece.beside(current):
                current.right = max(current.right, piece.right)
            continue
        if current is not None and _goes_on(current, piece):
            current.add(blank, piece)
        else:
            current = piece
            runs.append(current)
        blank = ""
    return runs


def _goes_on(run: Run, piece: Run) -> bool:
    gap = piece.left - run.right
    return piece.beside(run) and -0.5 * run.height < gap < 1.2 * run.height


def as_written(text: str) -> str:
    """What PDFium reads, without its signs for nothing and with the characters that look-alike radicals stand for."""
    return text.translate(_CLEAN).translate(_RADICALS)


def characters(textpage: pdfium.PdfTextPage) -> list[str]:
    """The characters of a page in the order of the file; their places in the list are PDFium's own."""
    codes = (raw.FPDFText_GetUnicode(textpage, index) for index in range(textpage.count_chars()))
    return [chr(code) if code < 0x110000 and not 0xD800 <= code < 0xE000 else "\ufffd" for code in codes]
