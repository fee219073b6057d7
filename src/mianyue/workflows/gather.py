"""Gathering what scheduling must know: every fact about people, rooms and candidates, read in a fixed number of queries."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import TypeVar
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings

from mianyue.base.interval import Interval, subtract
from mianyue.domain.attendance.queries.plans import assignments_of
from mianyue.domain.attendance.queries.requests import absences, approved_overtime
from mianyue.domain.calendars import queries as calendars
from mianyue.domain.intake.queries import unread_tables
from mianyue.domain.organization.models import Company, Employee
from mianyue.domain.organization.queries import company as the_company
from mianyue.domain.organization.queries import walks
from mianyue.domain.recruiting.models import Application, Round
from mianyue.domain.recruiting.queries import who_may_sit
from mianyue.domain.rooms import queries as rooms
from mianyue.domain.rooms.models import Room as RoomRow
from mianyue.scheduling.facts import Blocked, Need, Person, Room, Why
from mianyue.workflows.promised import Promises
from mianyue.workflows.wanted import Wanted, wanted
from mianyue.worktime import days as dates
from mianyue.worktime.attendance import attendance as at_work_of
from mianyue.worktime.day_kinds import working_days
from mianyue.worktime.nights import rest_after_nights

T = TypeVar("T")

GRANTING = frozenset({"employees", "shifts", "shift_assignments"})
"""Tables that say when people are at work; unread, nobody's time is known, and the same goes for leave."""

BESIDE = timedelta(days=1)
"""How far beyond the horizon something may stand in the way: longer than any buffer and any walk together."""


@dataclass(frozen=True, slots=True)
class Search:
    """Where to look: not before ``earliest`` (a local date at the job's site), for ``days`` working days; None: the company's own.

    ``wanted`` is how many times are to be offered at most.
    """

    earliest: date | None = None
    days: int | None = None
    not_these: tuple[Interval, ...] = ()
    wanted: int = 3


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
    over: Interval | None = None,
) -> Facts:
    """Everything that decides when these applications can be interviewed. Applications come with job, site and candidate loaded.

    ``over``: a span to know everything about besides, for times promised nearer or farther than new ones are looked for.
    """
    company = the_company()
    facts = Facts()
    windows = {application.pk: horizon(company, ZoneInfo(application.job.site.time_zone), now, search) for application, _ in pairs}
    known = [*(window for window in windows.values() if window), *([over] if over else [])]
    whole = Interval(min(w.start for w in known), max(w.end for w in known)) if known else Interval(now, now + timedelta(days=1))
    seats, shadows = who_may_sit([round_.pk for _, round_ in pairs])
    if without:
        seats = {round_id: [[e for e in seat if e.pk != without] for seat in per_round] for round_id, per_round in seats.items()}
        shadows = {round_id: [e for e in some if e.pk != without] for round_id, some in shadows.items()}
    claimed = claimed_times(whole, now, but_of)
    more = wanted([application.pk for application, _ in pairs])
    panel = {e for per_round in seats.values() for seat in per_round for e in seat}
    unread = unread_tables()
    add_people(facts, panel | {e for some in shadows.values() for e in some}, whole, claimed, company, more, unread)
    at_site = rooms.rooms_at({a.job.site_id for a, r in pairs if r.needs_room})
    _add_rooms(facts, at_site, whole, claimed, more, unread)
    known_to_all = _Known(company, whole, seats, shadows, at_site, walks(company.walking_minutes), claimed, search)
    for application, round_ in pairs:
        window = windows[application.pk] or Interval(now, now + timedelta(seconds=1))
        facts.needs[application.pk] = _need(application, round_, window, known_to_all)
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
        start = max(start, dates.local(search.earliest, time(0), zone))
    end = dates.whole_day(days[-1], zone).end
    return Interval(start, end) if start < end else None


def claimed_times(window: Interval, now: datetime, but_of: Iterable[UUID] = ()) -> Promises:
    """What is promised already, by the id of the person or room."""
    return Promises(window, now, but_of)


