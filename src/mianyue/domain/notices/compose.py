"""Turns facts and a purpose into a letter: greeting, what this purpose says, and who writes and why."""

from __future__ import annotations

import re

from mianyue.domain.notices.dates import Times, times_of
from mianyue.domain.notices.facts import Contact, LetterFacts
from mianyue.domain.notices.letter import Footer, Letter, Line, Link, Paragraph
from mianyue.domain.notices.purposes import Purpose, require
from mianyue.domain.notices.to_candidate import why_candidate, write_to_candidate
from mianyue.domain.notices.to_interviewer import why_interviewer, write_to_interviewer


def compose(facts: LetterFacts, purpose: Purpose | str) -> Letter:
    """The letter, in the recipient's language and zone. Raises LetterIncomplete where a fact is missing that the purpose needs."""
    purpose = Purpose(purpose)
    require(facts, purpose)
    times = times_of(facts)
    write = write_to_interviewer if purpose.to_interviewer else write_to_candidate
    content = write(facts, times, purpose)
    voice = times.voice
    name = facts.recipient.name
    greeting = voice.say("Dear {name},", name=name) if name else voice.say("Hello,")
    return Letter(
        purpose=purpose,
        language=voice.tag,
        direction="rtl" if voice.locale.text_direction == "rtl" else "ltr",
        subject=content.subject,
        preheader=content.preheader,
        blocks=(Paragraph((greeting,)), *content.blocks, _footer(facts, times, purpose)),
    )


def _footer(facts: LetterFacts, times: Times, purpose: Purpose) -> Footer:
    notice = Link(times.voice.say("privacy notice"), facts.privacy.notice_url)
    privacy = Link(facts.privacy.email, f"mailto:{facts.privacy.email}")
    why = why_interviewer(times, notice, privacy) if purpose.to_interviewer else why_candidate(times, notice, privacy)
    return Footer((sender(facts.company, facts.contact, times), why))


def sender(company: str, contact: Contact, times: Times) -> Line:
    """Who writes and answers: the last line but one of every letter."""
    pieces: list[str | Link] = [" ".join(part for part in (company, contact.name) if part)]
    if contact.phone:
        # RFC 3966: the number to dial, without what only makes it readable.
        pieces.append(Link(contact.phone, "tel:" + re.sub(r"[^0-9+]", "", contact.phone)))
    if contact.email:
        pieces.append(Link(contact.email, f"mailto:{contact.email}"))
    line: Line = (pieces[0],)
    for piece in pieces[1:]:
        line = (*line, times.voice.say(" · "), piece)
    return line
