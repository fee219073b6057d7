"""Step 2: three true times become a promise, and the promise a letter, in one transaction per application."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, F, OuterRef

from mianyue.base.errors import NotFound, SomebodyWasFirst
from mianyue.base.interval import Interval
from mianyue.domain.desk.actions import ask, settle
from mianyue.domain.desk.models import Task
from mianyue.domain.interviews.actions import AlreadyInvited, TimeTaken, lock, move, open_interview
from mianyue.domain.interviews.models import Interview
from mianyue.domain.interviews.offers import Offer
from mianyue.domain.interviews.queries import live
from mianyue.domain.interviews.states import InterviewState
from mianyue.domain.notices.purposes import Purpose
from mianyue.domain.organization.models import Employee
from mianyue.domain.recruiting.models import Application, Round, SeatChoice
from mianyue.domain.rooms.models import Room
from mianyue.domain.security.actions import record
from mianyue.domain.security.actor import Actor
from mianyue.domain.timers.actions import cancel_timers, set_timer
from mianyue.scheduling.facts import Option, Recommendation
from mianyue.workflows.find_slots import plan_for, recommend_for
from mianyue.workflows.gather import Search
from mianyue.workflows.give_up import give_up_expired
from mianyue.workflows.matching import match_waiting
from mianyue.workflows.relaxed import relaxed
from mianyue.workflows.write import Letters

HINDERING = {
    "duplicate_application": "It repeats another application of the same person for the same job.",
    "unknown_job": "Its job does not exist.",
    "unknown_round": "Its round does not exist.",
    "job_without_rounds": "Its job has no interview rounds.",
    "missing_value": "Something that must be known of it is missing.",
    "bad_value": "Something that must be known of it, such as the time zone, can't be understood.",
}
"""Problems of the import for which no invitation can go out, and why."""

FOLLOW_UP, GIVE_UP, TENTATIVE_ENDS, REMINDER = "follow_up", "give_up", "tentative_ends", "reminder"


@dataclass(frozen=True, slots=True)
class Invited:
    """What became of one application. ``problem`` is None or ``{"code", "message", "hint", "facts"}``.

    ``then``: per option of the recommendation those of the rounds that follow it, where they were asked for.
    """

    application: Application
    interview: Interview | None = None
    recommendation: Recommendation | None = None
    problem: dict[str, Any] | None = None
    fresh: bool = False
    then: tuple[tuple[Option, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Wish:
    """Whom to invite and where to look for times; ``by_match`` sees first to those whose résumés show most of what their job asks for."""

    applications: Sequence[str] = ()
    job: str = ""
    everyone: bool = False
    earliest: date | None = None
    days: int | None = None
    by_match: bool = False
    search: Search = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "search", Search(self.earliest, self.days))


def applications_of(wish: Wish) -> list[Application]:
    """The active applications a wish names, in the order of their ids or of their match (equals by id, unknown last).

    Raises NotFound for an id that doesn't exist.
    """
    order = [F("match").desc(nulls_last=True), "code"] if wish.by_match else ["code"]
    every = Application.objects.select_related("candidate", "job__site").order_by(*order)
    if wish.applications:
        found = list(every.filter(code__in=wish.applications))
        missing = sorted(set(wish.applications) - {a.code for a in found})
        if missing:
            raise NotFound(f"There is no application {', '.join(missing)}.", "Known ids: mianyue status")
        return found
    if wish.job:
        found = list(every.filter(job__code=wish.job, state=Application.State.ACTIVE))
        if not found and not every.filter(job__code=wish.job).exists():
            raise NotFound(f"There is no job {wish.job} with applications.", "Look at the console, or at mianyue status.")
        return found
    return list(every.filter(state=Application.State.ACTIVE)) if wish.everyone else []


def look(wish: Wish, now: datetime) -> list[Invited]:
    """What ``invite`` would offer, promising nothing and sending nothing."""
    return _decide(applications_of(wish), wish.search, now)


def invite(wish: Wish, actor: Actor, now: datetime) -> list[Invited]:
    """Invites everybody the wish names who isn't invited yet. One application's failure never touches another's."""
    give_up_expired(now)
    if waiting := [application.code for application in applications_of(wish) if application.to_match]:
        match_waiting(now, waiting)  # no worker has come by since the import: what they are told of must not depend on that
    done = [
        promise(decided, wish.search, actor, now) if decided.recommendation and decided.interview is None else _note(decided, now)
        for decided in _decide(applications_of(wish), wish.search, now)
    ]
    offered = live([one.application.pk for one in done if one.interview is None and one.problem is None], now)
    return [replace(one, interview=one.interview or offered.get(one.application.pk)) for one in done]


