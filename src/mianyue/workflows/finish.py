"""Step 6: the result, and what follows from it: a hire's account, the next round's time, or hours that are free again."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction

from mianyue.base.errors import NotFound, Refused, SomebodyWasFirst
from mianyue.domain.desk.actions import ask, settle
from mianyue.domain.desk.models import Task
from mianyue.domain.interviews.actions import leave_early, lock, move
from mianyue.domain.interviews.models import Interview
from mianyue.domain.interviews.states import LIVE, InterviewState
from mianyue.domain.notices.purposes import Purpose
from mianyue.domain.provisioning.models import Run
from mianyue.domain.recruiting import actions as recruiting
from mianyue.domain.recruiting.models import Application, Round
from mianyue.domain.security.actions import record
from mianyue.domain.security.actor import Actor
from mianyue.domain.timers.actions import cancel_timers
from mianyue.workflows import change, provision
from mianyue.workflows.freed import freed
from mianyue.workflows.hold_next import hold_tentatively
from mianyue.workflows.overtaken import overtaken
from mianyue.workflows.provision.person import employee_code
from mianyue.workflows.write import Letters

Result = Interview.Result


def set_result(application_code: str, result: str, actor: Actor, now: datetime) -> dict[str, Any]:
    """Records ``passed``, ``rejected``, ``next_round`` or ``no_show`` for the application's interview and does what follows.

    Saying the same again changes nothing. Raises NotFound, or Refused when another result stands or there is nothing to judge.
    Returns what was done, as the API prints it.
    """
    if result not in Result.values:
        raise Refused(f"{result!r} is no result.", f"One of: {', '.join(Result.values)}.")
    with transaction.atomic():
        application, interview = _judged(application_code)
        if _was_said(application, interview, result):
            return {"application_id": application.code, "result": result, "state": application.state, "changed": False}
        if result == Result.REJECTED:
            return _reject(application, interview, actor, now)
        if interview is None or interview.state != InterviewState.BOOKED:
            raise Refused(
                f"{application.code} has no booked interview to judge.", "Invite the candidate first; see mianyue status."
            )
        if result == Result.NEXT_ROUND:
            return _next_round(application, interview, actor, now)
        _finish(interview, result, now)
        if result == Result.PASSED:
            recruiting.move(application, Application.State.PASSED)
            ask(Task.Kind.HIRE, application.pk, application.code, now, job=application.job.code)
        record("interview.finished", interview, actor, now, application=application.code, result=result)
        return {"application_id": application.code, "result": result, "state": application.state, "changed": True}


def confirm_hire(
    application_code: str, first_day: date | None, actor: Actor, now: datetime, worked_since: date | None = None
) -> Run:
    """Hires somebody who passed: a provisioning run brings employee, attendance account, group, shift and quotas like the team's. Once;
    again changes nothing.

    The run begins in the transaction of the hire and is gone on with right after it, so that with mianyue's own attendance the account
    is there when this returns. Where attendance is elsewhere and doesn't answer, a worker goes on. ``worked_since``: the first day of
    the hire's first job anywhere. Raises Refused unless the application is passed.
    """
    with transaction.atomic():
        application = _locked(application_code)
        run = Run.objects.filter(application_id=application.pk).first()
        if run is None:
            if not recruiting.move(application, Application.State.HIRED):
                raise Refused(
                    f"{application.code} is {application.state}, not passed.", "Record the result first: mianyue result … passed"
                )
            today = now.astimezone(ZoneInfo(application.job.site.time_zone)).date()
            settle(application.pk, now, [Task.Kind.HIRE])
            record(
                "application.hired", application, actor, now, application=application.code, employee=employee_code(application.code)
            )
            run = provision.begin(application, first_day or today, actor, now, worked_since)
    return provision.go_on(run.pk, now)


def send_closing_letter(application_code: str, actor: Actor, now: datetime) -> bool:
    """Sends the closing letter of a rejected application: this call is HR's consent. False when it was sent before."""
    with transaction.atomic():
        application = _locked(application_code)
        if application.state != Application.State.REJECTED:
            raise Refused(f"{application.code} is not rejected.", "A closing letter follows a rejection only.")
        interview = Interview.objects.filter(application=application).order_by("-created_at").first()
        if interview is None:
            raise Refused(f"{application.code} never had an interview.", "Write to the candidate yourself.")
        notice = Letters(interview, now).to_candidate(Purpose.CLOSING)
        settle(application.pk, now, [Task.Kind.CLOSING_LETTER])
        record("application.closed", application, actor, now, application=application.code, sent=notice is not None)
        return notice is not None


