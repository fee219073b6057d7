"""What a date is in a country, asked by code: the questions the rest of mianyue asks about days."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from itertools import islice
from pathlib import Path

from mianyue.worktime.day_kinds.china import China
from mianyue.worktime.day_kinds.elsewhere import Elsewhere
from mianyue.worktime.day_kinds.kind import DayKind, Kind, Law
from mianyue.worktime.day_kinds.notices import Notice, NoticesUnreadable, read_notices

LOOK_AHEAD = 367
"""Days."""
_own_notices: list[Notice] = []
_TYPICAL_WEEK = (1, 2, 3, 4, 5)


def is_public_holiday(day: date, country: str) -> bool:
    """Whether ``day`` is a public holiday (法定节假日) or bridge day off (调休放假) there. Raises UnknownCountry."""
    return _law(country).is_off(day)


def is_make_up_workday(day: date, country: str) -> bool:
    """Whether ``day`` is a weekend day that is worked (补班), as the State Council announced; always False outside China."""
    return country.startswith("CN") and _law(country).is_made_up(day)


def is_working_day(day: date, working_week: Collection[int], country: str) -> bool:
    """Whether the company works on ``day`` (ISO weekdays): weekdays less holidays, plus make-up workdays."""
    return is_make_up_workday(day, country) or (day.isoweekday() in working_week and not is_public_holiday(day, country))


def working_days(first: date, count: int, working_week: Collection[int], country: str) -> list[date]:
    """The first ``count`` working days from ``first`` on, which counts when it is one; fewer where a year holds fewer."""
    days = (first + timedelta(days=offset) for offset in range(min(LOOK_AHEAD, (date.max - first).days)))
    return list(islice((day for day in days if is_working_day(day, working_week, country)), count))


def day_kind(day: date, country: str, working_week: Collection[int] = _TYPICAL_WEEK) -> DayKind:
    """What ``day`` is there, for whoever works on these ISO weekdays. Raises UnknownCountry.

    A day between holidays that is nobody's workday anyway is a weekend, with the festival's name: it is not exchanged for anything.
    """
    law = _law(country)
    special, announced, worked = law.special(day), law.announced(day), day.isoweekday() in working_week
    if special is None:
        return DayKind(day, Kind.PLAIN if worked else Kind.WEEKEND, None, "", announced)
    kind = Kind.WEEKEND if special.kind is Kind.BRIDGE_DAY_OFF and not worked else special.kind
    return DayKind(day, kind, special.name, special.notice, announced)


def last_announced(country: str) -> date | None:
    """The last day about which the authority has spoken; None where the law alone decides. Raises UnknownCountry."""
    return _law(country).last_announced


def is_announced(day: date, country: str) -> bool:
    """Whether what is said of ``day`` is certain, and not only to be expected. Raises UnknownCountry."""
    return _law(country).announced(day)


def also_read(path: Path) -> Sequence[Notice]:
    """Takes the company's own notices from a file like ``china.toml``, which count after the ones that come with mianyue.

    For the start of a program: what was found out before is kept elsewhere and does not change. Raises NoticesUnreadable.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise NoticesUnreadable(f"{path} can't be read: {type(error).__name__}.", "See docs/day-kinds.md.") from error
    _own_notices[:] = read_notices(text, path.name)
    _law.cache_clear()
    return tuple(_own_notices)


@cache
def notices() -> tuple[Notice, ...]:
    """The notices that come with mianyue, the oldest first."""
    source = files(__package__).joinpath("china.toml")
    return tuple(read_notices(source.read_text(encoding="utf-8"), source.name))


@cache
def _law(country: str) -> Law:
    return China([*notices(), *_own_notices]) if country == "CN" else Elsewhere(country)
