"""Puts the facts of a résumé into plain values that can be kept, and takes them out again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from mianyue.understanding.resume.education import Study
from mianyue.understanding.resume.employment import Job
from mianyue.understanding.resume.fact import Fact
from mianyue.understanding.resume.facts import ResumeFacts
from mianyue.understanding.resume.periods import Period

READER_VERSION = 4
"""Raised whenever the reader understands résumés otherwise or its facts have another form: what was kept is then read anew."""


def to_plain(facts: ResumeFacts) -> dict[str, Any]:
    """The facts as JSON holds them: text, numbers, lists, objects and null."""
    return asdict(facts)


def from_plain(kept: Mapping[str, Any]) -> ResumeFacts:
    """What ``to_plain`` of the same ``READER_VERSION`` was given."""
    return ResumeFacts(
        name=_fact(kept["name"]),
        email=_fact(kept["email"]),
        mobile=_fact(kept["mobile"]),
        degree=_fact(kept["degree"]),
        school=_fact(kept["school"]),
        years=_fact(kept["years"]),
        studies=tuple(_study(one) for one in kept["studies"]),
        jobs=tuple(_job(one) for one in kept["jobs"]),
        skills=tuple(Fact(**one) for one in kept["skills"]),
    )


def _study(kept: Mapping[str, Any]) -> Study:
    return Study(**{**kept, "school": _fact(kept["school"]), "degree": _fact(kept["degree"]), "period": _period(kept["period"])})


def _job(kept: Mapping[str, Any]) -> Job:
    return Job(**{**kept, "employer": _fact(kept["employer"]), "title": _fact(kept["title"]), "period": _period(kept["period"])})


def _fact(kept: Mapping[str, Any] | None) -> Fact | None:
    return Fact(**kept) if kept else None


def _period(kept: Mapping[str, Any] | None) -> Period | None:
    return Period(**kept) if kept else None
