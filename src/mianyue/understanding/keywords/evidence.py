"""Finds where a résumé shows a job's keywords: in what its writer can do, did and studied, never in a private passage."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from mianyue.understanding.aliases import squeezed, thing
from mianyue.understanding.keywords.spelled import places, searchable
from mianyue.understanding.resume.periods import Period, periods
from mianyue.understanding.resume.sections import Pages, read_lines
from mianyue.understanding.resume.sensitive import Span, sensitive_spans
from mianyue.understanding.resume.sensitive_filter import private_sentences, sentence_verdict, topic_verdict
from mianyue.understanding.skills.find import find_skills
from mianyue.understanding.skills.table import broader, concept_of, concepts

TELLING = frozenset(("work", "projects", "internship", "skills", "certificates", "languages", "education", "training"))
"""The sections in which a keyword is evidence: what somebody wishes for, likes or says of themselves is none."""
# Without one of these the résumé has no sections to speak of, and its running text counts.
_PLAIN = frozenset(("work", "projects", "internship", "skills"))
_DOING = frozenset(("work", "projects", "internship", ""))
_SURE = 0.6
_MOST_PLACES = 8


@dataclass(frozen=True, slots=True)
class Place:
    """``start:end`` of the résumé's text, in ``section`` (as in resume/headings.txt, empty where there is none).

    ``months_ago`` is how long before the résumé's latest date the job or project ended in whose lines it stands; None if that isn't told.
    ``narrower``: what stands there is a part of what the keyword means (MySQL shows databases).
    """

    start: int
    end: int
    section: str
    months_ago: int | None = None
    narrower: bool = False


@dataclass(frozen=True, slots=True)
class Shown:
    """A keyword as the job spells it, with the places that show it: its own spellings first, each in the text's order."""

    keyword: str
    places: tuple[Place, ...]


def shown_keywords(job_keywords: Sequence[str], text: str, private: Sequence[Span] | None = None) -> list[Shown]:
    """The job's keywords that ``text`` shows, in the job's order, each thing once under the first name the job gives it.

    A keyword is shown by its own spellings or by something narrower of the table of skills (a tool only where it was used: Tableau in
    a list of skills is no data analysis); never by something broader (数据库 doesn't show MySQL). It counts in the telling sections
    only, outside of every sensitive passage, and where its clause doesn't make it a private matter. What is denied (无 Kafka 经验) is
    no evidence. ``private``: the text's sensitive passages, where they are known already.
    """
    folded = searchable(text)
    evidence = _Evidence(text, sensitive_spans(text) if private is None else private)
    narrower = _narrower(job_keywords, text)
    found: dict[str, Shown] = {}
    for keyword in job_keywords:
        key = thing(keyword)
        if not squeezed(keyword) or key in found:
            continue
        own = [place for start, end in places(keyword, text, folded) if (place := evidence.at(start, end))]
        part = [
            place
            for start, end, tool in narrower.get(key, ())
            if (place := evidence.at(start, end, narrower=True)) and (place.section in _DOING or not tool)
        ]
        if own or part:
            found[key] = Shown(keyword, tuple((own + part)[:_MOST_PLACES]))
    return list(found.values())


def _narrower(job_keywords: Sequence[str], text: str) -> dict[str, list[tuple[int, int, bool]]]:
    """Per concept that the job asks for, where the text names a part of it, and whether that is a tool."""
    asked = {concept.id for keyword in job_keywords if (concept := concept_of(keyword))}
    found: dict[str, list[tuple[int, int, bool]]] = {}
    for skill in find_skills(text) if asked else ():
        if skill.confidence >= _SURE:
            part = concepts()[skill.concept]
            for parent in broader(part):
                if parent.id in asked:
                    found.setdefault(parent.id, []).append((skill.start, skill.end, part.proper))
    return found


class _Evidence:
    """Knows of each place of one résumé whether it may serve as evidence, and where it stands."""

    def __init__(self, text: str, private: Sequence[Span]) -> None:
        self._text = text
        self._covered = [(span.start, span.end) for span in (*private, *private_sentences(text, private))]
        pages = read_lines(text)
        kinds = {line.kind for line in pages.lines}
        self._telling = TELLING if kinds & _PLAIN else TELLING | {"", "summary"}
        self._lines = _with_age(pages)
        self._starts = [line[0] for line in self._lines]

    def at(self, start: int, end: int, *, narrower: bool = False) -> Place | None:
        """The place as evidence, or None."""
        if any(start < last and first < end for first, last in self._covered):
            return None
        number = bisect_right(self._starts, start) - 1
        if number < 0 or start >= self._lines[number][1] or self._lines[number][2] not in self._telling:
            return None
        # A job asks for it, so that it is work; only what its clause and its sentence make of it counts.
        if topic_verdict(self._text, start, end, asked_for=True) or sentence_verdict(self._text, start, end):
            return None
        _, _, section, ago = self._lines[number]
        return Place(start, end, section, ago, narrower)


def _with_age(pages: Pages) -> list[tuple[int, int, str, int | None]]:
    """Per line: where it stands in the original, its section, and how many months before the latest date its period ended."""
    dated: list[tuple[int, int, str, Period | None]] = []
    current: Period | None = None
    section = ""
    for line in pages.lines:
        if line.kind != section:
            section, current = line.kind, None
        current = next(iter(periods(line.text)), current)
        start, end = pages.folded.span(line.start, line.end) if line.text else (0, 0)
        dated.append((start, end, section, current))
    latest = max((period.last or period.first for *_, period in dated if period), default=0)
    return [
        (start, end, kind, None if period is None else (latest - (period.last or latest)) // 2)
        for start, end, kind, period in dated
    ]
