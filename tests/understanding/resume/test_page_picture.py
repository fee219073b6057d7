"""Pictures of pages, and boxes on them: over the right words, whatever the layout, the page's turn and its crop."""

from __future__ import annotations

import io
import struct
import zlib
from pathlib import Path

import pypdfium2 as pdfium
import pytest

from mianyue.understanding.resume.extract import extract
from mianyue.understanding.resume.facts import ResumeFacts, read_facts
from mianyue.understanding.resume.page_picture import Box, NoSuchPage, picture_of, sheets
from mianyue.understanding.resume.pdf import BrokenPdf, PasswordNeeded

RESUMES = Path(__file__).parents[2] / "data" / "company" / "resumes"
PDFS = [path for path in sorted(RESUMES.glob("*.pdf")) if extract(path.name, path.read_bytes()).problem is None]


def facts_in(facts: ResumeFacts) -> list:
    parts = [part for job in facts.jobs for part in (job.employer, job.title)]
    every = [facts.name, facts.email, facts.mobile, facts.degree, facts.school, facts.years, *parts, *facts.skills]
    return [fact for fact in every if fact]


def pixels(png: bytes) -> list[bytes]:
    """The rows of an unfiltered PNG of three colours."""
    assert png[:8] == b"\x89PNG\r\n\x1a\n"
    position, data, width, height = 8, b"", 0, 0
    while position < len(png):
        length, kind = struct.unpack(">I4s", png[position : position + 8])
        body = png[position + 8 : position + 8 + length]
        assert struct.unpack(">I", png[position + 8 + length : position + 12 + length])[0] == zlib.crc32(kind + body)
        if kind == b"IHDR":
            width, height, *rest = struct.unpack(">IIBBBBB", body)
            assert rest == [8, 2, 0, 0, 0]
        data += body if kind == b"IDAT" else b""
        position += 12 + length
    raw, row = zlib.decompress(data), 1 + 3 * width
    assert len(raw) == row * height
    assert {raw[line * row] for line in range(height)} == {0}
    return [raw[line * row + 1 : (line + 1) * row] for line in range(height)]


def ink(rows: list[bytes], box: Box) -> float:
    """The share of the box's dots that are not of its commonest colour."""
    down, across = len(rows), len(rows[0]) // 3
    left, right = int(box.left * across), max(int((box.left + box.width) * across), int(box.left * across) + 1)
    dots = [
        row[3 * x : 3 * x + 3] for row in rows[int(box.top * down) : int((box.top + box.height) * down)] for x in range(left, right)
    ]
    return 1 - max(dots.count(colour) for colour in set(dots)) / len(dots)


@pytest.mark.parametrize("path", PDFS, ids=lambda path: path.stem)
def test_boxes_lie_where_pdfium_itself_finds_the_words(path):
    content = path.read_bytes()
    text = extract(path.name, content).text
    facts = facts_in(read_facts(text))
    found = sheets(content, text, [(fact.start, fact.end) for fact in facts])
    document = pdfium.PdfDocument(content)
    assert len(found.sizes) == len(document)
    compared = 0
    for fact, boxes in zip(facts, found.boxes, strict=True):
        assert boxes, (fact.value, fact.method)
        page = document[boxes[0].page]
        hits = [rectangle(hit) for hit in hits_of(page, text[fact.start : fact.end])]
        # A searcher that was given a passage over two lines, or with blanks that the file doesn't have, finds nothing.
        if hits:
            compared += 1
            assert any(near(boxes[0], hit, *page.get_size()) for hit in hits), fact.value
    assert compared >= 0.8 * len(facts)


def hits_of(page: pdfium.PdfPage, words: str) -> list[tuple[pdfium.PdfTextPage, int, int]]:
    textpage = page.get_textpage()
    searcher = textpage.search(words, match_case=True)
    hits = []
    while hit := searcher.get_next():
        hits.append((textpage, *hit))
    return hits


