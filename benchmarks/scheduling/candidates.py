"""Drawn candidates with calendars nobody can see: what suits them is found out only by offering it.

None of this knows how the product ranks. A half day suits when a sum of normal deviates is positive: the person, the weekday, mornings
or afternoons in general, that very date, and chance; so the halves of one date go together, and so do the Tuesdays. On a day that
suits there may still be an errand, and most people have hours at which they won't come. Local times on the candidate's clock.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from zoneinfo import ZoneInfo

from mianyue.base.interval import Interval

ZONES = ("Asia/Shanghai",) * 17 + ("Asia/Tokyo", "Europe/Berlin", "Australia/Sydney")
PERSON, WEEKDAY, HALF, DATE, CHANCE = 0.5, 0.6, 0.5, 0.7, 0.5
"""Standard deviations of what makes a half day suit."""
EMPLOYED, AT_LIBERTY = -0.3, 0.4
"""The means of people with a job (seven of ten) and without."""
ASKS_AGAIN = 0.6
"""How many of those whom nothing suits say so; the others are silent until the times are released."""


@dataclass(frozen=True)
class Candidate:
    """One person, wholly decided by the seed and the number."""

    number: int
    seed: str

    @cached_property
    def _traits(self) -> dict[str, float]:
        dice = random.Random(f"{self.seed}/{self.number}")
        return {
            "zone": dice.randrange(len(ZONES)),
            "likes": dice.gauss(EMPLOYED if dice.random() < 0.7 else AT_LIBERTY, PERSON),
            **{f"weekday{n}": dice.gauss(0, WEEKDAY) for n in range(7)},
            "half": dice.gauss(0, HALF),
            "from": dice.choice((8, 9, 9, 9.5, 9.5, 10)) * 60,
            "until": dice.choice((17, 18, 18, 18.5, 19, 21)) * 60,
            "lunch": dice.random() < 0.4,
            "notice": dice.choice((2, 12, 24, 24)),
            "answers": min(dice.expovariate(1 / 9), 47),
            "asks": dice.random() < ASKS_AGAIN,
        }

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(ZONES[int(self._traits["zone"])])

    @property
    def answers_after(self) -> timedelta:
        """How long this person lets a letter lie."""
        return timedelta(hours=self._traits["answers"])

    @property
    def asks_again(self) -> bool:
        """Whether this person says so when nothing suits."""
        return bool(self._traits["asks"])

    def suits(self, span: Interval, told: datetime) -> bool:
        """Whether this person would come then, told of it at ``told``."""
        start, end = span.start.astimezone(self.zone), span.end.astimezone(self.zone)
        if span.start - told < timedelta(hours=self._traits["notice"]):
            return False
        begins, ends = start.hour * 60 + start.minute, (end.hour * 60 + end.minute) or 1440
        if begins < self._traits["from"] or ends > self._traits["until"] or start.date() != end.date():
            return False
        if not self._traits["lunch"] and begins < 13 * 60 and ends > 12 * 60:
            return False
        return all(self._has(start.date(), minute) for minute in {begins, ends - 1})

    def _has(self, day: date, minute: int) -> bool:
        """Whether this half of that date suits, and no errand lies at the minute."""
        dice = random.Random(f"{self.seed}/{self.number}/{day}")
        traits, afternoon = self._traits, minute >= 12 * 60 + 30
        shared = traits["likes"] + traits[f"weekday{day.weekday()}"] + dice.gauss(0, DATE)
        halves = [(dice.gauss(0, CHANCE), dice.random() < 0.5, dice.randrange(4), dice.choice((60, 90, 120))) for _ in range(2)]
        chance, errand, hour, minutes = halves[afternoon]
        begins = (13 if afternoon else 9) * 60 + hour * 60
        return shared + (traits["half"] if afternoon else -traits["half"]) + chance > 0 and not (
            errand and begins <= minute < begins + minutes
        )
