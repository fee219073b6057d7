"""Writes résumés of invented people in many layouts together with the truth about them; knows nothing of the rules that read them."""

from __future__ import annotations

import random
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

TODAY = date(2026, 11, 23)
WORDS = tomllib.loads((Path(__file__).parent / "data" / "resume_words.toml").read_text("utf-8"))
DEGREES = {
    "zh": {
        "associate": ("大专", "专科", "高职"),
        "bachelor": ("本科", "学士", "大学本科", "本科（统招）"),
        "master": ("硕士", "硕士研究生", "研究生（硕士）", "MBA"),
        "doctor": ("博士", "博士研究生"),
    },
    "en": {
        "associate": ("Associate Degree in", "A.A.S."),
        "bachelor": ("Bachelor of Science in", "BSc", "B.A.", "B.Eng.", "BSc (Hons)"),
        "master": ("Master of Science in", "MSc", "M.A.", "Master's degree in", "MBA,"),
        "doctor": ("PhD in", "Ph.D.", "Doctor of Philosophy,"),
    },
}
LEVELS = ("associate", "bachelor", "master", "doctor")


@dataclass(frozen=True, slots=True)
class Study:
    """``start`` and ``end`` count months since year 0."""

    start: int
    end: int
    school: str
    level: str
    degree: str
    major: str


@dataclass(frozen=True, slots=True)
class Job:
    """``end`` is the last month, None while it lasts; an internship is no work of the union."""

    start: int
    end: int | None
    company: str
    title: str
    internship: bool
    duties: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Person:
    """The truth; ``mobile`` is E.164, ``years`` the months in at least one job by twelve."""

    language: str
    name: str
    mobile: str
    email: str
    city: str
    studies: tuple[Study, ...]
    jobs: tuple[Job, ...]
    skills: tuple[str, ...]
    hobbies: str
    summary: str

    @property
    def degree(self) -> str:
        return max((study.level for study in self.studies), key=LEVELS.index)

    @property
    def years(self) -> float:
        now = TODAY.year * 12 + TODAY.month - 1
        worked = {month for job in self.jobs if not job.internship for month in range(job.start, (job.end or now) + 1)}
        return len(worked) / 12


@dataclass(frozen=True, slots=True)
class Written:
    """A résumé's text, whose it is, and how it was laid out."""

    layout: str
    text: str
    person: Person


def resumes(count: int, seed: int = 5) -> list[Written]:
    """``count`` résumés, the layouts in turn, the same for the same seed."""
    from benchmarks.understanding.resume_layouts import LAYOUTS

    chance = random.Random(seed)
    found = []
    for number in range(count):
        name, (language, lay_out) = list(LAYOUTS.items())[number % len(LAYOUTS)]
        person = _person(chance, language)
        found.append(Written(name, lay_out(person, chance), person))
    return found


def _person(chance: random.Random, language: str) -> Person:
    hant = language == "hant"
    base = "en" if language == "en" else "zh"
    words: dict[str, Any] = WORDS[base]
    field = chance.choice(WORDS["fields"])

    def pick(key: str) -> Any:
        return chance.choice(words.get(f"hant_{key}" if hant else key, words.get(key)))

    name = pick("names")
    born = chance.randint(1980, 1995)
    studies = _studies(chance, base, pick, born + 18)
    jobs = _jobs(chance, pick, field[f"{base}_titles"], studies[0].end)
    digits = "".join(chance.choice("0123456789") for _ in range(8))
    mobile = {"zh": f"+8613{chance.choice('5678')}{digits}", "hant": f"+8869{digits}"}.get(language, f"+4477009{digits[:5]}")
    local = (
        chance.choice(["mail", "hello", "work", "job"]) + digits[:4] if base == "zh" else name.split()[0].lower().replace("í", "i")
    )
    email = f"{local}.{digits[4:]}@example.{chance.choice(['com', 'org', 'net'])}".replace("-", "_")
    pool = list(field[f"{base}_skills"])
    skills = chance.sample(pool, chance.randint(5, min(12, len(pool))))
    return Person(language, name, mobile, email, pick("cities"), studies, jobs, tuple(skills), pick("hobbies"), pick("summaries"))


def _studies(chance: random.Random, base: str, pick: Callable[[str], Any], begins: int) -> tuple[Study, ...]:
    """Newest first, as résumés have them."""
    top = chance.choices(LEVELS, (2, 6, 4, 1))[0]
    levels = {"associate": ["associate"], "bachelor": ["bachelor"], "master": ["bachelor", "master"], "doctor": list(LEVELS[1:])}[
        top
    ]
    found, year = [], begins
    for level in levels:
        length = {"associate": 3, "bachelor": 4, "master": 3, "doctor": 4}[level]
        degree = chance.choice(DEGREES[base][level])
        found.append(Study(year * 12 + 8, (year + length) * 12 + 5, pick("schools"), level, degree, pick("majors")))
        year += length
    return tuple(reversed(found))


def _jobs(chance: random.Random, pick: Callable[[str], Any], titles: list[str], graduated: int) -> tuple[Job, ...]:
    """Newest first; some overlap, some leave gaps, some begin with an internship before the degree."""
    now = TODAY.year * 12 + TODAY.month - 1
    found = []
    if chance.random() < 0.3:
        found.append(Job(graduated - 12, graduated - 6, pick("companies"), chance.choice(titles), True, (pick("duties"),)))
    start = graduated + chance.randint(1, 3)
    for _ in range(chance.randint(1, 4)):
        if start >= now - 3:
            break
        end = start + chance.randint(8, 50)
        duties = tuple(pick("duties") for _ in range(chance.randint(1, 3)))
        found.append(Job(start, end if end < now else None, pick("companies"), chance.choice(titles), False, duties))
        start = end + chance.choice([-4, 0, 1, 1, 2, 7])
    return tuple(reversed(found))
