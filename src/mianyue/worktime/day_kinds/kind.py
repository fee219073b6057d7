"""What a date is by law: the words in which every country's answer is given."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Protocol

from mianyue.base.errors import MianyueError


class Kind(StrEnum):
    """What a date is: 法定节假日, 调休放假, 补班, a day of the week that is not worked, or a plain working day."""

    STATUTORY_HOLIDAY = "statutory_holiday"
    BRIDGE_DAY_OFF = "bridge_day_off"
    MAKE_UP_WORKDAY = "make_up_workday"
    WEEKEND = "weekend"
    PLAIN = "plain"


@dataclass(frozen=True, slots=True)
class Name:
    """What people call a holiday."""

    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class DayKind:
    """What ``day`` is.

    ``name`` is the festival it belongs to and ``notice`` where that is written (None and empty on days of no festival).
    ``announced`` is False while the authority that decides about such days has not spoken: the day may turn out to be another.
    """

    day: date
    kind: Kind
    name: Name | None
    notice: str
    announced: bool


@dataclass(frozen=True, slots=True)
class Special:
    """A date with a rule of its own: a holiday, a bridge day off (whatever its weekday) or a make-up workday."""

    kind: Kind
    name: Name
    notice: str


class Law(Protocol):
    """What a country says about its dates."""

    @property
    def last_announced(self) -> date | None:
        """The last day that was announced; None where the law alone decides and no announcement is needed."""
        ...

    def is_off(self, day: date) -> bool:
        """Whether the country gives the day off, whatever its weekday."""
        ...

    def is_made_up(self, day: date) -> bool:
        """Whether it is a day of rest that is worked instead of another."""
        ...

    def special(self, day: date) -> Special | None:
        """The day's own rule, if it has one."""
        ...

    def announced(self, day: date) -> bool:
        """Whether what is said of the day is certain, and not only to be expected."""
        ...


class UnknownCountry(MianyueError):
    """No public holidays are known for that country code."""

    code = "unknown_country"
