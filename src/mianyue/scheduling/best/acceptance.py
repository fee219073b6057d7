"""How likely a candidate is to accept at least one of several times, from plain weights that come from outside.

Picks are correlated: somebody who is away on a day is away for all of its times. So the model is hierarchical. A candidate has one
of a few habits; on a day they are free at all with some probability, then in a half of that day with one that the habit gives, then
a single time suits them or not:

    P(at least one of O) = Σ_habits share · (1 − Π_days (1 − d·(1 − Π_halves (1 − h·(1 − Π_options (1 − q))))))

A second time on a day adds less than one on another day, a third morning less than a first afternoon: spreading options is not a
rule beside the objective but follows from it. All weights are per mille and all products are exact integers, so that every machine
gives the same answer.

When do options certainly lie on different days? Let n options be offered, t and o of them on one day, while another day has a
valid start o' and no option. Exchange o for o'. Of the candidates of one habit who refuse all the others, the part m would have
taken o, and the part p' takes o'. Knowing of more refusals only lowers m, so m ≤ 1 − f(t, o) / f(t), where f(…) is the chance that
all of these are refused; p' = 1 − f(o'). G, the chance that such a candidate refuses all the others, lies between f_min^(n−1) and
f_max (of single options). So the exchange gains at least

    ACCEPT · min over t, o, o', G of  Σ_habits share · G · (p' − m)   points,    p' − m ≥ f(t, o) / f(t) − f(o')

and costs at most the difference between the dearest and the cheapest option. Where the first is more, no best set has two options
on one day while another day is free. ``certain_gain`` is that minimum. p' − m grows with the q of t and o' and with the d of o', and
falls with the q of o and the d of its day, for all habits alike; so the ends of the weights' ranges are enough.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from functools import lru_cache
from itertools import product
from typing import NamedTuple

MILLE = 1000
SCALE = MILLE**3
"""One option's share of the common denominator: a set of n options is refused with probability (integer) / SCALE**n."""

MORNING, AFTERNOON, EVENING = 0, 1, 2
"""Halves of a day, by the local start: before 12:00, before 18:00, later."""


@dataclass(frozen=True, slots=True)
class Habit:
    """A kind of candidate: ``share`` of them have it; ``halves`` is how likely each half of a day is free when the day is."""

    share: int
    halves: tuple[int, int, int]


class Kind(NamedTuple):
    """All that acceptance knows of an option: how likely its day is free, which half it lies in, how likely it suits then."""

    day: int
    half: int
    suits: int


@dataclass(frozen=True, slots=True)
class Acceptance:
    """The weights, per mille. Raises ValueError for what is not a probability.

    ``days``: the candidate is free at all, Monday to Sunday. ``suits``: a time suits somebody who is free then; less ``lunch`` where
    it touches 12:00–13:00, or ``outside`` where it is not within 09:00–18:00; less ``odd`` where it does not begin on a full or half
    hour; less ``rushed`` within 24 hours of the window's beginning, or ``far`` more than 14 days after it.
    """

    days: tuple[int, ...] = (500,) * 7
    habits: tuple[Habit, ...] = (Habit(600, (900, 900, 900)), Habit(200, (900, 600, 600)), Habit(200, (600, 900, 900)))
    suits: int = 920
    lunch: int = 40
    outside: int = 100
    odd: int = 5
    rushed: int = 80
    far: int = 20

    def __post_init__(self) -> None:
        halves = [half for habit in self.habits for half in habit.halves]
        if len(self.days) != 7 or any(len(habit.halves) != 3 for habit in self.habits):
            raise ValueError("acceptance needs a weight for each of 7 days, and for each of 3 halves of a day")
        if not all(0 <= weight <= MILLE for weight in (*self.days, *halves, *(habit.share for habit in self.habits))):
            raise ValueError("probabilities are per mille: 0 to 1000")
        if sum(habit.share for habit in self.habits) != MILLE:
            raise ValueError("the shares of all habits make 1000 per mille")
        if min(self.lunch, self.outside, self.odd, self.rushed, self.far) < 0 or not 0 <= self.worst <= self.suits <= MILLE:
            raise ValueError("what is taken off stays between 0 and what a good time is worth")

    @classmethod
    def of(cls, weights: Mapping[str, object]) -> Acceptance:
        """Weights as JSON holds them; what is not mentioned keeps its default.

        ``{"days": [500, …], "habits": [{"share": 1000, "halves": [900, 900, 900]}], "lunch": 40}``. Raises ValueError.
        """
        unknown = weights.keys() - {field.name for field in fields(cls)}
        if unknown:
            raise ValueError(f"acceptance has no weights named {', '.join(sorted(unknown))}")
        plain = {name: _number(value) for name, value in weights.items() if name not in ("days", "habits")}
        days = tuple(_number(one) for one in _sequence(weights.get("days", DEFAULT.days)))
        habits = tuple(_habit(one) for one in _sequence(weights["habits"])) if "habits" in weights else DEFAULT.habits
        return cls(days, habits, **plain)

    @property
    def worst(self) -> int:
        """How likely the least attractive time suits."""
        return self.suits - max(self.lunch, self.outside) - self.odd - max(self.rushed, self.far)


