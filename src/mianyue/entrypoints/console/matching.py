"""Why a résumé matches its job: each requirement with the words that show it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mianyue.domain.recruiting.models import Application
from mianyue.entrypoints.console import match_words, resume_words, words
from mianyue.understanding.match.excerpt import Excerpt, excerpt
from mianyue.understanding.resume.sensitive import sensitive_spans

_MOST = 2


@dataclass(frozen=True, slots=True)
class Why:
    """One requirement: what it is in words, how far it is met (a code of ``match_words.MET``), and the evidence with its section;
    ``by_likeness``: an encoder took other words for the same."""

    asked: str
    met: str
    evidence: tuple[tuple[Excerpt, str], ...]
    by_likeness: bool = False


@dataclass(frozen=True, slots=True)
class Reasons:
    """``shown`` of ``asked`` requirements are met, and each in detail, in the job's order."""

    shown: int
    asked: int
    each: tuple[Why, ...]


def reasons(application: Application) -> Reasons | None:
    """Why the application's résumé matches; None where there is no readable résumé or the job asks for nothing."""
    text = application.resume.text if application.resume else None
    if not text or not application.evidence:
        return None
    private = [(span.start, span.end) for span in sensitive_spans(text)]
    each = tuple(
        Why(
            _asked(entry["kind"], entry["value"]),
            entry["met"],
            tuple(
                (excerpt(text, start, end, private), words.of(match_words.SECTIONS, section) if section else "")
                for start, end, section in entry["places"][:_MOST]
                if end <= len(text)
            ),
            entry.get("how") == "likeness",
        )
        for entry in application.evidence
    )
    return Reasons(sum(why.met == "met" for why in each), len(each), each)


def _asked(kind: str, value: Any) -> str:
    if kind == "years":
        return ngettext("%(count)s year of experience", "%(count)s years of experience", int(value)) % {"count": value}
    if kind == "degree":
        return _("%(degree)s or higher") % {"degree": words.of(resume_words.DEGREES, value)}
    return str(value)
