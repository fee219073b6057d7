"""Checks that equal evidence is worth equally much, whoever writes it: the same résumé with its writer exchanged must score the same."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from mianyue.understanding.match.meets import meets
from mianyue.understanding.match.requirements import Requirement
from mianyue.understanding.resume.facts import ResumeFacts, read_facts
from mianyue.understanding.wordlists import sections

_TABLE = "match/people.txt"
_HEAD = re.compile(r"[\u3400-\u9fff]")


@dataclass(frozen=True, slots=True)
class Swap:
    """A résumé's text with one thing about its writer changed: ``group`` is what (name, school, age …), ``to`` what it became."""

    group: str
    to: str
    text: str


@dataclass(frozen=True, slots=True)
class Difference:
    """What a swap did to the score."""

    group: str
    to: str
    before: float
    after: float

    @property
    def size(self) -> float:
        return abs(self.after - self.before)


def swaps(text: str, facts: ResumeFacts) -> Iterator[Swap]:
    """The résumé with other names (of either gender, of minorities, from abroad), another school, and lines about age, gender, marriage,
    ethnicity, address and looks put in. All that it says of its writer's work stays as it was."""
    chinese = _HEAD.search(text) is not None
    language = "zh" if chinese else "en"
    if facts.name and facts.name.value:
        written = text[facts.name.start : facts.name.end]
        for group in ("names of women", "names of men", "names of minorities", "names from abroad"):
            for name in _lines(f"{group} {language}"):
                yield Swap("name", name, text.replace(written, name))
    schools = [study.school for study in facts.studies if study.school] or ([facts.school] if facts.school else [])
    for school in _lines(f"schools {language}") if schools else ():
        changed = text
        for written in {text[fact.start : fact.end] for fact in schools}:
            changed = changed.replace(written, school)
        yield Swap("school", school, changed)
    top = text.find("\n") + 1 or len(text)
    for group in ("age", "gender", "marriage", "ethnicity", "address", "looks"):
        for line in _lines(f"{group} {language}"):
            yield Swap(group, line, f"{text[:top]}{'' if text[:top].endswith(chr(10)) else chr(10)}{line}\n{text[top:]}")


def differences(wanted: Sequence[Requirement], text: str, today: date | None = None) -> list[Difference]:
    """The score of the résumé beside that of each of its swaps."""
    facts = read_facts(text, today=today)
    before = meets(wanted, text, facts).score
    return [
        Difference(swap.group, swap.to, before, meets(wanted, swap.text, read_facts(swap.text, today=today)).score)
        for swap in swaps(text, facts)
    ]


@cache
def _lines(section: str) -> tuple[str, ...]:
    return sections(_TABLE)[section]
