"""Reads a CSV or XLSX table into rows of text, so that nothing later needs to know where a cell came from."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path

from mianyue.domain.intake.cells import text

_LARGEST = 256 * 1024 * 1024


class TableUnreadable(ValueError):
    """A file that is no table; ``reason`` is a key of ``kinds.REASONS``."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Row:
    """One record: the number a spreadsheet shows for it, and its cells by column, normalised (``cells.text``)."""

    number: int
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Table:
    """The known columns that the header names, the rows below it, and the numbers of rows that could not be taken apart."""

    columns: frozenset[str]
    rows: tuple[Row, ...]
    broken: tuple[int, ...] = ()


def read_table(path: Path, spellings: Mapping[str, Sequence[str]]) -> Table:
    """The table in ``path`` (``.csv`` or ``.xlsx``); ``spellings`` maps each column to its other header names.

    The header is the first row that holds at least two known names. Blank rows and unknown columns are left out.
    Raises TableUnreadable.
    """
    names = {_header(name): column for column, others in spellings.items() for name in (column, *others)}
    broken: list[int] = []
    try:
        if path.stat().st_size > _LARGEST:
            raise TableUnreadable("too_large")
        lines = _csv(path.read_bytes(), broken) if path.suffix.casefold() == ".csv" else _xlsx(path)
        return _below_header(lines, names, broken)
    except OSError:
        raise TableUnreadable("not_readable") from None


def _header(cell: str) -> str:
    return re.sub(r"\s", "", text(cell)).casefold()


def _below_header(lines: Iterable[tuple[int, Sequence[str]]], names: Mapping[str, str], broken: list[int]) -> Table:
    places: dict[str, int] = {}
    rows: list[Row] = []
    for number, line in lines:
        if places:
            cells = {column: text(line[place]) if place < len(line) else "" for column, place in places.items()}
            if any(cells.values()):
                rows.append(Row(number, cells))
        else:
            found: dict[str, int] = {}
            for place, cell in enumerate(line):
                if column := names.get(_header(cell)):
                    found.setdefault(column, place)
            places = found if len(found) >= 2 else {}
    if not places:
        raise TableUnreadable("no_header")
    return Table(frozenset(places), tuple(rows), tuple(broken))


def _csv(content: bytes, broken: list[int]) -> Iterator[tuple[int, list[str]]]:
    """The records with their numbers. A record with a stray quote is counted in ``broken``, and reading goes on below it."""
    lines = io.StringIO(_decoded(content), newline="").readlines()
    number = at = 0
    while at < len(lines):
        reader = csv.reader(lines[at:], strict=True)
        taken = 0
        try:
            for record in reader:
                number, taken = number + 1, reader.line_num
                yield number, record
        except csv.Error:
            number += 1
            broken.append(number)
            taken += 1
        at += taken


def _decoded(content: bytes) -> str:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            decoded = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in decoded:
            return decoded
    raise TableUnreadable("encoding")


def _xlsx(path: Path) -> Iterator[tuple[int, list[str]]]:
    # A quarter of a second to import, and most runs of the product read no workbook.
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        with zipfile.ZipFile(path) as archive:
            if sum(member.file_size for member in archive.infolist()) > _LARGEST:
                raise TableUnreadable("too_large")
        book = load_workbook(path, read_only=True, data_only=True)
    # What openpyxl raises for damaged parts is whatever its parser met: XML errors are SyntaxErrors.
    except (zipfile.BadZipFile, InvalidFileException, KeyError, ValueError, TypeError, AttributeError, SyntaxError) as error:
        raise error if isinstance(error, TableUnreadable) else TableUnreadable("not_xlsx") from None
    try:
        if not book.worksheets:
            raise TableUnreadable("not_xlsx")
        sheet = book.worksheets[0]
        # Some exporters write a wrong size into the sheet; openpyxl would believe it and cut rows off.
        sheet.reset_dimensions()
        for number, cells in enumerate(sheet.iter_rows(), 1):
            yield number, [_written(cell.value, getattr(cell, "number_format", "")) for cell in cells]
    except (zipfile.BadZipFile, KeyError, ValueError, TypeError, AttributeError, SyntaxError) as error:
        raise error if isinstance(error, TableUnreadable) else TableUnreadable("not_xlsx") from None
    finally:
        book.close()


def _written(value: object, number_format: str) -> str:
    """A cell as a person would have typed it: a whole number without ``.0``, a date without the midnight Excel keeps with it."""
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case float() if value.is_integer():
            return str(int(value))
        case datetime():
            shows_time = re.search(r"[hs]", re.sub(r"\"[^\"]*\"|\[[^\]]*\]", "", number_format), re.IGNORECASE)
            if value.time() == time.min and not shows_time:
                return f"{value:%Y-%m-%d}"
            return f"{value + timedelta(milliseconds=500):%Y-%m-%d %H:%M:%S}".removesuffix(":00")
        case date():
            return value.isoformat()
        case time():
            return f"{value.hour}:{value.minute:02}" + (f":{value.second:02}" if value.second else "")
        case timedelta():
            minutes = round(value.total_seconds() / 60)
            return f"{minutes // 60}:{minutes % 60:02}"
        case _:
            return str(value)
