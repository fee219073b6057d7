"""How many days of paid annual leave (年休假) a new hire has for the rest of the year, by Chinese law, with the formula to show.

职工带薪年休假条例 (State Council order 514) Art. 3: by cumulative working years, at whichever employers, 5 days from 1 year on, 10 from
10 years on, 15 from 20 years on. 企业职工带薪年休假实施办法 (order 1 of the ministry, 2008) Art. 3: nobody before 12 months of work; Art. 5:
with a new employer, calendar days left of the year ÷ 365 × the days of a full year, a part of a day is not granted.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

LAW = "企业职工带薪年休假实施办法 §5"
DAYS_OF_YEAR = 365
"""What the law divides by, in a leap year too: nobody gets less for it, and never more than the full days."""

BRACKETS = ((20, 15), (10, 10), (1, 5))
"""Cumulative years worked, and the days of a full year from then on."""


@dataclass(frozen=True, slots=True)
class Part:
    """Calendar days of the year, from ``first`` on, that count with the same ``days_full``."""

    first: date
    calendar_days: int
    years: int
    days_full: int


@dataclass(frozen=True, slots=True)
class AnnualLeave:
    """``days`` for the rest of the year of ``first_day``, and the parts that make them: two, where a bracket is reached in between.

    ``parts`` is empty where nobody knows since when the person has worked; then nothing is granted.
    """

    first_day: date
    parts: tuple[Part, ...]
    days: int

    @property
    def known(self) -> bool:
        return bool(self.parts)

    def how(self) -> dict[str, object]:
        """The formula with its numbers, as it is shown and kept with the grant. ``years`` and ``days_full`` are those on the first day."""
        left = days_left(self.first_day)
        told: dict[str, object] = {"law": LAW, "calendar_days_left": left, "days_of_year": DAYS_OF_YEAR, "days": self.days}
        if self.parts:
            told |= {"years": self.parts[0].years, "days_full": self.parts[0].days_full}
        if len(self.parts) > 1:
            told["parts"] = [_as_dict(part) for part in self.parts]
        return told


def annual_leave(first_day: date, worked_since: date | None) -> AnnualLeave:
    """The days for the rest of the year for somebody who starts on ``first_day``; ``worked_since``: the first day of their first job.

    Each calendar day counts with the bracket reached by then. Where ``worked_since`` is not known nothing is granted until it is: too
    many days granted can't be had back, and without proof of twelve months the law grants none. Months without work in between are not
    looked at, since the law counts them only for the first twelve; HR corrects by an entry of its own.
    """
    if worked_since is None:
        return AnnualLeave(first_day, (), 0)
    end = date(first_day.year, 12, 31)
    starts = [first_day, *sorted(day for day in _steps(worked_since) if first_day < day <= end)]
    ends = [*(day - timedelta(days=1) for day in starts[1:]), end]
    parts = tuple(
        Part(start, (last - start).days + 1, years, full_days(years))
        for start, last in zip(starts, ends, strict=True)
        for years in [years_worked(worked_since, start)]
    )
    due = sum(part.calendar_days * part.days_full for part in parts) // DAYS_OF_YEAR
    return AnnualLeave(first_day, parts, due)


def full_days(years: int) -> int:
    """The days of a full year after that many cumulative working years."""
    return next((days for least, days in BRACKETS if years >= least), 0)


def years_worked(since: date, on: date) -> int:
    """The full years worked before ``on``; from 29 February on, a year is full on 28 February, so that 1 March begins the next."""
    years = on.year - since.year
    return max(0, years if anniversary(since, years) <= on else years - 1)


def anniversary(since: date, years: int) -> date:
    """The first day after so many full years."""
    try:
        return since.replace(year=since.year + years)
    except ValueError:  # 29 February in a year without
        return date(since.year + years, 3, 1)


def days_left(first_day: date) -> int:
    """The calendar days from ``first_day`` to the end of its year, both included."""
    return (date(first_day.year, 12, 31) - first_day).days + 1


def _steps(since: date) -> list[date]:
    """The days on which a bracket is reached."""
    return [anniversary(since, years) for years, _ in BRACKETS if since.year + years <= date.max.year]


def _as_dict(part: Part) -> Mapping[str, object]:
    return {
        "first": part.first.isoformat(),
        "calendar_days": part.calendar_days,
        "years": part.years,
        "days_full": part.days_full,
    }
