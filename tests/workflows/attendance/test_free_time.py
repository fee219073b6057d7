"""When people are free for interviews: shifts, overtime that counts, breaks, leave, trips, who has left, and how much the law allows."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from psycopg.types.range import TimestamptzRange

from mianyue.adapters.attendance.memory import MemoryAttendance
from mianyue.base.interval import Interval, subtract
from mianyue.domain.attendance.models import AttendanceGroup, GroupMember, Leave, Overtime, Punch, Trip
from mianyue.domain.interviews.models import Option
from mianyue.domain.organization.models import Employee
from mianyue.domain.rooms.models import Room
from mianyue.domain.security.actor import SYSTEM
from mianyue.ports import registry
from mianyue.ports.attendance import Away, AwayKind, DayKindAt
from mianyue.scheduling.facts import Overtime as Told
from mianyue.scheduling.facts import Person, Why
from mianyue.workflows.gather import Facts, add_people, claimed_times
from mianyue.workflows.invite import Wish, invite, look
from mianyue.workflows.replan import replan

SHANGHAI = ZoneInfo("Asia/Shanghai")


def span(text: str, zone: ZoneInfo = SHANGHAI) -> Interval:
    """``"07 09:00–12:00"`` of December 2026."""
    day, _, hours = text.partition(" ")
    begin, _, end = hours.partition("–")
    start = datetime.fromisoformat(f"2026-12-{day}T{begin}").replace(tzinfo=zone)
    finish = datetime.fromisoformat(f"2026-12-{day}T{'23:59' if end == '24:00' else end}").replace(tzinfo=zone)
    return Interval(start, finish + timedelta(minutes=1) if end == "24:00" else finish)


def ranged(text: str) -> TimestamptzRange:
    one = span(text)
    return TimestamptzRange(one.start, one.end, "[)")


@pytest.fixture
def anna(company) -> Employee:
    """Works 9:00 to 18:00 with an hour's break, and has nothing else."""
    anna = Employee.objects.select_related("site").get(code="E002")
    for model in (Leave, Trip, Overtime):
        model.objects.filter(employee=anna).delete()
    return anna


def person(employee: Employee, now: datetime, window: Interval) -> Person:
    facts = Facts()
    add_people(facts, [employee], window, claimed_times(window, now))
    return facts.people[employee.code]


def free(employee: Employee, now: datetime, day: str = "07", but: frozenset[Why] = frozenset({Why.CALENDAR})) -> list[str]:
    """When the employee is free on that day of December 2026, whatever the calendar says."""
    found = person(employee, now, span(f"{day} 00:00–24:00"))
    spans = subtract(found.attendance, (one.interval for one in found.blocked if one.why not in but))
    return [f"{one.start.astimezone(SHANGHAI):%H:%M}–{one.end.astimezone(SHANGHAI):%H:%M}" for one in spans]


def why(employee: Employee, now: datetime, day: str = "07") -> set[Why]:
    window = span(f"{day} 00:00–24:00")
    return {one.why for one in person(employee, now, window).blocked if one.interval.overlaps(window)} - {Why.CALENDAR}


def test_a_shift_less_its_break(anna, now):
    assert free(anna, now) == ["09:00–12:00", "13:00–18:00"]


@pytest.mark.parametrize(
    ("status", "hours"), [("approved", ["09:00–12:00", "15:00–18:00"]), ("pending", ["09:00–12:00", "15:00–18:00"])]
)
def test_trips_block_as_leave_does(anna, now, status, hours):
    Trip.objects.create(employee=anna, during=ranged("07 12:30–15:00"), status=status)
    assert (free(anna, now), why(anna, now)) == (hours, {Why.TRIP})


def test_a_trip_that_was_called_off_does_not(anna, now):
    Trip.objects.create(employee=anna, during=ranged("07 12:30–15:00"), status="cancelled")
    assert free(anna, now) == ["09:00–12:00", "13:00–18:00"]


