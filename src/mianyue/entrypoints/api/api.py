"""The API: invite, recommend, result, plan. Every call is one workflow; errors are ``{"error": {"code", "message", "hint"}}``."""

from __future__ import annotations

from datetime import date
from typing import Any, Literal

from django.conf import settings
from django.contrib.admin.views.decorators import staff_member_required
from django.http import HttpRequest
from ninja import Field, NinjaAPI, Query, Schema
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.security import HttpBearer, SessionAuth

from mianyue.domain.plans.asked import Asked
from mianyue.domain.plans.queries import plan_numbered
from mianyue.domain.security.actor import Actor
from mianyue.workflows import finish
from mianyue.workflows import plan as planning
from mianyue.workflows.invite import Wish, look
from mianyue.workflows.invite import invite as invite_step
from mianyue.workflows.look_ahead import look_ahead
from mianyue.workflows.provisioned import provisioned
from mianyue.workflows.tell import describe, describe_plan
from mianyue.workflows.tokens import program_of


class ProgramKey(HttpBearer):
    """``Authorization: Bearer <key>`` of a program; keys come from ``mianyue token NAME``."""

    def authenticate(self, request: HttpRequest, token: str) -> Actor | None:
        name = program_of(token)
        return Actor("program", name) if name else None


class Recruiter(SessionAuth):
    """A recruiter who is logged in to the console (with CSRF token for writing)."""

    def _get_key(self, request: HttpRequest) -> str | None:
        # Without a session there is nothing to forge: the answer is "no key", not "no CSRF token".
        return super()._get_key(request) if settings.SESSION_COOKIE_NAME in request.COOKIES else None

    def authenticate(self, request: HttpRequest, key: str | None) -> Actor | None:
        user = request.user
        return Actor("user", str(user.pk)) if user.is_authenticated and user.is_active and user.is_staff else None


api = NinjaAPI(
    title="mianyue",
    version="1",
    description="Interview notices that write, send, book and follow up themselves.",
    auth=[ProgramKey(), Recruiter()],
    docs_decorator=staff_member_required,
    urls_namespace="api",
)


class Whom(Schema):
    """Exactly one of the three, and where to look for times."""

    application_ids: list[str] = []
    job_id: str = ""
    everyone: bool = False
    earliest: date | None = Field(None, description="No time before this date at the job's site.")
    days: int | None = Field(None, ge=1, le=250, description="How many working days to look at.")

    def wish(self) -> Wish:
        if sum(map(bool, (self.application_ids, self.job_id, self.everyone))) != 1:
            raise HttpError(422, "Say whom to invite: application_ids, job_id or everyone.")
        return Wish(self.application_ids, self.job_id, self.everyone, self.earliest, self.days)


class WhomToInvite(Whom):
    dry_run: bool = Field(False, description="Show the times; hold nothing, send nothing.")


class WhomToPlan(Whom):
    options: int = Field(3, ge=1, le=3, description="How many times for each candidate.")
    seconds: int = Field(60, ge=1, le=86400, description="How long to search each part.")
    seed: int = Field(0, ge=0, le=2**31 - 1, description="The same seed gives the same plan again.")

    def asked(self) -> Asked:
        return Asked(self.options, self.earliest, self.days, self.seconds, self.seed)


class TimeOut(Schema):
    start: str = Field(description="ISO 8601 with the offset of the job's site.")
    end: str
    interviewers: list[str]
    shadow: str | None = Field(description="Who sits in to learn.")
    room_id: str | None
    predicted_day: bool = Field(description="Nobody has announced yet whether that date is worked.")


class OptionOut(TimeOut):
    reasons: list[dict[str, Any]]


class InvitedOut(Schema):
    application_id: str
    state: str = Field(description="possible, none, or the state of the interview.")
    options: list[OptionOut]
    problem: dict[str, Any] | None
    relaxations: list[dict[str, Any]] = Field(description="Where fewer times were found than are wanted: what would give more.")


class OptionAheadOut(OptionOut):
    then: list[TimeOut] = Field([], description="When the next round follows; only there with with_next.")


class RecommendedOut(InvitedOut):
    options: list[OptionAheadOut]


class PlannedOut(Schema):
    application_id: str
    options: list[OptionOut]


class PlanOut(Schema):
    """The keys of ``mianyue plan --json``."""

    plan: int = Field(description="The plan's number.")
    state: str = Field(description="searching, ready, sending, sent or discarded.")
    applications: int
    placed: int = Field(description="How many candidates have at least one time.")
    invited: int = Field(description="How many were invited so far, once the plan is being sent.")
    more_possible: int | None = Field(description="How many more candidates could get a time at most; null until all is searched.")
    objective: int
    bound: int = Field(description="No plan has more points.")
    gap: float = Field(description="How far the plan may be from the best one, as a part of the bound.")
    seconds: float
    parts: int
    parts_failed: int
    shares: dict[str, int] = Field(description="How many candidates get how many times.")
    options: list[PlannedOut]


