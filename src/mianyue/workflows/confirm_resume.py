"""A person looks at a résumé and says what it really says: confirmed values are kept, and fill what the application lacks."""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from mianyue.base.errors import NotFound, Refused, SomebodyWasFirst
from mianyue.domain.desk.actions import ask, settle
from mianyue.domain.desk.models import Task
from mianyue.domain.interviews.queries import live
from mianyue.domain.interviews.states import InterviewState
from mianyue.domain.notices.purposes import Purpose
from mianyue.domain.recruiting.models import Application, Candidate, Resume
from mianyue.domain.recruiting.resume_fields import CONTACTS, FIELDS, confirmation, confirmed, fields_of, is_typed, same, waiting
from mianyue.domain.security.actions import record
from mianyue.domain.security.actor import Actor
from mianyue.understanding.contact import normal_email, normal_mobile
from mianyue.understanding.resume.education import LEVELS
from mianyue.workflows.write import Letters

MOST_YEARS = 60
LONGEST = {"name": 100, "school": 200, "jobs": 200, "skills": 100}
"""Characters of a name, a school, an employer or title, a skill."""


class FieldsInvalid(Refused):
    """Some of the values can't be right; none was saved. ``fields``: whose."""

    code = "fields_invalid"

    def __init__(self, fields: Sequence[str]) -> None:
        super().__init__(f"These fields can't be right: {', '.join(fields)}.", "Correct them and save again.")
        self.fields = tuple(fields)


@dataclass(frozen=True, slots=True)
class Confirmed:
    """What a confirmation did: the ``fields`` whose entries are new, the candidate's blanks that it ``filled``, and whether the
    application still ``waits`` for some field."""

    fields: list[str]
    filled: list[str]
    waits: list[str]


def stamp(resume: Resume) -> str:
    """What stands for the résumé's file and confirmations: a page that was made of others is out of date."""
    said = json.dumps([bytes(resume.sha256).hex(), resume.confirmed or {}], sort_keys=True)
    return hashlib.sha256(said.encode()).hexdigest()[:32]


def confirm(
    application_id: UUID, values: Mapping[str, Any], chosen: Collection[str], seen: str, actor: Actor, now: datetime
) -> Confirmed:
    """Keeps ``values`` (per field as ``Field.value`` has them; empty: the résumé doesn't tell) as what ``actor`` saw in the résumé.

    A blank name or address of the candidate is filled; one that differs stays, unless its name is in ``chosen``. An invitation that
    had nowhere to go goes out. Raises NotFound, FieldsInvalid, and SomebodyWasFirst where ``stamp`` is no longer what was ``seen``.
    """
    clean = _checked(values)
    with transaction.atomic():
        with connection.cursor() as cursor:  # an import writes the same rows
            cursor.execute("SELECT pg_advisory_xact_lock_shared(hashtext('mianyue.import'))")
        application, resume = _locked(application_id)
        known = confirmed(resume)
        if stamp(resume) != seen:
            if all(name in known and known[name]["value"] == value for name, value in clean.items()):
                return Confirmed([], [], waiting(fields_of(resume, now.date()), application.candidate))
            raise SomebodyWasFirst(
                "Somebody else has confirmed this résumé in the meantime.", "Look at what they saved; then go on."
            )
        filled, instead = _give(application.candidate, clean, chosen)
        for name in known.keys() & clean.keys():
            if known[name]["value"] == clean[name] and "instead" in known[name]:  # chosen before, and still
                instead.setdefault(name, known[name]["instead"])
        entries = {name: confirmation(resume, value, actor.id, now, instead.get(name)) for name, value in clean.items()}
        resume.confirmed = {**(resume.confirmed or {}), **entries}
        resume.save(update_fields=["confirmed"])
        waits = _settle(application, resume, now)
        if {"email", "mobile"} & {*filled, *instead}:
            _write_at_last(application, now)
        facts = {"fields": sorted(clean), "filled": sorted(filled), "chosen": sorted(instead)}
        record("resume.confirmed", application, actor, now, application=application.code, **facts)
    return Confirmed(sorted(clean), filled, waits)