@pytest.mark.parametrize(
    ("groups", "opens"),
    [
        ([], True),
        ([(True, "2026-01-01", None)], True),
        ([(False, "2026-01-01", None)], False),
        ([(False, "2026-01-01", "2026-12-06")], True),
        ([(True, "2026-01-01", None), (False, "2026-12-07", None)], False),
        ([(False, "2026-01-01", None), (True, "2026-12-07", "2026-12-07")], True),
        ([(False, "2026-12-08", None)], True),
    ],
)
def test_overtime_is_time_for_interviews_where_the_group_says_so(anna, now, groups, opens):
    for number, (policy, first, last) in enumerate(groups):
        group = AttendanceGroup.objects.create(code=f"G{number}", name=f"G{number}", overtime_opens=policy)
        GroupMember.objects.create(employee=anna, group=group, first_day=first, last_day=last)
    Overtime.objects.create(employee=anna, during=ranged("07 19:00–21:00"), status="approved")
    assert free(anna, now) == ["09:00–12:00", "13:00–18:00", *(["19:00–21:00"] if opens else [])]


def punch(employee: Employee, *moments: str) -> None:
    for text in moments:
        at = span(f"{text}–24:00").start
        Punch.objects.create(
            employee=employee,
            at=at,
            zone="Asia/Shanghai",
            wall=at.astimezone(SHANGHAI).replace(tzinfo=None).isoformat(),
            source="phone",
            key=f"{employee.code} {text}",
            recorded_at=at,
        )


def test_who_punched_out_early_is_away_for_the_rest_of_the_shift(anna, now):
    punch(anna, "07 08:50", "07 14:30")
    assert (free(anna, now), why(anna, now)) == (["09:00–12:00", "13:00–14:30"], {Why.LEFT_EARLY})
    punch(anna, "07 15:00")
    assert free(anna, now) == ["09:00–12:00", "13:00–18:00"]


def overtime(employee: Employee, *evenings: str) -> None:
    for text in evenings:
        Overtime.objects.create(employee=employee, during=ranged(text), status="approved")


ELEVEN = [f"{day:02} 19:00–22:00" for day in (1, 2, 3, 4, 7, 8, 9, 10, 11, 14, 15)]


def test_the_hours_beyond_the_months_thirty_six_are_not_opened(anna, now):
    overtime(anna, *ELEVEN, "16 19:00–24:00")
    assert free(anna, now, "15")[-1] == "19:00–22:00"
    assert free(anna, now, "16")[-1] == "19:00–22:00"
    assert why(anna, now, "16") == {Why.OVERTIME_FULL}


def test_overtime_within_the_shift_is_none(anna, now):
    overtime(anna, *ELEVEN, "16 13:00–18:00", "16 19:00–24:00")
    assert free(anna, now, "16")[-1] == "19:00–22:00"


def test_elsewhere_that_law_does_not_count(anna, now):
    anna.site.holiday_country = "AT"
    anna.site.save()
    overtime(anna, *ELEVEN, "16 19:00–24:00")
    assert free(anna, now, "16")[-1] == "19:00–00:00"


def test_people_are_told_of_overtime_from_thirty_hours_on(anna, now):
    overtime(anna, *ELEVEN[:9])
    assert person(anna, now, span("07 00:00–24:00")).overtime == ()
    overtime(anna, *ELEVEN[9:])
    assert person(anna, now, span("07 00:00–24:00")).overtime == (Told(span("07 19:00–22:00"), 33),)


@pytest.fixture
def elsewhere(settings, monkeypatch) -> MemoryAttendance:
    """Attendance in another system, which knows everybody's office hours until the middle of December."""
    plug = MemoryAttendance()
    settings.MIANYUE_ATTENDANCE = "elsewhere"
    registry.register("attendance", "elsewhere", "mianyue.adapters.attendance.memory:MemoryAttendance")
    monkeypatch.setitem(registry._loaded, ("attendance", "elsewhere"), plug)
    yield plug
    del registry._paths["attendance", "elsewhere"]


@pytest.fixture
def office_hours(company, elsewhere) -> MemoryAttendance:
    days = [day for day in range(1, 20) if date(2026, 12, day).isoweekday() < 6]
    hours = [span(f"{day:02} {part}") for day in days for part in ("09:00–12:00", "13:00–18:00")]
    elsewhere.working = dict.fromkeys(Employee.objects.values_list("code", flat=True), hours)
    return elsewhere


