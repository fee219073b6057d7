"""Facts out of files whose layout stands in the way: forms of tables, text boxes, columns side by side."""

from datetime import date
from io import BytesIO

import docx
from docx.oxml import parse_xml

from mianyue.understanding.resume.extract import extract
from mianyue.understanding.resume.facts import read_facts

TODAY = date(2026, 11, 23)
_WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def told(file_name, content, region="CN"):
    facts = read_facts(extract(file_name, content).text, region, TODAY)
    name, mobile, degree, years = (fact.value if fact else None for fact in (facts.name, facts.mobile, facts.degree, facts.years))
    return name, mobile, degree, years, [fact.value for fact in facts.skills]


def saved(document):
    buffer = BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def pdf(*lines):
    """A one-page PDF with lines of (x, y, text) in Helvetica."""
    drawn = "".join(f"BT /F 10 Tf {x} {y} Td ({text}) Tj ET\n" for x, y, text in lines)
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F 5 0 R >> >> >>",
        f"<< /Length {len(drawn)} >>\nstream\n{drawn}endstream",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    body = "%PDF-1.4\n" + "".join(f"{number} 0 obj\n{content}\nendobj\n" for number, content in enumerate(objects, 1))
    return f"{body}trailer\n<< /Size 6 /Root 1 0 R >>\n%%EOF\n".encode()


def test_a_word_form_with_merged_cells():
    document = docx.Document()
    rows = [
        ("姓名", "柳如烟", "学历", "硕士"),
        ("手机", "13800000001", "毕业院校", "江城大学"),
        ("工作经历", "2018.07-2022.06 星河科技有限公司 产品经理\n2022.07-至今 云帆科技有限公司 高级产品经理", None, None),
        ("专业技能", "Axure、SQL、用户研究", None, None),
    ]
    table = document.add_table(len(rows), 4)
    for number, row in enumerate(rows):
        if row[2] is None:
            table.cell(number, 1).merge(table.cell(number, 3))
        for column, value in enumerate(row):
            if value is not None:
                table.cell(number, column).text = value
    assert told("a.docx", saved(document)) == ("柳如烟", "+8613800000001", "master", "8.4", ["Axure", "SQL", "用户研究"])


def test_a_word_document_with_its_head_in_the_page_header_and_skills_in_a_text_box():
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "霍青桐  13800000002"
    document.add_paragraph("教育背景")
    document.add_paragraph("2012.09-2016.06  江城大学  法学  本科")
    document.add_paragraph("工作经历")
    last = document.add_paragraph("2016.07-2020.06  德明律师事务所  律师助理")
    lines = "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in ("专业技能", "合同审查、诉讼、法律检索"))
    last._p.append(parse_xml(f"<w:r {_WORD}><w:pict><w:txbxContent>{lines}</w:txbxContent></w:pict></w:r>"))
    assert told("a.docx", saved(document)) == (
        "霍青桐",
        "+8613800000002",
        "bachelor",
        "4.0",
        ["合同审查", "诉讼", "法律检索"],
    )


def test_a_pdf_of_two_columns_written_line_by_line():
    left = ["Jane Marlow", "Contact", "+44 7700 900123", "Skills", "Python", "Docker", "Kubernetes", "PostgreSQL", "Terraform"]
    right = [
        "Experience",
        "Jan 2020 - Dec 2023  Harbourlight Ltd  Software Engineer",
        "- Moved billing to a new platform",
        "- Led a group of five engineers",
        "Jan 2017 - Dec 2019  Quillon Inc.  Developer",
        "- Wrote the order service",
        "Education",
        "2013 - 2016  Northfield University  BSc Computer Science",
        "References on request",
    ]
    rows = [
        line
        for number, (one, two) in enumerate(zip(left, right, strict=True))
        for line in ((40, 760 - 16 * number, one), (220, 760 - 16 * number, two))
    ]
    assert told("a.pdf", pdf(*rows), "GB") == (
        "Jane Marlow",
        "+447700900123",
        "bachelor",
        "7.0",
        ["Python", "Docker", "Kubernetes", "PostgreSQL", "Terraform"],
    )


def test_a_pdf_grid_of_periods_employers_and_titles():
    cells = [("Period", "Employer", "Position")]
    cells += [("01/2020 - 12/2023", "Harbourlight Ltd", "Buyer"), ("01/2017 - 12/2019", "Quillon Inc.", "Junior Buyer")]
    rows = [(40, 780, "Jane Marlow"), (40, 764, "+44 7700 900123"), (40, 740, "Work history")]
    rows += [(x, 720 - 16 * number, cell) for number, row in enumerate(cells) for x, cell in zip((40, 200, 400), row, strict=True)]
    rows += [(40, 640, "Skills"), (40, 624, "procurement, SAP MM, negotiation")]
    assert told("a.pdf", pdf(*rows), "GB") == (
        "Jane Marlow",
        "+447700900123",
        None,
        "7.0",
        ["procurement", "SAP MM", "negotiation"],
    )