class ResultIn(Schema):
    result: Literal["passed", "rejected", "next_round", "no_show"]
    hire: bool = Field(False, description="With passed: confirm the hire and open the attendance account.")
    first_day: date | None = None
    worked_since: date | None = None
    closing_letter: bool = Field(False, description="With rejected: HR's consent to send the closing letter now.")


@api.post("/invitations", response=list[InvitedOut], summary="Invite candidates")
def invite(request: HttpRequest, whom: WhomToInvite) -> list[dict[str, Any]]:
    """Finds three times for each, holds them, writes and sends the notice. Whoever is invited already stays as they are."""
    wish, now = whom.wish(), settings.CLOCK.now()
    return describe(look(wish, now) if whom.dry_run else invite_step(wish, request.auth, now))


@api.get(
    "/applications/{application_id}/recommendation",
    response=RecommendedOut,
    exclude_unset=True,
    summary="The best three times, and why",
)
def recommend(
    request: HttpRequest,
    application_id: str,
    earliest: date | None = Query(None, description="No time before this date at the job's site."),
    days: int | None = Query(None, ge=1, le=250, description="How many working days to look at."),
    with_next: Literal["back-to-back", "same-day"] | None = Query(
        None, description="Times at which the next round can follow: at once, or on the same day."
    ),
) -> dict[str, Any]:
    """Holds nothing, sends nothing. Invited already: what is on offer."""
    wish, now = Wish([application_id], earliest=earliest, days=days), settings.CLOCK.now()
    return describe([look_ahead(application_id, with_next, now, wish.search)] if with_next else look(wish, now))[0]


@api.post("/applications/{application_id}/result", response=dict[str, Any], summary="Record a result")
def result(request: HttpRequest, application_id: str, said: ResultIn) -> dict[str, Any]:
    """What follows from it happens by itself. Saying it again changes nothing."""
    if said.hire and said.result != "passed":
        raise HttpError(422, "hire goes with passed.")
    if said.closing_letter and said.result != "rejected":
        raise HttpError(422, "closing_letter goes with rejected.")
    now = settings.CLOCK.now()
    done = finish.set_result(application_id, said.result, request.auth, now)
    if said.hire:
        run = finish.confirm_hire(application_id, said.first_day, request.auth, now, said.worked_since)
        done |= {"state": "hired", **provisioned(run)}
    if said.closing_letter:
        done["closing_letter_sent"] = finish.send_closing_letter(application_id, request.auth, now)
    return done


@api.post("/plans", response=PlanOut, summary="Plan times for many candidates at once")
def plan(request: HttpRequest, whom: WhomToPlan) -> dict[str, Any]:
    """Workers search; nothing is held and nobody is written to before the plan is sent. Ask for the plan to see how it stands."""
    return describe_plan(planning.begin(whom.wish(), whom.asked(), request.auth, settings.CLOCK.now()))


@api.get("/plans/{number}", response=PlanOut, summary="How a plan stands, and its times")
def plan_standing(request: HttpRequest, number: int) -> dict[str, Any]:
    """While it is searched, with what was found so far."""
    return describe_plan(plan_numbered(number))


@api.post("/plans/{number}/{act}", response=PlanOut, summary="Send, stop or discard a plan")
def settle_plan(request: HttpRequest, number: int, act: Literal["send", "stop", "discard"]) -> dict[str, Any]:
    """``send``: a worker holds the times and sends the letters. ``stop``: take the best so far. ``discard``: put it away."""
    step = {"send": planning.send_later, "stop": planning.stop, "discard": planning.discard}[act]
    step(plan_numbered(number), request.auth, settings.CLOCK.now())
    return describe_plan(plan_numbered(number))


@api.exception_handler(AuthenticationError)
def _no_key(request: HttpRequest, error: AuthenticationError) -> Any:
    said = {"code": "no_key", "message": "This needs a key.", "hint": "Send Authorization: Bearer …, made by: mianyue token NAME"}
    return api.create_response(request, {"error": said}, status=401)


@api.exception_handler(ValidationError)
def _not_understood(request: HttpRequest, error: ValidationError) -> Any:
    places = "; ".join(f"{'.'.join(map(str, e['loc'][1:]))}: {e['msg']}" for e in error.errors)
    said = {"code": "not_understood", "message": places, "hint": "Compare with the API's description at /api/v1/docs."}
    return api.create_response(request, {"error": said}, status=422)


@api.exception_handler(HttpError)
def _refused(request: HttpRequest, error: HttpError) -> Any:
    said = {"code": "not_understood", "message": str(error), "hint": "Compare with the API's description at /api/v1/docs."}
    return api.create_response(request, {"error": said}, status=error.status_code)