def test_a_source_that_does_not_answer_leaves_nobody_to_propose(company, now, elsewhere):
    elsewhere.away_from_desk = True
    looked = look(Wish(everyone=True), now)
    assert not [one for one in looked if one.recommendation and one.recommendation.options]
    facts = {f["why"] for one in looked if one.problem and one.problem["code"] == "no_time" for f in one.problem["facts"]}
    assert "attendance_unknown" in facts


def test_a_source_that_does_not_answer_breaks_no_promise(office_hours, now, mail, sms):
    invited = invite(Wish(everyone=True), SYSTEM, now)
    promised = Option.objects.filter(state="held").count()
    assert promised == 3 * sum(one.fresh for one in invited) > 0
    assert replan(SYSTEM, now, dry_run=True) == []
    office_hours.away_from_desk = True
    assert replan(SYSTEM, now) == []
    assert Option.objects.filter(state="held").count() == promised


def test_one_person_whose_row_can_not_be_read_is_unknown_and_the_others_are_not(office_hours, anna, now):
    ben = Employee.objects.select_related("site").get(code="E003")
    office_hours.absent = {"E002": [Away(span("07 00:00–24:00"), AwayKind.UNKNOWN)]}
    assert (free(anna, now), why(anna, now)) == ([], {Why.ATTENDANCE_UNKNOWN})
    assert free(ben, now) == ["09:00–12:00", "13:00–18:00"]
    del office_hours.working["E003"]
    assert (free(ben, now), why(ben, now)) == ([], {Why.ATTENDANCE_UNKNOWN})


def test_who_is_unknown_and_no_longer_works_here_is_not_at_work(office_hours, anna, now):
    office_hours.away_from_desk = True
    anna.last_day = date(2026, 12, 4)
    assert person(anna, now, span("07 00:00–24:00")).attendance == ()
    assert person(anna, now, span("04 00:00–24:00")).attendance == (span("04 00:00–24:00"),)


def test_rooms_that_the_source_says_are_taken_are(office_hours, now):
    looked = look(Wish(applications=["A039"]), now)[0]
    rooms = list(Room.objects.values_list("code", flat=True))
    office_hours.busy = {room: [Interval(now, now + timedelta(days=60))] for room in rooms}
    assert looked.recommendation.options
    refused = look(Wish(applications=["A039"]), now)[0]
    assert "room_booked" in {fact["why"] for fact in refused.problem["facts"]}


def test_a_day_off_of_the_companys_own_is_none_to_interview_on(office_hours, now):
    before = {o.interval.start.date() for o in look(Wish(applications=["A039"]), now)[0].recommendation.options}
    day = min(before)
    office_hours.kinds = {day: DayKindAt("bridge_day_off", True)}
    after = {o.interval.start.date() for o in look(Wish(applications=["A039"]), now)[0].recommendation.options}
    assert after and day not in after


def test_hr_is_told_while_the_source_does_not_answer(office_hours, admin_client, now):
    def told() -> bool:
        page = admin_client.get("/console/", headers={"accept-language": "en"}).content.decode()
        return "Attendance can&#x27;t be read" in page or "Attendance can't be read" in page

    before = told()
    office_hours.away_from_desk = True
    assert (before, told()) == (False, True)


def test_who_has_left_for_today_does_not_hold_todays_interview(booked, clock):
    interview = booked("A039")
    start = interview.booked.during.lower
    seat = interview.booked.seats.select_related("employee").first()
    clock.forward(start - clock.now() - timedelta(minutes=45))
    assert replan(SYSTEM, clock.now(), dry_run=True) == []
    punch(
        seat.employee, *(f"{at.astimezone(SHANGHAI):%d %H:%M}" for at in (start - timedelta(hours=3), start - timedelta(hours=1)))
    )
    (broken,) = replan(SYSTEM, clock.now(), dry_run=True)
    assert [time["broken"] for time in broken.as_dict()["times"]] == [[{"why": "left_early", "who": seat.employee.code}]]
