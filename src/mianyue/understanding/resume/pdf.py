"""Reads the text of a PDF with PDFium."""

from __future__ import annotations

import threading

import pypdfium2 as pdfium  # type: ignore[import-untyped]  # the package ships neither stubs nor py.typed
import pypdfium2.raw as raw  # type: ignore[import-untyped]

from mianyue.understanding.resume.pdf_layout import Run, as_text

# PDFium may be used by one thread of a process at a time (pypdfium2's README, "Thread safety").
_ONE_AT_A_TIME = threading.Lock()
_MOST_PAGES = 50

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


def page_texts(content: bytes) -> list[str]:
    """The text of each page, at most the first 50. Raises PasswordNeeded, BrokenPdf."""
    with _ONE_AT_A_TIME:
        try:
            document = pdfium.PdfDocument(content)
        except pdfium.PdfiumError as error:
            if getattr(error, "err_code", None) == raw.FPDF_ERR_PASSWORD:
                raise PasswordNeeded from None
            raise BrokenPdf from None
        try:
            return [_page_text(document, number) for number in range(min(len(document), _MOST_PAGES))]
        except pdfium.PdfiumError:
            raise BrokenPdf from None
        finally:
            document.close()


def _page_text(document: pdfium.PdfDocument, number: int) -> str:
    page = document[number]
    try:
        textpage = page.get_textpage()
        try:
            return as_text(_runs(textpage)).translate(_CLEAN).translate(_RADICALS)
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
    for index, character in enumerate(_characters(textpage)):
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


def _characters(textpage: pdfium.PdfTextPage) -> list[str]:
    codes = (raw.FPDFText_GetUnicode(textpage, index) for index in range(textpage.count_chars()))
    return [chr(code) if code < 0x110000 and not 0xD800 <= code < 0xE000 else "\ufffd" for code in codes]
