"""The booked interview as a file for the candidate's calendar."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse

from mianyue.domain.interviews.queries import booked_option
from mianyue.domain.interviews.states import InterviewState
from mianyue.entrypoints.portal.door import Guest
from mianyue.workflows.facts import as_fact, entry_of, facts_of, span


def for_candidate(guest: Guest) -> bytes | None:
    """An iTIP REQUEST like the letter's, with the same UID and SEQUENCE; None unless the interview is booked."""
    interview = guest.visit.interview
    option = booked_option(interview)
    if interview.state != InterviewState.BOOKED or option is None:
        return None
    page = f"{settings.MIANYUE_URL}{reverse('portal:candidate', args=[guest.token])}"
    facts = facts_of(
        interview, guest.company, [option], recipient=guest.reader, chosen=as_fact(option), page_link=page, now=guest.now
    )
    # An entry needs an address even for who is reached by phone only; nobody can have one under .invalid (RFC 2606).
    address = interview.application.candidate.email or "candidate@mianyue.invalid"
    return entry_of(interview, facts, method="REQUEST", interval=span(option), address=address)