def invitable(applications: Iterable[Application], now: datetime) -> list[tuple[Application, Round]]:
    """Those who can be invited now, each with the round to be arranged: no live interview, nothing that hinders."""
    return _Standing.of(list(applications), now).open


@dataclass(frozen=True, slots=True)
class _Standing:
    """Where applications stand: their live interviews, what hinders them, and who can be invited."""

    lives: Mapping[UUID, Interview]
    hindered: Mapping[UUID, dict[str, Any]]
    open: list[tuple[Application, Round]]

    @classmethod
    def of(cls, applications: Sequence[Application], now: datetime) -> _Standing:
        somebody = Exists(SeatChoice.objects.filter(round=OuterRef("pk")))
        every = Round.objects.filter(job_id__in={a.job_id for a in applications}).annotate(seated=somebody)
        rounds = {(r.job_id, r.number): r for r in every}
        lives = live((a.pk for a in applications), now)
        seated = {r.pk for r in every if r.seated}
        waiting = [a for a in applications if a.pk not in lives]
        hindered = {a.pk: problem for a in waiting if (problem := _hindrance(a, rounds, seated))}
        return cls(lives, hindered, [(a, rounds[a.job_id, a.round_number]) for a in waiting if a.pk not in hindered])


def _decide(applications: Sequence[Application], search: Search, now: datetime) -> list[Invited]:
    """Per application: the live interview it has, the times it could be offered, or the problem that hinders it."""
    standing = _Standing.of(applications, now)
    open_ = standing.open
    planned = plan_for(open_, now, search) if len(open_) != 1 else {open_[0][0].pk: recommend_for(*open_[0], now, search)}
    decided = []
    for application in applications:
        if application.pk in standing.lives:
            decided.append(Invited(application, interview=standing.lives[application.pk]))
        elif application.pk in standing.hindered:
            decided.append(Invited(application, problem=standing.hindered[application.pk]))
        else:
            decided.append(_judged(application, planned[application.pk]))
    return decided


def _judged(application: Application, recommendation: Recommendation) -> Invited:
    if recommendation.options:
        return Invited(application, recommendation=recommendation)
    return Invited(application, recommendation=recommendation, problem=no_time(recommendation))


def no_time(recommendation: Recommendation) -> dict[str, Any]:
    """The problem of an application nobody can be found for, with what excluded the times."""
    return {
        "code": "no_time",
        "message": "No time within the horizon is true for everybody needed.",
        "hint": "Look at what excludes the times: widen the horizon, add an interviewer to the round, or free a room.",
        "facts": [{"why": str(e.why), "who": e.who, "starts": e.starts} for e in recommendation.excluded[:12]],
    }


def _hindrance(application: Application, rounds: dict[tuple[UUID, int], Round], seated: set[UUID]) -> dict[str, Any] | None:
    for code in application.problems:
        if code in HINDERING:
            return {"code": code, "message": HINDERING[code], "hint": "Mend the company's files and import again.", "facts": []}
    if application.state != Application.State.ACTIVE:
        return {"code": "not_active", "message": f"The application is {application.state}.", "hint": "", "facts": []}
    round_ = rounds.get((application.job_id, application.round_number))
    if round_ is None:
        has_any = any(job_id == application.job_id for job_id, _ in rounds)
        code = "unknown_round" if has_any else "job_without_rounds"
        return {
            "code": code,
            "message": HINDERING[code],
            "hint": "Add the round to interview_rounds and import again.",
            "facts": [],
        }
    if round_.pk not in seated:
        return {
            "code": "no_interviewer",
            "message": "Nobody is named who could hold this round.",
            "hint": "Name interviewers in interview_rounds and import again.",
            "facts": [],
        }
    return None


def promise(decided: Invited, search: Search, actor: Actor, now: datetime) -> Invited:
    """Holds the planned times and queues the letter. A time lost to somebody else meanwhile is searched anew, a few times."""
    application, recommendation = decided.application, decided.recommendation
    round_ = Round.objects.get(job_id=application.job_id, number=application.round_number)
    for _ in range(4):
        if recommendation is None or not recommendation.options:
            break
        try:
            with transaction.atomic():
                _offer(application, round_, recommendation, actor, now)
            return Invited(application, recommendation=recommendation, fresh=True)
        except AlreadyInvited:
            # Another recruiter was first: their interview is the answer.
            return Invited(application)
        except TimeTaken:
            recommendation = recommend_for(application, round_, now, search)
    return _note(_judged(application, recommendation), now) if recommendation else decided


