"""The values of what is said about time, before a clock and a calendar give them instants."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

Polarity = Literal["yes", "no", "except"]
Relation = Literal["", "before", "after", "from", "until"]
DayKind = Literal[
    "relative",
    "days_ahead",
    "weekday",
    "week",
    "weekend",
    "workdays",
    "date",
    "month_day",
    "month_edge",
    "month_week",
    "nth_weekday",
    "lunar",
    "holiday",
]
Half = Literal["", "am", "pm"]
Which = Literal[
    "number", "first", "last", "middle", "earliest", "latest", "earlier", "later", "former", "latter", "all", "rest", "ordinal"
]


@dataclass(frozen=True, slots=True)
class Day:
    """One day or stretch of days as said.

    ``number`` is days from today, how many days ahead, the weekday (Monday 1), the day of the month, which week of a month, which
    weekday of one (0 the last), or 1 for the first day of a holiday alone; ``week`` weeks from this one (of a holiday: from its own)
    where the text says which; ``years_ahead`` years from this one (明年). ``name`` is that of a holiday or of a part of a week or month;
    ``either`` for a date whose month may stand first or second, ``ordinal`` for a day written as 2nd, ``bare`` for a number that only
    the weekday beside it makes a day (``numbered`` where an hour follows), ``of_week`` for a weekday of a week that is named as one.
    ``until`` is the last day of a range
    (with the relation "before": the day before it), ``offset`` days and ``months`` beside it (除夕前一天), ``weekday`` what the text
    calls a date's day of the week, to be checked, or which day of a week of a month is meant; ``beside`` the day, with the relation
    "before" or "after", that a weekday is next to (the Monday before Christmas), or the holiday
    that a day of the month follows (元旦后4号).
    """

    kind: DayKind
    number: int = 0
    week: int | None = None
    year: int | None = None
    years_ahead: int | None = None
    month: int | None = None
    month_offset: int | None = None
    name: str = ""
    relation: Relation = ""
    until: Day | None = None
    offset: int = 0
    months: int = 0
    weekday: int | None = None
    beside: Day | None = None


@dataclass(frozen=True, slots=True)
class Clock:
    """A time on the clock as said; ``half`` is am or pm where said, ``part`` the part of day that goes with it."""

    hour: int
    minute: int = 0
    half: Half = ""
    part: str = ""
    padded: bool = False

    @property
    def bare(self) -> bool:
        """Whether nothing tells morning from afternoon."""
        return not self.half and not self.part and 0 < self.hour <= 12 and not self.padded


@dataclass(frozen=True, slots=True)
class Hours:
    """Hours of a day as said: a clock time, a range of them, a part of the day, each perhaps with a limit (三点以后).

    ``through`` are the hours of the last of the days, where a span goes on from one day into another (Monday two to Tuesday eleven).
    """

    start: Clock | None = None
    end: Clock | None = None
    part: str = ""
    relation: Relation = ""
    through: Hours | None = None


@dataclass(frozen=True, slots=True)
class Option:
    """Which of the offered options is meant: a number (and ``more`` of them), the ``first`` or ``last`` so many, or one by its place.

    ``ordinal`` is a number that might be a day of the month or an hour as well (the 2nd works, I can do 3).
    """

    which: Which
    number: int = 0
    more: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Mention:
    """One thing said about time or options, at ``start:end`` of the reply: every day of ``days`` at every one of ``hours``.

    ``shift`` moves what was agreed (晚一个小时: later by one hour), ``ahead`` counts from now (半小时后). ``zone`` is an IANA
    name, ``+HH:MM`` or ``theirs`` (the writer's own) or ``yours``. ``asked`` marks a time neither wanted nor refused: a question is about it, or
    it is that of something else.
    """

    start: int
    end: int
    days: tuple[Day, ...] = ()
    hours: tuple[Hours, ...] = ()
    option: Option | None = None
    shift: timedelta | None = None
    ahead: timedelta | None = None
    zone: str = ""
    polarity: Polarity = "yes"
    asked: bool = False
    inherited: bool = False

    @property
    def kind(self) -> str:
        """What it names: option, shift, ahead, days and hours, days, or hours."""
        if self.option or self.shift or self.ahead:
            return "option" if self.option else "shift" if self.shift else "ahead"
        return " and ".join(name for name, said in (("days", self.days), ("hours", self.hours)) if said)
