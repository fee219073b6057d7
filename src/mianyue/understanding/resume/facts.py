"""Finds out whose résumé this is."""

from __future__ import annotations

from dataclasses import dataclass

from mianyue.understanding.folding import fold
from mianyue.understanding.resume.fact import Fact, surest
from mianyue.understanding.resume.find_contacts import emails, mobiles
from mianyue.understanding.resume.find_name import names

__all__ = ["Fact", "ResumeFacts", "read_facts"]


@dataclass(frozen=True, slots=True)
class ResumeFacts:
    """Who wrote the résumé; ``mobile`` is E.164. What the résumé doesn't say is None."""

    name: Fact | None
    email: Fact | None
    mobile: Fact | None


def read_facts(text: str, region: str = "CN") -> ResumeFacts:
    """The facts of a Chinese or English résumé's text.

    ``region`` (ISO 3166-1) is the country of telephone numbers written without country code.
    """
    folded = fold(text, caseless=False)
    email = surest(emails(folded))
    name = surest(names(folded, email.value if email else ""))
    return ResumeFacts(name, email, surest(mobiles(folded, region)))
