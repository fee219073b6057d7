"""The company's own rules, from the files to the facts that scheduling thinks about, and to the times that come out."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from psycopg.types.range import TimestamptzRange

from mianyue.base.interval import Interval
from mianyue.domain.calendars.models import BusyTime, CalendarAccount
from mianyue.domain.interviews.actions import Offer, choose, hold, open_interview
from mianyue.domain.interviews.models import Claim, Interview, Seat
from mianyue.domain.organization.models import Employee, Site
from mianyue.domain.recruiting.models import Application, Round, SeatChoice
from mianyue.domain.rooms.models import Room
from mianyue.domain.security.actor import SYSTEM
from mianyue.scheduling.caps import counted
from mianyue.scheduling.facts import Blocked, Need, Person, Why
from mianyue.workflows.bring_in import Brought, bring_in
from mianyue.workflows.gather import Facts, gather
from mianyue.workflows.invite import Wish, invite, look
from mianyue.workflows.wanted import wanted

SAMPLE = Path(__file__).parents[1] / "data" / "company"
SHANGHAI = ZoneInfo("Asia/Shanghai")


@pytest.fixture
def folder(company, tmp_path) -> Path:
    """A copy of the sample's folder, already imported once."""
    return Path(shutil.copytree(SAMPLE, tmp_path / "company"))


@pytest.fixture
def again(folder, now) -> Callable[[], Brought]:
    return lambda: bring_in(folder, SYSTEM, now)


def write_rules(folder: Path, rules: str) -> None:
    with (folder / "company.toml").open("a", encoding="utf-8") as file:
        file.write(f"\n[interviews]\n{rules}\n")


def write_cells(path: Path, key: str, cells: dict[str, dict[str, str]]) -> None:
    """Writes cells into a table, by the row's value in the column ``key``; columns that the table lacks are added."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        columns, rows = list(reader.fieldnames), list(reader)
    columns += [name for name in dict.fromkeys(name for row in cells.values() for name in row) if name not in columns]
    for row in rows:
        row.update(cells.get(row[key], {}))
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, restval="")
        writer.writeheader()
        writer.writerows(rows)


def facts_of(code: str, now: datetime) -> tuple[Need, Facts]:
    application = Application.objects.select_related("candidate", "job__site").get(code=code)
    round_ = Round.objects.get(job_id=application.job_id, number=application.round_number)
    facts = gather([(application, round_)], now)
    return facts.needs[application.pk], facts


def at(text: str, zone: ZoneInfo = SHANGHAI) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=zone)


def promise(code: str, employee: str, *starts: str, now: datetime, book: bool = False, room: str = "") -> Interview:
    """Holds hours of an employee for an application's interview, and books the first of them if asked to."""
    application = Application.objects.select_related("candidate").get(code=code)
    round_ = Round.objects.get(job_id=application.job_id, number=application.round_number)
    interview = open_interview(application, round_, "offered", now + timedelta(days=2), now)
    employee_id = Employee.objects.get(code=employee).pk
    room_id = Room.objects.get(code=room).pk if room else None
    hours = [Interval(at(start), at(start) + timedelta(hours=1)) for start in starts]
    options = hold(interview, [Offer(hour, (employee_id,), room_id, []) for hour in hours], application.candidate_id, now)
    if book:
        choose(interview, options[0], now)
    return interview


def of(person: Person, why: Why) -> list[Interval]:
    return [blocked.interval for blocked in person.blocked if blocked.why is why]


def test_a_folder_without_rules_asks_for_nothing_more(company, now):
    need, facts = facts_of("A039", now)
    assert (need.windows, need.buffer, need.walk, need.equipment, need.shadows) == (None, (0, 0), {}, frozenset(), ())
    assert {(p.day_cap, p.week_cap, tuple(of(p, Why.REST))) for p in facts.people.values()} == {(None, None, ())}
    assert [b for b in need.blocked if b.why is Why.BLACKOUT] == []


