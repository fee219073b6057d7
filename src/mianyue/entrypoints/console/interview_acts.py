"""The buttons of an interview: which state offers which, what they are called, and the workflow behind each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from django.utils.translation import gettext_lazy as _

from mianyue.domain.interviews.models import Interview
from mianyue.domain.interviews.states import InterviewState as State
from mianyue.domain.recruiting.models import Application, Round
from mianyue.domain.security.actor import Actor
from mianyue.workflows import change, finish, hold_next, invite


@dataclass(frozen=True, slots=True)
class Act:
    """One button. ``confirm`` is what the person reads before it is done for good; empty: done at once."""

    name: str
    label: Any
    icon: str
    states: frozenset[str]
    run: Callable[[Interview, Actor, datetime], Any]
    done: Any
    confirm: Any = ""
    tone: str = "quiet"


def _result(result: str, interview: Interview, actor: Actor, now: datetime) -> Any:
    return finish.set_result(interview.application.code, result, actor, now)


ACTS: tuple[Act, ...] = (
    Act(
        "send",
        _("Send the invitation"),
        "send",
        frozenset({State.TENTATIVE}),
        invite.start_invitation,
        _("The invitation is on its way."),
        tone="primary",
    ),
    Act(
        "release",
        _("Let the times go"),
        "lock_open",
        frozenset({State.TENTATIVE}),
        lambda interview, actor, now: hold_next.release_tentative(interview.pk, actor, now),
        _("The held times are free again."),
        _("The times held for this round become free for others. Nobody was told of them; you can invite at any time."),
    ),
    Act(
        "passed",
        _("Passed"),
        "check_circle",
        frozenset({State.BOOKED}),
        partial(_result, "passed"),
        _("Recorded as passed. Confirming the hire is now in your queue."),
        _("The candidate has passed the last round?"),
        tone="primary",
    ),
    Act(
        "next-round",
        _("Next round"),
        "arrow_forward",
        frozenset({State.BOOKED}),
        partial(_result, "next_round"),
        _("Recorded. Times for the next round are held tentatively if there are any."),
        _("The candidate goes on to the next round? Times for it are held tentatively; nothing is sent yet."),
        tone="primary",
    ),
    Act(
        "reschedule",
        _("Offer new times"),
        "event_repeat",
        frozenset({State.OFFERED, State.BOOKED}),
        lambda interview, actor, now: change.reschedule(interview.pk, actor, now),
        _("New times are on their way to the candidate."),
        _("The present times are given up, and the candidate and the interviewers are told."),
    ),
    Act(
        "no-show",
        _("Did not come"),
        "person_off",
        frozenset({State.BOOKED}),
        partial(_result, "no_show"),
        _("Recorded as a no-show."),
        _("The candidate did not come?"),
    ),
    Act(
        "rejected",
        _("Rejected"),
        "cancel",
        frozenset({State.TENTATIVE, State.OFFERED, State.BOOKED, State.SILENT, State.CANCELLED, State.RELEASED}),
        partial(_result, "rejected"),
        _("Recorded as rejected. No letter goes out until you send the closing letter from your queue."),
        _("A rejection is final. Nothing is sent to the candidate until you consent to the closing letter."),
        tone="danger",
    ),
    Act(
        "cancel",
        _("Cancel the interview"),
        "event_busy",
        frozenset({State.OFFERED, State.BOOKED}),
        lambda interview, actor, now: change.cancel(interview.pk, actor, now),
        _("The interview is cancelled; everybody concerned is told."),
        _("The times become free again, and the candidate and the interviewers get a cancellation."),
        tone="danger",
    ),
)


def acts_of(interview: Interview) -> list[Act]:
    """The buttons that make sense for the interview as it stands."""
    offered = [act for act in ACTS if interview.state in act.states]
    if interview.application.state != Application.State.ACTIVE:
        offered = [act for act in offered if act.name != "rejected"]
    last = not Round.objects.filter(job_id=interview.application.job_id, number=interview.round.number + 1).exists()
    return [act for act in offered if not (act.name == "next-round" and last)]
