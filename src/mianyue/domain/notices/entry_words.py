"""What a calendar entry says, in the words of whoever keeps the calendar."""

from __future__ import annotations

from dataclasses import dataclass

from mianyue.domain.notices.dates import times_of
from mianyue.domain.notices.facts import LetterFacts
from mianyue.domain.notices.rows import Rows


@dataclass(frozen=True, slots=True)
class EntryWords:
    """Title, body and place of a calendar entry."""

    summary: str
    description: str
    location: str


def entry_words(facts: LetterFacts, *, to_interviewer: bool) -> EntryWords:
    """The candidate reads role and company, the interviewer the candidate and the role; both find the page for changes."""
    times = times_of(facts)
    say = times.voice.say
    if to_interviewer:
        summary = say(
            "Interview: {name} – {role} ({round})", name=facts.candidate_name, role=facts.job_title, round=facts.round_name
        )
    else:
        summary = say("Interview: {role} – {company}", role=facts.job_title, company=facts.company)
    room = facts.chosen.room_name if facts.chosen else ""
    place = Rows(facts, times).where(facts.place, room) if facts.place else facts.video_link or say("Video interview")
    lines = [facts.round_name, say("Change or cancel: {link}", link=facts.page_link) if facts.page_link else ""]
    return EntryWords(summary, "\n".join(line for line in lines if line), place)
