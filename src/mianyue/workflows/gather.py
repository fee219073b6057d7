"""Gathering what scheduling must know: every fact about people, rooms and candidates, read in a fixed number of queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings

from mianyue.base.interval import Interval
from mianyue.domain.attendance import policy
from mianyue.domain.attendance import queries as attendance
from mianyue.domain.attendance.day_kinds import working_days
from mianyue.domain.calendars import queries as calendars
from mianyue.domain.intake.queries import unread_tables
from mianyue.domain.interviews import queries as interviews
from mianyue.domain.organization.models import Company, Employee
from mianyue.domain.organization.queries import company as the_company
from mianyue.domain.recruiting.models import Application, Round, SeatChoice
from mianyue.domain.rooms import queries as rooms
from mianyue.scheduling.facts import Blocked, Need, Person, Room, Why

GRANTING = frozenset({"employees", "shifts", "shift_assignments"})
"""Tables that say when people are at work; unread, nobody's time is known, and the same goes for leave."""


@dataclass(frozen=True, slots=True)
class Search:
    """Where to look: not before ``earliest`` (a local date at the job's site), for ``days`` working days; None: the company's own."""

    earliest: date | None = None
    days: int | None = None
    not_these: tuple[Interval, ...] = ()


@dataclass(slots=True)
class Facts:
    """What scheduling is told. People, rooms and needs go by the company's own ids, so that reasons and exclusions speak of those."""

    needs: dict[UUID, Need] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)
    rooms: dict[str, Room] = field(default_factory=dict)


def gather(
    pairs: Sequence[tuple[Application, Round]],
    now: datetime,
    search: Search = Search(),
    but_of: Iterable[UUID] = (),
    without: UUID | None = None,
) -> Facts:
    """Everything that decides when these applications can be interviewed. Applications come with job, site and candidate loaded."""
    company = the_company()
    facts = Facts()
    windows = {application.pk: horizon(company, ZoneInfo(application.job.site.time_zone), now, search) for application, _ in pairs}
    known = [window for window in windows.values() if window]
    whole = Interval(min(w.start for w in known), max(w.end for w in known)) if known else Interval(now, now + timedelta(days=1))
    seats = seats_of([round_.pk for _, round_ in pairs])
    if without:
        seats = {round_id: [[e for e in seat if e.pk != without] for seat in per_round] for round_id, per_round in seats.items()}
    claimed = claimed_times(whole, now, but_of)
    add_people(facts, {e for per_round in seats.values() for seat in per_round for e in seat}, whole, claimed)
    at_site = rooms.rooms_at({a.job.site_id for a, r in pairs if r.needs_room})
    _add_rooms(facts, at_site, whole, claimed)
    for application, round_ in pairs:
        window = windows[application.pk] or Interval(now, now + timedelta(seconds=1))
        facts.needs[application.pk] = _need(application, round_, seats[round_.pk], window, at_site, claimed, search, company)
    return facts


def horizon(company: Company, zone: ZoneInfo, now: datetime, search: Search) -> Interval | None:
    """From the first allowed start to the end of the last working day, by the dates of the job's site. None: nothing lies between."""
    today = now.astimezone(ZoneInfo(company.time_zone)).date()
    first = max(today, search.earliest) if search.earliest else today
    days = working_days(first, search.days or company.horizon_working_days, company.working_week, company.holiday_country)
    if not days:
        return None
    # A start must lie in the future even where no notice is asked for.
    start = now + max(settings.MIANYUE_MINIMUM_NOTICE, timedelta(seconds=1))
    if search.earliest:
        start = max(start, policy.local(search.earliest, time(0), zone))
    end = policy.whole_day(days[-1], zone).end
    return Interval(start, end) if start < end else None


def claimed_times(window: Interval, now: datetime, but_of: Iterable[UUID] = ()) -> dict[UUID, list[Interval]]:
    """What is promised already, by the id of the person or room."""
    claimed: dict[UUID, list[Interval]] = defaultdict(list)
    for claim in interviews.active_claims(window, now, but_of):
        claimed[claim.resource_id].append(Interval(claim.during.lower, claim.during.upper))
    return claimed


