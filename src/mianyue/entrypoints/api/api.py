"""The API: invite, recommend, result, status. Every call is one workflow; errors are ``{"error": {"code", "message", "hint"}}``."""

from __future__ import annotations

from datetime import date
from typing import Any, Literal

from django.conf import settings
from django.contrib.admin.views.decorators import staff_member_required
from django.http import HttpRequest
from ninja import Field, NinjaAPI, Query, Schema
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.security import HttpBearer, SessionAuth

from mianyue.domain.security.actor import Actor
from mianyue.workflows import finish
from mianyue.workflows.invite import Wish, look
from mianyue.workflows.invite import invite as invite_step
from mianyue.workflows.tell import describe
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


class WhomToInvite(Schema):
    """Exactly one of the three."""

    application_ids: list[str] = []
    job_id: str = ""
    everyone: bool = False
    earliest: date | None = Field(None, description="No time before this date at the job's site.")
    days: int | None = Field(None, ge=1, le=250, description="How many working days to look at.")
    dry_run: bool = Field(False, description="Show the times; hold nothing, send nothing.")

    def wish(self) -> Wish:
        if sum(map(bool, (self.application_ids, self.job_id, self.everyone))) != 1:
            raise HttpError(422, "Say whom to invite: application_ids, job_id or everyone.")
        return Wish(self.application_ids, self.job_id, self.everyone, self.earliest, self.days)


class OptionOut(Schema):
    start: str = Field(description="ISO 8601 with the offset of the job's site.")
    end: str
    interviewers: list[str]
    room_id: str | None
    reasons: list[dict[str, Any]]


class InvitedOut(Schema):
    application_id: str
    state: str = Field(description="possible, none, or the state of the interview.")
    options: list[OptionOut]
    problem: dict[str, Any] | None


class ResultIn(Schema):
    result: Literal["passed", "rejected", "next_round", "no_show"]
    hire: bool = Field(False, description="With passed: confirm the hire and open the attendance account.")
    first_day: date | None = None
    closing_letter: bool = Field(False, description="With rejected: HR's consent to send the closing letter now.")


@api.post("/invitations", response=list[InvitedOut], summary="Invite candidates")
def invite(request: HttpRequest, whom: WhomToInvite) -> list[dict[str, Any]]:
    """Finds three times for each, holds them, writes and sends the notice. Whoever is invited already stays as they are."""
    wish, now = whom.wish(), settings.CLOCK.now()
    return describe(look(wish, now) if whom.dry_run else invite_step(wish, request.auth, now))


@api.get("/applications/{application_id}/recommendation", response=InvitedOut, summary="The best three times, and why")
def recommend(
    request: HttpRequest,
    application_id: str,
    earliest: date | None = Query(None, description="No time before this date at the job's site."),
    days: int | None = Query(None, ge=1, le=250, description="How many working days to look at."),
) -> dict[str, Any]:
    """Holds nothing, sends nothing. Invited already: what is on offer."""
    return describe(look(Wish([application_id], earliest=earliest, days=days), settings.CLOCK.now()))[0]


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
        account = finish.confirm_hire(application_id, said.first_day, request.auth, now)
        done |= {"state": "hired", "account": {"employee_id": account.employee.code}}
    if said.closing_letter:
        done["closing_letter_sent"] = finish.send_closing_letter(application_id, request.auth, now)
    return done


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
