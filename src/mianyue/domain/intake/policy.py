"""Pure decisions about what was brought in."""

from __future__ import annotations

from mianyue.domain.intake.cells import person_name
from mianyue.domain.intake.records import Application
from mianyue.understanding.contact import email_key, normal_email, normal_mobile


def is_another_person(
    application: Application, resume_name: str | None, resume_email: str | None, resume_mobile: str | None
) -> bool:
    """Whether a resume is of somebody else than the applicant: another name *and* other contact data.

    Missing data is no evidence, and one address or number in common outweighs everything else.
    """
    if not resume_name or not application.name or _name_key(resume_name) == _name_key(application.name):
        return False
    email, mobile = normal_email(resume_email or ""), normal_mobile(resume_mobile or "")
    pairs = [(application.email and email_key(application.email), email and email_key(email)), (application.mobile, mobile)]
    known = [(ours, theirs) for ours, theirs in pairs if ours and theirs]
    return bool(known) and all(ours != theirs for ours, theirs in known)


def _name_key(name: str) -> frozenset[str]:
    """The words of a name: family and given name change places between languages, capitals between forms."""
    return frozenset(person_name(name).casefold().replace(",", " ").split())