def test_rules_reach_the_facts(folder, again, now):
    write_rules(
        folder,
        "buffer_before = 5\nbuffer_after = 10\ninterviews_per_day = 3\ninterviews_per_week = 8\n"
        "blackout_dates = [2026-12-02]\nwalking_minutes = 20",
    )
    (folder / "site_distances.csv").write_text("from,to,minutes\nBJS,SHA,45\n", encoding="utf-8")
    write_cells(folder / "applications.csv", "application_id", {"A039": {"available": "2026-12-03 09:00-12:00; 2026-12-04"}})
    again()
    need, facts = facts_of("A039", now)
    assert (need.buffer, need.site, need.walk) == ((5, 10), "BJS", {"SHA": 45, "VIE": 20})
    assert need.windows == (
        Interval(at("2026-12-03T09:00"), at("2026-12-03T12:00")),
        Interval(at("2026-12-04T00:00"), at("2026-12-05T00:00")),
    )
    assert [b.interval for b in need.blocked if b.why is Why.BLACKOUT] == [Interval(at("2026-12-02T00:00"), at("2026-12-03T00:00"))]
    person = facts.people["E020"]
    assert (person.day_cap, person.week_cap, person.zone, person.site) == (3, 8, "Asia/Shanghai", "BJS")


def test_a_persons_and_a_rounds_own_figures_come_before_the_companys(company, now):
    Employee.objects.filter(code="E020").update(interviews_per_day=0, interviews_per_week=2)
    Round.objects.update(buffer_before=0, buffer_after=20)
    need, facts = facts_of("A039", now)
    assert need.buffer == (0, 20)
    assert (facts.people["E020"].day_cap, facts.people["E020"].week_cap) == (0, 2)


def test_only_what_takes_place_somewhere_has_a_site(folder, again, now):
    write_rules(folder, "walking_minutes = 20")
    again()
    Round.objects.update(mode="video", needs_room=False)
    need, _ = facts_of("A039", now)
    assert (need.site, need.walk) == ("", {})


def test_equipment_is_the_same_in_upper_and_lower_case(company, now):
    Round.objects.update(equipment=["Beamer"])
    Room.objects.filter(code="R07").update(equipment=["BEAMER", "白板"])
    need, facts = facts_of("A039", now)
    assert need.equipment == frozenset({"beamer"})
    assert facts.rooms["R07"].equipment == frozenset({"beamer", "白板"})


def test_people_of_the_night_shift_rest(folder, again, now):
    write_rules(folder, "rest_after_night_shift = 11")
    again()
    round_ = Round.objects.get(job__code="J001", number=1)
    application = Application.objects.filter(job=round_.job).first()
    Application.objects.filter(pk=application.pk).update(round_number=1)
    _, facts = facts_of(application.code, now)
    night, day = facts.people["E025"], facts.people["E003"]  # E025 works 22:00–6:00
    assert of(day, Why.REST) == []
    assert Interval(at("2026-12-02T06:00"), at("2026-12-02T17:00")) in of(night, Why.REST)


@pytest.mark.parametrize(
    ("book", "dates"),
    [
        # Two held hours of one day are one interview of that day, an hour of another day is one there.
        (False, {date(2026, 12, 2): 1, date(2026, 12, 4): 1}),
        (True, {date(2026, 12, 2): 1}),
    ],
)
def test_an_interview_counts_once_on_each_day_that_it_may_be_on_and_once_a_week(company, now, book, dates):
    promise("A001", "E020", "2026-12-02T14:00", "2026-12-02T16:00", "2026-12-04T15:00", now=now, book=book)
    _, facts = facts_of("A039", now)
    by_date, by_week = counted(facts.people["E020"])
    assert (by_date, by_week) == (dates, {date(2026, 11, 30): 1})


