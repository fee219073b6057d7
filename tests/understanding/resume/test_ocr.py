"""Reading pictures of pages: the sample company's scans, mixed files, photographs, and lines as the recogniser gives them."""

import json
from io import BytesIO
from pathlib import Path

import pytest

from mianyue.understanding.resume import ocr
from mianyue.understanding.resume.extract import extract
from mianyue.understanding.resume.facts import read_facts
from mianyue.understanding.resume.ocr import Line, text_of

COMPANY = Path(__file__).parents[2] / "data" / "company"
SCANS = [one for one in json.loads((COMPANY / "expected_resumes.json").read_text("utf-8")) if one["scanned"]]

with_ocr = pytest.mark.skipif(not ocr.available(), reason="the extra ocr is not installed")


def line(text, left, top, width, height=20, tilt=0.0, gaps=()):
    """A line whose characters are as wide as each other; after the characters numbered in ``gaps`` comes a wide gap."""
    shown = text.replace(" ", "")
    step = width / (len(shown) + len(gaps))
    characters, x = [], left
    for number, character in enumerate(shown):
        box = [[x, top], [x + step, top], [x + step, top + height], [x, top + height]]
        characters.append((character, 1.0, box))
        x += step * (2 if number in gaps else 1)
    corners = [[left, top], [left + width, top], [left + width, top + height], [left, top + height]]
    return Line(text, [[x, y + tilt * x] for x, y in corners], characters)


def test_lines_are_read_from_the_top_and_columns_from_the_left():
    lines = [line("手机", 100, 240, 40), line("张三", 300, 200, 40), line("姓名", 100, 201, 40)]
    assert text_of(lines) == "姓名\t张三\n手机"


def test_a_crooked_sheet_is_read_along_its_lines():
    tilted = [line(text, left, top, 380, tilt=0.05) for top in (200, 226) for text, left in (("甲乙丙丁", 100), ("戊己庚辛", 700))]
    assert text_of(tilted) == "甲乙丙丁\t戊己庚辛\n甲乙丙丁\t戊己庚辛"


def test_a_wide_gap_inside_a_line_parts_its_columns():
    assert text_of([line("2019-2020江海大学", 100, 200, 400, gaps=(8,))]) == "2019-2020  江海大学"
    assert text_of([line("Alpenfirn Cloud Account", 100, 200, 460, gaps=(13,))]) == "Alpenfirn Cloud  Account"


def test_a_line_whose_characters_are_not_its_text_is_taken_as_it_is():
    assert text_of([Line("a b", [[0, 0], [9, 0], [9, 9], [0, 9]], [("x", 1.0, [[0, 0], [9, 0], [9, 9], [0, 9]])])]) == "a b"


def test_an_empty_page_has_no_text():
    assert text_of([]) == ""


@with_ocr
@pytest.mark.parametrize(
    "expected",
    [SCANS[0], *(pytest.param(one, marks=pytest.mark.slow) for one in SCANS[1:])],
    ids=[one["application_id"] for one in SCANS],
)
def test_the_sample_companys_scans_are_read(expected):
    path = COMPANY / expected["file"]
    read = extract(path.name, path.read_bytes(), look=True)
    facts = read_facts(read.text, "CN" if expected["language"] == "zh" else "US")
    assert (read.problem, read.seen, read.pictures) == (None, True, 1)
    assert [facts.name.value, facts.email.value, facts.mobile.value] == [expected[name] for name in ("name", "email", "mobile")]
    assert {job.employer.value.replace(")", "）").replace("(", "（") for job in facts.jobs} == {*expected["employers"]}


@pytest.mark.slow
@with_ocr
def test_a_photograph_is_turned_as_the_telephone_was_held():
    import pypdfium2
    from PIL import Image

    sheet = Image.fromarray(pypdfium2.PdfDocument((COMPANY / SCANS[0]["file"]).read_bytes())[0].render(scale=2).to_numpy())
    lying, sideways = BytesIO(), Image.Exif()
    sideways[0x0112] = 6  # to be turned by 90° clockwise (EXIF 2.32 §4.6.4, Orientation)
    sheet.rotate(90, expand=True).save(lying, "JPEG", exif=sideways)
    read = extract("photo.jpg", lying.getvalue(), look=True)
    assert (read.kind, read.problem) == ("picture", None)
    assert read_facts(read.text).mobile.value == SCANS[0]["mobile"]


@with_ocr
@pytest.mark.parametrize("content", [b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff\xe0" + b"\0" * 400])
def test_a_broken_picture_says_so(content):
    assert extract("a.png", content, look=True).problem == "unreadable"


@with_ocr
def test_a_blank_picture_stays_a_scan():
    from PIL import Image

    blank = BytesIO()
    Image.new("RGB", (600, 800), "white").save(blank, "PNG")
    assert extract("a.png", blank.getvalue(), look=True).problem == "scan"


@with_ocr
def test_a_picture_with_too_many_dots_is_not_opened():
    from PIL import Image

    huge = BytesIO()
    Image.new("1", (9000, 9000)).save(huge, "PNG")
    assert extract("a.png", huge.getvalue(), look=True).problem == "too_large"
