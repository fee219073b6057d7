"""Takes tables apart row by row and turns every doubt into a finding, so that each table's reader only says what a row means."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import tzinfo
from pathlib import Path
from typing import Generic, Literal, TypeVar

from mianyue.base.interval import Interval
from mianyue.domain.intake import cell_times, cells
from mianyue.domain.intake.cells import BadCell
from mianyue.domain.intake.columns import COLUMNS, OPTIONAL
from mianyue.domain.intake.kinds import KINDS
from mianyue.domain.intake.problems import Problem, problem
from mianyue.domain.intake.tables import Row, Table, TableUnreadable, read_table
from mianyue.understanding.contact import normal_email, normal_mobile

T = TypeVar("T")
Progress = Callable[[str], None]


@dataclass
class Catalogue(Generic[T]):
    """The records of a table by key: the usable ones, and the rows of all, so that a broken record is not called unknown.

    ``failure`` is the code of what is wrong with the table itself: then nobody can say that something is unknown.
    """

    failure: str = ""
    found: dict[str, T] = field(default_factory=dict)
    rows: dict[str, int] = field(default_factory=dict)
    codes: dict[str, list[str]] = field(default_factory=dict)

    def is_unknown(self, key: str) -> bool:
        return not self.failure and key not in self.rows

    def why_unusable(self, key: str) -> list[str]:
        """The codes of the errors for which a record that is not unknown was left out."""
        errors = [code for code in self.codes.get(key, ()) if KINDS[code].severity == "error"]
        return [self.failure] if self.failure else errors


@dataclass
class RowReader:
    """One row and what was found wrong with it; ``broken`` once the row can't be used."""

    file: str
    table: str
    row: Row
    problems: list[Problem]
    key: str = ""
    broken: bool = False
    codes: list[str] = field(default_factory=list)

    @property
    def number(self) -> int:
        return self.row.number

    def cell(self, column: str) -> str:
        return self.row.cells.get(column, "")

    def report(self, code: str, column: str, *, value: str | None = None, related: str | None = None, reason: str = "") -> None:
        """Adds a finding on a cell. An error breaks the row."""
        shown = self.cell(column) if value is None else value
        self.problems.append(problem(code, self.file, self.number, self.key, column, shown, related, reason))
        self.codes.append(code)
        if KINDS[code].severity == "error":
            self.broken = True

    def read(self, column: str, parse: Callable[[str], T]) -> T | None:
        """The cell's value. An empty cell is reported as far as the row needs it; one that is not understood breaks a row only
        if it must be there."""
        raw = self.cell(column)
        need = COLUMNS[self.table][column].need
        if not raw:
            if need == "must":
                self.report("missing_value", column)
            # A column that is absent altogether was reported once, for the table.
            elif need == "should" and column in self.row.cells:
                self.report("empty_value", column)
            return None
        try:
            return parse(raw)
        except BadCell as bad:
            self.report("bad_value" if need == "must" else "ignored_value", column, reason=bad.reason)
            return None

    def strict(self, column: str, parse: Callable[[str], T]) -> T | None:
        """A cell that may be empty, but whose nonsense must not be passed over: it breaks the row."""
        raw = self.cell(column)
        try:
            return parse(raw) if raw else None
        except BadCell as bad:
            self.report("bad_value", column, reason=bad.reason)
            return None

    def reference(self, column: str, catalogue: Catalogue[T], code: str) -> T | None:
        """The record that the cell names. A row that names a broken record is left out without a finding of its own."""
        name = self.read(column, cells.text)
        if name is None:
            return None
        record = catalogue.found.get(name)
        if record is None:
            if catalogue.is_unknown(name):
                self.report(code, column)
            else:
                self.inherit(catalogue.why_unusable(name))
            self.broken = True
        return record

    def inherit(self, codes: list[str]) -> None:
        """Takes over what is wrong with a record that this row depends on; it was reported where it stands."""
        self.codes.extend(codes)

    def email(self) -> str | None:
        raw = self.cell("email")
        if not raw:
            self.read("email", cells.text)
            return None
        address = normal_email(raw)
        if address is None:
            self.report("invalid_email", "email")
        return address

    def mobile(self) -> str | None:
        def parse(raw: str) -> str:
            number = normal_mobile(raw)
            if number is None:
                raise BadCell("mobile")
            return number

        return self.read("mobile", parse)

    def interval(self, zone: tzinfo, doubt: Literal["widen", "narrow"]) -> Interval | None:
        """``start`` to ``end``; see ``cell_times.span`` for ``doubt``."""
        start, end = self.read("start", cell_times.moment), self.read("end", cell_times.moment)
        if start is None or end is None:
            return None
        try:
            begins, ends = cell_times.span(start, end, zone, doubt)
        except OverflowError:
            self.report("bad_value", "end", reason="moment")
            return None
        # Narrowing alone may turn a doubtful time around; and a whole or half day that ends at the start lies before it.
        turned = ends < begins and (doubt == "widen" or cell_times.span(start, end, zone, "widen")[1] < begins)
        if turned or (ends == begins and end.first != end.last):
            self.report("end_before_start", "end")
        elif ends <= begins:
            self.report("empty_interval", "end")
        else:
            return Interval(begins, ends)
        return None

    def enter(self, catalogue: Catalogue[T], key: str) -> bool:
        """Registers the row's key, and says whether it is the first with it."""
        first = catalogue.rows.setdefault(key, self.number)
        catalogue.codes.setdefault(key, self.codes)
        if first != self.number:
            self.report("duplicate_key", next(iter(COLUMNS[self.table])), related=str(first))
        return first == self.number


