"""Turns the day marks of the demo's tables into dates, so that the company is as fresh on every day it is written."""

from __future__ import annotations

import re
from datetime import date, timedelta

from mianyue.worktime.day_kinds import working_days

_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_MARK = re.compile(r"\{([^{}]*)\}")
_KINDS = re.compile(
    rf"w(?P<workday>[1-9]\d?)|d(?P<days>[+-]\d+)|y(?P<years>[+-]\d+)|(?P<weekday>{'|'.join(_WEEKDAYS)})(?P<weeks>[+-]\d+)"
)
_WORKDAYS = 20


class Days:
    """The days around one ``today``, of a company with that working week (ISO weekdays) and country. Marks stand in braces:

    - ``{w3}`` the third working day counted as the horizon counts them: ``{w1}`` is today if the company works today;
    - ``{d-30}`` thirty days ago, ``{d+1}`` tomorrow;
    - ``{tue-8}`` the Tuesday eight weeks before this week's, ``{tue+0}`` this week's (weeks begin on Monday);
    - ``{y-4}`` the year four years ago.

    Absences and bookings count in working days, so that a long holiday moves them instead of swallowing them.
    """

    def __init__(self, today: date, working_week: list[int], country: str) -> None:
        self.today = today
        self._workdays = working_days(today, _WORKDAYS, working_week, country)

    def filled(self, text: str) -> str:
        """``text`` with every mark replaced: days as ISO 8601 dates, years as four digits. Raises ValueError for an unknown mark."""
        return _MARK.sub(lambda match: self._meaning(match[1]), text)

    def _meaning(self, mark: str) -> str:
        match = _KINDS.fullmatch(mark)
        if match is None or int(match["workday"] or 1) > _WORKDAYS:
            raise ValueError(f"no day is marked {{{mark}}}")
        if match["years"]:
            return str(self.today.year + int(match["years"]))
        return self._day(match).isoformat()

    def _day(self, match: re.Match[str]) -> date:
        if match["workday"]:
            return self._workdays[int(match["workday"]) - 1]
        if match["days"]:
            return self.today + timedelta(days=int(match["days"]))
        monday = self.today - timedelta(days=self.today.weekday())
        return monday + timedelta(weeks=int(match["weeks"]), days=_WEEKDAYS.index(match["weekday"]))
