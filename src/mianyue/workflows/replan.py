"""Keeping promises true: what illness, a new shift or a lost room has broken is mended with the least disturbance.

Scheduling decides for all interviews together (``scheduling/mend.py``); each is then changed in a transaction of its own. Running it
again changes nothing: what is mended holds, and what a person was asked about is not asked again while the reasons are the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction

from mianyue.base.errors import SomebodyWasFirst
from mianyue.domain.desk.actions import ask, settle
from mianyue.domain.desk.models import Task
from mianyue.domain.interviews.actions import lock, move, release, withdraw
from mianyue.domain.interviews.models import Interview
from mianyue.domain.interviews.states import InterviewState
from mianyue.domain.notices.queries import waiting_for
from mianyue.domain.security.actions import record
from mianyue.domain.security.actor import Actor
from mianyue.domain.timers.actions import cancel_timers
from mianyue.scheduling.facts import Need, Option
from mianyue.scheduling.mend import Mended, mend
from mianyue.workflows.change import reoffer
from mianyue.workflows.freed import freed
from mianyue.workflows.give_up import give_up_expired
from mianyue.workflows.hold_next import hold_tentatively
from mianyue.workflows.invite import FOLLOW_UP, no_time, offers_of
from mianyue.workflows.stand_in import stand_in
from mianyue.workflows.standing import Standing, instead, look_ahead, look_at

STOOD_IN, WITHDRAWN, REOFFERED, HELD_ANEW, ASKED, LEFT, OVERTAKEN = (
    "stood_in",
    "withdrawn",
    "reoffered",
    "held_anew",
    "asked",
    "left",
    "overtaken",
)
"""What became of an interview: the time was kept by others or another room; some of its offered times were taken back; the candidate
got new times; a next round is held at new times; a person was asked; a person was asked before; somebody else changed it meanwhile."""


@dataclass(frozen=True, slots=True)
class Replanned:
    """One interview whose promises no longer held: what broke them, and what was (or would be) done."""

    interview: Interview
    mended: tuple[Mended, ...]
    done: str

    def as_dict(self) -> dict[str, Any]:
        """What ``--json`` prints; the keys are documented in docs/cli.md and stay. Instants in the zone of the job's site."""
        application = self.interview.application
        zone = ZoneInfo(application.job.site.time_zone)
        times = [
            {
                "start": one.promise.option.interval.start.astimezone(zone).isoformat(),
                "booked": one.promise.booked,
                "broken": [{"why": str(flaw.why), "who": flaw.who} for flaw in one.broken],
            }
            for one in self.mended
            if one.broken
        ]
        return {"application_id": application.code, "done": self.done, "times": times}


@dataclass(frozen=True, slots=True)
class _Case:
    standing: Standing
    mended: tuple[Mended, ...]

    @property
    def fallen(self) -> bool:
        """Whether anything is to be done: something broke, or an offer has no time left."""
        return any(one.broken for one in self.mended) or not self.mended

    @property
    def in_time(self) -> bool:
        """Whether every time can be kept."""
        return bool(self.mended) and all(one.in_time for one in self.mended)


def replan(actor: Actor, now: datetime, *, dry_run: bool = False) -> list[Replanned]:
    """Finds the promises that no longer hold and mends them; with ``dry_run`` it only says what it would do.

    Nothing broken: a fixed number of reads, no write. Promises that begin within the minimum notice are kept true too.
    """
    ahead, facts = look_ahead(now)
    every = mend([promise for standing in ahead for promise in standing.promises], facts.people, facts.rooms)
    by_key = {mended.promise.key: mended for mended in every}
    cases = [_Case(standing, tuple(by_key[promise.key] for promise in standing.promises)) for standing in ahead]
    fallen = [case for case in cases if case.fallen]
    if dry_run:
        return [Replanned(case.standing.interview, case.mended, _foreseen(case)) for case in fallen]
    _settle_what_holds_again((case.standing.interview for case in cases if not case.fallen), now)
    if fallen:
        give_up_expired(now)  # what has run out is free in our eyes, but not yet in the database's
    # Those that lose their time go first: whoever they set free may be the one to stand in elsewhere.
    fallen.sort(key=lambda case: case.in_time)
    return [_carry_out(case, fallen, actor, now) for case in fallen]


def _foreseen(case: _Case) -> str:
    if case.in_time:
        return STOOD_IN
    if case.standing.interview.state != InterviewState.BOOKED and any(one.in_time for one in case.mended):
        return WITHDRAWN
    if any(one.promise.booked and one.option is None for one in case.mended):
        return ASKED
    return HELD_ANEW if case.standing.interview.state == InterviewState.TENTATIVE else REOFFERED


def _carry_out(case: _Case, fallen: Sequence[_Case], actor: Actor, now: datetime) -> Replanned:
    seen = case.standing.interview
    taken = [
        (one.promise.need, one.option)
        for other in fallen
        if other is not case
        for one in other.mended
        if one.broken and one.in_time and one.option
    ]
    try:
        with transaction.atomic():
            interview = lock(seen.pk)
            if _moved_on(seen, interview):
                return Replanned(interview, case.mended, OVERTAKEN)
            change = _Change(interview, case, taken, actor, now)
            done = change.booked() if interview.state == InterviewState.BOOKED else change.offered()
    except SomebodyWasFirst:
        return Replanned(seen, case.mended, OVERTAKEN)
    return Replanned(interview, case.mended, done)


