"""Applications, the people behind them, and their résumés."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from procrastinate.contrib.django import app
from psycopg.types.range import TimestamptzRange

from mianyue.domain.desk.actions import ask, settle
from mianyue.domain.desk.models import Task
from mianyue.domain.intake.records import Application as Row
from mianyue.domain.organization.models import Company
from mianyue.domain.recruiting.models import Application, Candidate, Job, Resume
from mianyue.domain.recruiting.resume_fields import fields_of, is_typed, waiting
from mianyue.understanding.contact import email_key
from mianyue.workflows.bring_in.resumes import ReadResume
from mianyue.workflows.bring_in.rows import Tally, bring
from mianyue.workflows.matching import match_later


def bring_candidates(rows: list[Row], resumes: dict[str, ReadResume], company: Company, tally: Tally, now: datetime) -> None:
    """Writes candidates, résumés and applications, and asks a person about résumés that can't be read."""
    jobs = {job.code: job for job in Job.objects.select_related("site")}
    rows = [row for row in rows if row.job_id in jobs]
    existing = {a.code: a for a in Application.objects.select_related("candidate", "resume").defer("resume__content")}
    people = _candidates(rows, existing, tally)
    files = _resumes(rows, resumes, existing, tally)
    closed = closed_by_hand()
    wanted: dict[Any, dict[str, Any]] = {}
    for row in rows:
        job = jobs[row.job_id]
        known = existing.get(row.application_id)
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
            "problems": sorted(set(row.problems)),
        }
    applications = bring("applications", Application, existing, wanted, tally)
    for row in rows:
        application = applications[row.application_id]
        ask_about(application, application.resume, closed, now)
    match_later(applications[row.application_id] for row in rows)


def ask_about(application: Application, resume: Resume | None, closed: set[tuple[UUID, str, str]], now: datetime) -> None:
    """Asks a person about a résumé that can't be read, or about what was read unsurely; takes back what is no longer asked."""
    unread = resume is not None and bool(resume.problem) and not is_typed(resume)
    fields: list[str] = []
    if resume is not None and not unread and application.state == Application.State.ACTIVE:
        fields = waiting(fields_of(resume, now.date()), application.candidate)
        file = bytes(resume.sha256).hex()
        if all((application.pk, file, name) in closed for name in fields):
            fields = []
    if unread:
        ask(Task.Kind.RESUME_UNREADABLE, application.pk, application.code, now, why=resume.problem)
    if fields:
        ask(Task.Kind.RESUME_FIELDS, application.pk, application.code, now, fields=fields, file=file)
    over = [kind for kind, asked in ((Task.Kind.RESUME_UNREADABLE, unread), (Task.Kind.RESUME_FIELDS, fields)) if not asked]
    settle(application.pk, now, over)


def closed_by_hand() -> set[tuple[UUID, str, str]]:
    """Which fields of which file have been dealt with: nobody is asked again."""
    done = Task.objects.filter(kind=Task.Kind.RESUME_FIELDS, state=Task.State.DONE).values_list("subject_id", "facts")
    return {(subject, facts["file"], name) for subject, facts in done for name in facts["fields"]}


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
            "unseen": read.unseen,
            "facts": read.kept,
        }
        for row in rows
        if (read := resumes.get(row.resume_file or ""))
    }
    # A résumé belongs to one application; the same file named twice becomes two rows.
    for code in [code for code in known if code in wanted and bytes(known[code].sha256) == wanted[code]["sha256"]]:
        names = ("file_name",) if _seen_meanwhile(known[code], wanted[code]["facts"]) else ("file_name", "text", "problem")
        wanted[code] = {name: wanted[code][name] for name in names}
    files = {code: row for code, row in bring("resumes", Resume, known, wanted, tally).items() if code in wanted}
    of_row = {row.application_id: resumes[row.resume_file] for row in rows if row.resume_file in resumes}
    for code, file in files.items():
        # The same file read by a newer reader, or in another month: no change of what the company's files say.
        read = of_row[code]
        if (file.facts, file.unseen) != (read.kept, read.unseen) and not _seen_meanwhile(file, read.kept):
            file.facts, file.unseen = read.kept, read.unseen
            file.save(update_fields=["facts", "unseen"])
        if file.unseen:
            app.configure_task("read_scan").defer(resume_id=str(file.pk))
    return files


def _seen_meanwhile(row: Resume, kept: dict[str, Any]) -> bool:
    """Whether a job has read the pictures of the very file that the import looked at before."""
    return bool(row.facts and row.facts["looked"]) and not kept["looked"]
