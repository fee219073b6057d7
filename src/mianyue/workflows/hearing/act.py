"""Does what was decided, inside the transaction that has the interview locked; what can't be done comes to a person."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from mianyue.base.errors import SomebodyWasFirst
from mianyue.base.interval import Interval
from mianyue.domain.desk.actions import ask
from mianyue.domain.desk.models import Task
from mianyue.domain.interviews.models import Interview
from mianyue.domain.interviews.queries import booked_option, refused_times, whole
from mianyue.domain.notices.answers import known_topics
from mianyue.domain.notices.facts import Recipient
from mianyue.domain.notices.purposes import Purpose
from mianyue.domain.notices.queries import written_since
from mianyue.domain.organization.queries import company as the_company
from mianyue.domain.replies.models import Heard
from mianyue.domain.replies.policy import Act, Step
from mianyue.domain.security.actor import Actor
from mianyue.workflows import change
from mianyue.workflows.facts import as_fact, facts_of
from mianyue.workflows.gather import Search
from mianyue.workflows.hearing.search import any_within, offer_by, offer_within
from mianyue.workflows.hearing.seen import as_seen, open_options
from mianyue.workflows.hearing.understood import ruled_out, wanted_spans
from mianyue.workflows.reply import pick_for
from mianyue.workflows.write import EMAIL, Letters, Way

MOST_LETTERS_A_DAY = 3
"""Letters that one person gets within 24 hours because of what a candidate wrote; what comes then is the recruiter's, so that no two
machines write to each other and nobody's phone rings all day."""

Done = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Case:
    """What was heard, the locked interview it is about, what was understood, and who said it."""

    heard: Heard
    interview: Interview
    understood: Mapping[str, Any]
    actor: Actor
    now: datetime


def carry_out(steps: Iterable[Step], case: Case) -> list[Done]:
    """Does the steps in order. Returns what was done, in codes."""
    done: list[Done] = []
    for step in steps:
        did = _DO[step.act](step.facts, case)
        done += [one for one in did if one not in done]
    return done


def to_person(case: Case, why: str, **facts: Any) -> Done:
    """Puts the words before a person, once for each thing that was said."""
    task = Task.objects.filter(
        kind=Task.Kind.QUESTION, subject_id=case.interview.application_id, state=Task.State.OPEN, facts__heard=str(case.heard.pk)
    )
    if not task.exists():
        application = case.interview.application
        said, heard = case.heard.words or None, str(case.heard.pk)
        ask(Task.Kind.QUESTION, application.pk, application.code, case.now, said=said, about=why, heard=heard, **facts)
    return {"code": "person", "why": why}


def _book(facts: Mapping[str, Any], case: Case) -> list[Done]:
    seen = case.heard.offered[facts["number"] - 1]
    try:
        pick_for(case.interview, seen["number"], seen["proposal"], case.actor, case.now)
    except SomebodyWasFirst:
        return [to_person(case, "gone")]
    return [{"code": "booked", "number": seen["number"], "proposal": seen["proposal"], "start": seen["start"], "end": seen["end"]}]


def _booked_already(facts: Mapping[str, Any], case: Case) -> list[Done]:
    return [{"code": "booked_already"}]


def _noted(facts: Mapping[str, Any], case: Case) -> list[Done]:
    return [{"code": "noted"}]


def _ask_which(facts: Mapping[str, Any], case: Case) -> list[Done]:
    """About the times at these positions as they were seen; about all that are on offer now where none is named."""
    there = as_seen(open_options(whole().get(pk=case.interview.pk), case.now))
    times = [case.heard.offered[position - 1] for position in facts["numbers"]] or there
    asked = {"code": "asked_which", "times": times, **({"why": facts["why"]} if "why" in facts else {})}
    return [asked, *_letter(case, Purpose.ASK_BACK, numbers=[one["number"] for one in times])]


def _search(facts: Mapping[str, Any], case: Case) -> list[Done]:
    spans = wanted_spans(dict(case.understood), case.interview.round.minutes)
    times = [_as_value(span) for span in spans]
    if case.interview.proposal >= change.MOST_PROPOSALS and case.actor.kind == "candidate":
        return [to_person(case, "too_often", windows=times)]
    refused = refused_times(case.interview) if case.heard.wants_others else ()
    if offer_within(case.interview, spans, case.actor, case.now, refused):
        return [{"code": "offered", "windows": times}]
    return _none_free(spans, case)


def _none_free(spans: Sequence[Interval], case: Case) -> list[Done]:
    times = [_as_value(span) for span in spans]
    person = to_person(case, "none_free", windows=times)
    return [{"code": "none_free", "windows": times}, person, *_letter(case, Purpose.NONE_FREE, each=True, asked=tuple(spans))]