def rectangle(hit: tuple[pdfium.PdfTextPage, int, int]) -> tuple[float, float, float, float]:
    """Around what PDFium found, on its first line: PDFium gives a rectangle of its own to every change of font."""
    textpage, index, count = hit
    every = [textpage.get_rect(number) for number in range(textpage.count_rects(index, count))]
    line = [one for one in every if one[1] < every[0][3] and one[3] > every[0][1]]
    left, bottom, right, top = zip(*line, strict=True)
    return min(left), min(bottom), max(right), max(top)


def near(box: Box, rectangle: tuple[float, float, float, float], width: float, height: float) -> bool:
    """Whether a rectangle of PDFium (left, bottom, right, top in points, from below) lies within the box, and fills it across."""
    left, bottom, right, top = rectangle
    inside = box.top * height - 1 <= height - top and height - bottom <= (box.top + box.height) * height + 1
    return inside and abs(box.left * width - left) < 6 and (abs((box.left + box.width) * width - right) < 6)


@pytest.mark.parametrize("path", PDFS[::4], ids=lambda path: path.stem)
def test_there_is_ink_in_every_box(path):
    content = path.read_bytes()
    text = extract(path.name, content).text
    found = sheets(content, text, [(fact.start, fact.end) for fact in facts_in(read_facts(text))])
    rows = {number: pixels(picture_of(content, number)) for number in range(len(found.sizes))}
    assert min(ink(rows[box.page], box) for boxes in found.boxes for box in boxes) > 0.03


@pytest.mark.parametrize("turn", [90, 180, 270])
@pytest.mark.parametrize("crop", [None, (20, 10, 580, 820)])
def test_boxes_follow_a_page_that_is_turned_and_cropped(turn, crop):
    content = (RESUMES / "A006.pdf").read_bytes()
    document = pdfium.PdfDocument(content)
    document[0].set_rotation(turn)
    if crop:
        document[0].set_cropbox(*crop)
    changed = io.BytesIO()
    document.save(changed)
    content = changed.getvalue()
    text = extract("a.pdf", content).text
    start = text.index("@") - 3
    (boxes,) = sheets(content, text, [(start, start + 6)]).boxes
    (box,) = boxes
    width, height = sheets(content, text, []).sizes[0]
    assert (box.width * width < box.height * height) == (turn in (90, 270))
    assert ink(pixels(picture_of(content, 0)), box) > 0.03


def test_passages_that_are_not_there_have_no_boxes():
    content = (RESUMES / "A006.pdf").read_bytes()
    text = extract("a.pdf", content).text
    passages = [(0, 0), (len(text), len(text) + 5), (10, 12)]
    assert [bool(boxes) for boxes in sheets(content, "something else", passages).boxes] == [False] * 3
    assert [bool(boxes) for boxes in sheets(content, "read from a picture\n" + text, [(2, 5), (22, 25)]).boxes] == [False, True]


def test_a_scan_has_its_page_and_no_boxes():
    content = (RESUMES / "A028_Elif Fairweather.pdf").read_bytes()
    found = sheets(content, "", [])
    assert (len(found.sizes), found.boxes) == (1, [])
    rows = pixels(picture_of(content, 0))
    assert (len(rows[0]) // 3, len(set(rows)) > 100) == (1100, True)


def test_a_very_long_page_is_drawn_smaller():
    document = pdfium.PdfDocument.new()
    document.new_page(100, 5000)
    saved = io.BytesIO()
    document.save(saved)
    rows = pixels(picture_of(saved.getvalue(), 0))
    assert (len(rows), len(rows[0]) // 3) == (4400, 88)


def test_what_can_not_be_drawn_says_why():
    content = (RESUMES / "A006.pdf").read_bytes()
    for number in (-1, 1, 99):
        with pytest.raises(NoSuchPage):
            picture_of(content, number)
    for broken in (b"", b"%PDF-1.7", content[:300]):
        with pytest.raises(BrokenPdf):
            picture_of(broken, 0)
        with pytest.raises(BrokenPdf):
            sheets(broken, "", [])
    assert not issubclass(PasswordNeeded, BrokenPdf)
