"""Reads a company's whole folder: what is usable as values, the rest as findings. A broken file never stops the others."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

from mianyue.base.errors import NotFound
from mianyue.domain.intake import attending, candidates, cells, crosschecks, openings, places, staff
from mianyue.domain.intake.company_file import read_company
from mianyue.domain.intake.problems import Problem, problem
from mianyue.domain.intake.reading import Catalogue, Reader
from mianyue.domain.intake.records import Company, CompanyFolder, Site

_FORMAT_HINT = "Name a folder that holds company.toml and the tables of the company folder format."


def read_folder(path: Path, *, today: date | None = None, progress: Callable[[str], None] | None = None) -> CompanyFolder:
    """The folder at ``path``. ``today`` stands in where ``company.toml`` names none; ``progress`` hears each file's name.

    Reads the tables, lists calendars and resumes, opens none of these two. Raises NotFound if ``path`` is no folder.
    """
    if not path.is_dir():
        raise NotFound("There is no company folder at the given path.", _FORMAT_HINT)
    problems: list[Problem] = []
    report = progress or (lambda name: None)
    report("company.toml")
    company = read_company(path, problems)
    reader = Reader(path, problems, report)

    sites = places.read_sites(reader)
    problems.extend(_holidays_of_nowhere(company, sites))
    distances = places.read_site_distances(reader, sites)
    rooms = places.read_rooms(reader, sites)
    bookings = places.read_room_bookings(reader, rooms, sites, company)
    employees = staff.read_employees(reader, sites)
    shifts = staff.read_shifts(reader)
    assignments = staff.read_assignments(reader, employees, shifts)
    leave = staff.read_leave(reader, employees, company)
    overtime = staff.read_overtime(reader, employees, company)
    trips = staff.read_trips(reader, employees, company)
    departments = attending.read_departments(reader, employees)
    rotations = attending.read_rotations(reader, shifts)
    groups = attending.read_groups(reader, shifts, rotations, sites)
    members = attending.read_members(reader, employees, groups)
    rosters = attending.read_rosters(reader, employees, shifts)
    leave_types = attending.read_leave_types(reader)
    quotas = attending.read_quotas(reader, employees, leave_types)
    jobs = openings.read_jobs(reader, sites)
    rounds = openings.read_rounds(reader, jobs, employees)
    calendars = {cells.text(file.stem): file for file in _files(path, "calendars") if file.suffix.casefold() == ".ics"}
    resumes = {file.name: file for file in _files(path, "resumes")}
    applications = candidates.read_applications(reader, jobs, rounds, sites, resumes)
    applications = candidates.mark_duplicates(applications, reader.file_of("applications"), problems)

    people = [employees.found[person] for person in crosschecks.interviewers(rounds.found.values())]
    problems.extend(crosschecks.jobs_without_rounds(reader, jobs, rounds))
    # Whoever a group or a roster gives work is left out: what they work is another table's to say.
    otherwise = {member.employee_id for member in members} | {day.employee_id for day in rosters if day.shift_id}
    alone = [person for person in people if person.employee_id not in otherwise]
    problems.extend(crosschecks.never_at_work(reader, alone, shifts.found, assignments, overtime, company.today or today))
    problems.extend(crosschecks.calendars_missing(people, calendars))
    problems.extend(crosschecks.calendars_of_nobody(calendars, employees))
    problems.extend(crosschecks.resumes_of_nobody(reader, resumes, applications))

    return CompanyFolder(
        company=company,
        sites=tuple(sites.found.values()),
        site_distances=tuple(distances),
        rooms=tuple(rooms.found.values()),
        room_bookings=tuple(bookings),
        employees=tuple(employees.found.values()),
        shifts=tuple(shifts.found.values()),
        shift_assignments=tuple(assignments),
        leave=tuple(leave),
        overtime=tuple(overtime),
        jobs=tuple(jobs.found.values()),
        rounds=tuple(rounds.found.values()),
        applications=tuple(applications),
        calendars={owner: file for owner, file in calendars.items() if owner in employees.found},
        resumes=resumes,
        problems=problems,
        departments=tuple(departments),
        rotations=tuple(rotations.found.values()),
        attendance_groups=tuple(groups.found.values()),
        group_members=tuple(members),
        rosters=tuple(rosters),
        trips=tuple(trips),
        leave_types=tuple(leave_types.found.values()),
        leave_quotas=tuple(quotas),
    )


def _holidays_of_nowhere(company: Company, sites: Catalogue[Site]) -> list[Problem]:
    return [
        problem("unknown_site", "company.toml", key=f"public_holiday_country_by_site.{site}", column=site, value=site)
        for site in company.holiday_country_by_site
        if sites.is_unknown(site)
    ]


def _files(folder: Path, name: str) -> list[Path]:
    """The files of a sub-folder by name, without what operating systems and editors leave behind, and nothing from outside."""
    place = folder / name
    if not place.is_dir():
        return []
    inside = folder.resolve()
    return sorted(
        file for file in place.iterdir() if file.is_file() and not _leftover(file) and file.resolve().is_relative_to(inside)
    )


def _leftover(file: Path) -> bool:
    return file.name.startswith((".", "~$")) or file.name.casefold() in ("thumbs.db", "desktop.ini")
