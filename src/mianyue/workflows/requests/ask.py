"""What people ask for (leave, overtime, trips, corrections of punches): weighed at once, kept as pending, and sent on its way."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction

from mianyue.base.errors import NotFound, Refused
from mianyue.base.interval import Interval
from mianyue.domain.approvals import actions as approvals
from mianyue.domain.approvals.models import Approval
from mianyue.domain.attendance.actions import requests
from mianyue.domain.attendance.actions.days import forget_around
from mianyue.domain.attendance.actions.ledger import reserve
from mianyue.domain.attendance.models import Leave, LeaveType, Overtime, PunchCorrection, Trip
from mianyue.domain.attendance.queries.asking import corrections_asked, is_punched, overlaps, overtime_asked
from mianyue.domain.attendance.queries.works import date_of_punch, works_of
from mianyue.domain.organization.models import Employee
from mianyue.domain.security.actor import Actor
from mianyue.workflows.requests.approve import open_approval, withdraw
from mianyue.workflows.requests.decided import refuse_signed_off
from mianyue.workflows.requests.somebody_away import mend_promises
from mianyue.workflows.staff.tell import STAFF
from mianyue.worktime.covered import Works, dates_of, minutes_of, working_time
from mianyue.worktime.days import dates
from mianyue.worktime.overtime import STOP_AT, WARN_AT, by_month, is_capped, whole_months

Kind = Approval.Kind

UNFORESEEN = frozenset({LeaveType.Code.SICK, LeaveType.Code.BEREAVEMENT})
"""Leave that may have begun on a day before it was asked for. All other leave is asked for on its first day at the latest."""

LONGEST = timedelta(days=366)
"""The longest span that can be asked for, and how far ahead it may end."""

DAILY = timedelta(hours=3)
"""More overtime than this on one day needs a good reason ("每日不得超过三小时", Labour Law of the People's Republic of China, Art. 41): whoever
decides is told. Whole days of rest that are worked are longer, which is why it stops nobody; the month's cap does."""


class AskRefused(Refused):
    """It can't be asked for. ``rule`` is stable and says why, for pages that have words of their own."""

    code = "ask_refused"

    def __init__(self, rule: str) -> None:
        super().__init__(*RULES[rule])
        self.rule = rule


RULES = {
    "kind_not_in_use": ("This kind of leave can't be asked for.", "Choose another kind."),
    "too_long": ("That is longer, or farther ahead, than a year.", "Ask for less, or later."),
    "too_late": ("That is too long ago to be asked for.", "Talk to HR."),
    "not_yet": ("That has not happened yet.", "A punch is corrected after it failed."),
    "no_working_time": ("There is no working time in it.", "Look at your shifts: days of rest and holidays need no leave."),
    "overlaps": ("You have asked for some of this time already.", "Take that back first, or choose another time."),
    "in_working_time": ("Some of this is working time.", "Overtime lies outside your shifts."),
    "month_cap": ("That is more overtime than the law allows in a month: 36 hours.", "Ask for less."),
    "not_employed": ("That is before your first or after your last day.", "Choose another time."),
    "known_already": ("There is a punch at this time already, or you have asked for one.", "Look at your day again."),
    "too_many_corrections": ("You have corrected as many punches in this month as the company allows.", "Talk to HR."),
    "begun": ("It has begun, or is over.", "Talk to HR."),
}
"""What is said, and what to do, by rule."""


def ask_leave(employee: Employee, leave_type: LeaveType, during: Interval, reason: str, actor: Actor, now: datetime) -> Leave:
    """Asks for leave and reserves it. It costs the working time it covers, public holidays and breaks aside, rounded up to the kind's step.

    Raises AskRefused, Overdrawn, MonthSignedOff.
    """
    with _asking(employee) as asker:
        works = works_of(asker, during)
        if not leave_type.in_use:
            raise AskRefused("kind_not_in_use")
        _refuse_span(during, works, now, settings.MIANYUE_ASK_BACK if leave_type.code in UNFORESEEN else None)
        if overlaps(asker.pk, during, Leave, Trip):
            raise AskRefused("overlaps")
        minutes = minutes_of(working_time(during, works), leave_type.step_minutes)
        if not minutes:
            raise AskRefused("no_working_time")
        refuse_signed_off(asker.pk, dates_of(during, works))
        leave = requests.ask_for_leave(asker, leave_type, during, minutes, reason, now)
        reserve(asker.pk, leave_type, minutes, leave.pk, now)
        facts = {**_span(during), "minutes": minutes, "leave_type": leave_type.pk}
        open_approval(Kind.LEAVE, leave.pk, asker, facts, reason, actor, now)
        _blocks(asker, during, actor, now)
        return leave


def ask_overtime(employee: Employee, during: Interval, reason: str, actor: Actor, now: datetime) -> Overtime:
    """Asks for overtime outside one's shifts. The approval's facts name what to warn of: ``month_30h``, ``day_3h``.

    Raises AskRefused, MonthSignedOff.
    """
    with _asking(employee) as asker:
        works = works_of(asker, during)
        _refuse_span(during, works, now, settings.MIANYUE_ASK_BACK)
        if overlaps(asker.pk, during, Overtime, Leave):
            raise AskRefused("overlaps")
        if working_time(during, works):
            raise AskRefused("in_working_time")
        refuse_signed_off(asker.pk, dates_of(during, works))
        in_month, warnings = _weighed(asker, during, works)
        overtime = requests.ask_for_overtime(asker, during, reason, now)
        facts = {**_span(during), "minutes": minutes_of([during]), "month_minutes": in_month, "warnings": warnings}
        open_approval(Kind.OVERTIME, overtime.pk, asker, facts, reason, actor, now)
        return overtime


def ask_trip(employee: Employee, during: Interval, destination: str, reason: str, actor: Actor, now: datetime) -> Trip:
    """Asks to work elsewhere. Raises AskRefused, MonthSignedOff."""
    with _asking(employee) as asker:
        works = works_of(asker, during)
        _refuse_span(during, works, now, settings.MIANYUE_ASK_BACK)
        if overlaps(asker.pk, during, Trip, Leave):
            raise AskRefused("overlaps")
        refuse_signed_off(asker.pk, dates_of(during, works))
        trip = requests.ask_for_trip(asker, during, destination, reason, now)
        open_approval(Kind.TRIP, trip.pk, asker, _span(during), reason, actor, now)
        _blocks(asker, during, actor, now)
        return trip


def ask_correction(employee: Employee, at: datetime, side: str, reason: str, actor: Actor, now: datetime) -> PunchCorrection:
    """Asks for a punch that was forgotten or failed. ``side``: in or out. Raises AskRefused, MonthSignedOff."""
    with _asking(employee) as asker:
        zone = ZoneInfo(asker.time_zone)
        day = at.astimezone(zone).date()
        if at > now:
            raise AskRefused("not_yet")
        if at < now - settings.MIANYUE_ASK_BACK:
            raise AskRefused("too_late")
        if (asker.hire_date and day < asker.hire_date) or (asker.last_day and day > asker.last_day):
            raise AskRefused("not_employed")
        if is_punched(asker.pk, at):
            raise AskRefused("known_already")
        month = whole_months(Interval(at, at + timedelta(microseconds=1)), zone)
        if corrections_asked(asker.pk, month) >= settings.MIANYUE_CORRECTIONS_PER_MONTH:
            raise AskRefused("too_many_corrections")
        refuse_signed_off(asker.pk, [date_of_punch(asker, at)])
        correction = requests.ask_for_correction(asker, at, PunchCorrection.Side(side), reason, now)
        facts = {"at": at.isoformat(), "side": correction.side}
        open_approval(Kind.CORRECTION, correction.pk, asker, facts, reason, actor, now)
        return correction


def take_back(approval: Approval, actor: Actor, now: datetime) -> Approval:
    """The asker takes a request back: while it is pending, or approved and still to come. What it had reserved is given back.

    From the console HR may do so in their name. Raises NotFound to anybody else, SomebodyWasFirst; AskRefused once it has begun.
    """
    with transaction.atomic():
        locked = approvals.lock(approval.pk)
        if actor.kind == STAFF and actor.id != str(locked.asker_id):
            raise NotFound(f"There is no approval {approval.pk}.", "Reload to see what you asked for.")
        begins = locked.facts.get("start", locked.facts.get("at"))
        if locked.state == Approval.State.APPROVED and (begins is None or datetime.fromisoformat(begins) <= now):
            raise AskRefused("begun")
        withdraw(locked, actor, now)
        return locked


@contextmanager
def _asking(employee: Employee) -> Iterator[Employee]:
    """A transaction in which this person asks for one thing at a time, so that two taps at once are weighed one after the other."""
    with transaction.atomic():
        yield Employee.objects.select_for_update(of=("self",), no_key=True).select_related("site").get(pk=employee.pk)


def _refuse_span(during: Interval, works: Works, now: datetime, back: timedelta | None) -> None:
    """Refuses what lies too far ahead, too long ago (``back``; None: before today), or outside the employment."""
    if during.length > LONGEST or during.end > now + LONGEST:
        raise AskRefused("too_long")
    today = now.astimezone(works.zone).date()
    if during.start < now - back if back is not None else during.start.astimezone(works.zone).date() < today:
        raise AskRefused("too_late")
    days = dates(during, works.zone)
    if (works.hired and days[0] < works.hired) or (works.last_day and during.start.astimezone(works.zone).date() > works.last_day):
        raise AskRefused("not_employed")


def _weighed(asker: Employee, during: Interval, works: Works) -> tuple[int, list[str]]:
    """The overtime of the fullest month it touches, itself included, in minutes, and what to warn of. Raises AskRefused."""
    every = [*overtime_asked(asker.pk, whole_months(during, works.zone)), during]
    touched = by_month([during], works.zone)
    fullest = max(length for month, length in by_month(every, works.zone).items() if month in touched)
    if not is_capped(works.country):
        return fullest // timedelta(minutes=1), []
    if fullest > STOP_AT:
        raise AskRefused("month_cap")
    on_its_days = [span for span in every if span.start.astimezone(works.zone).date() == during.start.astimezone(works.zone).date()]
    warnings = ["month_30h"] if fullest >= WARN_AT else []
    return fullest // timedelta(minutes=1), [
        *warnings,
        *(["day_3h"] if minutes_of(on_its_days) * 60 > DAILY.total_seconds() else []),
    ]


def _blocks(asker: Employee, during: Interval, actor: Actor, now: datetime) -> None:
    """Pending already counts as being away: days are derived anew, promised interviews are looked at."""
    forget_around(asker, [during.start, during.end])
    mend_promises(asker.pk, during, actor, now)


def _span(during: Interval) -> dict[str, str]:
    return {"start": during.start.isoformat(), "end": during.end.isoformat()}