def test_an_interview_of_this_week_that_is_over_still_counts(company, now):
    sunday, monday = promise("A001", "E020", "2026-12-06T10:00", now=now), "2026-12-07T09:00"
    choose(sunday, sunday.options.get(), now)
    promise("A002", "E020", monday, now=now, book=True)
    later = at("2026-12-08T09:00")
    Interview.objects.update(state="finished")
    _, facts = facts_of("A039", later)
    person = facts.people["E020"]
    assert (at(monday),) in [tuple(time.start for time in times) for times in person.engaged]
    assert person.promised_minutes == 0  # what is over is no load on the days to come


def test_promises_say_where_they_are(company, now):
    Round.objects.filter(job=Application.objects.get(code="A001").job).update(mode="video", needs_room=False)
    Round.objects.filter(job=Application.objects.get(code="A002").job).update(mode="onsite", needs_room=False)
    promise("A001", "E020", "2026-12-02T14:00", now=now)
    promise("A002", "E020", "2026-12-03T14:00", now=now)
    promise("A005", "E020", "2026-12-04T14:00", now=now, room="R07")
    _, facts = facts_of("A039", now)
    promised = [b for b in facts.people["E020"].blocked if b.why is Why.PROMISED]
    site = Application.objects.get(code="A002").job.site.code
    assert sorted(promised, key=lambda b: b.interval) == [
        Blocked(Interval(at(f"2026-12-0{day}T14:00"), at(f"2026-12-0{day}T15:00")), Why.PROMISED, where)
        for day, where in ((2, ""), (3, site), (4, "BJS"))
    ]


def test_what_ends_at_the_horizon_is_known_for_the_buffer(company, now):
    """The horizon begins 24 hours from now, at 8:00 on 1 December."""
    promise("A001", "E020", "2026-12-01T07:00", now=now)
    _, facts = facts_of("A039", now)
    assert of(facts.people["E020"], Why.PROMISED) == [Interval(at("2026-12-01T07:00"), at("2026-12-01T08:00"))]
    assert facts.people["E020"].promised_minutes == 0


def test_shift_minutes_are_those_at_work(company, now):
    _, facts = facts_of("A039", now)
    # 9:00–18:00 less an hour, on the nine working days from 1 to 11 December (the first is the horizon's own: 24 hours' notice).
    days = [date(2026, 12, day) for day in (1, 2, 3, 4, 7, 8, 9, 10, 11)]
    person = facts.people["E020"]
    absent = sum(
        (min(leave.end, at(f"{day}T18:00")) - max(leave.start, at(f"{day}T09:00"))).total_seconds() / 60
        for leave in of(person, Why.LEAVE)
        for day in days
        if leave.start < at(f"{day}T18:00") and at(f"{day}T09:00") < leave.end
    )
    assert absent == 0
    assert person.shift_minutes == 480 * len(days)


def test_what_is_still_to_be_arranged_is_shared_by_those_who_may_do_it(company, now):
    expected: dict[str, float] = {}
    at_site: dict[str, int] = {}
    for application in Application.objects.filter(state="active").exclude(code="A039").select_related("job__site"):
        round_ = Round.objects.filter(job_id=application.job_id, number=application.round_number).first()
        if round_ is None:
            continue
        seats: dict[int, list[str]] = {}
        for choice in SeatChoice.objects.filter(round=round_).select_related("employee"):
            seats.setdefault(choice.seat, []).append(choice.employee.code)
        for sharing in seats.values():
            for code in sharing:
                expected[code] = expected.get(code, 0) + round_.minutes / len(sharing)
        if round_.needs_room:
            at_site[application.job.site.code] = at_site.get(application.job.site.code, 0) + round_.minutes
    found = wanted([Application.objects.get(code="A039").pk])
    codes = dict(Employee.objects.values_list("pk", "code"))
    assert {codes[pk]: minutes for pk, minutes in found.people.items()} == {c: round(m) for c, m in expected.items()}
    sites = dict(Site.objects.values_list("pk", "code"))
    assert {sites[pk]: minutes for pk, minutes in found.rooms.items()} == at_site
    assert at_site["SHA"] > 0


