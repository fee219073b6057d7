"""The letters of an interview: facts gathered from rows, a link of the reader's own, and off to the outbox."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal
from uuid import UUID

from django.conf import settings

from mianyue.base.interval import Interval
from mianyue.domain.desk.actions import ask
from mianyue.domain.desk.models import Task
from mianyue.domain.interviews.models import Interview
from mianyue.domain.interviews.queries import booked_option, on_offer, whole
from mianyue.domain.notices.facts import LetterFacts, Recipient
from mianyue.domain.notices.guard import GuardRefused
from mianyue.domain.notices.links import new_link
from mianyue.domain.notices.models import Link, Notice
from mianyue.domain.notices.outbox import Outgoing, queue
from mianyue.domain.notices.purposes import LetterIncomplete, Purpose
from mianyue.domain.organization.models import Employee
from mianyue.domain.organization.queries import company as the_company
from mianyue.understanding.keywords.rank import to_name
from mianyue.workflows.facts import as_fact, entry_of, facts_of, span
from mianyue.workflows.word import will_be_worded

LINK_OUTLIVES = timedelta(days=30)
"""A link still opens after the interview, to say kindly what became of it."""

EMAIL, SMS = "email", "sms"

Method = Literal["", "REQUEST", "CANCEL"]


@dataclass(frozen=True, slots=True)
class Way:
    """How a person is reached: a channel and the address on it."""

    channel: str
    address: str


def version_of(interview: Interview, purpose: Purpose) -> int:
    """What a letter of that purpose written now tells of: the offering, the booking, or (an answer) both as they stand."""
    if purpose.offers:
        return interview.offering
    # Neither ever counts down, so their sum stands still only while both do.
    return interview.offering + interview.sequence if purpose.answers else interview.sequence


def ways(person: Any) -> list[Way]:
    """The ways to reach a candidate or employee, best first."""
    return [
        *([Way(EMAIL, person.email)] if person.email else []),
        *([Way(SMS, person.mobile)] if person.mobile else []),
    ]


class Letters:
    """Writes about one interview as it stands at this moment; after a change, make it anew.

    ``method`` attaches a calendar entry; ``previous`` is the time that no longer stands. Who can't be reached, and letters the guard
    refuses, are put before a person: better no letter than a wrong one.
    """

    def __init__(self, interview: Interview, now: datetime) -> None:
        self.interview = whole().get(pk=interview.pk)
        self.company = the_company()
        self.now = now
        self._booked = booked_option(self.interview)

    @property
    def panel(self) -> list[Employee]:
        """Who sits in the booked time, in seat order, whoever only sits in to learn last."""
        return [seat.employee for seat in self._booked.seats.all()] if self._booked else []

    def to_candidate(
        self,
        purpose: Purpose,
        *,
        way: Way | None = None,
        previous: Interval | None = None,
        method: Method = "",
        by_us: bool = False,
        added: bool = False,
    ) -> Notice | None:
        """Queues a letter to the candidate, on their best way unless told otherwise. None: it was written before, or can't be.

        ``by_us``: the change is not the candidate's wish; ``added``: what was on offer stands, and more came to it.
        """
        application = self.interview.application
        candidate = application.candidate
        way = way or next(iter(ways(candidate)), None)
        if way is None:
            ask(Task.Kind.NO_ADDRESS, application.pk, application.code, self.now, purpose=purpose)
            return None
        page = self._page("i", Link.Scope.CANDIDATE, candidate)
        facts = self._facts(
            Recipient(candidate.name, application.language, application.time_zone),
            page,
            previous,
            options=tuple(as_fact(o, f"{page}?pick={o.number}") for o in on_offer(self.interview)),
            held_until=self.interview.held_until,
            by_us=by_us,
            added=added,
        )
        return self._send(purpose, facts, way, "candidate", candidate, method, None)

    def to_answering_candidate(
        self, purpose: Purpose, way: Way, *, heard: UUID | None, numbers: Container[int] = (), **told: Any
    ) -> Notice | None:
        """Queues an answer to what the candidate wrote, the way it came. None: it was written before, or can't be.

        ``heard`` gives each thing they wrote an answer of its own; None: one for as long as the interview stands as it does.
        ``numbers`` are the times on offer that it speaks of, where not of all; ``told`` further facts.
        """
        application = self.interview.application
        candidate = application.candidate
        page = self._page("i", Link.Scope.CANDIDATE, candidate)
        facts = self._facts(
            Recipient(candidate.name, application.language, application.time_zone),
            page,
            None,
            options=tuple(
                as_fact(o, f"{page}?pick={o.number}") for o in on_offer(self.interview) if not numbers or o.number in numbers
            ),
            held_until=self.interview.held_until,
            **told,
        )
        return self._send(purpose, facts, way, "candidate", candidate, "", None, heard)

    def to_interviewer(
        self,
        employee: Employee,
        purpose: Purpose,
        *,
        previous: Interval | None = None,
        method: Method = "",
        sits_in: bool | None = None,
        heard: UUID | None = None,
        **told: Any,
    ) -> Notice | None:
        """Queues a letter to one interviewer. None: it was written before, or can't be.

        ``sits_in``: whether they (would) only sit in to learn; None: as the booked time says. ``heard``: what of the candidate's own
        words the letter passes on, ``told`` what of it.
        """
        application = self.interview.application
        way = next(iter(ways(employee)), None)
        if way is None:
            ask(Task.Kind.NO_ADDRESS, application.pk, application.code, self.now, purpose=purpose, employee=employee.code)
            return None
        page = self._page("p", Link.Scope.INTERVIEWER, employee)
        facts = self._facts(
            Recipient(employee.name, employee.language or self.company.default_language, employee.time_zone),
            page,
            previous,
            resume_link=f"{page}/resume" if application.resume_id and not purpose.cancels else "",
            sits_in=self._shadows(employee) if sits_in is None else sits_in,
            **told,
        )
        return self._send(purpose, facts, way, "interviewer", employee, method, employee.pk, heard)

    def _shadows(self, employee: Employee) -> bool:
        seats = self._booked.seats.all() if self._booked else ()
        return any(seat.shadow and seat.employee_id == employee.pk for seat in seats)

    def _page(self, door: str, scope: str, person: Any) -> str:
        ends = max((o.during.upper for o in self.interview.options.all()), default=self.now)
        token = new_link(scope, self.interview.pk, person.pk, max(ends, self.now) + LINK_OUTLIVES)
        return f"{settings.MIANYUE_URL}/{door}/{token}"

    def _facts(self, recipient: Recipient, page: str, previous: Interval | None, **more: Any) -> LetterFacts:
        return facts_of(
            self.interview,
            self.company,
            [self._booked] if self._booked else on_offer(self.interview),
            recipient=recipient,
            page_link=page,
            chosen=as_fact(self._booked, page) if self._booked else None,
            previous=previous,
            keywords=to_name(self.interview.application.keywords),
            now=self.now,
            **more,
        )

    def _send(
        self,
        purpose: Purpose,
        facts: LetterFacts,
        way: Way,
        kind: str,
        person: Any,
        method: Method,
        employee_id: Any,
        heard: UUID | None = None,
    ) -> Notice | None:
        interview, application = self.interview, self.interview.application
        when = span(self._booked) if self._booked else facts.previous
        entry = b""
        if method and when and way.channel == EMAIL:
            entry = entry_of(interview, facts, method=method, interval=when, address=way.address, employee_id=employee_id)
        try:
            notice = queue(
                Outgoing(
                    subject_id=interview.pk,
                    application_code=application.code,
                    purpose=purpose,
                    version=version_of(interview, purpose),
                    recipient_kind=kind,
                    recipient_id=person.pk,
                    channel=way.channel,
                    address=way.address,
                    facts=facts,
                    job_keywords=tuple(application.job.keywords),
                    calendar=entry,
                    calendar_method=method if entry else "",
                    # RFC 2369: whoever wants no more of these finds the page on which to step back; opening it changes nothing.
                    headers={"List-Unsubscribe": f"<{facts.page_link}>"} if purpose.offers and way.channel == EMAIL else {},
                    useful_until=self._useful_until(purpose, facts),
                    answers=heard,
                ),
                self.now,
            )
        except (GuardRefused, LetterIncomplete) as refused:
            ask(Task.Kind.LETTER_REFUSED, application.pk, application.code, self.now, purpose=purpose, why=str(refused))
            return None
        if notice is not None:
            will_be_worded(notice, facts, tuple(application.job.keywords), self.now)
        return notice

    def _useful_until(self, purpose: Purpose, facts: LetterFacts) -> datetime | None:
        """When the letter has lost its point: an offer at the end of the hold, anything about a booked time at its beginning."""
        if purpose.offers:
            return self.interview.held_until
        if purpose is Purpose.CLOSING or purpose.cancels:
            return None
        if purpose is Purpose.INTERVIEWER_LATE:
            return facts.interval.end
        return facts.chosen.interval.start if facts.chosen else None
