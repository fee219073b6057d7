"""Applications, the people behind them, and their résumés."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from psycopg.types.range import TimestamptzRange

from mianyue.domain.desk.actions import ask, settle
from mianyue.domain.desk.models import Task
from mianyue.domain.intake.policy import is_another_person
from mianyue.domain.intake.problems import Problem, problem
from mianyue.domain.intake.records import Application as Row
from mianyue.domain.intake.records import CompanyFolder
from mianyue.domain.organization.models import Company
from mianyue.domain.recruiting.models import Application, Candidate, Job, Resume
from mianyue.understanding.contact import email_key
from mianyue.understanding.keywords import find_keywords
from mianyue.understanding.resume.extract import extract
from mianyue.understanding.resume.facts import ResumeFacts, read_facts
from mianyue.workflows.bring_in.rows import Tally, bring


@dataclass(frozen=True, slots=True)
class ReadResume:
    """A résumé file as it was read, before anything is written."""

    file_name: str
    content: bytes
    sha256: bytes
    text: str
    problem: str
    facts: ResumeFacts


def read_resumes(folder: CompanyFolder, progress: Callable[[str], None]) -> dict[str, ReadResume]:
    """Every résumé an application names, by file name. Files read before are taken from their rows instead of being parsed again."""
    known = {bytes(r.sha256): r for r in Resume.objects.all()}
    found: dict[str, ReadResume] = {}
    for name in dict.fromkeys(row.resume_file for row in folder.applications if row.resume_file):
        progress(f"resumes/{name}")
        read = _read(name, folder.resumes[name], known)
        if read is not None:
            found[name] = read
    return found


def _read(name: str, path: Path, known: dict[bytes, Resume]) -> ReadResume | None:
    try:
        content = path.read_bytes()
    except OSError:
        return None
    sha256 = hashlib.sha256(content).digest()
    if sha256 in known:
        text, trouble = known[sha256].text or "", known[sha256].problem
    else:
        extracted = extract(name, content)
        text, trouble = extracted.text, extracted.problem or ""
    return ReadResume(name, content, sha256, text, trouble, read_facts(text))


def check_resumes(folder: CompanyFolder, resumes: dict[str, ReadResume], file: str) -> tuple[list[Row], list[Problem]]:
    """The applications with blanks filled from their own résumés, and résumés that are somebody else's taken away (with the findings)."""
    rows, problems = [], []
    for row in folder.applications:
        resume = resumes.get(row.resume_file or "")
        if resume is None:
            rows.append(replace(row, resume_file=None))
            continue
        name, email, mobile = (fact and fact.value for fact in (resume.facts.name, resume.facts.email, resume.facts.mobile))
        if is_another_person(row, name, email, mobile):
            problems.append(
                problem("resume_of_another_person", file, row.row, row.application_id, "resume_file", row.resume_file or "")
            )
            rows.append(replace(row, resume_file=None, problems=(*row.problems, "resume_of_another_person")))
            continue
        # An address the table spells wrongly is not silently replaced: only a blank is filled.
        blank = "invalid_email" not in row.problems
        rows.append(
            replace(row, email=row.email or (email if blank else None), mobile=row.mobile or mobile, name=row.name or name or "")
        )
    return rows, problems