class Reader:
    """Finds the tables of a folder and reports what can't be read."""

    def __init__(self, folder: Path, problems: list[Problem], progress: Progress) -> None:
        """``folder`` may be a single table, which then is the one that is asked for, whatever the file is called."""
        self.folder, self.problems, self.progress = folder, problems, progress
        self.single = folder.is_file()
        self.files = {} if self.single else {entry.name.casefold(): entry for entry in sorted(folder.iterdir()) if entry.is_file()}
        self.failed: dict[str, str] = {}
        self.named: dict[str, str] = {}

    def rows(self, name: str) -> Iterator[RowReader]:
        """The rows of a table; none, and a code in ``failed``, if it can't be used at all."""
        path = self._find(name)
        table = self._read(name, path) if path else None
        if path is None or table is None:
            return
        for row in table.rows:
            yield RowReader(path.name, name, row, self.problems)

    def catalogue(self, name: str) -> Catalogue[T]:
        """An empty catalogue of a table whose rows have been asked for."""
        return Catalogue(failure=self.failed.get(name, ""))

    def file_of(self, name: str) -> str:
        """The table's file name, for findings that come later."""
        return self.named.get(name, f"{name}.csv")

    def _find(self, name: str) -> Path | None:
        paths = [path for ending in (".csv", ".xlsx") if (path := self.files.get(name + ending))] or [self.folder] * self.single
        if not paths and name in OPTIONAL:
            return None
        if not paths:
            self.problems.append(problem("missing_table", f"{name}.csv"))
            self.failed[name] = "missing_table"
            return None
        if len(paths) > 1:
            self.problems.append(problem("table_twice", paths[1].name))
        self.named[name] = paths[0].name
        return paths[0]

    def _read(self, name: str, path: Path) -> Table | None:
        self.progress(path.name)
        columns = COLUMNS[name]
        try:
            table = read_table(path, {column: spec.chinese for column, spec in columns.items()})
        except TableUnreadable as unreadable:
            self.problems.append(problem("unreadable_table", path.name, reason=unreadable.reason))
            self.failed[name] = "unreadable_table"
            return None
        for column, spec in columns.items():
            if column not in table.columns and spec.need != "may":
                code = "missing_column" if spec.need == "must" else "absent_column"
                self.problems.append(problem(code, path.name, column=column))
                if spec.need == "must":
                    self.failed[name] = code
        self.problems.extend(problem("unreadable_row", path.name, number) for number in table.broken)
        return None if name in self.failed else table