def _offer(application: Application, round_: Round, recommendation: Recommendation, actor: Actor, now: datetime) -> None:
    offers = offers_of(recommendation)
    interview = open_interview(application, round_, InterviewState.OFFERED, held_until(offers, now), now, offers)
    settle(application.pk, now, [Task.Kind.NO_TIME, Task.Kind.NO_ANSWER])
    announce(interview, Purpose.INVITATION, now)
    record("interview.offered", interview, actor, now, application=application.code, proposal=1, options=len(offers))


def announce(
    interview: Interview, purpose: Purpose, now: datetime, previous: Interval | None = None, *, by_us: bool = False
) -> None:
    """Sends the offered times to the candidate and sets the timers that watch for an answer.

    ``previous`` is the booked time they replace: its calendar entry is cancelled by the same letter. ``by_us``: the candidate
    did not ask for other times.
    """
    Letters(interview, now).to_candidate(purpose, previous=previous, method="CANCEL" if previous else "", by_us=by_us)
    cancel_timers(interview.pk, now)
    follow_up_at = now + settings.MIANYUE_FOLLOW_UP_AFTER
    if interview.held_until and follow_up_at < interview.held_until:
        set_timer(FOLLOW_UP, interview.pk, follow_up_at, proposal=interview.proposal)
    set_timer(GIVE_UP, interview.pk, interview.held_until or follow_up_at, proposal=interview.proposal)


def held_until(offers: Sequence[Offer], now: datetime) -> datetime:
    """Until when offered times are held: until the silence after the second notice ends, but not past the last of them."""
    return min(
        now + settings.MIANYUE_FOLLOW_UP_AFTER + settings.MIANYUE_GIVE_UP_AFTER,
        max(offer.during.start for offer in offers),
    )


def offers_of(recommendation: Recommendation) -> list[Offer]:
    """A recommendation in the terms of the interviews room."""
    options = recommendation.options
    employees = dict(
        Employee.objects.filter(code__in={c for o in options for c in (*o.people, o.shadow) if c}).values_list("code", "pk")
    )
    rooms = dict(Room.objects.filter(code__in={o.room for o in options if o.room}).values_list("code", "pk"))
    return [
        Offer(
            during=option.interval,
            employees=tuple(employees[code] for code in option.people),
            room=rooms[option.room] if option.room else None,
            reasons=[{"code": reason.code, **dict(reason.facts)} for reason in option.reasons],
            shadow=employees[option.shadow] if option.shadow else None,
        )
        for option in options
    ]


def _note(decided: Invited, now: datetime) -> Invited:
    """Puts an application without times before a person, with the excluding facts."""
    if decided.problem and decided.problem["code"] == "no_time":
        application = decided.application
        with transaction.atomic():
            asked = {"excluded": decided.problem["facts"], "relaxations": relaxed(decided.recommendation)}
            ask(Task.Kind.NO_TIME, application.pk, application.code, now, **asked)
    return decided


def start_invitation(interview: Interview, actor: Actor, now: datetime) -> None:
    """Turns a tentatively held next round into an invitation. Raises SomebodyWasFirst where that was done, or the hold ran out."""
    with transaction.atomic():
        interview = lock(interview.pk)
        if interview.state != InterviewState.TENTATIVE or (interview.held_until and interview.held_until <= now):
            raise SomebodyWasFirst("These times are no longer held tentatively.", "Reload to see where the interview stands.")
        offers = [o.during.lower for o in interview.options.all()]
        until = min(
            now + settings.MIANYUE_FOLLOW_UP_AFTER + settings.MIANYUE_GIVE_UP_AFTER, max(offers, default=now + timedelta(days=1))
        )
        move(interview, InterviewState.OFFERED, now, held_until=until)
        interview.claims.filter(state="hold").update(expires_at=until)
        announce(interview, Purpose.INVITATION, now)
        settle(interview.application_id, now, [Task.Kind.NEXT_ROUND])
        record("interview.offered", interview, actor, now, application=interview.application.code, proposal=interview.proposal)
