"""What only several files together can show: people never at work, files of nobody, jobs without rounds."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from pathlib import Path

from mianyue.domain.intake.problems import Problem, problem
from mianyue.domain.intake.reading import Catalogue, Reader
from mianyue.domain.intake.records import Application, Employee, Job, Overtime, Round, Shift, ShiftAssignment


def interviewers(rounds: Iterable[Round]) -> list[str]:
    """Everybody whom a usable round names, in order of first mention."""
    return list(dict.fromkeys(person for round_ in rounds for seat in round_.seats for person in seat))


def jobs_without_rounds(reader: Reader, jobs: Catalogue[Job], rounds: Catalogue[Round]) -> list[Problem]:
    if rounds.failure:
        return []
    with_rounds = {key.rpartition("/")[0] for key in rounds.rows}
    return [
        problem("job_without_rounds", reader.file_of("jobs"), row, job, "job_id", job)
        for job, row in jobs.rows.items()
        if job not in with_rounds
    ]


def never_at_work(
    reader: Reader,
    people: Iterable[Employee],
    shifts: Mapping[str, Shift],
    assignments: Iterable[ShiftAssignment],
    overtime: Iterable[Overtime],
    today: date | None,
) -> list[Problem]:
    """The interviewers who, from ``today`` on (None: ever), work no shift and no approved overtime."""
    if {"shifts", "shift_assignments"} & reader.failed.keys():
        return []
    by_person: defaultdict[str, list[ShiftAssignment]] = defaultdict(list)
    for assignment in assignments:
        by_person[assignment.employee_id].append(assignment)
    extra = {item.employee_id for item in overtime if item.attends and (today is None or item.interval.end.date() >= today)}
    return [
        problem(
            "interviewer_without_shift",
            reader.file_of("employees"),
            person.row,
            person.employee_id,
            "employee_id",
            person.employee_id,
        )
        for person in people
        if person.employee_id not in extra and not _ever_works(person, by_person[person.employee_id], shifts, today)
    ]


def _ever_works(person: Employee, assignments: list[ShiftAssignment], shifts: Mapping[str, Shift], today: date | None) -> bool:
    """Whether any day is a shift's. What applies changes only where an assignment begins or ends; a week after it shows all."""
    changes = {item.first for item in assignments} | {item.last + timedelta(1) for item in assignments if item.last}
    begins = max(filter(None, (person.hire_date, today)), default=None)
    candidates = {max(change, begins) if begins else change for change in changes}
    for day in sorted(start + timedelta(step) for start in candidates for step in range(7)):
        if (person.last_day and day > person.last_day) or (begins and day < begins):
            continue
        applicable = [item for item in assignments if item.applies_on(day)]
        if applicable and day.isoweekday() in shifts[max(applicable, key=lambda item: item.first).shift_id].weekdays:
            return True
    return False


def calendars_missing(people: Iterable[Employee], calendars: Mapping[str, Path]) -> list[Problem]:
    return [
        problem("calendar_missing", f"calendars/{person.employee_id}.ics", key=person.employee_id)
        for person in people
        if person.employee_id not in calendars
    ]


def calendars_of_nobody(calendars: Mapping[str, Path], employees: Catalogue[Employee]) -> list[Problem]:
    return [
        problem("calendar_without_employee", f"calendars/{path.name}", key=owner)
        for owner, path in calendars.items()
        if employees.is_unknown(owner)
    ]


def resumes_of_nobody(reader: Reader, resumes: Mapping[str, Path], applications: Iterable[Application]) -> list[Problem]:
    if "applications" in reader.failed:
        return []
    named = {application.resume_file for application in applications}
    return [problem("resume_without_application", f"resumes/{name}", key=name) for name in resumes if name not in named]
