"""Reading the State Council's yearly notices from a file that people write by hand, and refusing what can't be meant."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from mianyue.base.errors import MianyueError
from mianyue.worktime.day_kinds.festivals import NAMES, festivals
from mianyue.worktime.day_kinds.kind import Kind, Name

DAY = timedelta(days=1)
_KEYS = {"year", "number", "dated", "title", "days"}
_FORM = 'Each [[notice]] has year and days = [["劳动节", "05-01..05-05", "05-01..05-02", "05-09"], …]; see docs/day-kinds.md.'


class NoticesUnreadable(MianyueError):
    """A file of holiday notices holds something that can't be meant; none of it is used."""

    code = "notices_unreadable"


@dataclass(frozen=True, slots=True)
class Festival:
    """What a notice arranges for one festival; ``statutory`` are among the days ``off``."""

    name: Name
    off: frozenset[date]
    statutory: frozenset[date]
    worked: frozenset[date]

    def of_kind(self, kind: Kind) -> frozenset[date]:
        """Its days of that kind; those between its statutory days and weekends are bridge days off, whatever their weekday."""
        if kind is Kind.MAKE_UP_WORKDAY:
            return self.worked
        return self.statutory if kind is Kind.STATUTORY_HOLIDAY else self.off - self.statutory


@dataclass(frozen=True, slots=True)
class Notice:
    """What was announced for ``year``: by number if it is known for certain, else by title."""

    year: int
    number: str
    dated: date | None
    title: str
    festivals: tuple[Festival, ...]

    @property
    def reference(self) -> str:
        """As it is cited: number or title, and the date if known."""
        cited = self.number or self.title
        return f"{cited}, {self.dated.isoformat()}" if self.dated else cited


def read_notices(text: str, source: str) -> list[Notice]:
    """The notices in a TOML file, in the file's order. ``source`` names it in errors.

    Raises NoticesUnreadable for text that is not TOML, unknown keys, years or festivals, dates that don't exist, statutory days that are
    not off, and make-up workdays that are no weekend day.
    """
    try:
        content = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise NoticesUnreadable(f"{source} is not TOML: {error}.", _FORM) from error
    entries = content.get("notice")
    if not isinstance(entries, list) or set(content) != {"notice"}:
        raise NoticesUnreadable(f"{source} holds something other than [[notice]].", _FORM)
    return [_notice(entry, f"{source}, notice {number}") for number, entry in enumerate(entries, 1)]


def _notice(entry: dict[str, object], where: str) -> Notice:
    unknown = sorted(set(entry) - _KEYS)
    year, dated, rows = entry.get("year"), entry.get("dated"), entry.get("days")
    if unknown or not isinstance(year, int) or not isinstance(rows, list) or not isinstance(dated, date | None):
        raise NoticesUnreadable(f"{where}: {unknown or 'year, dated or days'} can't be understood.", _FORM)
    if festivals(year) is None:
        raise NoticesUnreadable(f"{where}: the festivals of {year} are not in the table.", _FORM)
    title = str(entry.get("title", f"国务院办公厅关于{year}年部分节假日安排的通知"))
    arranged = tuple(_festival(row, year, where) for row in rows)
    return Notice(year, str(entry.get("number", "")), dated, title, arranged)


def _festival(row: object, year: int, where: str) -> Festival:
    if not isinstance(row, list) or len(row) != 4 or not all(isinstance(cell, str) for cell in row) or row[0] not in NAMES:
        raise NoticesUnreadable(f"{where}: {row} is not a known festival with three columns of dates.", _FORM)
    off, statutory, worked = (frozenset(_days(cell, year, where)) for cell in row[1:])
    if not off or not statutory <= off:
        raise NoticesUnreadable(f"{where}: the statutory days of {row[0]} are not among its days off.", _FORM)
    if any(day.isoweekday() < 6 for day in worked):
        raise NoticesUnreadable(f"{where}: a make-up workday of {row[0]} is no Saturday or Sunday.", _FORM)
    return Festival(NAMES[row[0]], off, statutory, worked)


def _days(cell: str, year: int, where: str) -> Iterable[date]:
    """``01-01..01-03 01-05``, each date of ``year`` unless it says its own."""
    for span in cell.split():
        first, _, last = span.partition("..")
        try:
            day, end = (date.fromisoformat(one if len(one) > 5 else f"{year}-{one}") for one in (first, last or first))
        except ValueError as error:
            raise NoticesUnreadable(f"{where}: {span!r} is no date.", _FORM) from error
        if not day <= end <= day + 31 * DAY or abs(day.year - year) > 1:
            raise NoticesUnreadable(f"{where}: {span!r} is no span of days of {year}.", _FORM)
        while day <= end:
            yield day
            day += DAY
