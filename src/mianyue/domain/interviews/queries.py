"""Reading interviews."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Count, Exists, F, OuterRef, Prefetch, Q, QuerySet, Window
from django.db.models.functions import RowNumber
from psycopg.types.range import TimestamptzRange

from mianyue.base.interval import Interval
from mianyue.domain.interviews.models import Claim, Interview, Option, Seat
from mianyue.domain.interviews.states import LIVE, ClaimState, InterviewState, OptionState
from mianyue.domain.recruiting.models import Application, Round
from mianyue.domain.spans import between, end_of, start_of


def whole(interviews: QuerySet[Interview] | None = None) -> QuerySet[Interview]:
    """Interviews with everything a page or a letter shows of them, in a number of queries that doesn't grow with the rows."""
    options = Option.objects.select_related("room__site").prefetch_related(
        Prefetch("seats", Seat.objects.select_related("employee"))
    )
    return (
        (Interview.objects.all() if interviews is None else interviews)
        .select_related("application__candidate", "application__job__site", "round")
        .prefetch_related(Prefetch("options", options))
    )


def live(application_ids: Iterable[UUID], now: datetime) -> dict[UUID, Interview]:
    """The live interview of each application that has one; an offer that has run out is none, even before anybody has ended it."""
    running = Q(state=InterviewState.BOOKED) | Q(state__in=LIVE, held_until__gt=now)
    return {i.application_id: i for i in whole(Interview.objects.filter(running, application_id__in=list(application_ids)))}


def on_offer(interview: Interview) -> list[Option]:
    """The options of the current proposal that are still held, in the letter's order."""
    return [o for o in interview.options.all() if o.proposal == interview.proposal and o.state == OptionState.HELD]


def booked_option(interview: Interview) -> Option | None:
    """The option the interview is booked at, with its seats and room."""
    return next((o for o in interview.options.all() if o.pk == interview.booked_id), None)


@dataclass(frozen=True, slots=True)
class Promised:
    """A span that one person or room is promised to one interview; ``site`` is the code of where that is, empty for a video meeting.

    ``interview_id`` is None where one of the staff has booked the room.
    """

    resource_id: UUID
    interview_id: UUID | None
    interval: Interval
    site: str


def active_claims(window: Interval, now: datetime, but_of: Iterable[UUID] = ()) -> list[Promised]:
    """What is promised inside ``window``: bookings, and holds that haven't run out. ``but_of``: interviews not to count. One query."""
    claims = Claim.objects.filter(
        Q(state=ClaimState.BOOKED) | Q(state=ClaimState.HOLD, expires_at__gt=now),
        during__overlap=TimestamptzRange(window.start, window.end, "[)"),
    ).exclude(interview_id__in=list(but_of))
    rows = claims.values_list(
        "resource_id",
        "interview_id",
        start_of("during"),
        end_of("during"),
        "option__room__site__code",
        "interview__round__mode",
        "interview__round__job__site__code",
    )
    return [
        Promised(resource, interview, between(start, end), room_at or (job_at if mode == Round.Mode.ONSITE else ""))
        for resource, interview, start, end, room_at, mode, job_at in rows
    ]


@dataclass(frozen=True, slots=True)
class Sitting:
    """A time at which somebody of a panel is to sit in an interview, booked or still held for the candidate to choose."""

    interview_id: UUID
    during: Interval
    booked: bool


def sittings(employee_ids: Collection[UUID], window: Interval, now: datetime) -> dict[UUID, list[Sitting]]:
    """The interviews that touch ``window``, by employee, by their start; holds that have run out don't count. One query."""
    claims = Claim.objects.filter(
        Q(state=ClaimState.BOOKED) | Q(state=ClaimState.HOLD, expires_at__gt=now),
        resource_kind=Claim.Resource.EMPLOYEE,
        resource_id__in=list(employee_ids),
        during__overlap=TimestamptzRange(window.start, window.end, "[)"),
    ).order_by("during")
    found: dict[UUID, list[Sitting]] = defaultdict(list)
    rows = claims.values_list("resource_id", "interview_id", start_of("during"), end_of("during"), "state")
    for employee_id, interview_id, start, end, state in rows:
        found[employee_id].append(Sitting(interview_id, between(start, end), state == ClaimState.BOOKED))
    return found


def standing(now: datetime) -> QuerySet[Interview]:
    """The interviews that promise a time still to come: booked, or with times held that haven't run out; whole."""
    booked = Q(state=InterviewState.BOOKED, booked__during__startswith__gt=now)
    held = Q(state__in=[InterviewState.OFFERED, InterviewState.TENTATIVE], held_until__gt=now)
    return whole(Interview.objects.filter(booked | held).order_by("created_at", "pk"))


def short_of_options(now: datetime, enough: int, answerable: timedelta) -> QuerySet[Interview]:
    """The offers with fewer than ``enough`` times to choose from, and ``answerable`` at least left to choose; the oldest first."""
    of_now = Q(options__state=OptionState.HELD, options__proposal=F("proposal"), options__during__startswith__gt=now)
    offered = Interview.objects.filter(state=InterviewState.OFFERED, held_until__gt=now + answerable)
    return offered.annotate(choices=Count("options", filter=of_now)).filter(choices__lt=enough).order_by("pk")


def refused_times(interview: Interview) -> list[Interval]:
    """Times offered before in this interview: never offered again after the candidate asked for others."""
    return [Interval(o.during.lower, o.during.upper) for o in interview.options.all()]


def board(limit: int = 200) -> QuerySet[Interview]:
    """The newest interviews for the recruiter's board."""
    return whole(Interview.objects.exclude(state=InterviewState.RELEASED).order_by("-changed_at"))[:limit]


def uninvited() -> QuerySet[Application]:
    """Active applications without a live interview: those that somebody may invite."""
    busy = Interview.objects.filter(application=OuterRef("pk"), state__in=LIVE)
    return Application.objects.filter(~Exists(busy), state=Application.State.ACTIVE)


@dataclass(frozen=True, slots=True)
class Backlog:
    """How many applications wait for one round to be arranged, how long it takes, and where it needs a room (None: nowhere)."""

    round_id: UUID
    waiting: int
    minutes: int
    room_at: UUID | None


def backlog(but_of: Collection[UUID] = ()) -> list[Backlog]:
    """The rounds that are still to be arranged. ``but_of``: applications not to count. One query."""
    waiting = uninvited().exclude(pk__in=but_of).filter(job__rounds__number=F("round_number")).order_by()
    rows = waiting.values_list("job__rounds", "job__rounds__minutes", "job__rounds__needs_room", "job__site_id")
    return [
        Backlog(round_id, count, minutes, site_id if needs_room else None)
        for round_id, minutes, needs_room, site_id, count in rows.annotate(count=Count("pk"))
    ]


def newest_of_each_state(limit: int) -> QuerySet[Interview]:
    """The ``limit`` interviews of every state that changed last, whole."""
    place = Window(RowNumber(), partition_by="state", order_by="-changed_at")
    newest = Interview.objects.annotate(place=place).filter(place__lte=limit).values("pk")
    return whole(Interview.objects.filter(pk__in=newest)).order_by("-changed_at")
