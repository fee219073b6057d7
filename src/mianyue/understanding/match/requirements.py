"""Reads what a job asks for: its keywords, and years, degree and languages where its description names them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from mianyue.understanding.aliases import squeezed, thing
from mianyue.understanding.folding import fold
from mianyue.understanding.keywords.rank import requirement_weights
from mianyue.understanding.skills.find import find_skills
from mianyue.understanding.skills.table import concepts
from mianyue.understanding.traditional import simplified
from mianyue.understanding.wordlists import alternatives, sections

_TABLE = "match/requirements.txt"
LEVELS = ("secondary", "associate", "bachelor", "master", "doctor")
_YEARS_WEIGHT, _DEGREE_WEIGHT, _LANGUAGE_WEIGHT = 1.5, 1.0, 1.0
_CLAUSE = re.compile(r"[,，。;；\n]")


@dataclass(frozen=True, slots=True)
class Requirement:
    """One thing that a job asks for; ``value`` is a keyword, a language's name, a number of years, or a level of ``LEVELS``."""

    kind: Literal["keyword", "years", "degree", "language"]
    value: str
    weight: float


def requirements(job_keywords: Sequence[str], description: str) -> list[Requirement]:
    """What a job asks for: each keyword with its weight, then years, degree and languages. The lowest level and number named count."""
    weights = requirement_weights(job_keywords, description)
    found: dict[str, Requirement] = {}
    for keyword in job_keywords:
        if squeezed(keyword):
            found.setdefault(thing(keyword), Requirement("keyword", keyword, weights[keyword]))
    plain = simplified(fold(description).text)
    years = [_number(match["zh"] or match["en"]) for match in _of("years").finditer(plain)]
    degrees = [level for level in LEVELS if _degree(level).search(plain)]
    told = list(found.values())
    if years:
        told.append(Requirement("years", str(min(years)), _YEARS_WEIGHT))
    if degrees:
        told.append(Requirement("degree", degrees[0], _DEGREE_WEIGHT))
    told += [Requirement("language", name, _LANGUAGE_WEIGHT) for name in _languages(description) if thing(name) not in found]
    return told


def _languages(description: str) -> list[str]:
    names: dict[str, str] = {}
    for skill in find_skills(description):
        concept = concepts()[skill.concept]
        if "language-skill" not in concept.parents:
            continue
        first = max((border.end() for border in _CLAUSE.finditer(description, 0, skill.start)), default=0)
        after = _CLAUSE.search(description, skill.end)
        if _of("language").search(description[first : after.start() if after else len(description)].lower()):
            names.setdefault(concept.id, skill.alias)
    return list(names.values())


def _number(told: str) -> int:
    if told.isdigit():
        return int(told)
    digits = "零一二三四五六七八九".index
    told = told.replace("两", "二")
    if "十" not in told:
        return digits(told[-1])
    tens, _, ones = told.partition("十")
    return (digits(tens) if tens else 1) * 10 + (digits(ones) if ones else 0)


@cache
def _of(section: str) -> re.Pattern[str]:
    return re.compile("|".join(sections(_TABLE)[section]))


@cache
def _degree(level: str) -> re.Pattern[str]:
    return re.compile(alternatives(_TABLE, f"degree {level}"))