def _other_times(facts: Mapping[str, Any], case: Case) -> list[Done]:
    interview = case.interview
    without = tuple(ruled_out(dict(case.understood), interview.round.minutes))
    search = Search(not_these=tuple(refused_times(interview)), without=without)
    offered = offer_by(search, interview, case.actor, case.now)
    return [{"code": "offered_others"}] if offered else [to_person(case, "other_times", offered=False)]


def _ask_move(facts: Mapping[str, Any], case: Case) -> list[Done]:
    """Asks whether the booked time is to be given up; where the words name others, only if there is one among them."""
    spans = wanted_spans(dict(case.understood), case.interview.round.minutes)
    if not spans:
        return [{"code": "asked_move"}, *_letter(case, Purpose.ASK_MOVE)]
    if not any_within(case.interview, spans, case.now):
        return _none_free(spans, case)
    return [{"code": "asked_move", "windows": [_as_value(span) for span in spans]}, *_letter(case, Purpose.ASK_MOVE)]


def _ask_step_back(facts: Mapping[str, Any], case: Case) -> list[Done]:
    return [{"code": "asked_step_back"}, *_letter(case, Purpose.ASK_STEP_BACK)]


def _answer(facts: Mapping[str, Any], case: Case) -> list[Done]:
    known = topics_known(case.interview, facts["topics"], case.now)
    done: list[Done] = (
        [{"code": "answered", "topics": list(known)}, *_letter(case, Purpose.ANSWER, each=True, topics=known)] if known else []
    )
    return done if len(known) == len(facts["topics"]) else [*done, to_person(case, "question")]


def _tell_panel(facts: Mapping[str, Any], case: Case) -> list[Done]:
    letters = Letters(case.interview, case.now)
    minutes, ill = case.understood.get("late"), facts["why"] == "ill"
    for employee in letters.panel:
        if written_since(employee.pk, [Purpose.INTERVIEWER_LATE], case.now - timedelta(days=1)) >= MOST_LETTERS_A_DAY:
            continue
        letters.to_interviewer(employee, Purpose.INTERVIEWER_LATE, heard=case.heard.pk, late_minutes=minutes, ill=ill)
    return [{"code": "told_panel", "why": facts["why"], "minutes": minutes}]


def _person(facts: Mapping[str, Any], case: Case) -> list[Done]:
    return [to_person(case, facts["why"])]


_DO: Mapping[Act, Callable[[Mapping[str, Any], Case], list[Done]]] = {
    Act.BOOK: _book,
    Act.BOOKED_ALREADY: _booked_already,
    Act.NOTED: _noted,
    Act.ASK_WHICH: _ask_which,
    Act.SEARCH: _search,
    Act.OTHER_TIMES: _other_times,
    Act.ASK_MOVE: _ask_move,
    Act.ASK_STEP_BACK: _ask_step_back,
    Act.ANSWER: _answer,
    Act.TELL_PANEL: _tell_panel,
    Act.PERSON: _person,
}


def topics_known(interview: Interview, topics: Iterable[str], now: datetime) -> tuple[str, ...]:
    """The topics that the interview's facts answer as it stands."""
    interview = whole().get(pk=interview.pk)
    application, company = interview.application, the_company()
    booked = booked_option(interview)
    shown = [booked] if booked else open_options(interview, now)
    reader = Recipient(application.candidate.name, application.language, application.time_zone)
    chosen = as_fact(booked) if booked else None
    return known_topics(topics, facts_of(interview, company, shown, recipient=reader, chosen=chosen, now=now))


def _letter(case: Case, purpose: Purpose, *, each: bool = False, numbers: Iterable[int] = (), **told: Any) -> list[Done]:
    """Answers a mail by mail: a question back once for as long as the interview stands so, anything else once for each mail.

    Whoever wrote on the page reads the answer there. Where no letter may go out, a person is asked.
    """
    if case.heard.channel != Heard.Channel.EMAIL:
        return []
    candidate = case.interview.application.candidate
    answers = [one for one in Purpose if one.answers]
    if written_since(candidate.pk, answers, case.now - timedelta(days=1)) >= MOST_LETTERS_A_DAY:
        return [to_person(case, "many_letters")]
    way = Way(EMAIL, candidate.email) if candidate.email else None
    with transaction.atomic():
        letters = Letters(case.interview, case.now)
        heard = case.heard.pk if each else None
        written = way and letters.to_answering_candidate(purpose, way, heard=heard, numbers=set(numbers), **told)
    return [{"code": "wrote", "purpose": str(purpose)}] if written else [to_person(case, "asked_before")]


def _as_value(span: Interval) -> dict[str, str]:
    return {"start": span.start.isoformat(), "end": span.end.isoformat()}