def test_a_room_is_wanted_for_its_share_of_the_site(company, now):
    in_shanghai = Application.objects.filter(job__site__code="SHA", problems=[]).order_by("code")
    code = next(a.code for a in in_shanghai if Round.objects.filter(job=a.job, number=a.round_number, needs_room=True))
    _, facts = facts_of(code, now)
    others = wanted([Application.objects.get(code=code).pk])
    rooms = Room.objects.filter(site__code="SHA", in_use=True)
    assert {facts.rooms[room.code].wanted_minutes for room in rooms} == {
        others.rooms[Site.objects.get(code="SHA").pk] // rooms.count()
    }
    assert {p.wanted_minutes for p in facts.people.values()} == {
        others.people.get(pk, 0) for pk in Employee.objects.filter(code__in=facts.people).values_list("pk", flat=True)
    }


def test_what_is_arranged_is_wanted_no_longer(company, now, mail, sms):
    before = sum(wanted().people.values())
    (done,) = invite(Wish(applications=["A039"]), SYSTEM, now)
    assert done.fresh
    assert before - sum(wanted().people.values()) == pytest.approx(done.interview.round.minutes, abs=1)


def test_sql_does_not_grow_with_people_rooms_and_promises(company, now):
    def queries(codes: list[str]) -> int:
        applications = Application.objects.filter(code__in=codes).select_related("candidate", "job__site")
        rounds = {(r.job_id, r.number): r for r in Round.objects.all()}
        pairs = [(a, rounds[a.job_id, a.round_number]) for a in applications]
        with CaptureQueriesContext(connection) as captured:
            gather(pairs, now)
        return len(captured)

    few = queries(["A039"])
    promise("A001", "E020", "2026-12-02T14:00", "2026-12-03T14:00", now=now)
    employees = list(Employee.objects.all())
    round_ = Round.objects.get(job=Application.objects.get(code="A039").job, number=1)
    SeatChoice.objects.bulk_create(
        SeatChoice(round=round_, seat=0, place=place, employee=employee)
        for place, employee in enumerate(employees, 10)
        if not SeatChoice.objects.filter(round=round_, employee=employee).exists()
    )
    site = Application.objects.get(code="A039").job.site
    Room.objects.bulk_create(Room(code=f"X{n}", name=f"X{n}", site=site, capacity=4) for n in range(30))
    usable = [a.code for a in Application.objects.filter(problems=[]) if Round.objects.filter(job=a.job, number=a.round_number)]
    assert len(usable) > 20
    assert queries(["A039"]) == few
    assert queries(usable) == few


def test_stated_times_are_kept_to_the_minute(folder, again, now):
    assert {o.interval.start for o in look(Wish(applications=["A039"]), now)[0].recommendation.options} == {
        at("2026-12-02T14:00"),
        at("2026-12-03T10:00"),
        at("2026-12-04T15:00"),
    }
    write_cells(folder / "applications.csv", "application_id", {"A039": {"available": "2026-12-02 14:01-18:00; 2026-12-04 下午"}})
    assert again().tables["applications"]["changed"] == 1
    found = look(Wish(applications=["A039"]), now)[0]
    assert [o.interval.start for o in found.recommendation.options] == [at("2026-12-04T15:00")]
    assert again().changes == 0
    write_cells(folder / "applications.csv", "application_id", {"A039": {"available": "2026-12-05"}})
    again()
    problem = look(Wish(applications=["A039"]), now)[0].problem
    assert problem["code"] == "no_time"
    assert "outside_stated_windows" in {fact["why"] for fact in problem["facts"]}


def test_stated_times_that_nobody_understands_hinder_the_invitation(folder, again, now):
    write_cells(folder / "applications.csv", "application_id", {"A039": {"available": "whenever"}})
    again()
    assert look(Wish(applications=["A039"]), now)[0].problem["code"] == "bad_value"