def _locked(code: str) -> Application:
    application = (
        Application.objects.select_for_update(of=("self",)).select_related("candidate", "job__site").filter(code=code).first()
    )
    if application is None:
        raise NotFound(f"There is no application {code}.", "Known ids: mianyue status")
    return application


def _judged(code: str) -> tuple[Application, Interview | None]:
    """The application and the interview a result is about, both locked: the interview first, as everybody does who wants both."""
    interview_id = _interview_of(code)
    interview = lock(interview_id) if interview_id else None
    application = _locked(code)
    if _interview_of(code) != interview_id:
        raise SomebodyWasFirst(f"{code} was invited a moment ago.", "Look where it stands, then say the result again.")
    return application, interview


def _interview_of(code: str) -> UUID | None:
    """The live interview of the application, else the one that ended last."""
    found = Interview.objects.filter(application__code=code).order_by("-created_at").values_list("pk", flat=True)
    return found.filter(state__in=LIVE).first() or found.first()


def _was_said(application: Application, interview: Interview | None, result: str) -> bool:
    """Whether this very result stands already. Raises Refused where another one does and was the last word."""
    if interview is None or interview.state == InterviewState.BOOKED:
        return False
    if result == Result.NEXT_ROUND:
        before = {"round__number": application.round_number - 1, "state": InterviewState.FINISHED, "result": result}
        if Interview.objects.filter(application=application, **before).exists():
            return True
    if interview.state != InterviewState.FINISHED or interview.result == result:
        return interview.result == result
    if result == Result.REJECTED and interview.result in (Result.NEXT_ROUND, Result.NO_SHOW):
        return False  # that one ended the interview, not the application
    raise Refused(f"{application.code} already has the result {interview.result}.", "A result is final; it was not changed.")


def _finish(interview: Interview, result: str, now: datetime) -> None:
    if interview.booked and interview.booked.during.lower > now:
        change.end_with_result(interview, result, now)  # decided before it began: nobody need come
        return
    move(interview, InterviewState.FINISHED, now, result=result, held_until=None)
    cancel_timers(interview.pk, now)
    settle(interview.application_id, now, [Task.Kind.VIDEO_LINK, Task.Kind.INTERVIEWER_OUT, Task.Kind.PROMISE_BROKEN])
    overtaken(interview, now)
    if result == Result.NO_SHOW and leave_early(interview, now):
        freed(now)  # everybody goes back to work, and the room is empty


def _reject(application: Application, interview: Interview | None, actor: Actor, now: datetime) -> dict[str, Any]:
    if application.state == Application.State.REJECTED:
        return {"application_id": application.code, "result": "rejected", "state": application.state, "changed": False}
    if not recruiting.move(application, Application.State.REJECTED):
        raise Refused(f"{application.code} is {application.state} and can't be rejected.", "Nothing was changed.")
    if interview is not None and interview.state in LIVE:
        change.end_with_result(interview, Result.REJECTED, now)
    settle(application.pk, now)
    if interview is not None:  # whom we never wrote to, we don't turn down by letter
        ask(Task.Kind.CLOSING_LETTER, application.pk, application.code, now, job=application.job.code)
    record("application.rejected", application, actor, now, application=application.code)
    return {"application_id": application.code, "result": "rejected", "state": application.state, "changed": True}


def _next_round(application: Application, interview: Interview, actor: Actor, now: datetime) -> dict[str, Any]:
    following = Round.objects.filter(job_id=application.job_id, number=interview.round.number + 1).first()
    if following is None:
        raise Refused(f"{application.job.code} has no round after {interview.round.number}.", "Record passed instead.")
    _finish(interview, Result.NEXT_ROUND, now)
    recruiting.advance(application, interview.round.number)
    done: dict[str, Any] = {"application_id": application.code, "result": "next_round", "state": application.state, "changed": True}
    if found := hold_tentatively(application, following, actor, now).options:
        done["tentative"] = [option.interval.start.isoformat() for option in found]
    record("interview.finished", interview, actor, now, application=application.code, result="next_round", round=following.number)
    return done
