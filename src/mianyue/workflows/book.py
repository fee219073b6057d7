"""Step 4: the pick becomes a booking, and everybody concerned knows within seconds."""

from __future__ import annotations

from datetime import datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction

from mianyue.base.errors import Refused
from mianyue.domain.desk.actions import ask, settle
from mianyue.domain.desk.models import Task
from mianyue.domain.interviews.actions import choose, lock, move
from mianyue.domain.interviews.models import Interview, Option
from mianyue.domain.interviews.states import InterviewState
from mianyue.domain.notices.actions import refuse_waiting
from mianyue.domain.notices.purposes import Purpose
from mianyue.domain.recruiting.models import Round
from mianyue.domain.security.actions import record
from mianyue.domain.security.actor import Actor
from mianyue.domain.timers.actions import cancel_timers, set_timer
from mianyue.workflows.freed import freed
from mianyue.workflows.invite import REMINDER
from mianyue.workflows.write import Letters


def book(interview: Interview, option: Option, actor: Actor, now: datetime) -> None:
    """Books ``option`` for the (locked) interview, frees the others, tells everybody, sets the reminders.

    Raises SomebodyWasFirst where the option isn't held any more; nothing is changed then.
    """
    choose(interview, option, now)
    refuse_waiting(interview.pk, now)
    settle(interview.application_id, now, [Task.Kind.NO_ANSWER, Task.Kind.INTERVIEWER_OUT, Task.Kind.PROMISE_BROKEN])
    _find_video_link(interview, now)
    tell(interview, now)
    set_reminders(interview, option, now)
    freed(now)
    record(
        "interview.booked",
        interview,
        actor,
        now,
        application=interview.application.code,
        start=option.during.lower,
        end=option.during.upper,
        option=option.number,
        proposal=option.proposal,
    )


def set_video_link(application_code: str, link: str, actor: Actor, now: datetime) -> None:
    """Tells everybody where the booked video interview takes place. Raises Refused for no web address or no such interview."""
    if urlsplit(link.strip()).scheme not in ("https", "http") or not urlsplit(link.strip()).hostname:
        raise Refused("That is not a web address.", "Paste the whole link, beginning with https://")
    with transaction.atomic():
        found = Interview.objects.filter(application__code=application_code, state=InterviewState.BOOKED).values_list(
            "pk", flat=True
        )
        interview = lock(found[0]) if found else None
        if interview is None or interview.round.mode != Round.Mode.VIDEO:
            raise Refused(f"{application_code} has no booked video interview.", "Nothing was sent.")
        # A new sequence: the calendar entries people have are brought up to date, and letters without the link are stale.
        move(interview, InterviewState.BOOKED, now, video_link=link.strip()[:500], sequence=interview.sequence + 1)
        refuse_waiting(interview.pk, now)
        settle(interview.application_id, now, [Task.Kind.VIDEO_LINK])
        tell(interview, now)
        set_reminders(interview, interview.booked, now)
        record("interview.linked", interview, actor, now, application=application_code)


def _find_video_link(interview: Interview, now: datetime) -> None:
    """The link of a video interview: the company's own pattern, the one it had, or a recruiter is asked."""
    if interview.round.mode != Round.Mode.VIDEO or interview.video_link:
        return
    if settings.MIANYUE_VIDEO_LINK:
        interview.video_link = settings.MIANYUE_VIDEO_LINK.replace("{interview}", str(interview.pk))
        interview.save(update_fields=["video_link"])
    else:
        ask(Task.Kind.VIDEO_LINK, interview.application_id, interview.application.code, now, round=interview.round.number)


def tell(interview: Interview, now: datetime) -> None:
    """Confirms the booked time to the candidate and every interviewer, each with a calendar entry."""
    letters = Letters(interview, now)
    letters.to_candidate(Purpose.CONFIRMATION, method="REQUEST")
    for employee in letters.panel:
        letters.to_interviewer(employee, Purpose.INTERVIEWER_BOOKED, method="REQUEST")


def set_reminders(interview: Interview, option: Option, now: datetime) -> None:
    """Sets the reminders of the booked time in place of whatever timers the interview had."""
    cancel_timers(interview.pk, now)
    for before in settings.MIANYUE_REMIND_BEFORE:
        at = option.during.lower - before
        if at > now:
            set_timer(REMINDER, interview.pk, at, sequence=interview.sequence, minutes=int(before.total_seconds()) // 60)