def test_rules_that_go_away_no_longer_apply(folder, again, now):
    plain = (folder / "company.toml").read_bytes()
    write_rules(folder, "interviews_per_day = 1\nblackout_dates = [2026-12-02]")
    (folder / "site_distances.csv").write_text("from,to,minutes\nBJS,SHA,45\n", encoding="utf-8")
    again()
    (folder / "company.toml").write_bytes(plain)
    (folder / "site_distances.csv").unlink()
    brought = again()
    assert (brought.tables["company"]["changed"], brought.tables["site_distances"]["removed"]) == (1, 1)
    need, facts = facts_of("A039", now)
    assert (need.walk, facts.people["E020"].day_cap) == ({}, None)


@pytest.fixture
def learner(folder, again) -> Employee:
    """E027 may sit in on A039's round to learn, and has nothing else to do; the rooms seat one more."""
    write_cells(
        folder / "interview_rounds.csv",
        "job_id",
        {"J002": {"shadows": "E027"}},
    )
    again()
    Room.objects.filter(site__code="BJS").update(capacity=8)
    BusyTime.objects.filter(account=CalendarAccount.objects.get(employee__code="E027")).delete()
    return Employee.objects.get(code="E027")


def test_a_shadow_has_a_seat_and_a_claim_of_their_own(learner, invited, person, post, now):
    candidate = invited("A039")
    assert {(seat.employee.code, seat.number, seat.shadow) for seat in Seat.objects.select_related("employee")} == {
        ("E020", 0, False),
        ("E027", 1, True),
    }
    assert Claim.objects.filter(resource_id=learner.pk, state="hold").count() == 3
    interview = candidate.picks(1)
    post()
    told = person("E027").newest
    assert told.purpose == "interviewer_booked"
    assert Claim.objects.filter(resource_id=learner.pk, state="booked").count() == 1
    assert interview.booked.seats.count() == 2


def test_a_shadow_is_told_that_they_learn_and_the_others_that_they_come(learner, booked, person):
    booked("A039")
    learning, holding, candidate = (person(code).newest.text for code in ("E027", "E020", "A039"))
    assert "旁听" in person("E027").newest.title
    assert "您以旁听学习的身份参加" in learning
    assert "您以旁听学习的身份参加" not in holding
    name = learner.name
    assert f"{name}（旁听）" in holding
    assert f"{name}（旁听）" in candidate


def test_a_shadow_who_steps_back_changes_nothing_but_their_own_seat(learner, booked, person, post, claimed, desk):
    interview = booked("A039")
    written = {code: len(person(code).notices()) for code in ("E020", "A039")}
    promised = {claim.resource_id for claim in claimed(interview)}
    assert person("E027").cannot_come() == "left"
    post()
    assert {claim.resource_id for claim in claimed(interview)} == promised - {learner.pk}
    assert [seat.employee.code for seat in interview.booked.seats.all()] == ["E020"]
    interview.refresh_from_db()
    assert (interview.state, interview.sequence) == ("booked", 0)
    assert {code: len(person(code).notices()) for code in written} == written
    assert person("E027").newest.purpose == "interviewer_cancelled"
    assert "无需再参加" in person("E027").newest.text
    assert desk("A039") == []


def test_an_interview_without_a_free_shadow_takes_place_all_the_same(learner, invited, now):
    promised = TimestamptzRange(at("2026-12-01T00:00"), at("2026-12-12T00:00"), "[)")
    other = promise("A001", "E027", "2026-12-12T09:00", now=now)
    Claim.objects.filter(interview=other, resource_id=learner.pk).update(during=promised)
    candidate = invited("A039")
    assert not Seat.objects.filter(option__interview__application__code="A039", shadow=True).exists()
    assert candidate.picks(2).state == "booked"