def _moved_on(seen: Interview, interview: Interview) -> bool:
    return any(getattr(seen, name) != getattr(interview, name) for name in ("state", "offering", "sequence", "booked_id"))


@dataclass(frozen=True, slots=True)
class _Change:
    """What is done for one interview, which is locked. ``taken``: what others are about to be given."""

    interview: Interview
    case: _Case
    taken: Sequence[tuple[Need, Option]]
    actor: Actor
    now: datetime

    def booked(self) -> str:
        """Keeps the booked time with others, or asks the candidate to choose again, or asks a person."""
        (mended,) = self.case.mended
        if self._stood_in(mended) or (mended.in_time and self._stood_in(self._alone())):
            return STOOD_IN
        return REOFFERED if self._reoffered(mended) else self._ask(mended)

    def offered(self) -> str:
        """Keeps what times it can and takes the others back; where none is left, new ones take their place."""
        tentative = self.interview.state == InterviewState.TENTATIVE
        # A letter that hasn't left would still speak of all of them: new times come with a new letter.
        if not tentative and waiting_for(self.interview.pk, self.interview.application.candidate_id) and self._reoffered():
            return REOFFERED
        lost = [one for one in self.case.mended if one.broken and not (one.in_time and self._rearranged(one))]
        if len(lost) < len(self.case.mended):
            for one in lost:
                withdraw(self._row(one))
            freed(self.now)  # this very candidate may now have too few times
            return self._mended(WITHDRAWN if lost else STOOD_IN, self.case.mended)
        if tentative:
            return self._hold_anew()
        if self._reoffered():
            return REOFFERED
        for one in lost:
            withdraw(self._row(one))
        freed(self.now)
        cancel_timers(self.interview.pk, self.now, [FOLLOW_UP])
        return self._ask(None)

    def _reoffered(self, lost: Mended | None = None) -> bool:
        """Offers new times, unless there are none."""
        found = instead(self.case.standing, self.now, lost and lost.promise, self.taken)
        if found.options:
            reoffer(self.interview, offers_of(found), self.actor, self.now, broken=_told(self.case.mended))
        return bool(found.options)

    def _stood_in(self, mended: Mended) -> bool:
        return mended.in_time and self._rearranged(mended) and bool(self._mended(STOOD_IN, [mended]))

    def _rearranged(self, mended: Mended) -> bool:
        return mended.option is not None and stand_in(self.interview, self._row(mended), mended.option, self.now)

    def _alone(self) -> Mended:
        """The same question beside all that others are promised right now: the joint answer came too late."""
        standing, facts = look_at(self.interview, self.now)
        return mend(standing.promises, facts.people, facts.rooms)[0]

    def _row(self, mended: Mended) -> Any:
        return self.case.standing.options[mended.promise.key]

    def _mended(self, done: str, mended: Sequence[Mended]) -> str:
        application = self.interview.application
        settle(application.pk, self.now, [Task.Kind.PROMISE_BROKEN, Task.Kind.INTERVIEWER_OUT])
        record(
            "interview.mended", self.interview, self.actor, self.now, application=application.code, done=done, broken=_told(mended)
        )
        return done

    def _hold_anew(self) -> str:
        """The next round's times were only held: nobody heard of them, so others are held in their place."""
        interview, application = self.interview, self.interview.application
        move(interview, InterviewState.RELEASED, self.now, held_until=None)
        release(interview)
        cancel_timers(interview.pk, self.now)
        settle(application.pk, self.now, [Task.Kind.NEXT_ROUND])
        freed(self.now)
        record("interview.released", interview, self.actor, self.now, application=application.code, broken=_told(self.case.mended))
        return HELD_ANEW if hold_tentatively(application, interview.round, self.actor, self.now).options else ASKED

    def _ask(self, lost: Mended | None) -> str:
        """Puts it before a person, once for the same reasons: who has decided to leave it as it is, is not asked again."""
        application, broken = self.interview.application, _told(self.case.mended)
        asked = Task.objects.filter(kind=Task.Kind.PROMISE_BROKEN, subject_id=application.pk)
        if asked.filter(facts__broken=broken).exists() or not broken:
            return LEFT
        excluded = no_time(instead(self.case.standing, self.now, lost and lost.promise, self.taken))["facts"]
        ask(Task.Kind.PROMISE_BROKEN, application.pk, application.code, self.now, broken=broken, excluded=excluded)
        record("interview.broken", self.interview, self.actor, self.now, application=application.code, broken=broken)
        return ASKED


def _told(mended: Iterable[Mended]) -> list[dict[str, str]]:
    """What broke, for the journal and the queue: the time it was promised for, why, and whose it is."""
    return [
        {"start": one.promise.option.interval.start.isoformat(), "why": str(flaw.why), "who": flaw.who}
        for one in mended
        for flaw in one.broken
    ]


def _settle_what_holds_again(interviews: Iterable[Interview], now: datetime) -> None:
    """Leave was withdrawn, a meeting called off: nobody needs to decide any more."""
    open_ = Task.objects.filter(kind=Task.Kind.PROMISE_BROKEN, state=Task.State.OPEN).values_list("subject_id", flat=True)
    asked: set[UUID] = set(open_)
    for interview in interviews:
        if interview.application_id in asked:
            settle(interview.application_id, now, [Task.Kind.PROMISE_BROKEN])
