"""Who did what, when: the journal as a list, and the part of it that tells one interview's story."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib.auth.models import User
from django.db.models import Model, Q, QuerySet
from django.http import HttpRequest
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext_lazy as _
from unfold.decorators import display

from mianyue.domain.organization.models import Employee
from mianyue.domain.security.models import JournalEntry
from mianyue.entrypoints.console import attendance_words, times, words
from mianyue.entrypoints.console.filters import coded_filter
from mianyue.entrypoints.console.read_only import ReadOnlyAdmin


@dataclass(frozen=True, slots=True)
class Line:
    """One act in words: when, who, what, and its figures."""

    at: datetime
    who: str
    what: str
    facts: str


def story(subjects: Iterable[Model]) -> list[Line]:
    """What happened to these rows, oldest first."""
    found = Q(pk__in=[])
    for subject in subjects:
        found |= Q(subject_kind=subject._meta.label_lower, subject_id=str(subject.pk))
    entries = list(JournalEntry.objects.filter(found).order_by("id"))
    names = names_of((entry.actor_kind, entry.actor_id) for entry in entries)
    return [
        Line(
            entry.at,
            names.get((entry.actor_kind, entry.actor_id)) or words.of(words.ACTORS, entry.actor_kind),
            said(entry),
            facts(entry),
        )
        for entry in entries
    ]


def said(entry: JournalEntry) -> str:
    """What was done."""
    return words.of(words.ACTS, entry.act)


def facts(entry: JournalEntry) -> str:
    """The figures of an act that a person can make something of: times, results, purposes, channels."""
    shown = []
    for name, value in entry.facts.items():
        if name in ("start", "end") and isinstance(value, str):
            at = parse_datetime(value)
            if name == "start" and at:
                shown.append(times.moment(at))
        elif name == "step" and value in attendance_words.RUN_STEPS:
            shown.append(words.of(attendance_words.RUN_STEPS, value))
        elif name in _FACT_WORDS:
            shown.append(words.of(_FACT_WORDS[name], str(value)))
        elif name in _FACT_NAMES and value is not None:
            shown.append(_FACT_NAMES[name] % {"value": value})
        elif name == "broken":
            shown += [f"{flaw['who']} {words.of(words.EXCLUDED, flaw['why'])}".strip() for flaw in value]
        elif name == "fields":
            shown += [words.of(words.RESUME_FIELDS, field) for field in value]
        elif name == "done" and value in words.MENDED:
            shown.append(words.of(words.MENDED, value))
    return " · ".join(shown)


_STAFF = ("interviewer", "employee", "staff")
"""Kinds of actors whose id is an employee's."""
_FACT_WORDS = {
    "result": words.RESULTS,
    "purpose": words.PURPOSES,
    "channel": words.CHANNELS,
    "kind": {**words.TASKS, **attendance_words.APPROVAL_KINDS},
}
_FACT_NAMES = {
    "attempt": _("attempt %(value)s"),
    "options": _("%(value)s times"),
    "option": _("option %(value)s"),
    "proposal": _("proposal %(value)s"),
    "round": _("round %(value)s"),
    "changes": _("%(value)s changes"),
    "problems": _("%(value)s findings"),
    "applications": _("for %(value)s candidates"),
    "invited": _("%(value)s invited"),
}


def names_of(actors: Iterable[tuple[str, str]]) -> dict[tuple[str, str], str]:
    """Users and employees by name, from the kinds and ids of actors; candidates stay "the candidate", whose name the page shows anyway.

    At most two queries.
    """
    ids: dict[str, set[str]] = {"user": set(), **{kind: set() for kind in _STAFF}}
    for kind, key in actors:
        if kind in ids and key:
            ids[kind].add(key)
    users = User.objects.filter(pk__in=[i for i in ids["user"] if i.isdecimal()]) if ids["user"] else []
    staff = {UUID(i) for kind in _STAFF for i in ids[kind]}
    people = Employee.objects.filter(pk__in=staff) if staff else []
    return {
        **{("user", str(user.pk)): user.get_full_name() or user.get_username() for user in users},
        **{(kind, str(employee.pk)): employee.name for employee in people for kind in _STAFF},
    }


class JournalAdmin(ReadOnlyAdmin):
    """Every act, newest first. The database itself refuses to change or delete one."""

    title = _("Journal")
    hint = _("Every act is written here in the moment it is done. Entries can't be changed or deleted.")
    list_display = ("when", "what", "who", "application", "figures")
    list_display_links = None
    search_fields = ("facts__application",)
    search_help_text = _("Application")
    list_filter = (coded_filter("act", _("Act"), words.ACTS), coded_filter("actor_kind", _("By whom"), words.ACTORS))
    ordering = ("-id",)
    sortable_by = ()

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[JournalEntry], search_term: str
    ) -> tuple[QuerySet[JournalEntry], bool]:
        term = search_term.strip()
        return (queryset.filter(facts__application=term) if term else queryset), False

    @display(description=_("Time"))
    def when(self, entry: JournalEntry) -> str:
        return times.moment(entry.at)

    @display(description=_("Act"))
    def what(self, entry: JournalEntry) -> str:
        return said(entry)

    @display(description=_("By whom"))
    def who(self, entry: JournalEntry) -> str:
        return words.of(words.ACTORS, entry.actor_kind)

    @display(description=_("Application"))
    def application(self, entry: JournalEntry) -> Any:
        return entry.facts.get("application", "")

    @display(description=_("Details"))
    def figures(self, entry: JournalEntry) -> str:
        return facts(entry)
