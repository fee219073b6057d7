"""Chooses which of the keywords that a résumé shows are named: the job's own weight × how rare it is × how well it is shown."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cache

from mianyue.understanding.aliases import thing
from mianyue.understanding.keywords.evidence import Place, Shown
from mianyue.understanding.keywords.spelled import places, searchable
from mianyue.understanding.skills.table import concept_of
from mianyue.understanding.wordlists import alternatives

MOST_NAMED = 3
LONGEST_NAMED = 24
"""Characters of a keyword that is named in a letter; a longer one is a sentence of its own."""

_TABLE = "keywords/requirements.txt"
_SECTION_WEIGHT = {
    "work": 1.0,
    "projects": 1.0,
    "internship": 0.8,
    "certificates": 0.8,
    "skills": 0.7,
    "languages": 0.7,
    "education": 0.5,
    "training": 0.5,
}
_ELSEWHERE = 0.6
# What somebody did long ago says less of them today: half after about five years.
_YEARLY = 0.87
_CLAUSE = re.compile(r"[,，。;；!！?？\n]|\.(?=\s|$)")


def requirement_weights(job_keywords: Sequence[str], description: str) -> dict[str, float]:
    """How much the job asks for each keyword, about 0.5 to 1.3: earlier ones more, more where its description says that it must be,
    less where it would only be a plus."""
    folded = searchable(description)
    return {
        keyword: (1.0 - 0.4 * number / max(1, len(job_keywords)))
        * max((_stress(description, start, end) for start, end in places(keyword, description, folded)), default=1.0)
        for number, keyword in enumerate(job_keywords)
    }


def _stress(description: str, start: int, end: int) -> float:
    first = max((border.end() for border in _CLAUSE.finditer(description, 0, start)), default=0)
    after = _CLAUSE.search(description, end)
    clause = description[first : after.start() if after else len(description)].lower()
    if _of("plus").search(clause):
        return 0.7
    return 1.3 if _of("must").search(clause) else 1.0


class Rarity:
    """How telling a keyword is among the company's own jobs and résumés, 0.4 (everybody has it) to 1."""

    def __init__(self, named: Iterable[Collection[str]] = ()) -> None:
        """``named``: per job and per résumé the keywords it names. Below 20 of them the table's own estimate is used."""
        self._counts: Counter[str] = Counter()
        self._total = 0
        for keywords in named:
            self._total += 1
            self._counts.update({thing(keyword) for keyword in keywords})

    def __call__(self, keyword: str) -> float:
        if self._total < 20:
            return _usual_rarity(keyword)
        share = math.log((1 + self._total) / (1 + self._counts[thing(keyword)])) / math.log(1 + self._total)
        return 0.4 + 0.6 * share


def _usual_rarity(keyword: str) -> float:
    concept = concept_of(keyword)
    if concept is None:
        return 0.8
    return 0.5 if concept.family == "general" else 0.9 if concept.proper else 0.75


def strength(found: Sequence[Place]) -> float:
    """How well the places show a keyword, 0 to 1: by section, how long ago, and in how many places."""
    if not found:
        return 0.0
    best = max(
        _SECTION_WEIGHT.get(place.section, _ELSEWHERE) * _recency(place) * (0.8 if place.narrower else 1.0) for place in found
    )
    return best * (0.8 + 0.2 * min(1.0, (len(found) - 1) / 3))


def _recency(place: Place) -> float:
    return 1.0 if place.months_ago is None else float(_YEARLY ** (place.months_ago / 12))


def ranked(shown: Sequence[Shown], weights: Mapping[str, float], rarity: Rarity) -> list[Shown]:
    """The shown keywords, the one to name first; equals stay in the job's order."""
    return sorted(shown, key=lambda one: -weights.get(one.keyword, 1.0) * rarity(one.keyword) * strength(one.places))


def to_name(keywords: Iterable[str]) -> tuple[str, ...]:
    """The first three of ``keywords`` that can be named in a letter: not too long, and nothing twice under two names."""
    named: dict[str, str] = {}
    for keyword in keywords:
        if len(named) < MOST_NAMED and 0 < len(keyword.strip()) <= LONGEST_NAMED:
            named.setdefault(thing(keyword), keyword)
    return tuple(named.values())


@cache
def _of(section: str) -> re.Pattern[str]:
    return re.compile(alternatives(_TABLE, section))
