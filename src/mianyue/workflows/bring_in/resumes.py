"""The résumés of a company folder: read once, laid beside the applications that name them, and beside what somebody confirmed."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings

from mianyue.domain.intake.policy import is_another_person
from mianyue.domain.intake.problems import Problem, problem
from mianyue.domain.intake.records import Application as Row
from mianyue.domain.intake.records import CompanyFolder
from mianyue.domain.recruiting.models import Application, Resume
from mianyue.domain.recruiting.resume_fields import CONTACTS, SURE, facts_of, is_fresh, keep, read, same
from mianyue.understanding.resume import ocr
from mianyue.understanding.resume.extract import extract
from mianyue.understanding.resume.facts import ResumeFacts


@dataclass(frozen=True, slots=True)
class ReadResume:
    """A résumé file as it was read, before anything is written; ``unseen``: a job is to read the pictures in it."""

    file_name: str
    content: bytes
    sha256: bytes
    text: str
    problem: str
    facts: ResumeFacts
    kept: dict[str, Any]
    unseen: bool = False


def read_resumes(folder: CompanyFolder, today: date, progress: Callable[[str], None]) -> dict[str, ReadResume]:
    """Every résumé an application names, by file name. Files read before are taken from their rows instead of being parsed again;
    pictures of text are left to a job, where the extra ``ocr`` is installed."""
    look = settings.MIANYUE_READ_SCANS and ocr.available()
    known = {bytes(r.sha256): r for r in Resume.objects.defer("content", "confirmed")}
    found: dict[str, ReadResume] = {}
    for name in dict.fromkeys(row.resume_file for row in folder.applications if row.resume_file):
        progress(f"resumes/{name}")
        resume = _read(name, folder.resumes[name], known, today, look)
        if resume is not None:
            found[name] = resume
    return found


def _read(name: str, path: Path, known: dict[bytes, Resume], today: date, look: bool) -> ReadResume | None:
    try:
        content = path.read_bytes()
    except OSError:
        return None
    sha256 = hashlib.sha256(content).digest()
    row = known.get(sha256)
    kept = row.facts if row else None
    if row is None:
        extracted = extract(name, content)
        text, trouble = extracted.text, extracted.problem or ""
        # Whatever the pictures will say, it is read from pictures.
        seen, looked = look and extracted.pictures > 0, False
    else:
        text, trouble = row.text or "", row.problem
        seen, looked = bool(kept and kept["seen"]), bool(kept and kept["looked"])
    unseen = look and not looked and (seen or trouble == Resume.Problem.SCAN)
    if row is not None and kept is not None and is_fresh(kept, today):
        return ReadResume(name, content, sha256, text, trouble, facts_of(row, today), kept, unseen)
    facts = read(text, today, seen=seen)
    return ReadResume(name, content, sha256, text, trouble, facts, keep(facts, today, seen=seen, looked=looked), unseen)


def check_resumes(folder: CompanyFolder, resumes: dict[str, ReadResume], file_name: str) -> tuple[list[Row], list[Problem]]:
    """The applications with blanks filled from their own résumés, and résumés that are somebody else's taken away (with the findings).

    What somebody confirmed about a résumé goes before what was read from it. Runs in the import's transaction, so that nothing
    confirmed meanwhile is lost.
    """
    said = _confirmations()
    rows, problems = [], []
    for row in folder.applications:
        resume = resumes.get(row.resume_file or "")
        entries = said.get(row.application_id, {})
        if resume is None:
            rows.append(_filled(replace(row, resume_file=None), {}, entries))
            continue
        file = resume.sha256.hex()
        # An unsure address may be a referee's: it waits for a person instead of being written to.
        found = {name: fact.value for name in CONTACTS if (fact := getattr(resume.facts, name)) and fact.confidence >= SURE}
        found |= {name: entry["value"] for name, entry in entries.items() if entry["file"] == file}
        if is_another_person(row, *(found.get(name) for name in ("name", "email", "mobile"))):
            problems.append(
                problem("resume_of_another_person", file_name, row.row, row.application_id, "resume_file", row.resume_file or "")
            )
            rows.append(replace(row, resume_file=None, problems=(*row.problems, "resume_of_another_person")))
            continue
        if "invalid_email" in row.problems and "email" not in entries:
            # An address the table spells wrongly is not silently replaced: only a blank is filled.
            found.pop("email", None)
        rows.append(_filled(row, found, entries))
    return rows, problems


def _filled(row: Row, found: dict[str, str], entries: Mapping[str, dict[str, Any]]) -> Row:
    """The row with its blanks filled with what its résumé says, or what somebody confirmed for an earlier one; and with the values
    that somebody chose over the table's, as long as the table still says what they were chosen over."""
    values: dict[str, str | None] = {}
    for name in CONTACTS:
        ours, entry = getattr(row, name), entries.get(name)
        if not ours:
            values[name] = found[name] if name in found else entry["value"] if entry else None
        elif entry and same(name, ours, entry.get("instead")):
            values[name] = entry["value"]
        else:
            values[name] = ours
    return replace(row, name=values["name"] or "", email=values["email"] or None, mobile=values["mobile"] or None)


def _confirmations() -> dict[str, dict[str, dict[str, Any]]]:
    """Per application what somebody confirmed of its contact data; a choice over the table's value holds for all of the candidate's."""
    every = Application.objects.filter(resume__confirmed__isnull=False).select_related("resume")
    every = every.defer("resume__content", "resume__text", "resume__facts")
    own = {a.code: (a.candidate_id, {name: e for name, e in a.resume.confirmed.items() if name in CONTACTS}) for a in every}
    chosen: dict[UUID, dict[str, dict[str, Any]]] = {}
    for candidate_id, entries in own.values():
        chosen.setdefault(candidate_id, {}).update({name: entry for name, entry in entries.items() if "instead" in entry})
    of_person = Application.objects.filter(candidate_id__in=chosen).values_list("code", "candidate_id")
    return {code: {**chosen[candidate_id], **own.get(code, (None, {}))[1]} for code, candidate_id in of_person}
