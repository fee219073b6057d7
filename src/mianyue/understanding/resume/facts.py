"""Finds out whose résumé this is, and what it says that they studied, did and can do."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from mianyue.understanding.folding import fold
from mianyue.understanding.resume.claimed_skills import claimed_skills
from mianyue.understanding.resume.education import Study, highest_degree, labelled_school, studies
from mianyue.understanding.resume.employment import Job, jobs
from mianyue.understanding.resume.experience import years_of_experience
from mianyue.understanding.resume.fact import Fact, surest
from mianyue.understanding.resume.find_contacts import emails, mobiles
from mianyue.understanding.resume.find_name import names
from mianyue.understanding.resume.prose import Told, all_jobs, may_tell_more, read_prose
from mianyue.understanding.resume.sections import read_lines
from mianyue.understanding.resume.undated_jobs import undated_jobs

__all__ = ["Fact", "Job", "ResumeFacts", "Study", "read_facts"]


@dataclass(frozen=True, slots=True)
class ResumeFacts:
    """Who wrote the résumé and what it tells; what it doesn't say is None or empty.

    ``mobile`` is E.164; ``degree`` one of ``secondary``, ``associate``, ``bachelor``, ``master``, ``doctor``: the highest, one that
    is still studied for included; ``years`` of experience with one decimal: months in at least one job, internships left out.
    ``school`` is where the highest degree was studied for. A fact under 0.6 is for a person to confirm.
    """

    name: Fact | None
    email: Fact | None
    mobile: Fact | None
    degree: Fact | None = None
    school: Fact | None = None
    years: Fact | None = None
    studies: tuple[Study, ...] = ()
    jobs: tuple[Job, ...] = ()
    skills: tuple[Fact, ...] = ()


def read_facts(text: str, region: str = "CN", today: date | None = None) -> ResumeFacts:
    """The facts of a Chinese or English résumé's text.

    ``region`` (ISO 3166-1) is the country of telephone numbers written without country code. ``today`` ends what lasts to the
    present; without it that ends at the latest date that the résumé names.
    """
    folded = fold(text, caseless=False)
    email = surest(emails(folded))
    called = list(names(folded, email.value if email else ""))
    pages = read_lines(text)
    studied = studies(pages)
    degree = highest_degree(pages, studied)
    school = _school(studied, degree) or labelled_school(pages)
    worked = jobs(pages, studied)
    name = surest(name for name in called if not _of_an_employer(name, worked))
    told = read_prose(pages) if _unsure(name, degree, school) or not worked or may_tell_more(pages, worked) else Told()
    name, degree, school = (
        surest(filter(None, pair)) for pair in ((name, told.name), (degree, told.degree), (school, told.school))
    )
    worked = all_jobs(pages, worked, told.jobs) or list(undated_jobs(pages))
    return ResumeFacts(
        name,
        email,
        surest(mobiles(folded, region)),
        degree,
        school,
        years_of_experience(pages, worked, today),
        tuple(studied),
        tuple(worked),
        claimed_skills(pages, name, _places(studied, worked)),
    )


def _of_an_employer(name: Fact, worked: list[Job]) -> bool:
    """Whether the supposed name is a firm's: Tall Pine Studios."""
    firms = [job.employer for job in worked if job.employer]
    return name.method != "label" and any(firm.start < name.end and name.start < firm.end for firm in firms)


def _unsure(*facts: Fact | None) -> bool:
    """Whether one of the facts is missing or for a person to confirm."""
    return any(fact is None or fact.confidence < 0.6 for fact in facts)


def _places(studied: list[Study], worked: list[Job]) -> list[Fact]:
    """What must not be taken for a skill: where somebody studied and worked, and what they were called there."""
    told = [*(study.school for study in studied), *(fact for job in worked for fact in (job.employer, job.title))]
    return [fact for fact in told if fact]


def _school(studied: list[Study], degree: Fact | None) -> Fact | None:
    """The school of the highest degree, or the first one told."""
    level = degree.value if degree else None
    schools = [study.school for study in studied if study.school and study.degree and study.degree.value == level]
    return next(iter(schools), None) or next((study.school for study in studied if study.school), None)