def add_people(
    facts: Facts,
    employees: Collection[Employee],
    window: Interval,
    claimed: Promises,
    company: Company | None = None,
    more: Wanted | None = None,
    unread: frozenset[str] | None = None,
) -> None:
    """Everything that decides when these employees can hold an interview within ``window``; ``more``: what else they will be wanted for."""
    company = company or the_company()
    around = Interval(window.start - BESIDE, window.end + BESIDE)
    employee_ids = [employee.pk for employee in employees]
    assignments = assignments_of(employee_ids)
    unread = unread_tables() if unread is None else unread
    overtime = {} if "overtime" in unread else approved_overtime(employee_ids, window)
    leave = absences(employee_ids, around)
    busy, unknown = calendars.busy_and_unknown(employee_ids, around)
    if unread & (GRANTING | {"leave"}):
        unknown = {employee_id: [around] for employee_id in employee_ids}
    rest = timedelta(hours=company.rest_after_night_shift)
    for employee in employees:
        zone, site_zone = ZoneInfo(employee.time_zone), ZoneInfo(employee.site.time_zone)
        country = employee.site.holiday_country
        shifts, employed = assignments.get(employee.pk, []), (employee.hire_date, employee.last_day)
        absent, holidays = leave.get(employee.pk, []), dates.public_holidays(around, {site_zone, zone}, country)
        at_work = at_work_of(window, zone, country, shifts, overtime.get(employee.pk, []), *employed)
        facts.people[employee.code] = Person(
            key=employee.code,
            attendance=tuple(at_work),
            blocked=(
                *_blocked(absent, Why.LEAVE),
                *_blocked(holidays, Why.PUBLIC_HOLIDAY),
                *_blocked(busy.get(employee.pk, []), Why.CALENDAR),
                *_blocked(unknown.get(employee.pk, []), Why.CALENDAR_UNKNOWN),
                *_blocked(rest_after_nights(around, zone, country, shifts, *employed, rest), Why.REST),
                *claimed.blocked(employee.pk, Why.PROMISED),
            ),
            promised_minutes=claimed.minutes(employee.pk),
            shift_minutes=_minutes(subtract(at_work, [*absent, *holidays])),
            wanted_minutes=more.people.get(employee.pk, 0) if more else 0,
            engaged=claimed.engaged(employee.pk),
            day_cap=_first(employee.interviews_per_day, company.interviews_per_day),
            week_cap=_first(employee.interviews_per_week, company.interviews_per_week),
            zone=employee.time_zone,
            site=employee.site.code,
        )


def _add_rooms(
    facts: Facts, at_site: dict[UUID, list[RoomRow]], window: Interval, claimed: Promises, more: Wanted, unread: frozenset[str]
) -> None:
    every = [room for group in at_site.values() for room in group]
    booked = rooms.booked_elsewhere([room.pk for room in every], window)
    if "room_bookings" in unread:
        booked = {room.pk: [window] for room in every}
    # Not known to be free is not known to be taken: what was promised there stands.
    why = Why.CALENDAR_UNKNOWN if "room_bookings" in unread else Why.ROOM_BOOKED
    for room in every:
        facts.rooms[room.code] = Room(
            key=room.code,
            capacity=room.capacity,
            blocked=(*_blocked(booked.get(room.pk, []), why), *claimed.blocked(room.pk, Why.PROMISED)),
            wanted_minutes=more.rooms.get(room.site_id, 0) // len(at_site[room.site_id]),
            equipment=_named(room.equipment),
        )


@dataclass(frozen=True, slots=True)
class _Known:
    """What all needs of one question share."""

    company: Company
    whole: Interval
    seats: Mapping[UUID, list[list[Employee]]]
    shadows: Mapping[UUID, list[Employee]]
    at_site: Mapping[UUID, list[RoomRow]]
    walks: Mapping[str, Mapping[str, int]]
    claimed: Promises
    search: Search


def _need(application: Application, round_: Round, window: Interval, known: _Known) -> Need:
    company, site, whole = known.company, application.job.site, known.whole
    site_zone = ZoneInfo(site.time_zone)
    onsite = round_.mode == Round.Mode.ONSITE
    blocked = _blocked(dates.days_off(whole, site_zone, company.working_week, company.holiday_country), Why.EXCLUDED)
    blocked += _blocked(dates.on_dates(whole, site_zone, company.blackout_dates), Why.BLACKOUT)
    blocked += known.claimed.blocked(application.candidate_id, Why.CANDIDATE_BUSY)
    at_the_site = onsite or round_.needs_room
    if at_the_site:
        blocked += _blocked(dates.public_holidays(whole, {site_zone}, site.holiday_country), Why.PUBLIC_HOLIDAY)
    return Need(
        key=application.code,
        minutes=round_.minutes,
        seats=tuple(tuple(employee.code for employee in seat) for seat in known.seats[round_.pk]),
        window=window,
        zone=site.time_zone if onsite else application.time_zone,
        rooms=tuple(room.code for room in known.at_site.get(site.pk, [])) if round_.needs_room else None,
        blocked=tuple(blocked),
        candidate=str(application.candidate_id),
        wanted=known.search.wanted,
        avoid=known.search.not_these,
        windows=None
        if application.available is None
        else tuple(Interval(span.lower, span.upper) for span in application.available),
        buffer=(_first(round_.buffer_before, company.buffer_before), _first(round_.buffer_after, company.buffer_after)),
        site=site.code if at_the_site else "",
        walk=known.walks.get(site.code, {}) if at_the_site else {},
        equipment=_named(round_.equipment),
        shadows=tuple(employee.code for employee in known.shadows.get(round_.pk, [])),
    )


def _first(own: T, common: T) -> T:
    """A rule of one's own, else the company's."""
    return common if own is None else own


def _named(equipment: Iterable[str]) -> frozenset[str]:
    """Equipment however it is spelled: ``Beamer`` is ``beamer``."""
    return frozenset(thing.casefold() for thing in equipment)


def _minutes(spans: Iterable[Interval]) -> int:
    return sum((span.length for span in spans), timedelta()) // timedelta(minutes=1)


def _blocked(spans: Iterable[Interval], why: Why) -> list[Blocked]:
    return [Blocked(span, why) for span in spans]
