"""What each résumé shows of what its job asks for: keywords to name, the match, a portfolio."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol

from mianyue.domain.recruiting.models import Job
from mianyue.understanding.keywords.rank import Rarity, ranked, requirement_weights
from mianyue.understanding.match.meets import Judged, Match, meets
from mianyue.understanding.match.requirements import requirements
from mianyue.understanding.resume.facts import ResumeFacts
from mianyue.understanding.resume.portfolio import portfolio_site


class Read(Protocol):
    """A résumé that was read."""

    @property
    def text(self) -> str: ...

    @property
    def facts(self) -> ResumeFacts: ...


def shown_by(applications: Mapping[str, tuple[Job, Read | None]]) -> dict[str, dict[str, Any]]:
    """Per application (by its code) the values of its columns ``keywords``, ``match``, ``evidence`` and ``portfolio``.

    How rare a keyword is, is counted over these jobs and résumés.
    """
    jobs = {job.code: job for job, _ in applications.values()}
    wanted = {code: requirements(job.keywords, job.description) for code, job in jobs.items()}
    found: dict[str, Match] = {
        code: meets(wanted[job.code], read.text, read.facts) for code, (job, read) in applications.items() if read and read.text
    }
    rarity = Rarity([*(job.keywords for job in jobs.values()), *({one.keyword for one in match.shown} for match in found.values())])
    weights = {code: requirement_weights(job.keywords, job.description) for code, job in jobs.items()}
    values: dict[str, dict[str, Any]] = {}
    for code, (job, read) in applications.items():
        match = found.get(code)
        shown = [one for one in match.shown if one.keyword in weights[job.code]] if match else []
        values[code] = {
            "keywords": [one.keyword for one in ranked(shown, weights[job.code], rarity)],
            "match": match.score if match else None,
            "evidence": [_kept(judged) for judged in match.judged] if match else [],
            "portfolio": portfolio_site(read.text) if read and job.family == Job.Family.NON_STANDARD else None,
        }
    return values


def _kept(judged: Judged) -> dict[str, Any]:
    """A requirement as it is stored: places of the text, never its words."""
    return {
        "kind": judged.requirement.kind,
        "value": judged.requirement.value,
        "met": judged.met,
        "places": [[place.start, place.end, place.section] for place in judged.places],
    }
