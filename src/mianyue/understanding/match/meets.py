"""Holds a résumé against a job's requirements, one by one, without looking at who its writer is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from mianyue.understanding.keywords.evidence import Place, Shown, shown_keywords
from mianyue.understanding.match.requirements import LEVELS, Requirement
from mianyue.understanding.phrases.likeness import Likeness
from mianyue.understanding.resume.facts import Fact, ResumeFacts
from mianyue.understanding.resume.sensitive import Span, sensitive_spans

Met = Literal["met", "partly", "not_shown"]
_WORTH: dict[Met, float] = {"met": 1.0, "partly": 0.5, "not_shown": 0.0}
_NEARLY = 0.6


@dataclass(frozen=True, slots=True)
class Judged:
    """A requirement, how far the résumé shows it, and where; ``by_likeness``: in other words that seem to mean the same."""

    requirement: Requirement
    met: Met
    places: tuple[Place, ...] = ()
    by_likeness: bool = False


@dataclass(frozen=True, slots=True)
class Match:
    """``score`` from 0 to 1: the met requirements' share by weight, those partly met counting half; 0 for a job that asks for nothing.

    ``shown`` are the keywords with all their evidence. What isn't shown may be there all the same: a résumé is short. The score
    orders a list, it decides nothing.
    """

    score: float
    judged: tuple[Judged, ...]
    shown: tuple[Shown, ...]


def meets(wanted: Sequence[Requirement], text: str, facts: ResumeFacts, likeness: Likeness | None = None) -> Match:
    """How well the résumé (its text, and ``facts`` read from it) meets the requirements.

    Who somebody is can't count: names, schools, contacts and every private passage (age, gender, family, ethnicity, photo, address,
    gaps …) are blanked before anything is looked for, and of the facts only the years of work, the level of the degree and the listed
    skills are used. ``likeness`` finds a keyword among those skills in other words or another language: half met, and never ``shown``,
    so that no letter names it.
    """
    private = sensitive_spans(text)
    blank = _blanked(text, facts, private)
    names = [one.value for one in wanted if one.kind in ("keyword", "language")]
    shown = {one.keyword: one for one in shown_keywords(names, blank, private)}
    judged = tuple(_judged(one, shown, facts) for one in wanted)
    if likeness is not None:
        judged = _with_likeness(judged, facts, likeness)
    total = sum(one.requirement.weight for one in judged)
    score = sum(one.requirement.weight * _WORTH[one.met] for one in judged) / total if total else 0.0
    return Match(round(score, 4), judged, tuple(shown.values()))


def _blanked(text: str, facts: ResumeFacts, private: Sequence[Span]) -> str:
    """``text`` with spaces where it says who its writer is; places stay."""
    told = [facts.name, facts.email, facts.mobile, facts.school, *(study.school for study in facts.studies)]
    hidden = [(fact.start, fact.end) for fact in told if fact]
    hidden += [(span.start, span.end) for span in private]
    letters = list(text)
    for start, end in hidden:
        for place in range(start, min(end, len(letters))):
            letters[place] = letters[place] if letters[place].isspace() else " "
    return "".join(letters)


def _judged(wanted: Requirement, shown: dict[str, Shown], facts: ResumeFacts) -> Judged:
    if wanted.kind == "years":
        return _years(wanted, facts.years)
    if wanted.kind == "degree":
        return _degree(wanted, facts.degree)
    found = shown.get(wanted.value)
    if found:
        own = tuple(place for place in found.places if not place.narrower)
        return Judged(wanted, "met" if own else "partly", own or found.places)
    return Judged(wanted, "not_shown")


def _with_likeness(judged: tuple[Judged, ...], facts: ResumeFacts, likeness: Likeness) -> tuple[Judged, ...]:
    missing = [one.requirement.value for one in judged if one.requirement.kind == "keyword" and one.met == "not_shown"]
    if not missing or not facts.skills:
        return judged
    likeness.learn([*missing, *(skill.value for skill in facts.skills)])
    return tuple(_alike(one, facts, likeness) if one.requirement.value in missing else one for one in judged)


def _alike(judged: Judged, facts: ResumeFacts, likeness: Likeness) -> Judged:
    wanted = judged.requirement
    for skill in facts.skills:
        if likeness.alike(skill.value, wanted.value):
            return Judged(wanted, "partly", (Place(skill.start, skill.end, "skills"),), by_likeness=True)
    return judged


def _years(wanted: Requirement, told: Fact | None) -> Judged:
    if told is None:
        return Judged(wanted, "not_shown")
    years, asked = float(told.value), float(wanted.value)
    met: Met = "met" if years >= asked - 0.25 else "partly" if years >= _NEARLY * asked else "not_shown"
    return Judged(wanted, met, (Place(told.start, told.end, "work"),))


def _degree(wanted: Requirement, told: Fact | None) -> Judged:
    if told is None or told.value not in LEVELS:
        return Judged(wanted, "not_shown")
    short = LEVELS.index(wanted.value) - LEVELS.index(told.value)
    met: Met = "met" if short <= 0 else "partly" if short == 1 else "not_shown"
    return Judged(wanted, met, (Place(told.start, told.end, "education"),))