def bring_candidates(rows: list[Row], resumes: dict[str, ReadResume], company: Company, tally: Tally, now: datetime) -> None:
    """Writes candidates, résumés and applications, and asks a person about résumés that can't be read."""
    jobs = {job.code: job for job in Job.objects.select_related("site")}
    rows = [row for row in rows if row.job_id in jobs]
    existing = {a.code: a for a in Application.objects.select_related("candidate", "resume")}
    people = _candidates(rows, existing, tally)
    files = _resumes(rows, resumes, existing, tally)
    wanted: dict[Any, dict[str, Any]] = {}
    for row in rows:
        job = jobs[row.job_id]
        known = existing.get(row.application_id)
        resume = resumes.get(row.resume_file or "")
        wanted[row.application_id] = {
            "code": row.application_id,
            "candidate": people[row.application_id],
            "job": job,
            # A round that was reached here is not undone by a file that doesn't know of it yet.
            "round_number": max(row.round or 0, known.round_number if known and known.job_id == job.pk else 0),
            "language": row.language or company.default_language,
            "time_zone": row.zone or job.site.time_zone,
            "available": None
            if row.available is None
            else [TimestamptzRange(span.start, span.end, "[)") for span in row.available],
            "note": row.note or None,
            "resume": files.get(row.application_id),
            "keywords": [found.keyword for found in find_keywords(job.keywords, resume.text)] if resume else [],
            "problems": sorted(set(row.problems)),
        }
    applications = bring("applications", Application, existing, wanted, tally)
    for row in rows:
        application = applications[row.application_id]
        resume = resumes.get(row.resume_file or "")
        if resume and resume.problem:
            ask(Task.Kind.RESUME_UNREADABLE, application.pk, application.code, now, why=resume.problem)
        else:
            settle(application.pk, now, [Task.Kind.RESUME_UNREADABLE])


def _candidates(rows: list[Row], existing: dict[str, Application], tally: Tally) -> dict[str, Candidate]:
    """The person behind each application: whoever shares a mobile or an e-mail address is one person."""
    groups = _same_person(rows)
    email_index, mobile_index = Candidate._meta.get_field("email_index"), Candidate._meta.get_field("mobile_index")
    by_email = {bytes(c.email_index): c for c in Candidate.objects.exclude(email_index=None)}
    by_mobile = {bytes(c.mobile_index): c for c in Candidate.objects.exclude(mobile_index=None)}
    known: dict[Any, Candidate] = {}
    wanted: dict[Any, dict[str, Any]] = {}
    for group in groups:
        first = group[0]
        values = {
            "name": first.name,
            "email": next((row.email for row in group if row.email), None),
            "mobile": next((row.mobile for row in group if row.mobile), None),
        }
        candidate = next((existing[row.application_id].candidate for row in group if row.application_id in existing), None)
        candidate = candidate or by_email.get(email_index.of(values["email"])) or by_mobile.get(mobile_index.of(values["mobile"]))
        if candidate is not None:
            known[first.application_id] = candidate
        wanted[first.application_id] = values
    people = bring("candidates", Candidate, known, wanted, tally)
    return {row.application_id: people[group[0].application_id] for group in groups for row in group}


def _same_person(rows: Iterable[Row]) -> list[list[Row]]:
    """The rows grouped by person, each group and the groups in the order of the table."""
    groups: list[list[Row]] = []
    group_of: dict[str, list[Row]] = {}
    for row in rows:
        contacts = [*(["@" + email_key(row.email)] if row.email else []), *([row.mobile] if row.mobile else [])]
        met = list({id(group_of[c]): group_of[c] for c in contacts if c in group_of}.values())
        group = met[0] if met else []
        if not met:
            groups.append(group)
        for other in met[1:]:  # this row shows that two groups are one person
            group += other
            groups.remove(other)
            group_of.update({c: group for c, g in group_of.items() if g is other})
        group.append(row)
        group_of.update(dict.fromkeys(contacts, group))
    return groups


def _resumes(rows: list[Row], resumes: dict[str, ReadResume], existing: dict[str, Application], tally: Tally) -> dict[str, Resume]:
    known = {code: application.resume for code, application in existing.items() if application.resume}
    wanted = {
        row.application_id: {
            "sha256": read.sha256,
            "file_name": read.file_name,
            "content": read.content,
            "text": read.text or None,
            "problem": read.problem,
        }
        for row in rows
        if (read := resumes.get(row.resume_file or ""))
    }
    # A résumé belongs to one application; the same file named twice becomes two rows.
    for code in [code for code in known if code in wanted and bytes(known[code].sha256) == wanted[code]["sha256"]]:
        wanted[code] = {"file_name": wanted[code]["file_name"], "problem": wanted[code]["problem"]}
    return {code: row for code, row in bring("resumes", Resume, known, wanted, tally).items() if code in wanted}
