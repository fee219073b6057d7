"""Reads jobs and their interview rounds."""

from __future__ import annotations

from collections.abc import Sequence

from mianyue.domain.intake import cells, seats
from mianyue.domain.intake.reading import Catalogue, Reader, RowReader
from mianyue.domain.intake.records import Employee, Job, Round, Site
from mianyue.domain.intake.seats import Seat


def read_jobs(reader: Reader, sites: Catalogue[Site]) -> Catalogue[Job]:
    rows = list(reader.rows("jobs"))
    jobs: Catalogue[Job] = reader.catalogue("jobs")
    for row in rows:
        row.key = row.read("job_id", cells.text) or ""
        first = bool(row.key) and row.enter(jobs, row.key)
        site = row.reference("site_id", sites, "unknown_site")
        plain, about = row.read("materials_url", cells.materials) or ("", ())
        job = Job(
            job_id=row.key,
            title=row.read("title", cells.text) or "",
            family=row.read("family", cells.family) or "",
            department=row.read("department", cells.text) or "",
            site_id=site.site_id if site else "",
            keywords=row.read("keywords", cells.items) or (),
            description=row.read("description", cells.text) or "",
            materials_url=plain,
            row=row.number,
            materials=about,
        )
        if first and not row.broken:
            jobs.found[row.key] = job
    return jobs


def round_key(job_id: str, number: object) -> str:
    """The key under which a round is kept in its catalogue."""
    return f"{job_id}/{number}"


def read_rounds(reader: Reader, jobs: Catalogue[Job], employees: Catalogue[Employee]) -> Catalogue[Round]:
    """The rounds by ``round_key``."""
    rows = list(reader.rows("interview_rounds"))
    rounds: Catalogue[Round] = reader.catalogue("interview_rounds")
    for row in rows:
        name = row.cell("name")
        row.key = f"{row.cell('job_id')}/{name or row.cell('round')}"
        job = row.reference("job_id", jobs, "unknown_job")
        number = row.read("round", cells.count)
        key = round_key(row.cell("job_id"), number or row.cell("round"))
        first = row.enter(rounds, key)
        row.read("name", cells.text)
        minutes = row.read("minutes", cells.minutes)
        people = _seats(row, employees)
        mode, needs_room = row.read("mode", cells.mode), row.read("needs_room", cells.boolean)
        prepare, equipment = row.read("prepare", cells.items) or (), row.read("equipment", cells.items) or ()
        shadows = _shadows(row, employees)
        before, after = row.read("buffer_before", cells.spare_minutes), row.read("buffer_after", cells.spare_minutes)
        if first and not row.broken and job and number and minutes and mode and needs_room is not None:
            rounds.found[key] = Round(
                job_id=job.job_id,
                number=number,
                name=name,
                minutes=minutes,
                seats=people,
                mode=mode,
                needs_room=needs_room,
                prepare=prepare,
                equipment=equipment,
                shadows=shadows,
                buffer_before=before,
                buffer_after=after,
                row=row.number,
            )
    return rounds


def _seats(row: RowReader, employees: Catalogue[Employee]) -> tuple[Seat, ...]:
    named = row.read("interviewers", seats.parse)
    if named is None:
        return ()
    _report_strangers(row, "interviewers", named, employees)
    # A stranger spoils only their own choice, so the row is broken by an empty seat, not by the finding.
    usable = tuple(tuple(person for person in seat if person in employees.found) for seat in named)
    row.broken = row.broken or not all(usable)
    if all(usable) and not seats.fillable(usable):
        row.report("unfillable_seats", "interviewers")
    return usable


def _shadows(row: RowReader, employees: Catalogue[Employee]) -> Seat:
    """Who may sit in to learn. Nobody has to, so a stranger among them leaves the round usable."""
    named = row.read("shadows", seats.parse_choice) or ()
    _report_strangers(row, "shadows", [named], employees)
    return tuple(person for person in named if person in employees.found)


def _report_strangers(row: RowReader, column: str, named: Sequence[Seat], employees: Catalogue[Employee]) -> None:
    """Reports people who don't exist, without breaking the row."""
    before = row.broken
    for person in dict.fromkeys(person for seat in named for person in seat):
        if employees.is_unknown(person):
            row.report("unknown_interviewer", column, value=person)
        elif person not in employees.found:
            row.inherit(employees.why_unusable(person))
    row.broken = before
