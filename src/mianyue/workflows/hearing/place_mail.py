"""Whose mail it is: known by the letter it answers, else by the address, and never believed further than that carries."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from mianyue.domain.interviews.models import Interview
from mianyue.domain.interviews.queries import live, whole
from mianyue.domain.notices.models import Notice
from mianyue.domain.recruiting.models import Application, Candidate
from mianyue.understanding.mail.incoming import IncomingMail

_OURS = "@mianyue"


@dataclass(frozen=True, slots=True)
class Placed:
    """The interview a mail is about, and the letter that it answers. ``trusted``: from the address which that letter went to."""

    interview: Interview
    notice: Notice | None = None
    trusted: bool = False


def place(mail: IncomingMail, now: datetime) -> Placed | None:
    """The interview that ``mail`` is about; None where nobody can tell, or it could be one of several."""
    notice = _answered(mail.in_reply_to)
    if notice:
        interview = whole().filter(pk=notice.subject_id).first()
        if interview:
            return Placed(interview, notice, notice.address.casefold() == mail.sender.casefold())
    candidates = Candidate.objects.filter(email_index=Candidate._meta.get_field("email_index").of(mail.sender))
    applications = Application.objects.filter(candidate__in=candidates, state=Application.State.ACTIVE).values_list("pk", flat=True)
    found = list(live(applications, now).values()) if mail.sender else []
    return Placed(found[0]) if len(found) == 1 else None


def _answered(ids: Iterable[str]) -> Notice | None:
    """The letter to a candidate that is answered: the first of the referenced ones that is ours."""
    for message_id in ids:
        if message_id.endswith(_OURS) and (pk := _uuid(message_id.removesuffix(_OURS))):
            notice = Notice.objects.filter(pk=pk, recipient_kind="candidate").first()
            if notice:
                return notice
    return None


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
