"""Reading interviews."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet, Window
from django.db.models.functions import RowNumber
from psycopg.types.range import TimestamptzRange

from mianyue.base.interval import Interval
from mianyue.domain.interviews.models import Claim, Interview, Option, Seat
from mianyue.domain.interviews.states import LIVE, ClaimState, InterviewState, OptionState
from mianyue.domain.recruiting.models import Application


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


def active_claims(window: Interval, now: datetime, but_of: Iterable[UUID] = ()) -> list[Claim]:
    """What is promised inside ``window``: bookings, and holds that haven't run out. ``but_of``: interviews not to count."""
    claims = Claim.objects.filter(
        Q(state=ClaimState.BOOKED) | Q(state=ClaimState.HOLD, expires_at__gt=now),
        during__overlap=TimestamptzRange(window.start, window.end, "[)"),
    ).exclude(interview_id__in=list(but_of))
    return list(claims.only("resource_id", "resource_kind", "during", "state", "expires_at"))


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


def newest_of_each_state(limit: int) -> QuerySet[Interview]:
    """The ``limit`` interviews of every state that changed last, whole."""
    place = Window(RowNumber(), partition_by="state", order_by="-changed_at")
    newest = Interview.objects.annotate(place=place).filter(place__lte=limit).values("pk")
    return whole(Interview.objects.filter(pk__in=newest)).order_by("-changed_at")
