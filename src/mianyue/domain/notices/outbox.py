"""The only way out: a letter becomes a notice here, past the guard, together with its first delivery and the job that makes it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from procrastinate.contrib.django import app

from mianyue.base.ids import new_id
from mianyue.domain.notices import guard
from mianyue.domain.notices.compose import compose
from mianyue.domain.notices.facts import LetterFacts
from mianyue.domain.notices.models import Delivery, Notice
from mianyue.domain.notices.purposes import Purpose
from mianyue.domain.notices.render import Rendered, render, render_sms
from mianyue.domain.notices.staff import compose as staff
from mianyue.domain.notices.staff import guard as staff_guard
from mianyue.domain.notices.staff.facts import StaffFacts
from mianyue.domain.notices.staff.purposes import StaffPurpose

SMS = "sms"


@dataclass(frozen=True, kw_only=True)
class Outgoing:
    """Everything about a message but its words: those are composed from ``facts``."""

    subject_id: UUID
    application_code: str
    purpose: Purpose | StaffPurpose
    version: int
    recipient_kind: str
    recipient_id: UUID
    channel: str
    address: str
    facts: LetterFacts | StaffFacts
    job_keywords: tuple[str, ...] = ()
    calendar: bytes = b""
    calendar_method: str = ""
    headers: dict[str, str] = field(default_factory=dict)
    useful_until: datetime | None = None
    answers: UUID | None = None
    """What was heard that this letter answers, where each such thing deserves a letter of its own."""

    @property
    def key(self) -> str:
        """What makes two letters the same letter."""
        key = f"{self.subject_id}:{self.purpose}:{self.version}:{self.recipient_id}:{self.channel}"
        return f"{key}:{self.answers}" if self.answers else key


def queue(letter: Outgoing, now: datetime) -> Notice | None:
    """Writes the letter and promises its delivery, in the caller's transaction.

    Returns None where the same letter was written before: it is never written twice. Raises GuardRefused, LetterIncomplete or
    StaffLetterIncomplete, writing nothing.
    """
    if Notice.objects.filter(key=letter.key).exists():
        return None
    rendered = _guarded(letter)
    notice = Notice.objects.create(
        id=new_id(),
        key=letter.key,
        subject_id=letter.subject_id,
        application_code=letter.application_code,
        purpose=letter.purpose,
        version=letter.version,
        recipient_kind=letter.recipient_kind,
        recipient_id=letter.recipient_id,
        channel=letter.channel,
        language=letter.facts.recipient.language,
        address=letter.address,
        recipient_name=letter.facts.recipient.name,
        title=rendered.subject,
        text=rendered.text,
        html=rendered.html or None,
        calendar=letter.calendar or None,
        calendar_method=letter.calendar_method,
        headers=letter.headers,
        useful_until=letter.useful_until,
        created_at=now,
    )
    promise(Delivery.objects.create(notice=notice, due_at=now))
    return notice


def promise(delivery: Delivery) -> None:
    """Defers the job that makes this attempt; it commits with the row or not at all. Jobs carry ids only."""
    app.configure_task("deliver").defer(delivery_id=str(delivery.pk))


def _guarded(letter: Outgoing) -> Rendered:
    """The letter in words, past the guard that knows its kind of facts."""
    facts, purpose, short = letter.facts, letter.purpose, letter.channel == SMS
    if isinstance(facts, StaffFacts):
        purpose = StaffPurpose(purpose)
        rendered = _text_message(staff.text_message(facts, purpose)) if short else render(staff.compose(facts, purpose))
        staff_guard.check(rendered, facts, purpose)
    else:
        rendered = _text_message(render_sms(facts, purpose)) if short else render(compose(facts, purpose))
        guard.check(rendered, facts, facts.keywords, letter.job_keywords)
    return rendered


def _text_message(text: str) -> Rendered:
    return Rendered(subject="", html="", text=text)
