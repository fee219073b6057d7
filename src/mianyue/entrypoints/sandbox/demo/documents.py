"""Writes workbooks and Word documents whose bytes depend on their content alone: importing the same demo again changes nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from io import BytesIO
from itertools import groupby
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import docx
from docx.document import Document
from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.writer.excel import ExcelWriter

_WRITTEN_AT = datetime(2020, 1, 1, tzinfo=UTC)
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_NUMBER = re.compile(r"[1-9]\d*", re.ASCII)


def workbook(title: str, rows: Iterable[Sequence[str]]) -> bytes:
    """An XLSX with a title row above the table; dates and plain numbers become what a spreadsheet makes of them."""
    book = Workbook()
    book.properties.created = book.properties.modified = _WRITTEN_AT
    sheet = book.active
    sheet.title = title
    sheet.append([title])
    sheet["A1"].font = Font(bold=True, size=14)
    for row in rows:
        sheet.append([_cell(text) for text in row])
    content = BytesIO()
    with ZipFile(content, "w", ZIP_DEFLATED) as archive:
        # Workbook.save would write the present moment into the file.
        ExcelWriter(book, archive).save()
    return _timeless(content.getvalue())


def _cell(text: str) -> str | int | date | None:
    if _DATE.fullmatch(text):
        return date.fromisoformat(text)
    return int(text) if _NUMBER.fullmatch(text) else text or None


def document(text: str) -> bytes:
    """A DOCX: ``# `` begins the title, ``## `` a heading, ``- `` a list item; lines in ``|`` make a table, others a paragraph."""
    made = docx.Document()
    for is_table, lines in groupby(text.splitlines(), lambda line: line.startswith("|")):
        if is_table:
            _add_table(made, [[cell.strip() for cell in line.strip("|").split("|")] for line in lines])
        else:
            for line in lines:
                _add_line(made, line)
    content = BytesIO()
    made.save(content)
    return _timeless(content.getvalue())


def _add_table(made: Document, rows: list[list[str]]) -> None:
    table = made.add_table(len(rows), len(rows[0]), style="Table Grid")
    for row, texts in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text


def _add_line(made: Document, line: str) -> None:
    mark, _, rest = line.partition(" ")
    if mark in ("#", "##"):
        made.add_heading(rest, level=len(mark) - 1)
    elif mark == "-":
        made.add_paragraph(rest, style="List Bullet")
    elif line:
        made.add_paragraph(line)


def _timeless(archive: bytes) -> bytes:
    """The same ZIP archive with 1980-01-01, the format's first day, as the time of every entry."""
    content = BytesIO()
    with ZipFile(BytesIO(archive)) as source, ZipFile(content, "w", ZIP_DEFLATED) as target:
        for name in source.namelist():
            target.writestr(ZipInfo(name), source.read(name), ZIP_DEFLATED)
    return content.getvalue()