DEFAULT = Acceptance()


def refusals(kinds: Sequence[Kind], weights: Acceptance) -> tuple[int, ...]:
    """The chance, per habit, that all options of *one day* are refused, in parts of SCALE ** their number."""
    return _refusals(tuple(kinds), weights.habits)


@lru_cache(maxsize=4096)
def _refusals(kinds: tuple[Kind, ...], habits: tuple[Habit, ...]) -> tuple[int, ...]:
    spare = MILLE ** (len(kinds) - 1)
    found = []
    for habit in habits:
        away = 1
        for half in sorted({kind.half for kind in kinds}):
            suits = [kind.suits for kind in kinds if kind.half == half]
            none = 1
            for one in suits:
                none *= MILLE - one
            size = MILLE ** len(suits)
            away *= (size * MILLE - habit.halves[half] * (size - none)) * (size // MILLE)
        whole = MILLE ** (2 * len(kinds))
        found.append((whole * MILLE - kinds[0].day * (whole - away)) * spare)
    return tuple(found)


def accepted(refused: Sequence[int], options: int, weights: Acceptance) -> int:
    """The chance that at least one of so many options is accepted, in parts of MILLE · SCALE ** options; given the refusals."""
    whole = SCALE**options
    return sum(habit.share * (whole - one) for habit, one in zip(weights.habits, refused, strict=True))


def percent(kind: Kind, weights: Acceptance) -> int:
    """How likely an option of this kind is accepted where it is the only one, in rounded percent."""
    return (accepted(refusals((kind,), weights), 1, weights) * 200 + MILLE * SCALE) // (2 * MILLE * SCALE)


@lru_cache(maxsize=64)
def certain_gain(weights: Acceptance, options: int, accept: int) -> int:
    """What exchanging an option that shares its day for one on a free day gains at least, in points; see the module.

    ``accept`` is what certain acceptance is worth, in points; ``options`` are two or more. Zero or less: nothing is certain.
    """
    few, many = min(weights.days), max(weights.days)
    singles = [
        refusals((Kind(day, half, suits),), weights)
        for day, half, suits in product((few, many), range(3), (weights.worst, weights.suits))
    ]
    ranges = [(min(one) ** (options - 1), max(one) * SCALE ** (options - 2)) for one in zip(*singles, strict=True)]
    gains: list[int] = []
    for of_stays, of_goes, of_comes in product(range(3), repeat=3):
        stays, goes = Kind(many, of_stays, weights.worst), Kind(many, of_goes, weights.suits)
        alone, both = refusals((stays,), weights), refusals((stays, goes), weights)
        comes = refusals((Kind(few, of_comes, weights.worst),), weights)
        gain = 0
        for habit, at_least_at_most, a, b, c in zip(weights.habits, ranges, alone, both, comes, strict=True):
            better = b - a * c  # p' − m, in parts of SCALE · a; where nobody refuses the one that stays, nobody is lost or won
            gain += habit.share * better * at_least_at_most[better < 0] // a if a else 0
        gains.append(gain)
    whole: int = MILLE * SCALE**options
    return min(gains) * accept // whole


def _sequence(value: object) -> Sequence[object]:
    if not isinstance(value, list | tuple):
        raise ValueError("a list of weights was expected")
    return value


def _number(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise ValueError("a weight is a whole number, per mille")
    return value


def _habit(value: object) -> Habit:
    if not isinstance(value, Mapping) or value.keys() != {"share", "halves"}:
        raise ValueError("a habit has a share and halves")
    first, second, third = [_number(one) for one in _sequence(value["halves"])]
    return Habit(_number(value["share"]), (first, second, third))