def _locked(application_id: UUID) -> tuple[Application, Resume]:
    application = Application.objects.select_related("job").filter(pk=application_id).first()
    if application is None or application.resume_id is None:
        raise NotFound("There is no résumé.", "Add the file to resumes/ and import again.")
    resume = Resume.objects.defer("content").select_for_update().get(pk=application.resume_id)
    application.candidate = Candidate.objects.select_for_update().get(pk=application.candidate_id)
    return application, resume


def _give(candidate: Candidate, values: Mapping[str, Any], chosen: Collection[str]) -> tuple[list[str], dict[str, str]]:
    """Fills the candidate's blanks, and replaces what was chosen. Returns the filled names, and what was replaced."""
    filled: list[str] = []
    instead: dict[str, str] = {}
    for name in CONTACTS:
        value, ours = values.get(name), getattr(candidate, name)
        if not value or same(name, value, ours):
            continue
        if ours and name not in chosen:
            continue
        if ours:
            instead[name] = ours
        else:
            filled.append(name)
        setattr(candidate, name, value)
    given = [*filled, *instead]
    if given:
        indexed = [f"{name}_index" for name in given if name != "name"]
        candidate.save(update_fields=[*given, *indexed])
    return filled, instead


def _settle(application: Application, resume: Resume, now: datetime) -> list[str]:
    """Brings what waits about the résumé up to date; returns the fields that still do."""
    waits = waiting(fields_of(resume, now.date()), application.candidate)
    kinds = [Task.Kind.RESUME_UNREADABLE] if is_typed(resume) else []
    if waits and not resume.problem:
        ask(Task.Kind.RESUME_FIELDS, application.pk, application.code, now, fields=waits, file=bytes(resume.sha256).hex())
    else:
        kinds.append(Task.Kind.RESUME_FIELDS)
    settle(application.pk, now, kinds)
    return waits


def _write_at_last(application: Application, now: datetime) -> None:
    """The offer that could not be sent for want of an address, if its times are still held; nothing else was promised in writing."""
    tasks = Task.objects.filter(subject_id=application.pk, kind=Task.Kind.NO_ADDRESS, state=Task.State.OPEN)
    task = next((task for task in tasks if "employee" not in task.facts), None)
    if task is None:
        return
    settle(application.pk, now, [Task.Kind.NO_ADDRESS])
    interview = live([application.pk], now).get(application.pk)
    purpose = Purpose(task.facts["purpose"])
    if interview is not None and interview.state == InterviewState.OFFERED and purpose.offers:
        Letters(interview, now).to_candidate(purpose)


def _checked(values: Mapping[str, Any]) -> dict[str, Any]:
    """The values in normal form. Raises FieldsInvalid."""
    clean: dict[str, Any] = {}
    wrong: list[str] = []
    for name in FIELDS:
        if name not in values:
            continue
        found = _normal(name, values[name])
        if found is None:
            wrong.append(name)
        else:
            clean[name] = found
    if wrong:
        raise FieldsInvalid(wrong)
    return clean


def _normal(name: str, value: Any) -> Any:
    """The value as it is kept; None where it can't be right."""
    if name == "jobs":
        pairs = [[_line(part) for part in pair] for pair in value]
        return _short(name, [pair for pair in pairs if any(pair)], [part for pair in pairs for part in pair])
    if name == "skills":
        skills = list(dict.fromkeys(skill for one in value if (skill := _line(one))))
        return _short(name, skills, skills)
    text = _line(value)
    if not text:
        return ""
    if name == "email":
        return normal_email(text)
    if name == "mobile":
        return normal_mobile(text)
    if name == "degree":
        return text if text in LEVELS else None
    if name == "years":
        return _years(text)
    return _short(name, text, [text])


def _line(text: str) -> str:
    return " ".join(text.split())


def _short(name: str, value: Any, parts: Sequence[str]) -> Any:
    return value if all(len(part) <= LONGEST[name] for part in parts) else None


def _years(text: str) -> str | None:
    try:
        years = float(text.replace(",", "."))
    except ValueError:
        return None
    return f"{years:.1f}" if math.isfinite(years) and 0 <= years <= MOST_YEARS else None
