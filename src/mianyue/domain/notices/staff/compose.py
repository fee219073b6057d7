"""Turns facts and a purpose into a letter to one of the staff, or into a text message where they have only a mobile."""

from __future__ import annotations

from mianyue.domain.notices.compose import sender
from mianyue.domain.notices.dates import Times
from mianyue.domain.notices.letter import Footer, Letter, Link, Paragraph
from mianyue.domain.notices.sms import shortest
from mianyue.domain.notices.staff.facts import StaffFacts, require
from mianyue.domain.notices.staff.purposes import StaffPurpose
from mianyue.domain.notices.staff.times import times_of
from mianyue.domain.notices.staff.words import text_messages, write_to_staff


def compose(facts: StaffFacts, purpose: StaffPurpose) -> Letter:
    """The letter, in the reader's language. Raises StaffLetterIncomplete where a fact is missing that the purpose needs."""
    require(facts, purpose)
    times = times_of(facts)
    content = write_to_staff(facts, times, purpose)
    voice = times.voice
    name = facts.recipient.name
    greeting = voice.say("Dear {name},", name=name) if name else voice.say("Hello,")
    return Letter(
        purpose=purpose,
        language=voice.tag,
        direction="rtl" if voice.locale.text_direction == "rtl" else "ltr",
        subject=content.subject,
        preheader=content.preheader,
        blocks=(Paragraph((greeting,)), *content.blocks, _footer(facts, times)),
    )


def text_message(facts: StaffFacts, purpose: StaffPurpose) -> str:
    """The fullest of the wordings that take the fewest segments. Raises StaffLetterIncomplete."""
    require(facts, purpose)
    return shortest(text_messages(facts, times_of(facts), purpose))


def _footer(facts: StaffFacts, times: Times) -> Footer:
    """Why the reader hears of this, and where to object."""
    notice = Link(times.voice.say("privacy notice"), facts.privacy.notice_url)
    privacy = Link(facts.privacy.email, f"mailto:{facts.privacy.email}")
    why = times.voice.line(
        "You receive this letter because you work here. What it says of others is for this purpose only. Your rights: {notice} "
        "(to object: {privacy})",
        notice=notice,
        privacy=privacy,
    )
    return Footer((sender(facts.company, facts.contact, times), why))
