import zipfile
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO

import docx
import pytest
from docx.oxml import parse_xml
from hypothesis import given, settings
from hypothesis import strategies as st

from mianyue.understanding.resume.extract import extract

_NAMESPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def pdf(*lines, encrypted=False):
    """A one-page PDF with lines of (x, y, text) in Helvetica."""
    drawn = "".join(f"BT /F 10 Tf {x} {y} Td ({text}) Tj ET\n" for x, y, text in lines)
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F 5 0 R >> >> >>",
        f"<< /Length {len(drawn)} >>\nstream\n{drawn}endstream",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        f"<< /Filter /Standard /V 1 /R 2 /P -1 /O <{'11' * 32}> /U <{'22' * 32}> >>",
    ]
    body, places = "%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(body))
        body += f"{number} 0 obj\n{content}\nendobj\n"
    entries = "".join(f"{place:010} 00000 n \n" for place in places)
    trailer = f"<< /Size {len(objects) + 1} /Root 1 0 R {'/Encrypt 6 0 R /ID [<00><00>]' if encrypted else ''} >>"
    return f"{body}xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{entries}trailer\n{trailer}\nstartxref\n{len(body)}\n%%EOF\n".encode()


def word(fill):
    document = docx.Document()
    fill(document)
    buffer = BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def packed(**parts):
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def told(file_name, content):
    extracted = extract(file_name, content)
    return extracted.kind, extracted.problem


LONG = "Senior engineer with ten years of experience"


def test_a_pdf_with_text():
    extracted = extract("a.pdf", pdf((50, 700, "Jane Doe"), (50, 680, LONG)))
    assert (extracted.text, extracted.kind, extracted.pages, extracted.problem) == (f"Jane Doe\n{LONG}", "pdf", 1, None)


def test_columns_are_never_glued_into_one_line():
    rows = [
        line
        for n in range(6)
        for line in ((50, 700 - 14 * n, f"Field: {n}"), (300, 700 - 14 * n, f"Sentence number {n} of the profile"))
    ]
    lines = extract("a.pdf", pdf(*rows)).text.splitlines()
    assert lines == [f"Field: {n}" for n in range(6)] + [f"Sentence number {n} of the profile" for n in range(6)]


def test_a_pdf_without_text_is_a_scan():
    assert told("a.pdf", pdf()) == ("pdf", "scan")
    assert told("a.pdf", pdf((50, 700, "Page 1"))) == ("pdf", "scan")


def test_a_locked_pdf():
    assert told("a.pdf", pdf((50, 700, LONG), encrypted=True)) == ("pdf", "encrypted")


def test_the_first_bytes_beat_the_name():
    assert told("a.docx", pdf((50, 700, LONG))) == ("pdf", None)
    assert told("a.pdf", word(lambda document: document.add_paragraph("x"))) == ("docx", None)


@pytest.mark.parametrize(
    ("file_name", "content", "answer"),
    [
        ("a.pdf", b"%PDF-1.4\nbroken", ("pdf", "unreadable")),
        ("a.pdf", b"no pdf at all", ("pdf", "unreadable")),
        ("a.docx", b"no zip at all", ("docx", "unreadable")),
        ("a.docx", b"PK\x03\x04 broken", ("docx", "unreadable")),
        ("a.docx", packed(**{"_rels/.rels": "<broken"}), ("docx", "unreadable")),
        ("a.xlsx", packed(**{"xl/workbook.xml": "<x/>"}), ("", "unknown_type")),
        ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 100, ("", "unknown_type")),
        ("a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), ("docx", "encrypted")),
        ("a.png", b"\x89PNG\r\n\x1a\n", ("picture", "scan")),
        ("a.txt", b"\xff\xd8\xff\xe0", ("picture", "scan")),
        ("a.gif", b"GIF89a", ("", "unknown_type")),
        ("a.exe", b"MZ", ("", "unknown_type")),
        ("a.txt", b"\x00\x01\x02binary\xff", ("txt", "unreadable")),
        ("a.txt", b"x" * (20 * 1024 * 1024 + 1), ("", "too_large")),
        ("a.txt", b"word " * 40_001, ("txt", "too_large")),
    ],
)
def test_what_cannot_be_read_says_why(file_name, content, answer):
    assert told(file_name, content) == answer


