"""What the interviewer's page shows: the job's view of the candidate, nothing of the candidate's life."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.urls import reverse

from mianyue.domain.interviews.models import Interview, InterviewChange, Seat
from mianyue.domain.interviews.queries import booked_option
from mianyue.domain.notices.dates import Times, times_of
from mianyue.domain.notices.facts import LetterFacts
from mianyue.domain.notices.letter import Row
from mianyue.domain.notices.rows import Rows
from mianyue.entrypoints.portal.door import Guest
from mianyue.entrypoints.portal.rows import tappable
from mianyue.workflows.ask_change import URGENT
from mianyue.workflows.facts import as_fact, facts_of
from mianyue.workflows.reply import seat_of


@dataclass(frozen=True, slots=True)
class Page:
    """One page; ``seat`` is None when the interview is no longer this person's. ``own`` is the time on the reader's own clock.

    ``may_ask``: for another time, while there is time to decide about it; ``asked_already``: that is being decided.
    """

    facts: LetterFacts
    seat: Seat | None = None
    starts: datetime | None = None
    when: str = ""
    zone: str = ""
    own: str = ""
    begun: bool = False
    may_ask: bool = False
    asked_already: bool = False
    rows: tuple[Row, ...] = ()


def read(guest: Guest) -> Page:
    """The page as it stands at the guest's instant."""
    interview = guest.visit.interview
    seat = seat_of(guest.visit)
    option = booked_option(interview)
    if seat is None or option is None:
        return Page(facts_of(interview, guest.company, [], recipient=guest.reader, now=guest.now))
    application = interview.application
    resume = settings.MIANYUE_URL + reverse("portal:resume", args=[guest.token]) if application.resume_id else ""
    facts = facts_of(
        interview,
        guest.company,
        [option],
        recipient=guest.reader,
        chosen=as_fact(option),
        keywords=tuple(application.keywords),
        resume_link=resume,
        now=guest.now,
    )
    times = times_of(facts)
    return Page(
        facts,
        seat,
        starts=facts.interval.start,
        when=times.span(facts.interval),
        zone=times.zone_name(facts.interval.start),
        own=_on_own_clock(facts, times),
        begun=option.during.lower <= guest.now,
        may_ask=not seat.shadow and seat.answer != Seat.Answer.DECLINED and option.during.lower - guest.now > URGENT,
        asked_already=_asked_already(interview, seat),
        rows=_rows(facts, times),
    )


def _asked_already(interview: Interview, seat: Seat) -> bool:
    waiting = InterviewChange.objects.filter(interview=interview, employee=seat.employee, state=InterviewChange.State.PENDING)
    return waiting.exists()


def _rows(facts: LetterFacts, times: Times) -> tuple[Row, ...]:
    rows = Rows(facts, times)
    table = [
        *rows.job(),
        *rows.room(facts.room),
        *rows.meeting_link(),
        *rows.form(detailed=False),
        *rows.interviewers(),
        *rows.keywords(),
        *rows.resume(),
    ]
    return tuple(tappable(table))


def _on_own_clock(facts: LetterFacts, times: Times) -> str:
    """The time where the reader lives, when another clock hangs on the wall there; else empty."""
    start = facts.interval.start
    zone = ZoneInfo(facts.recipient.zone)
    if start.astimezone(zone).utcoffset() == start.astimezone(times.zone).utcoffset():
        return ""
    own = Times(times.voice, zone, times.now)
    return times.voice.say("{when} ({zone})", when=own.span(facts.interval), zone=own.zone_name(start))
