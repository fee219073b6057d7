"""Looking a round ahead: when an application's round and the next one fit on one day, promising nothing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from mianyue.base.errors import Refused
from mianyue.domain.recruiting.models import Application, Round
from mianyue.scheduling.facts import Recommendation
from mianyue.scheduling.sequence import BACK_TO_BACK, ON_ONE_DAY, SequenceRecommendation
from mianyue.workflows.find_slots import recommend_rounds
from mianyue.workflows.gather import Search
from mianyue.workflows.invite import Invited, Wish, applications_of, invitable, look

GAPS = {"back-to-back": BACK_TO_BACK, "same-day": ON_ONE_DAY}
"""How the next round may follow: at once, or at any time of that day."""


def look_ahead(code: str, how: str, now: datetime, search: Search = Search()) -> Invited:
    """The best times for an application's round from each of which the next one can follow, and when that is (``then``).

    ``how`` is one of ``GAPS``. An application that something hinders comes back with that problem. Raises NotFound for an id that
    doesn't exist, Refused where the round is arranged already, is the last one, or nobody may hold the next.
    """
    (application,) = applications_of(Wish([code]))
    open_ = invitable([application], now)
    if not open_:
        return _hindered(code, now)
    rounds = [open_[0][1], _following(application)]
    found = recommend_rounds(application, rounds, GAPS[how], now, search)
    first = Recommendation(application.code, tuple(chain[0] for chain in found.chains), found.excluded[0], found.possible)
    return Invited(
        application,
        recommendation=first,
        problem=None if found.chains else _no_day(rounds, found),
        then=tuple(chain[1:] for chain in found.chains),
    )


def _hindered(code: str, now: datetime) -> Invited:
    (standing,) = look(Wish([code]), now)
    if standing.interview is not None:
        raise Refused(
            f"The round of {code} is arranged already: {standing.interview.state}.", "Ask without the next round to see its times."
        )
    return standing


def _following(application: Application) -> Round:
    job, number = application.job, application.round_number + 1
    following = Round.objects.filter(job=job, number=number).first()
    if following is None:
        raise Refused(f"{job.code} has no round after {application.round_number}.", "Ask for this round alone.")
    if not following.seat_choices.exists():
        raise Refused(f"Nobody is named who could hold round {number} of {job.code}.", "Name interviewers in interview_rounds.")
    return following


def _no_day(rounds: Sequence[Round], found: SequenceRecommendation) -> dict[str, Any]:
    """The problem of rounds that don't fit together, with what excluded the times of each; the round with fewest times first."""
    by_scarcity = sorted(zip(rounds, found.alone, found.excluded, strict=True), key=lambda entry: (entry[1], entry[0].number))
    alone = " and ".join(f"round {round_.number} has {many}" for round_, many in zip(rounds, found.alone, strict=True))
    return {
        "code": "no_time",
        "message": f"On no day within the horizon can the next round follow so. By itself, {alone} possible starts.",
        "hint": "Widen the horizon, add an interviewer to the round with the fewest, or arrange the rounds on different days.",
        "facts": [
            {"round": round_.number, "why": str(fact.why), "who": fact.who, "starts": fact.starts}
            for round_, _, excluded in by_scarcity
            for fact in excluded[:6]
        ],
    }