def test_a_docx_that_unpacks_to_too_much():
    relation = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"/>'
    assert told("a.docx", packed(**{"_rels/.rels": relation, "word/document.xml": b" " * (101 * 1024 * 1024)})) == (
        "docx",
        "too_large",
    )


def test_a_docx_with_entities_is_refused():
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaa">]><x>&a;</x>'
    assert told("a.docx", packed(**{"_rels/.rels": bomb})) == ("docx", "unreadable")


def test_a_docx_is_read_in_document_order_with_header_tables_and_text_boxes():
    box = (
        f'<w:r {_NAMESPACE} xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
        "<mc:AlternateContent><mc:Choice><w:txbxContent><w:p><w:r><w:t>in a box</w:t></w:r></w:p></w:txbxContent></mc:Choice>"
        "<mc:Fallback><w:txbxContent><w:p><w:r><w:t>in a box</w:t></w:r></w:p></w:txbxContent></mc:Fallback></mc:AlternateContent></w:r>"
    )
    deleted = f'<w:del {_NAMESPACE} w:id="1"><w:r><w:delText>gone</w:delText></w:r></w:del>'

    def fill(document):
        document.sections[0].header.paragraphs[0].text = "Jane Doe    +49 1"
        document.sections[0].footer.paragraphs[0].text = "page foot"
        first = document.add_paragraph("before")
        first._p.append(parse_xml(box))
        first._p.append(parse_xml(deleted))
        table = document.add_table(2, 2)
        table.cell(0, 0).text, table.cell(0, 1).text = "姓名", "张三"
        table.cell(1, 0).text, table.cell(1, 1).text = "left one\nleft two", "right"
        table.cell(1, 1).add_table(1, 2).cell(0, 0).text = "inner"
        document.add_paragraph("after")

    lines = [line.strip() for line in extract("a.docx", word(fill)).text.splitlines() if line.strip()]
    assert lines == [
        "Jane Doe    +49 1",
        "before",
        "in a box",
        "姓名\t张三",
        "left one",
        "left two",
        "right",
        "inner",
        "after",
        "page foot",
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_a_chinese_text_in_any_usual_encoding(encoding):
    text = "邹若琳\n【基本信息】\n手机：13800000022\n熟悉“用户研究”、B 端产品——满意度由 3.9 提升到 4.6。"
    assert extract("a.txt", text.replace("\n", "\r\n").encode(encoding)).text == text


@pytest.mark.parametrize("text", ["Priya Mösl – Größe, café", "Größe und Wörter, Mösl"])
def test_a_western_text_that_is_not_unicode(text):
    """The second is valid GB 18030 as well, but would be of rare characters."""
    assert extract("a.txt", text.encode("cp1252")).text == text


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from([b"%PDF-1.7\n", b"PK\x03\x04", b"", b"\xff\xfe", b"\xef\xbb\xbf"]),
    st.binary(max_size=300),
    st.sampled_from(["a.pdf", "a.docx", "a.txt", "a"]),
)
def test_no_bytes_raise(beginning, rest, file_name):
    assert extract(file_name, beginning + rest).problem in (None, "scan", "unreadable", "encrypted", "unknown_type")


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_no_damage_to_a_good_file_raises(data):
    content = bytearray(data.draw(st.sampled_from([pdf((50, 700, LONG)), word(lambda document: document.add_paragraph(LONG))])))
    for place in data.draw(st.lists(st.integers(0, len(content) - 1), max_size=8)):
        content[place] = data.draw(st.integers(0, 255))
    extract("a", bytes(content))


def test_many_threads_may_read_at_once():
    content = pdf((50, 700, LONG))
    with ThreadPoolExecutor(4) as pool:
        assert set(pool.map(lambda _: extract("a.pdf", content).text, range(40))) == {LONG}
