"""The table of skills, knowledge, certificates and languages: one concept a line, in one file for each family of jobs.

A line is ``id | Chinese names | English names | parents``, names and parents parted by commas. Names of one concept are strict
synonyms, translations and abbreviations, the usual one first; a broader thing is a parent. A concept without names only groups
others. Spaces, hyphens, case, full-width and traditional characters need no entry.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from mianyue.understanding.folding import squeezed
from mianyue.understanding.traditional import simplified
from mianyue.understanding.wordlists import sections

FAMILIES = (
    "software",
    "data",
    "product",
    "design",
    "sales",
    "customers",
    "people",
    "finance",
    "legal",
    "supply",
    "manufacturing",
    "care",
    "construction",
    "trades",
    "engineering",
    "laboratory",
    "nursing",
    "teaching",
    "hospitality",
    "platforms",
    "general",
)
_PROPER = re.compile(r"[A-Z0-9+#]")


@dataclass(frozen=True, slots=True)
class Concept:
    """One thing a person can know: ``zh`` and ``en`` are its names, ``parents`` the ids of what it is part of."""

    id: str
    family: str
    zh: tuple[str, ...]
    en: tuple[str, ...]
    parents: tuple[str, ...]

    @property
    def names(self) -> tuple[str, ...]:
        return self.zh + self.en

    @property
    def proper(self) -> bool:
        """Whether it is a product, programming language or standard, which only its name can mean: Excel, SQL, C++, ISO 9001, npm.

        PCB design and Douyin operations are trades, though their names hold capitals.
        """
        if not self.en or "language-skill" in self.parents:
            return False
        if "programming-language" in self.parents:
            return _PROPER.search(self.en[0]) is not None
        small = [word for word in self.en[0].split() if not _PROPER.search(word)]
        return not small or (not self.zh and self.en[0].isalnum() and self.family in ("software", "data", "platforms"))


@cache
def concepts() -> dict[str, Concept]:
    """Every concept by its id; that no id and no name stands twice is tested."""
    found = {}
    for family in FAMILIES:
        for lines in sections(f"skills/families/{family}.txt").values():
            for line in lines:
                key, zh, en, parents = (part.strip() for part in line.split("|"))
                found[key] = Concept(key, family, _parts(zh), _parts(en), _parts(parents))
    return found


def concept_of(name: str) -> Concept | None:
    """The concept that has this name, whatever its case, width, spaces and hyphens; None if the table has no such name."""
    return _by_name().get(squeezed(simplified(name)))


def broader(concept: Concept) -> tuple[Concept, ...]:
    """Its parents and theirs, nearest first."""
    found: dict[str, Concept] = {}
    waiting = list(concept.parents)
    while waiting:
        key = waiting.pop(0)
        if key not in found:
            found[key] = concepts()[key]
            waiting.extend(found[key].parents)
    return tuple(found.values())


@cache
def _by_name() -> dict[str, Concept]:
    return {squeezed(simplified(name)): concept for concept in concepts().values() for name in concept.names}


def _parts(cell: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in cell.split(",") if part.strip())