def seats_of(round_ids: Collection[UUID]) -> dict[UUID, list[list[Employee]]]:
    """Per round and seat, who may sit there, in the company's order."""
    found: dict[UUID, dict[int, list[Employee]]] = {round_id: defaultdict(list) for round_id in round_ids}
    for choice in SeatChoice.objects.filter(round_id__in=round_ids).select_related("employee__site"):
        found[choice.round_id][choice.seat].append(choice.employee)
    return {round_id: [per_seat[seat] for seat in sorted(per_seat)] for round_id, per_seat in found.items()}


def add_people(facts: Facts, employees: Collection[Employee], window: Interval, claimed: dict[UUID, list[Interval]]) -> None:
    employee_ids = [employee.pk for employee in employees]
    assignments = attendance.assignments_of(employee_ids)
    unread = unread_tables()
    overtime = {} if "overtime" in unread else attendance.approved_overtime(employee_ids, window)
    leave = attendance.absences(employee_ids, window)
    busy = calendars.busy(employee_ids, window)
    unknown = calendars.unknown(employee_ids, window)
    if unread & (GRANTING | {"leave"}):
        unknown = {employee_id: [window] for employee_id in employee_ids}
    for employee in employees:
        zone, site_zone = ZoneInfo(employee.time_zone), ZoneInfo(employee.site.time_zone)
        country = employee.site.holiday_country
        promised = claimed.get(employee.pk, [])
        facts.people[employee.code] = Person(
            key=employee.code,
            attendance=tuple(
                policy.attendance(
                    window,
                    zone,
                    country,
                    assignments.get(employee.pk, []),
                    overtime.get(employee.pk, []),
                    employee.hire_date,
                    employee.last_day,
                )
            ),
            blocked=(
                *_blocked(leave.get(employee.pk, []), Why.LEAVE),
                *_blocked(policy.public_holidays(window, {site_zone, zone}, country), Why.PUBLIC_HOLIDAY),
                *_blocked(busy.get(employee.pk, []), Why.CALENDAR),
                *_blocked(unknown.get(employee.pk, []), Why.CALENDAR_UNKNOWN),
                *_blocked(promised, Why.PROMISED),
            ),
            promised_minutes=sum(int(span.length.total_seconds()) // 60 for span in promised),
        )


def _add_rooms(facts: Facts, at_site: dict[UUID, list], window: Interval, claimed: dict[UUID, list[Interval]]) -> None:
    every = [room for group in at_site.values() for room in group]
    booked = rooms.booked_elsewhere([room.pk for room in every], window)
    if "room_bookings" in unread_tables():
        booked = {room.pk: [window] for room in every}
    for room in every:
        facts.rooms[room.code] = Room(
            key=room.code,
            capacity=room.capacity,
            blocked=(*_blocked(booked.get(room.pk, []), Why.ROOM_BOOKED), *_blocked(claimed.get(room.pk, []), Why.PROMISED)),
        )


def _need(
    application: Application,
    round_: Round,
    seats: list[list[Employee]],
    window: Interval,
    at_site: dict[UUID, list],
    claimed: dict[UUID, list[Interval]],
    search: Search,
    company: Company,
) -> Need:
    site = application.job.site
    site_zone = ZoneInfo(site.time_zone)
    onsite = round_.mode == Round.Mode.ONSITE
    blocked = _blocked(policy.days_off(window, site_zone, company.working_week, company.holiday_country), Why.EXCLUDED)
    blocked += _blocked(claimed.get(application.candidate_id, []), Why.CANDIDATE_BUSY)
    if onsite or round_.needs_room:
        blocked += _blocked(policy.public_holidays(window, {site_zone}, site.holiday_country), Why.PUBLIC_HOLIDAY)
    return Need(
        key=application.code,
        minutes=round_.minutes,
        seats=tuple(tuple(employee.code for employee in seat) for seat in seats),
        window=window,
        zone=site.time_zone if onsite else application.time_zone,
        rooms=tuple(room.code for room in at_site.get(site.pk, [])) if round_.needs_room else None,
        blocked=tuple(blocked),
        candidate=str(application.candidate_id),
        avoid=search.not_these,
    )


def _blocked(spans: Iterable[Interval], why: Why) -> list[Blocked]:
    return [Blocked(span, why) for span in spans]
