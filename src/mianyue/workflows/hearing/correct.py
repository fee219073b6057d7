"""What was understood is put right: by the candidate with one tap, by a recruiter who read the words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from django.db import transaction

from mianyue.base.errors import NotFound, Refused, SomebodyWasFirst
from mianyue.base.interval import Interval
from mianyue.domain.desk.actions import settle
from mianyue.domain.desk.models import Task
from mianyue.domain.interviews import actions as interviews
from mianyue.domain.interviews.models import Interview
from mianyue.domain.replies import actions
from mianyue.domain.replies.models import Heard
from mianyue.domain.replies.queries import of_interview, waits_for_person
from mianyue.domain.replies.states import HeardState
from mianyue.domain.security.actions import record
from mianyue.domain.security.actor import Actor
from mianyue.workflows import change
from mianyue.workflows.hearing.act import Case, to_person
from mianyue.workflows.hearing.search import offer_within
from mianyue.workflows.hearing.understood import wanted_spans
from mianyue.workflows.reply import Visit, other_times, pick_for, standing


class Correction(StrEnum):
    """How somebody understood the words after all."""

    BOOK = "book"
    SEARCH = "search"
    ANSWERED = "answered"
    STEP_BACK = "step_back"
    NOTHING = "nothing"
    NOT_MEANT = "not_meant"


class HeardUnknown(NotFound):
    """Nobody said that about this interview."""

    code = "heard_unknown"


def not_meant(visit: Visit, heard_id: UUID, now: datetime) -> Heard:
    """The candidate says that they were misread: a person reads the words. Saying so again changes nothing. Raises HeardUnknown."""
    with transaction.atomic():
        interview, heard = _locked(visit, heard_id)
        if heard.state != HeardState.WITH_PERSON and not heard.corrected_as:
            done = to_person(Case(heard, interview, heard.understood, visit.actor, now), "not_meant")
            actions.move(heard, HeardState.WITH_PERSON, done)
            _corrected(heard, Correction.NOT_MEANT, visit.actor, now)
    return heard


def stay(visit: Visit, heard_id: UUID, now: datetime) -> Heard:
    """The candidate answers a question back with no: nothing is done. Raises HeardUnknown."""
    with transaction.atomic():
        _, heard = _locked(visit, heard_id)
        if heard.state == HeardState.ASKED_BACK and actions.move(heard, HeardState.NOTHING, {"code": "stayed"}):
            _settle(heard, now)
            record("reply.stayed", heard, visit.actor, now, application=heard.application_code)
    return heard


def move(visit: Visit, heard_id: UUID, seen: str, now: datetime) -> bool:
    """The candidate confirms that the booked time is to change: looks for the times they named, or for any.

    ``seen`` is the ``standing`` they were looking at. Returns whether times could be offered; if not, a person is asked and the booked
    time stands. Raises HeardUnknown, SomebodyWasFirst.
    """
    with transaction.atomic():
        interview, heard = _locked(visit, heard_id)
        spans = wanted_spans(heard.understood, interview.round.minutes)
        if not spans:
            return other_times(visit, "", now, seen=seen)
        if seen != standing(interview):
            raise SomebodyWasFirst("The interview has moved on in the meantime.", "Reload to see where it stands.")
        offered = offer_within(interview, spans, visit.actor, now)
        case = Case(heard, interview, heard.understood, visit.actor, now)
        windows = [{"start": span.start.isoformat(), "end": span.end.isoformat()} for span in spans]
        if offered:
            actions.move(heard, HeardState.ACTED, {"code": "offered", "windows": windows})
        else:
            to_person(case, "none_free", windows=windows)
            actions.move(heard, HeardState.WITH_PERSON, {"code": "none_free", "windows": windows})
        return offered


def correct(
    heard_id: UUID,
    correction: Correction,
    actor: Actor,
    now: datetime,
    *,
    time: tuple[int, int] | None = None,
    within: Sequence[Interval] = (),
) -> None:
    """A recruiter says what was meant, and that is done. ``time`` is the number and proposal of the time to book, ``within`` where to
    look for others.

    Raises HeardUnknown, Refused and SomebodyWasFirst, changing nothing.
    """
    row = Heard.objects.filter(pk=heard_id).first()
    if row is None:
        raise HeardUnknown("There is no such message.", "Reload the page.")
    with transaction.atomic():
        interview = interviews.lock(row.interview_id) if row.interview_id else None
        heard = actions.lock(heard_id)
        if correction in _ABOUT_INTERVIEW:
            if interview is None:
                raise Refused("This message belongs to no interview.", "Answer it yourself, then mark it as answered.")
            _act(interview, correction, actor, now, time, within)
        state = HeardState.NOTHING if correction == Correction.NOTHING else HeardState.ACTED
        actions.move(heard, state, {"code": f"corrected_{correction}"})
        _corrected(heard, correction, actor, now)
        _settle(heard, now)


_ABOUT_INTERVIEW = frozenset({Correction.BOOK, Correction.SEARCH, Correction.STEP_BACK})


def _act(
    interview: Interview,
    correction: Correction,
    actor: Actor,
    now: datetime,
    time: tuple[int, int] | None,
    within: Sequence[Interval],
) -> None:
    if correction == Correction.BOOK:
        if time is None:
            raise Refused("No time was chosen.", "Choose one of the times on offer.")
        pick_for(interview, *time, actor, now)
    elif correction == Correction.STEP_BACK:
        change.decline(interview, actor, now)
    elif not within or not offer_within(interview, within, actor, now):
        raise Refused(
            "None of these times is free for everybody; nothing was changed.", "Name other times, or answer the candidate."
        )


def _locked(visit: Visit, heard_id: UUID) -> tuple[Interview, Heard]:
    interview = interviews.lock(visit.interview.pk)
    found = of_interview(heard_id, interview.pk, visit.link.person_id)
    if found is None:
        raise HeardUnknown("There is no such message.", "Reload the page.")
    return interview, actions.lock(found.pk)


def _corrected(heard: Heard, correction: Correction, actor: Actor, now: datetime) -> None:
    actions.correct(heard, correction, f"{actor.kind}:{actor.id}", now)
    record("reply.corrected", heard, actor, now, application=heard.application_code, correction=str(correction))


def _settle(heard: Heard, now: datetime) -> None:
    """The open task that this message caused is done, unless others said about the same application still wait for a person."""
    settle(heard.pk, now, [Task.Kind.UNPLACED_MAIL])
    if heard.application_code and not waits_for_person(heard.application_code):
        for subject_id in Task.objects.filter(
            kind=Task.Kind.QUESTION, application_code=heard.application_code, state=Task.State.OPEN
        ).values_list("subject_id", flat=True):
            settle(subject_id, now, [Task.Kind.QUESTION])
