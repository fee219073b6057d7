"""What is known of a person from a résumé, field by field: what was read, what somebody confirmed, and what waits for somebody."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from mianyue.domain.recruiting.models import Candidate, Resume
from mianyue.understanding.contact import email_key
from mianyue.understanding.resume.fact import Fact
from mianyue.understanding.resume.facts import ResumeFacts, read_facts
from mianyue.understanding.resume.kept import READER_VERSION, from_plain, to_plain

CONTACTS = ("name", "mobile", "email")
FIELDS = (*CONTACTS, "degree", "school", "years", "jobs", "skills")
SURE = 0.6
"""From this confidence on nobody is asked."""

_SEEN = 0.55
PERSON = "person"
"""The method of a value that somebody confirmed."""


@dataclass(frozen=True, slots=True)
class Field:
    """One field. ``value`` is text, for ``jobs`` a list of ``[employer, title]``, for ``skills`` a list of text; empty: not told.

    ``read`` are the places and methods it was read from, ``confidence`` that of the least sure of them, 1 where somebody confirmed
    the value and None where the résumé doesn't tell it. ``by`` is the user who confirmed it, ``at`` when.
    """

    name: str
    value: Any
    confidence: float | None
    method: str
    read: tuple[Fact, ...] = ()
    by: str = ""
    at: str = ""

    @property
    def confirmed(self) -> bool:
        return self.method == PERSON

    @property
    def unsure(self) -> bool:
        return self.confidence is not None and self.confidence < SURE


def read(text: str, today: date, *, seen: bool) -> ResumeFacts:
    """What the text says. ``seen``: it was read from a picture, where a letter of a name or an address is easily wrong: a person
    looks at them."""
    facts = read_facts(text, today=today)
    if not seen:
        return facts
    doubted = {
        name: fact and replace(fact, confidence=min(fact.confidence, _SEEN)) for name in CONTACTS for fact in [getattr(facts, name)]
    }
    return replace(facts, **doubted)


def keep(facts: ResumeFacts, today: date, *, seen: bool, looked: bool) -> dict[str, Any]:
    """The facts as a résumé's row keeps them. ``seen``: their text was read from a picture; ``looked``: it would have been."""
    month = f"{today:%Y-%m}"
    return {"version": READER_VERSION, "month": month, "seen": seen, "looked": looked, "facts": to_plain(facts)}


def is_fresh(kept: Mapping[str, Any] | None, today: date) -> bool:
    """Whether the kept facts are what the reader would find now: of its version, and of this month, since "to the present" moves on."""
    return kept is not None and (kept["version"], kept["month"]) == (READER_VERSION, f"{today:%Y-%m}")


def facts_of(resume: Resume, today: date) -> ResumeFacts:
    """What the résumé says: as kept, or read anew where an older reader kept it."""
    kept = resume.facts
    if kept is not None and kept["version"] == READER_VERSION:
        return from_plain(kept["facts"])
    return read(resume.text or "", today, seen=bool(kept and kept["seen"]))


def fields_of(resume: Resume, today: date) -> dict[str, Field]:
    """Every field of the résumé, what somebody confirmed for this very file before what was read from it."""
    facts, said = facts_of(resume, today), confirmed(resume)
    return {name: _confirmed(name, said[name], _read(name, facts)) if name in said else _read(name, facts) for name in FIELDS}


def confirmed(resume: Resume) -> dict[str, dict[str, Any]]:
    """What was confirmed for the résumé's present file, per field: ``value``, ``by``, ``at`` and, of contacts, ``instead``."""
    file = bytes(resume.sha256).hex()
    return {name: entry for name, entry in (resume.confirmed or {}).items() if entry["file"] == file}


def is_typed(resume: Resume) -> bool:
    """Whether somebody has told what the present file says, where no program could."""
    return any(entry["value"] for entry in confirmed(resume).values())


def confirmation(resume: Resume, value: Any, by: str, now: datetime, instead: str | None) -> dict[str, Any]:
    """An entry of ``Resume.confirmed``; ``instead`` is the candidate's own value that it was chosen over, None where it wasn't."""
    entry = {"value": value, "by": by, "at": now.isoformat(), "file": bytes(resume.sha256).hex()}
    return {**entry, "instead": instead} if instead is not None else entry


def waiting(fields: Mapping[str, Field], candidate: Candidate) -> list[str]:
    """The fields somebody should confirm: those read unsurely, a missing name, and both addresses where there is none at all.

    What the application itself says the same of is sure enough.
    """
    asked = [
        name
        for name, field in fields.items()
        if field.unsure and not (name in CONTACTS and same(name, field.value, getattr(candidate, name)))
    ]
    if not candidate.name and fields["name"].confidence is None:
        asked.append("name")
    if not (candidate.email or candidate.mobile):
        asked += [name for name in ("mobile", "email") if fields[name].confidence is None]
    return [name for name in FIELDS if name in asked]


def same(contact: str, one: str | None, other: str | None) -> bool:
    """Whether two names, numbers or addresses are equal but for how they are written."""
    if not one or not other:
        return not one and not other
    return email_key(one) == email_key(other) if contact == "email" else " ".join(one.split()) == " ".join(other.split())


def _read(name: str, facts: ResumeFacts) -> Field:
    if name == "jobs":
        parts = [part for job in facts.jobs for part in (job.employer, job.title) if part]
        value: Any = [[job.employer.value if job.employer else "", job.title.value if job.title else ""] for job in facts.jobs]
    elif name == "skills":
        parts = list(facts.skills)
        value = [skill.value for skill in parts]
    else:
        found: Fact | None = getattr(facts, name)
        parts, value = [found] if found else [], found.value if found else ""
    least = min(parts, key=lambda part: part.confidence, default=None)
    return Field(name, value, least.confidence if least else None, least.method if least else "", tuple(parts))


def _confirmed(name: str, entry: Mapping[str, Any], read: Field) -> Field:
    # Where it was read still shows a person the place; where they wrote something else, that place says otherwise.
    places = read.read if entry["value"] == read.value else ()
    return Field(name, entry["value"], 1.0, PERSON, places, entry["by"], entry["at"])
