"""What the candidate's page shows, for each way an interview can stand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from mianyue.domain.interviews.models import Interview, Option
from mianyue.domain.interviews.queries import booked_option, live, on_offer
from mianyue.domain.interviews.states import InterviewState
from mianyue.domain.notices.dates import Times, times_of
from mianyue.domain.notices.facts import LetterFacts
from mianyue.domain.notices.letter import Row
from mianyue.domain.notices.models import Link
from mianyue.domain.notices.rows import Rows
from mianyue.entrypoints.portal.door import Guest
from mianyue.entrypoints.portal.rows import tappable
from mianyue.workflows.facts import as_fact, facts_of, room_of, span


class Stage(StrEnum):
    """Which page it is; the template of that name shows it."""

    CHOOSE = "choose"
    LAPSED = "lapsed"
    BOOKED = "booked"
    BEGUN = "begun"
    OVER = "over"


@dataclass(frozen=True, slots=True)
class Choice:
    """One time to choose, in words; ``where`` is empty unless the rooms of the choices differ."""

    number: int
    starts: datetime
    when: str
    where: str


@dataclass(frozen=True, slots=True)
class Page:
    """The facts of one page; ``picked`` is the choice that the letter's link named, ``choices`` are the others."""

    stage: Stage
    interview: Interview
    facts: LetterFacts
    zone: str = ""
    until: str = ""
    choices: tuple[Choice, ...] = ()
    picked: Choice | None = None
    replaced: bool = False
    booked: Choice | None = None
    rows: tuple[Row, ...] = ()
    newer: bool = False

    @property
    def abroad(self) -> bool:
        """Whether the page speaks by another clock than the reader's own: that on the wall of the interview's place."""
        own, now = ZoneInfo(self.facts.recipient.zone), self.facts.now
        return now.astimezone(own).utcoffset() != now.astimezone(self.facts.zone).utcoffset()


def read(guest: Guest, pick: str = "") -> Page:
    """The page as it stands at the guest's instant; ``pick`` is the number of a time, as the letter's link has it."""
    interview = guest.visit.interview
    stage, options = _stage(interview, guest.now)
    chosen = as_fact(options[0]) if stage in (Stage.BOOKED, Stage.BEGUN) else None
    facts = facts_of(interview, guest.company, options, recipient=guest.reader, chosen=chosen, now=guest.now)
    times = times_of(facts)
    zone = times.zone_name(options[0].during.lower) if options else ""
    if stage is Stage.CHOOSE:
        choices = _choices(options, times, facts)
        replaced = _is_older(guest.visit.link, options)
        # A link from an earlier letter counts other times: its number would name one that nobody meant.
        picked = None if replaced else next((c for c in choices if str(c.number) == pick), None)
        return Page(
            stage,
            interview,
            facts,
            zone=zone,
            until=times.moment(interview.held_until) if interview.held_until else "",
            choices=tuple(c for c in choices if c != picked),
            picked=picked,
            replaced=replaced,
            rows=_rows(facts, times),
        )
    if chosen:
        booked = Choice(chosen.number, chosen.interval.start, times.span(chosen.interval), "")
        return Page(stage, interview, facts, zone=zone, booked=booked, rows=_rows(facts, times))
    newer = stage is Stage.OVER and interview.application_id in live([interview.application_id], guest.now)
    return Page(stage, interview, facts, newer=newer)


def _stage(interview: Interview, now: datetime) -> tuple[Stage, list[Option]]:
    """The stage, and the options that its page speaks of."""
    if interview.state == InterviewState.OFFERED:
        held = interview.held_until is None or now < interview.held_until
        options = [option for option in on_offer(interview) if option.during.lower > now] if held else []
        return (Stage.CHOOSE, options) if options else (Stage.LAPSED, [])
    booked = booked_option(interview)
    if interview.state == InterviewState.BOOKED and booked:
        return (Stage.BOOKED if now < booked.during.lower else Stage.BEGUN), [booked]
    return Stage.OVER, []


def _choices(options: list[Option], times: Times, facts: LetterFacts) -> list[Choice]:
    rooms_differ = facts.place is not None and len({room_of(option) for option in options}) > 1
    return [
        Choice(option.number, option.during.lower, times.span(span(option)), room_of(option) if rooms_differ else "")
        for option in options
    ]


def _rows(facts: LetterFacts, times: Times) -> tuple[Row, ...]:
    rows = Rows(facts, times)
    table = [
        *rows.interviewers(),
        *rows.place(facts.room),
        *rows.meeting_link(),
        *rows.form(),
        *rows.prepare(),
        *rows.portfolio(),
        *rows.materials(),
    ]
    return tuple(tappable(table))


def _is_older(link: Link, options: list[Option]) -> bool:
    """Whether the link came with a letter that offered other times: ids begin with the millisecond they were made in."""
    return link.pk.int >> 80 < min(option.pk.int >> 80 for option in options)
