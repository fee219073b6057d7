"""Finds out, after an import, what each résumé shows of what its job asks for: keywords to name, the match, a portfolio.

An import only notes whose match is out of date; a job does the thinking, so that no transaction waits for it.
"""

from __future__ import annotations

import hashlib
import json
import logging
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from mianyue.domain.recruiting.models import Application, Job, Resume
from mianyue.domain.recruiting.resume_fields import facts_of
from mianyue.understanding.keywords.rank import Rarity, ranked, requirement_weights
from mianyue.understanding.match.meets import Judged, Match, meets
from mianyue.understanding.match.requirements import Requirement, requirements
from mianyue.understanding.phrases.likeness import Likeness
from mianyue.understanding.resume.portfolio import portfolio_site
from mianyue.workflows.encoding import encoder, name_of_encoder

log = logging.getLogger(__name__)

MATCHER_VERSION = 1
"""Raised when matching finds something else in the same résumé, so that the next import has all of them matched anew."""
NOTHING: dict[str, Any] = {"keywords": [], "match": None, "evidence": [], "portfolio": None}
"""What is found where there is no text."""
_HALF = 32
_AT_ONCE = 100


@dataclass(frozen=True, slots=True)
class _Found:
    """What one résumé shows, before it is ranked among all."""

    application: Application
    match: Match
    portfolio: str | None


def fingerprint(resume: Resume | None, job: Job, encoder_name: str) -> str:
    """What a match is found from: file and job in the first 32 characters, who read and compared them in the others."""
    kept = (resume.facts if resume else None) or {}
    told = [bytes(resume.sha256).hex() if resume else "", job.keywords, job.description, job.family]
    how = [MATCHER_VERSION, encoder_name, *(kept.get(name) for name in ("version", "month", "seen", "looked"))]
    return "".join(hashlib.sha256(json.dumps(part).encode()).hexdigest()[:_HALF] for part in (told, how))


def match_later(applications: Iterable[Application]) -> None:
    """Notes, in the import's transaction, whose match is out of date, and promises to find it.

    What was found for another file or another job goes at once: no letter may name it.
    """
    name = name_of_encoder()
    waiting = False
    for application in applications:
        now_from = fingerprint(application.resume, application.job, name)
        if application.resume is None or not application.resume.text:
            _keep(application, NOTHING, now_from)
        elif application.matched_from != now_from:
            if application.matched_from and application.matched_from[:_HALF] != now_from[:_HALF]:
                _set(application, **NOTHING, matched_from="", to_match=True)
            _set(application, to_match=True)
        waiting = waiting or application.to_match
    if waiting:
        defer_match()


def defer_match() -> None:
    """Promises, in the caller's transaction, to match whoever waits for it."""
    from procrastinate.contrib.django import app

    app.configure_task("match").defer()


def match_waiting(now: datetime, codes: Collection[str] = ()) -> int:
    """Matches every application that waits for it (or those of these codes that do). Returns how many were.

    Must be called outside of any transaction: it thinks for long, and an encoder may be a server. Killed in between, or run twice, it
    comes to the same: how rare a keyword is, is counted over all jobs and résumés, those of earlier runs included.
    """
    waiting = Application.objects.filter(to_match=True)
    waiting = waiting.filter(code__in=codes) if codes else waiting
    ids = list(waiting.values_list("pk", flat=True))
    if not ids:
        return 0
    asked = encoder()
    likeness = Likeness(asked) if asked else None
    found = _found(ids, likeness, now)
    if likeness is not None and likeness.failure is not None:
        log.warning("Matched without likeness: %s", likeness.failure)
    name = name_of_encoder() if likeness is not None and likeness.failure is None else ""
    rarity = _rarity(found)
    every = list(found.values())
    return sum(_write(every[first : first + _AT_ONCE], rarity, name) for first in range(0, len(every), _AT_ONCE))


def _found(ids: Collection[UUID], likeness: Likeness | None, now: datetime) -> dict[UUID, _Found]:
    wanted: dict[UUID, list[Requirement]] = {}
    found: dict[UUID, _Found] = {}
    rows = Application.objects.filter(pk__in=ids).select_related("job", "resume").order_by("code")
    for application in rows.defer("resume__content", "resume__confirmed", "note").iterator(_AT_ONCE):
        job, resume = application.job, application.resume
        text = resume.text if resume else None
        if job.pk not in wanted:
            wanted[job.pk] = requirements(job.keywords, job.description)
        match = meets(wanted[job.pk], text, facts_of(resume, now.date()), likeness) if resume and text else Match(0.0, (), ())
        site = portfolio_site(text) if text and job.family == Job.Family.NON_STANDARD else None
        found[application.pk] = _Found(application, match, site)
    return found


def _rarity(found: dict[UUID, _Found]) -> Rarity:
    others = Application.objects.exclude(match=None).exclude(pk__in=found).values_list("keywords", flat=True)
    fresh = [
        {shown.keyword for shown in one.match.shown} & set(one.application.job.keywords) for one in found.values() if _has_text(one)
    ]
    return Rarity([*Job.objects.values_list("keywords", flat=True), *others, *fresh])


def _has_text(found: _Found) -> bool:
    resume = found.application.resume
    return resume is not None and bool(resume.text)


def _write(batch: Collection[_Found], rarity: Rarity, name: str) -> int:
    """Keeps what was found, but for applications that have changed meanwhile: they wait for the next run."""
    by_id = {one.application.pk: one for one in batch}
    written = 0
    with transaction.atomic():
        with connection.cursor() as cursor:  # an import writes the same rows
            cursor.execute("SELECT pg_advisory_xact_lock_shared(hashtext('mianyue.import'))")
        rows = Application.objects.filter(pk__in=by_id).select_related("job", "resume").select_for_update(of=("self",))
        for row in rows.defer("resume__content", "resume__text", "resume__confirmed", "note").order_by("pk"):
            one = by_id[row.pk]
            now_from = fingerprint(row.resume, row.job, name)
            if row.to_match and now_from == fingerprint(one.application.resume, one.application.job, name):
                _keep(row, _values(one, rarity), now_from)
                written += 1
    return written


def _values(found: _Found, rarity: Rarity) -> dict[str, Any]:
    job, match = found.application.job, found.match
    if not _has_text(found):
        return NOTHING
    weights = requirement_weights(job.keywords, job.description)
    return {
        "keywords": [one.keyword for one in ranked([one for one in match.shown if one.keyword in weights], weights, rarity)],
        "match": match.score,
        "evidence": [_kept(judged) for judged in match.judged],
        "portfolio": found.portfolio,
    }


def _kept(judged: Judged) -> dict[str, Any]:
    """A requirement as it is stored: places of the text, never its words."""
    return {
        "kind": judged.requirement.kind,
        "value": judged.requirement.value,
        "met": judged.met,
        "places": [[place.start, place.end, place.section] for place in judged.places],
        **({"how": "likeness"} if judged.by_likeness else {}),
    }


def _keep(application: Application, values: dict[str, Any], now_from: str) -> None:
    _set(application, **values, matched_from=now_from, to_match=False)


def _set(application: Application, **values: Any) -> None:
    """Writes those of the values that differ."""
    differing = [name for name, value in values.items() if getattr(application, name) != value]
    for name in differing:
        setattr(application, name, values[name])
    if differing:
        application.save(update_fields=differing)
