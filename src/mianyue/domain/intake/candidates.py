"""Reads applications, keeping also the broken ones, and finds out which are of one person."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from zoneinfo import ZoneInfo

from mianyue.base.interval import Interval, union
from mianyue.domain.intake import cell_times, cells
from mianyue.domain.intake.openings import round_key
from mianyue.domain.intake.problems import Problem, problem
from mianyue.domain.intake.reading import Catalogue, Reader, RowReader
from mianyue.domain.intake.records import Application, Job, Round, Site
from mianyue.understanding.contact import email_key


def read_applications(
    reader: Reader, jobs: Catalogue[Job], rounds: Catalogue[Round], sites: Catalogue[Site], resumes: Mapping[str, Path]
) -> list[Application]:
    """Every application that has a number of its own, marked with what is wrong about it and what it depends on."""
    jobs_with_rounds = {key.rpartition("/")[0] for key in rounds.rows}
    seen: Catalogue[Application] = Catalogue()
    applications: list[Application] = []
    for row in reader.rows("applications"):
        row.key = row.read("application_id", cells.text) or ""
        if not row.key or not row.enter(seen, row.key):
            continue
        application = _application(row, jobs, sites, resumes)
        _check_round(row, application, jobs, rounds, jobs_with_rounds)
        applications.append(replace(application, problems=tuple(dict.fromkeys(row.codes)), blocked=row.broken))
    return applications


def _application(row: RowReader, jobs: Catalogue[Job], sites: Catalogue[Site], resumes: Mapping[str, Path]) -> Application:
    job = row.reference("job_id", jobs, "unknown_job")
    # Guessing where a candidate is would put interviews into their night.
    zone = row.strict("time_zone", cells.zone)
    return Application(
        application_id=row.key,
        job_id=row.cell("job_id"),
        round=row.read("round", cells.count),
        name=row.read("name", cells.person_name) or "",
        email=row.email(),
        mobile=row.mobile(),
        language=row.read("language", cells.language),
        zone=zone,
        resume_file=_resume(row, resumes),
        available=_available(row, zone or (sites.found[job.site_id].zone if job else "")),
        note=row.read("note", cells.text) or "",
        row=row.number,
    )


def _available(row: RowReader, zone: str) -> tuple[Interval, ...] | None:
    """The times the candidate stated, on their clock. What can't be understood is never passed over: they would be asked for times
    they ruled out. A time that the clocks leave in doubt is none."""
    stated = row.strict("available", cell_times.windows)
    if stated is None or not zone:
        return None
    try:
        spans = [cell_times.span(start, end, ZoneInfo(zone), "narrow") for start, end in stated]
    except OverflowError:
        row.report("bad_value", "available", reason="windows")
        return None
    return tuple(union(Interval(start, end) for start, end in spans if start < end))


def _resume(row: RowReader, resumes: Mapping[str, Path]) -> str | None:
    """The file on disk that the cell names; cells are normalised, so a disk's name may be the same without being equal."""
    wanted = row.cell("resume_file")
    if not wanted:
        return None
    if wanted in resumes:
        return wanted
    found = next((name for name in resumes if cells.text(name) == wanted), None)
    if found is None:
        row.report("resume_missing", "resume_file")
    return found


def _check_round(
    row: RowReader, application: Application, jobs: Catalogue[Job], rounds: Catalogue[Round], jobs_with_rounds: set[str]
) -> None:
    """Blocks an application whose round can't be held; only a round that its job does not have is the application's own error."""
    key = round_key(application.job_id, application.round)
    if application.round is None or key in rounds.found or jobs.is_unknown(application.job_id):
        return
    if not rounds.is_unknown(key):
        row.inherit(rounds.why_unusable(key))
    elif application.job_id not in jobs_with_rounds:
        row.inherit(["job_without_rounds"])
    else:
        row.report("unknown_round", "round")
    row.broken = True


def mark_duplicates(applications: list[Application], file: str, problems: list[Problem]) -> list[Application]:
    """The applications with ``duplicate_of`` set where the same person applied for the same job in an earlier row.

    Being one person is passed on: whoever shares a number with one application and an address with another is both.
    """
    persons = _Persons()
    first_of: dict[tuple[object, str], Application] = {}
    marked: list[Application] = []
    for application in applications:
        persons.meet(application)
    for application in applications:
        original = first_of.setdefault((persons.of(application), application.job_id), application)
        if original is application or not application.job_id:
            marked.append(application)
            continue
        column = _shared(application, original, applications[: applications.index(application)])
        problems.append(_duplicate(application, original, column, file))
        codes = (*application.problems, "duplicate_application")
        marked.append(replace(application, problems=codes, duplicate_of=original.application_id))
    return marked


def _duplicate(application: Application, original: Application, column: str, file: str) -> Problem:
    value = (application.email if column == "email" else application.mobile) or ""
    return problem(
        "duplicate_application", file, application.row, application.application_id, column, value, original.application_id
    )


def _shared(application: Application, original: Application, earlier: list[Application]) -> str:
    """The column that tells: an address or number shared with the original, or else with any other earlier application."""
    for other in (original, *earlier):
        if application.email and other.email and email_key(application.email) == email_key(other.email):
            return "email"
        if application.mobile and application.mobile == other.mobile:
            return "mobile"
    return "email" if application.email else "mobile"


class _Persons:
    """Groups contact data that belong to one person (union-find)."""

    def __init__(self) -> None:
        self._parent: dict[str, str] = {}

    def meet(self, application: Application) -> None:
        first, *others = self._keys(application)
        for other in others:
            self._parent[self._root(other)] = self._root(first)

    def of(self, application: Application) -> str:
        return self._root(self._keys(application)[0])

    @staticmethod
    def _keys(application: Application) -> list[str]:
        email = [f"mailto:{email_key(application.email)}"] if application.email else []
        mobile = [f"tel:{application.mobile}"] if application.mobile else []
        return email + mobile or [f"application:{application.application_id}"]

    def _root(self, key: str) -> str:
        while (parent := self._parent.setdefault(key, key)) != key:
            key = parent
        return key
