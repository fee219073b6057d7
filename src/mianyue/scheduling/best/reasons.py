"""Why an option was chosen, in codes and figures that any language can put into words."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from fractions import Fraction

from mianyue.scheduling.best.acceptance import Acceptance, percent
from mianyue.scheduling.best.choice import Offer
from mianyue.scheduling.best.moments import Moment, bins
from mianyue.scheduling.facts import CELL, Person, Reason, Room, day_reasons
from mianyue.scheduling.search import Field, Space
from mianyue.scheduling.timeline import first


@dataclasses.dataclass(slots=True)
class Question:
    """What was asked, and what the reasons for any of its options are measured against."""

    found: Space
    field: Field
    people: Mapping[str, Person]
    rooms: Mapping[str, Room]
    weights: Acceptance
    _likeliest: int = dataclasses.field(init=False)

    def __post_init__(self) -> None:
        kinds = {one.kind for one in bins(self.found, self.field.grid, self.weights) if one.among(self.found.starts)}
        self._likeliest = max((percent(kind, self.weights) for kind in kinds), default=0)

    def reasons(self, offer: Offer, others: Sequence[Moment]) -> tuple[Reason, ...]:
        """The reasons that are true of one option; ``others`` are the moments offered beside it.

        ``soonest``: no earlier start is valid. ``different_day``: no other option lies on its day. ``other_half``: the only one in
        its half of the day. ``comfortable_hours``: within 09:00–18:00 of the candidate. ``likely``: no possible start is more
        likely accepted by itself (in percent, by the weights in use). ``all_free``: all sources of everybody say free.
        ``light_load``: the panel could have been another, and nobody else of the pool is promised for less. ``fair_load``: the
        same per hour on shift; the figures are of whoever bears most. ``spares_scarce``: so many of the pool were free as well,
        but a larger part of their free time is wanted for other interviews. ``overtime_warning``: outside the shift of ``who``, whose
        overtime comes to so many hours in that month. ``room_fits``: the room with its seats, and how many
        are needed. ``predicted_day``: nobody has announced yet whether that date is worked (see ``facts.day_reasons``).
        """
        moment, team, need = offer.moment, offer.people, self.found.need
        told = []
        if moment.cell == first(self.found.starts):
            told.append(Reason("soonest"))
        if others and all(moment.day != other.day for other in others):
            told.append(Reason("different_day", (("options", len(others) + 1),)))
        if others and all(moment.half != other.half for other in others):
            told.append(Reason("other_half"))
        if moment.comfortable:
            told.append(Reason("comfortable_hours"))
        if percent(moment.kind, self.weights) == self._likeliest:
            told.append(Reason("likely", (("percent", self._likeliest),)))
        told.append(Reason("all_free", (("people", len(team)),)))
        told += self._of_the_panel(team, moment.cell)
        told += self._outside_hours(team, moment.cell)
        if offer.room is not None:
            seats = self.rooms[offer.room].capacity
            told.append(Reason("room_fits", (("room", offer.room), ("seats", seats), ("needed", need.places))))
        span = self.field.grid.interval(moment.cell, need.minutes)
        return (*told, *day_reasons(need, (self.people[key] for key in team), span))

    def _of_the_panel(self, team: Sequence[str], cell: int) -> list[Reason]:
        known = [key for key in self.found.need.pool if key in self.people]
        rest = [key for key in known if key not in team]
        if not rest:
            return []
        told, people = [], self.people
        heaviest = max(people[key].promised_minutes for key in team)
        if heaviest <= min(people[key].promised_minutes for key in rest):
            told.append(Reason("light_load", (("minutes", heaviest),)))
        if all(people[key].shift_minutes for key in known):
            bears = max(team, key=self._load)
            if self._load(bears) <= min(self._load(key) for key in rest):
                minutes, shift = people[bears].promised_minutes, people[bears].shift_minutes
                told.append(Reason("fair_load", (("minutes", minutes), ("hours", shift // 60))))
        wanted = max(self._wanted(key) for key in team)
        spared = sum(self.found.people[key] >> cell & 1 and self._wanted(key) > wanted for key in rest)
        if spared:
            told.append(Reason("spares_scarce", (("people", spared),)))
        return told

    def _outside_hours(self, team: Sequence[str], cell: int) -> list[Reason]:
        span = self.field.grid.interval(cell, self.found.need.minutes)
        hours = {
            key: max((one.hours for one in self.people[key].overtime if one.interval.overlaps(span)), default=0) for key in team
        }
        return [Reason("overtime_warning", (("who", key), ("hours", many))) for key, many in hours.items() if many]

    def _load(self, key: str) -> Fraction:
        return Fraction(self.people[key].promised_minutes, self.people[key].shift_minutes)

    def _wanted(self, key: str) -> Fraction:
        """Which part of somebody's free time in the window other interviews want."""
        return Fraction(self.people[key].wanted_minutes, max(CELL, CELL * self.field.people[key].free.bit_count()))
