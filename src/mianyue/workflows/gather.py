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
from mianyue.workflows.attendance.attended import attended, rooms_taken
from mianyue.workflows.attendance.company_days import company_days_off, working_days
from mianyue.workflows.promised import Promises
from mianyue.workflows.wanted import Wanted, wanted
from mianyue.worktime import days as dates

T = TypeVar("T")

BESIDE = timedelta(days=1)
"""How far beyond the horizon something may stand in the way: longer than any buffer and any walk together."""


@dataclass(frozen=True, slots=True)
class Search:
    """Where to look: not before ``earliest`` (a local date at the job's site), for ``days`` working days; None: the company's own.

    ``wanted`` is how many times are to be offered at most. ``within``: the only spans to look at, in the candidate's own words, which
    count in place of what they said before; ``without``: spans that they can't.
    """

    earliest: date | None = None
    days: int | None = None
    not_these: tuple[Interval, ...] = ()
    wanted: int = 3
    within: tuple[Interval, ...] | None = None
    without: tuple[Interval, ...] = ()


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
    days = working_days(company, first, search.days or company.horizon_working_days)
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
    unread = unread_tables() if unread is None else unread
    people = attended(employees, window, around, company.rest_after_night_shift, claimed, unread)
    busy, unknown = calendars.busy_and_unknown([employee.pk for employee in employees], around)
    for employee in employees:
        zones = {ZoneInfo(employee.site.time_zone), ZoneInfo(employee.time_zone)}
        one, holidays = people[employee.pk], dates.public_holidays(around, zones, employee.site.holiday_country)
        facts.people[employee.code] = Person(
            key=employee.code,
            attendance=tuple(one.at_work),
            blocked=(
                *one.blocked,
                *_blocked(holidays, Why.PUBLIC_HOLIDAY),
                *_blocked(busy.get(employee.pk, []), Why.CALENDAR),
                *_blocked(unknown.get(employee.pk, []), Why.CALENDAR_UNKNOWN),
                *claimed.blocked(employee.pk, Why.PROMISED),
            ),
            promised_minutes=claimed.minutes(employee.pk),
            shift_minutes=_minutes(subtract(one.at_work, [*one.absent, *holidays])) if one.known else 0,
            wanted_minutes=more.people.get(employee.pk, 0) if more else 0,
            engaged=claimed.engaged(employee.pk),
            day_cap=_first(employee.interviews_per_day, company.interviews_per_day),
            week_cap=_first(employee.interviews_per_week, company.interviews_per_week),
            zone=employee.time_zone,
            site=employee.site.code,
            overtime=one.overtime,
            predicted=tuple(dates.unannounced(window, zones, employee.site.holiday_country)),
        )


def _add_rooms(
    facts: Facts, at_site: dict[UUID, list[RoomRow]], window: Interval, claimed: Promises, more: Wanted, unread: frozenset[str]
) -> None:
    every = [room for group in at_site.values() for room in group]
    booked = rooms.booked_elsewhere([room.pk for room in every], window)
    taken = rooms_taken([room.code for room in every], window)
    for room in every:
        # Not known to be free is not known to be taken: what was promised there stands.
        unknown = "room_bookings" in unread or room.code in taken.unknown
        spans, why = ([window], Why.CALENDAR_UNKNOWN) if unknown else (booked.get(room.pk, []), Why.ROOM_BOOKED)
        facts.rooms[room.code] = Room(
            key=room.code,
            capacity=room.capacity,
            blocked=(
                *_blocked(spans, why),
                *_blocked(taken.spans.get(room.code, ()), Why.ROOM_BOOKED),
                *claimed.blocked(room.pk, Why.PROMISED),
            ),
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
    blocked = _blocked(company_days_off(company, whole, site_zone), Why.EXCLUDED)
    blocked += _blocked(dates.on_dates(whole, site_zone, company.blackout_dates), Why.BLACKOUT)
    blocked += known.claimed.blocked(application.candidate_id, Why.CANDIDATE_BUSY)
    blocked += _blocked(known.search.without, Why.CANDIDATE_BUSY)
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
        windows=known.search.within if known.search.within is not None else _available(application),
        buffer=(_first(round_.buffer_before, company.buffer_before), _first(round_.buffer_after, company.buffer_after)),
        site=site.code if at_the_site else "",
        walk=known.walks.get(site.code, {}) if at_the_site else {},
        equipment=_named(round_.equipment),
        shadows=tuple(employee.code for employee in known.shadows.get(round_.pk, [])),
        predicted=tuple(
            span
            for country in {company.holiday_country, site.holiday_country}
            for span in dates.unannounced(whole, {site_zone}, country)
        ),
    )


def _available(application: Application) -> tuple[Interval, ...] | None:
    return None if application.available is None else tuple(Interval(span.lower, span.upper) for span in application.available)


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
