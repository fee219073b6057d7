"""What an interviewer is told: who, role, round, room, and the résumé behind a link; nothing of the candidate's life."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from mianyue.domain.notices.dates import Times
from mianyue.domain.notices.facts import LetterFacts
from mianyue.domain.notices.letter import Button, Content, Line, Link, Paragraph, Quiet, Row, Table
from mianyue.domain.notices.purposes import Purpose
from mianyue.domain.notices.rows import Rows


class _Writer:
    """Sentences of one letter. Subjects don't name the candidate: they show on locked screens and in shared offices."""

    def __init__(self, facts: LetterFacts, times: Times) -> None:
        self.facts, self.times, self.voice = facts, times, times.voice
        self.rows = Rows(facts, times)

    def subject(self, message: str) -> str:
        facts = self.facts
        when = self.times.moment(facts.interval.start)
        return self.voice.say(message, job=facts.job_title, round=facts.round_name, when=when)

    def content(self, subject: str, opening: str, when: list[Row]) -> Content:
        facts, rows, voice = self.facts, self.rows, self.voice
        table = [
            *when,
            *rows.candidate(),
            *rows.job(),
            *rows.room(facts.room),
            *rows.meeting_link(),
            *rows.form(detailed=False),
            *rows.interviewers(),
            *rows.keywords(),
            *rows.resume(),
        ]
        propose = Link(voice.say("propose another time"), facts.page_link)
        role = voice.say("You sit in to learn: the others hold the interview, and it does not depend on you.")
        blocks = (
            Paragraph((opening,)),
            *([Paragraph((role,))] if facts.sits_in else []),
            Table(tuple(table)),
            Button(Link(voice.say("Accept"), facts.page_link)),
            Quiet(voice.line("This time does not suit you: {propose}", propose=propose)),
        )
        return Content(self.subject(subject), self.when_and_zone(), blocks)

    def when_and_zone(self) -> str:
        interval = self.facts.interval
        return self.voice.say("{when} ({zone})", when=self.times.span(interval), zone=self.times.zone_name(interval.start))


def _booked(write: _Writer) -> Content:
    opening = write.voice.say("An interview with {candidate} is planned with you.", candidate=write.facts.candidate_name)
    if write.facts.sits_in:
        return write.content("Interview for you to sit in on: {job}, {round}, {when}", opening, write.rows.time())
    return write.content("Interview for you to hold: {job}, {round}, {when}", opening, write.rows.time())


def _changed(write: _Writer) -> Content:
    previous = write.facts.previous
    candidate = write.facts.candidate_name
    if previous is None or previous == write.facts.interval:
        opening = write.voice.say(
            "Something about the interview with {candidate} has changed. This is how it stands now.", candidate=candidate
        )
        when = write.rows.time()
    else:
        opening = write.voice.say("The interview with {candidate} has a new time.", candidate=candidate)
        when = write.rows.moved(previous)
    return write.content("Interview changed: {job}, {round}, now {when}", opening, when)


def _cancelled(write: _Writer) -> Content:
    candidate, when = write.facts.candidate_name, write.when_and_zone()
    if write.facts.sits_in:
        # True whether the interview is off or only goes on without them.
        opening = write.voice.say(
            "You no longer sit in on the interview with {candidate} on {when}. The time is yours again.",
            candidate=candidate,
            when=when,
        )
        subject = write.subject("No longer sitting in: {job}, {round}, {when}")
    else:
        opening = write.voice.say(
            "The interview with {candidate} on {when} will not take place. The time is yours again.",
            candidate=candidate,
            when=when,
        )
        subject = write.subject("Interview cancelled: {job}, {round}, {when}")
    return Content(subject, write.when_and_zone(), (Paragraph((opening,)), Table(tuple(write.rows.job()))))


def _reminder(write: _Writer) -> Content:
    opening = write.voice.say("A reminder of your interview with {candidate}.", candidate=write.facts.candidate_name)
    return write.content("Interview reminder: {job}, {round}, {when}", opening, write.rows.time())


def _late(write: _Writer) -> Content:
    facts, candidate = write.facts, write.facts.candidate_name
    if facts.ill:
        opening = write.voice.say("{candidate} has told us that they are not well and may not come.", candidate=candidate)
    elif facts.late_minutes:
        late = write.times.minutes(facts.late_minutes)
        opening = write.voice.say("{candidate} has told us that they will be about {late} late.", candidate=candidate, late=late)
    else:
        opening = write.voice.say("{candidate} has told us that they will be late.", candidate=candidate)
    subject = write.subject("About your interview: {job}, {round}, {when}")
    after = write.voice.say("The booking stands until you hear otherwise; a recruiter knows, too.")
    table = [*write.rows.time(), *write.rows.job(), *write.rows.room(facts.room), *write.rows.meeting_link()]
    return Content(subject, write.when_and_zone(), (Paragraph((opening,)), Table(tuple(table)), Paragraph((after,))))


_LETTERS: Mapping[Purpose, Callable[[_Writer], Content]] = {
    Purpose.INTERVIEWER_BOOKED: _booked,
    Purpose.INTERVIEWER_CHANGED: _changed,
    Purpose.INTERVIEWER_CANCELLED: _cancelled,
    Purpose.INTERVIEWER_REMINDER: _reminder,
    Purpose.INTERVIEWER_LATE: _late,
}


def write_to_interviewer(facts: LetterFacts, times: Times, purpose: Purpose) -> Content:
    """The content of a letter to one member of the panel."""
    return _LETTERS[purpose](_Writer(facts, times))


def why_interviewer(times: Times, notice: Link, privacy: Link) -> Line:
    """Why the interviewer hears of this, what they may do with it, and where to object for themselves."""
    return times.voice.line(
        "You receive this letter because you are on the panel of this interview. What you learn about the candidate is for this "
        "recruitment only; please do not pass it on. Your own rights: {notice} (to object: {privacy})",
        notice=notice,
        privacy=privacy,
    )
