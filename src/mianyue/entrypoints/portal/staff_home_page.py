"""What somebody's first page shows: their day, their punches, their interviews, and what a new colleague does first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from psycopg.types.range import TimestamptzRange

from mianyue.base.interval import Interval
from mianyue.domain.attendance.queries.days import punches_of
from mianyue.domain.attendance.queries.groups import group_on
from mianyue.domain.interviews.models import Interview
from mianyue.domain.interviews.states import InterviewState
from mianyue.entrypoints.portal import staff_words
from mianyue.entrypoints.portal.staff_door import Member
from mianyue.entrypoints.portal.staff_time import said, shifts_of
from mianyue.workflows.facts import room_of, span
from mianyue.worktime.day_kinds import Kind, day_kind
from mianyue.worktime.days import DAY
from mianyue.worktime.instances import Belonging

NEW_FOR = timedelta(days=14)
"""How long somebody is new here."""


@dataclass(frozen=True, slots=True)
class Tap:
    """One punch in words."""

    at: datetime
    when: str
    field: bool


@dataclass(frozen=True, slots=True)
class Appointment:
    """An interview today."""

    when: str
    what: str
    where: str


@dataclass(frozen=True, slots=True)
class Page:
    """One day of one person; ``asks_for_place``: the group's rule has places, so the phone is asked where it is."""

    date: str
    kind: str
    shift: str
    night: str
    taps: tuple[Tap, ...]
    asks_for_place: bool
    interviews: tuple[Appointment, ...]
    is_new: bool


def read(member: Member) -> Page:
    """The page as it stands now. Of a night shift that is still running the whole night is today's."""
    yesterday, today = member.today - DAY, member.today
    shifts = shifts_of(member, yesterday, today)
    running = next((one for one in shifts if one.day == yesterday and member.now < one.end and one.end > member.day.start), None)
    own = next((one for one in shifts if one.day == today), None)
    group = group_on(member.employee.pk, today)
    return Page(
        date=member.times.day(member.now),
        kind=_kind(member),
        shift=said(member, own) if own else "",
        night=said(member, running) if running else "",
        taps=tuple(_taps(member)),
        asks_for_place=group is not None and group.places.filter(latitude__isnull=False, longitude__isnull=False).exists(),
        interviews=tuple(_interviews(member)),
        is_new=member.employee.hire_date is not None and today < member.employee.hire_date + NEW_FOR,
    )


def _taps(member: Member) -> list[Tap]:
    """Today's punches by the shift they fall in, those of a night that is still running, and whatever came since midnight.

    A punch at half past midnight may belong to yesterday's shift; whoever has just made it must see it nevertheless.
    """
    shifts = shifts_of(member, member.today - DAY, member.today + DAY)
    days = {member.today} | {one.day for one in shifts if one.day == member.today - DAY and member.now < one.end}
    belonging = Belonging(shifts, member.zone)
    around = Interval(member.day.start - DAY, member.now + timedelta(microseconds=1))
    found = sorted(punches_of([member.employee.pk], around).get(member.employee.pk, ()), key=lambda punch: punch.at)
    return [
        Tap(one.at, member.times.clock(one.at), one.field)
        for one in found
        if one.at >= member.day.start or belonging.day_of(one.at) in days
    ]


def _kind(member: Member) -> str:
    """What kind of day it is where it isn't plain, with the festival's name."""
    found = day_kind(member.today, member.employee.site.holiday_country, member.company.working_week or (1, 2, 3, 4, 5))
    if found.kind is Kind.PLAIN:
        return ""
    name = "" if found.name is None else found.name.zh if member.times.voice.locale.language == "zh" else found.name.en
    kind = staff_words.of(staff_words.DAY_KINDS, found.kind)
    return f"{kind} · {name}" if name else kind


def _interviews(member: Member) -> list[Appointment]:
    during = TimestamptzRange(member.day.start, member.day.end, "[)")
    mine = Interview.objects.filter(
        state=InterviewState.BOOKED, booked__seats__employee=member.employee, booked__during__overlap=during
    )
    rows = mine.select_related("application__job__site", "round", "booked__room").order_by("booked__during")
    return [
        Appointment(
            member.times.span(span(one.booked)),
            f"{one.application.job.title} · {one.round.name}",
            room_of(one.booked),
        )
        for one in rows
    ]
