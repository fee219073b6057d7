"""Illness, a new shift, a lost room: what is no longer true is mended, and only those hear of it whom it concerns."""

import shutil
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from psycopg.types.range import TimestamptzRange

from mianyue.domain.attendance.actions.shifts import new_shift
from mianyue.domain.attendance.models import Leave, ShiftAssignment
from mianyue.domain.calendars.models import BusyTime, CalendarAccount
from mianyue.domain.desk.actions import close
from mianyue.domain.desk.models import Task
from mianyue.domain.interviews.actions import open_interview
from mianyue.domain.interviews.models import Claim, Interview, Option
from mianyue.domain.notices.models import Notice
from mianyue.domain.organization.models import Employee
from mianyue.domain.recruiting.models import Application, SeatChoice
from mianyue.domain.rooms.models import Room, RoomBooking
from mianyue.domain.security.actor import SYSTEM
from mianyue.domain.security.models import JournalEntry
from mianyue.domain.timers.models import Timer
from mianyue.workflows import finish
from mianyue.workflows.bring_in import bring_in
from mianyue.workflows.invite import Wish, invite
from mianyue.workflows.replan import replan

SAMPLE = Path(__file__).parents[1] / "data" / "company"


@pytest.fixture
def ill():
    """Puts people on sick leave, from a time to another."""

    def fall_ill(during: TimestamptzRange, *codes: str) -> None:
        for employee in Employee.objects.filter(code__in=codes):
            Leave.objects.create(employee=employee, status="approved", during=during)

    return fall_ill


@pytest.fixture
def replanned(clock, post):
    """Replans and delivers what that gave to send. What became of each interview, by application."""

    def run(**how) -> dict[str, str]:
        done = {one.interview.application.code: one.done for one in replan(SYSTEM, clock.now(), **how)}
        post()
        return done

    return run


def seated(option: Option) -> list[str]:
    return list(option.seats.order_by("number").values_list("employee__code", flat=True))


def pool(interview: Interview) -> set[str]:
    return set(SeatChoice.objects.filter(round=interview.round).values_list("employee__code", flat=True))


def counts() -> tuple[int, ...]:
    return tuple(model.objects.count() for model in (Notice, Claim, Option, JournalEntry, Task, Timer))


def true_claims(interview: Interview) -> None:
    """Every promised option claims exactly its panel, its room and the candidate."""
    for option in interview.options.filter(state__in=["held", "chosen"]):
        wanted = {
            *option.seats.values_list("employee_id", flat=True),
            interview.application.candidate_id,
            *([option.room_id] if option.room_id else []),
        }
        claims = Claim.objects.filter(option=option, state__in=["hold", "booked"])
        assert sorted(claims.values_list("resource_id", flat=True)) == sorted(wanted)
        assert {claim.during for claim in claims} == {option.during}


def test_nothing_broken_sends_nothing_and_writes_nothing(booked, invited, replanned, mail):
    booked("A018")
    invited("A024")
    before, sent = counts(), len(mail.arrived)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert replanned() == {}
    writing = [q["sql"] for q in queries if q["sql"].startswith(("INSERT", "UPDATE", "DELETE"))]
    assert (counts(), len(mail.arrived), writing) == (before, sent, [])


def test_no_more_queries_for_three_interviews_than_for_one(booked, clock):
    booked("A018")
    with CaptureQueriesContext(connection) as one:
        replan(SYSTEM, clock.now())
    booked("A024")
    booked("A039")
    with CaptureQueriesContext(connection) as three:
        replan(SYSTEM, clock.now())
    assert len(three) == len(one)


def test_colleague_of_the_pool_takes_over_at_the_same_time(booked, person, ill, replanned, mail, entry):
    interview = booked("A024")
    option = interview.booked
    (leaving,) = seated(option)
    requested = {m.to: entry(m).uid for m in mail.arrived if m.calendar}
    sent = len(mail.arrived)
    ill(option.during, leaving)
    assert replanned() == {"A024": "stood_in"}
    interview.refresh_from_db()
    (coming,) = seated(interview.booked)
    assert coming in pool(interview) - {leaving}
    assert (interview.state, interview.booked.during) == ("booked", option.during)
    true_claims(interview)
    told = {m.to: entry(m) for m in mail.arrived[sent:]}
    assert {to: (e.method, e.sequence) for to, e in told.items()} == {
        person(leaving).row.email: ("CANCEL", 1),
        person(coming).row.email: ("REQUEST", 1),
        person("A024").row.email: ("REQUEST", 1),
    }
    assert {told[to].uid for to in told} & set(requested.values()) == set(requested.values())
    assert {t.facts["sequence"] for t in Timer.objects.filter(state="pending")} == {1}


def test_candidate_whose_letter_names_nobody_hears_nothing(invited, person, ill, replanned, post, mail, sms):
    """A text message holds time, place and link: the page behind it shows who sits in now."""
    candidate = person("A024").row
    candidate.email = None
    candidate.save()
    interview = invited("A024").picks(1)
    post()
    interview.refresh_from_db()
    texts = len(sms.arrived)
    (leaving,) = seated(interview.booked)
    ill(interview.booked.during, leaving)
    assert replanned() == {"A024": "stood_in"}
    assert len(sms.arrived) == texts
    assert [n.purpose for n in person(leaving).notices()] == ["interviewer_booked", "interviewer_cancelled"]


def test_letters_that_had_not_left_are_written_anew(invited, person, ill, clock, post, mail):
    """The confirmation still waits: it is taken back, and the new one is a confirmation, not news of a change."""
    interview = invited("A024").picks(1)
    interview.refresh_from_db()
    (leaving,) = seated(interview.booked)
    ill(interview.booked.during, leaving)
    replan(SYSTEM, clock.now())
    post()
    (coming,) = seated(Interview.objects.get().booked)
    arrived = {(m.to, m.calendar_method) for m in mail.arrived[1:]}
    assert arrived == {(person("A024").row.email, "REQUEST"), (person(coming).row.email, "REQUEST")}
    assert person("A024").newest.purpose == "confirmation"


def test_who_can_come_stays_and_hears_of_the_new_colleague(booked, person, panel, ill, replanned, mail):
    interview = booked("A018")
    lead, second = seated(interview.booked)
    panel(interview)[0].opens()
    interview.booked.seats.filter(number=0).update(answer="accepted")
    sent = len(mail.arrived)
    ill(interview.booked.during, second)
    assert replanned() == {"A018": "stood_in"}
    interview.refresh_from_db()
    stayed, coming = seated(interview.booked)
    assert (stayed, interview.booked.seats.get(number=0).answer) == (lead, "accepted")
    assert {m.to for m in mail.arrived[sent:]} == {person(code).row.email for code in ("A018", lead, second, coming)}
    assert person(lead).newest.purpose == "interviewer_changed"


def test_candidate_chooses_again_where_nobody_can_stand_in_and_the_same_day_comes_first(
    booked, person, ill, replanned, mail, entry
):
    interview = booked("A039")
    option = interview.booked
    (only,) = seated(option)
    sent = len(mail.arrived)
    ill(option.during, only)
    assert replanned() == {"A039": "reoffered"}
    interview.refresh_from_db()
    assert (interview.state, interview.booked, interview.proposal) == ("offered", None, 2)
    first, *_ = new = list(interview.options.filter(proposal=2))
    days = [o.during.lower.astimezone(option.during.lower.tzinfo).date() for o in new]
    nearest = min(new, key=lambda o: abs(o.during.lower - option.during.lower))
    assert first == nearest
    assert option.during.lower.date() not in days[1:]
    assert not Claim.objects.filter(option=option, state__in=["hold", "booked"]).exists()
    true_claims(interview)
    told = {m.to: m for m in mail.arrived[sent:]}
    assert set(told) == {person("A039").row.email, person(only).row.email}
    assert {entry(m).method for m in told.values()} == {"CANCEL"}
    assert "原定时间无法进行" in told[person("A039").row.email].text
    assert "谢谢您告诉我们" not in told[person("A039").row.email].text


def test_room_that_others_booked_is_replaced_by_another_at_the_same_time(booked, person, ill, replanned, mail, entry):
    interview = booked("A018")
    option = interview.booked
    sent = len(mail.arrived)
    RoomBooking.objects.create(room=option.room, during=option.during)
    assert replanned() == {"A018": "stood_in"}
    interview.refresh_from_db()
    assert (interview.booked.during, seated(interview.booked)) == (option.during, seated(option))
    assert interview.booked.room not in (None, option.room)
    true_claims(interview)
    told = {m.to: m for m in mail.arrived[sent:]}
    assert set(told) == {person("A018").row.email, *(person(code).row.email for code in seated(option))}
    assert all(interview.booked.room.name in m.text and option.room.name not in m.text for m in told.values())
    assert {(entry(m).method, entry(m).sequence) for m in told.values()} == {("REQUEST", 1)}


def test_room_that_is_no_longer_in_use_is_replaced(booked, replanned):
    interview = booked("A018")
    Room.objects.filter(pk=interview.booked.room_id).update(in_use=False)
    assert replanned() == {"A018": "stood_in"}
    assert Interview.objects.get().booked.room.in_use


def test_new_shift_is_noticed(booked, person, replanned):
    interview = booked("A024")
    (leaving,) = seated(interview.booked)
    night = new_shift("N", "N", [(22 * 60, 30 * 60)], range(1, 6))
    ShiftAssignment.objects.filter(employee__code=leaving).delete()
    ShiftAssignment.objects.create(employee=person(leaving).row, shift=night, first_day="2026-11-01")
    assert replanned() == {"A024": "stood_in"}


def test_interviewer_who_leaves_the_company_before_is_replaced(booked, replanned, now):
    interview = booked("A024")
    Employee.objects.filter(code=seated(interview.booked)[0]).update(last_day=now.date())
    assert replanned() == {"A024": "stood_in"}


def test_interviewer_the_round_no_longer_names_keeps_the_promise(booked, replanned):
    interview = booked("A024")
    SeatChoice.objects.filter(round=interview.round, employee__code__in=seated(interview.booked)).delete()
    assert replanned() == {}


def test_calendar_that_cannot_be_read_calls_nothing_off(booked, replanned):
    interview = booked("A024")
    CalendarAccount.objects.filter(employee__code__in=seated(interview.booked)).update(known=None)
    assert replanned() == {}


def test_two_that_need_the_same_colleague_do_not_both_get_him(booked, ill, replanned, now):
    """A024 and A019 are of the same round; once all but one of its people are ill, one of the two is moved."""
    first = booked("A024")
    interview = booked("A019", 2)
    # The second lies at the very time of the first, with another interviewer.
    (mine,) = seated(first.booked)
    other = next(code for code in sorted(pool(first)) if code != mine)
    option = interview.booked
    Claim.objects.filter(option=option).update(during=first.booked.during)
    Claim.objects.filter(option=option, resource_kind="employee").update(resource_id=Employee.objects.get(code=other).pk)
    option.seats.update(employee=Employee.objects.get(code=other))
    Option.objects.filter(pk=option.pk).update(during=first.booked.during)
    spare = next(code for code in sorted(pool(first)) if code not in (mine, other))
    ill(first.booked.during, *(pool(first) - {spare}))
    Leave.objects.filter(employee__code=spare).delete()
    done = replanned()
    assert sorted(done.values()) in (["reoffered", "stood_in"], ["reoffered", "reoffered"])
    for one in Interview.objects.all():
        true_claims(one)
        if done[one.application.code] == "stood_in":
            assert seated(one.booked) == [spare]


def test_again_changes_nothing(booked, ill, replanned):
    for code in ("A024", "A039"):
        interview = booked(code)
        ill(interview.booked.during, *seated(interview.booked))
    assert replanned() == {"A024": "stood_in", "A039": "reoffered"}
    before = counts()
    assert (replanned(), counts()) == ({}, before)


def test_dry_run_says_what_would_be_done_and_does_nothing(booked, ill, replanned):
    for code in ("A024", "A039"):
        interview = booked(code)
        ill(interview.booked.during, *seated(interview.booked))
    before = counts()
    assert replanned(dry_run=True) == {"A024": "stood_in", "A039": "reoffered"}
    assert counts() == before


def test_offered_times_are_kept_by_others_without_a_word(invited, ill, replanned, mail, now):
    candidate = invited("A024")
    interview = Interview.objects.get()
    option = interview.options.get(number=1)
    (leaving,) = seated(option)
    sent = len(mail.arrived)
    ill(option.during, leaving)
    assert replanned() == {"A024": "stood_in"}
    assert len(mail.arrived) == sent
    true_claims(interview)
    assert seated(option) != [leaving]
    candidate.picks(1)
    interview.refresh_from_db()
    assert (interview.state, interview.booked.during) == ("booked", option.during)


def test_offered_time_nobody_can_keep_disappears_and_the_others_stand(invited, ill, replanned, mail):
    invited("A039")
    interview = Interview.objects.get()
    options = list(interview.options.all())
    ill(options[0].during, "E020")
    sent = len(mail.arrived)
    assert replanned() == {"A039": "withdrawn" if len(options) > 1 else "reoffered"}
    assert [o.state for o in interview.options.filter(proposal=1)] == ["released", *["held"] * (len(options) - 1)]
    assert len(mail.arrived) == sent
    true_claims(interview)


def test_new_set_is_sent_where_no_offered_time_is_left(invited, person, ill, replanned, mail):
    candidate = invited("A024")
    interview = Interview.objects.get()
    for option in interview.options.all():
        ill(option.during, *pool(interview))
    assert replanned() == {"A024": "reoffered"}
    interview.refresh_from_db()
    assert (interview.state, interview.proposal) == ("offered", 2)
    assert [n.purpose for n in candidate.notices()] == ["invitation", "new_options"]
    true_claims(interview)


def test_invitation_that_has_not_left_is_replaced_by_a_true_one(company, person, ill, clock, post, mail, now):
    invite(Wish(applications=["A024"]), SYSTEM, now)
    interview = Interview.objects.get()
    ill(interview.options.get(number=1).during, *pool(interview))
    assert [one.done for one in replan(SYSTEM, now)] == ["reoffered"]
    post()
    assert [(n.purpose, n.version) for n in person("A024").notices()] == [("invitation", 1), ("invitation", 2)]
    assert len(mail.arrived) == 1


def test_person_is_asked_once_where_nothing_is_left_and_no_more_once_it_is_decided(booked, ill, replanned, desk, now):
    interview = booked("A039")
    ill(TimestamptzRange(now, now + timedelta(days=60), "[)"), *pool(interview))
    assert replanned() == {"A039": "asked"}
    (task,) = desk("A039")
    start = interview.booked.during.lower.isoformat()
    assert (task.kind, task.facts["broken"]) == ("promise_broken", [{"start": start, "why": "leave", "who": "E020"}])
    assert "E020" in {fact["who"] for fact in task.facts["excluded"]}
    before = counts()
    assert (replanned(), counts()) == ({"A039": "left"}, before)
    close(task.pk, now)
    assert (replanned(), desk("A039")) == ({"A039": "left"}, [])
    interview.refresh_from_db()
    assert interview.state == "booked"


def test_question_is_settled_when_the_reason_is_gone(booked, ill, replanned, desk, now):
    interview = booked("A039")
    ill(TimestamptzRange(now, now + timedelta(days=60), "[)"), *pool(interview))
    replanned()
    Leave.objects.filter(employee__code="E020").delete()
    assert (replanned(), desk("A039")) == ({}, [])


def test_offer_of_which_nothing_is_left_shows_no_untrue_time(invited, ill, replanned, desk, now):
    invited("A039")
    interview = Interview.objects.get()
    ill(TimestamptzRange(now, now + timedelta(days=60), "[)"), *pool(interview))
    assert replanned() == {"A039": "asked"}
    assert not interview.options.filter(state="held").exists()
    assert [t.kind for t in desk("A039")] == ["promise_broken"]
    assert Timer.objects.filter(kind="follow_up", state="pending").count() == 0
    before = counts()
    assert (replanned(), counts()) == ({"A039": "left"}, before)
    Leave.objects.all().delete()
    assert replanned() == {"A039": "reoffered"}
    assert desk("A039") == []


def test_tentative_times_are_held_anew_and_nobody_hears_of_it(booked, ill, replanned, mail, now, post):
    interview = booked("A024")
    finish.set_result("A024", "next_round", SYSTEM, now)
    post()
    tentative = Interview.objects.get(state="tentative")
    sent = len(mail.arrived)
    for option in tentative.options.all():
        ill(option.during, *pool(tentative))
    assert replanned() == {"A024": "held_anew"}
    again = Interview.objects.get(state="tentative")
    assert (again.round, again.pk == tentative.pk, len(mail.arrived)) == (tentative.round, False, sent)
    assert interview.round != again.round
    true_claims(again)


def test_history_says_what_broke_and_what_was_done(booked, ill, replanned):
    interview = booked("A024")
    (leaving,) = seated(interview.booked)
    ill(interview.booked.during, leaving)
    replanned()
    entry = JournalEntry.objects.get(act="interview.mended")
    assert entry.facts == {
        "application": "A024",
        "done": "stood_in",
        "broken": [{"start": interview.booked.during.lower.isoformat(), "why": "leave", "who": leaving}],
    }


def test_interview_that_has_begun_is_left_alone(booked, ill, replanned, clock):
    interview = booked("A024")
    ill(interview.booked.during, *seated(interview.booked))
    clock.at = interview.booked.during.lower
    assert replanned() == {}


@pytest.fixture
def folder(tmp_path):
    """The sample company's folder, to be changed and imported again."""
    copy = tmp_path / "company"
    shutil.copytree(SAMPLE, copy)
    return copy


def add_leave(folder: Path, interview: Interview) -> None:
    (leaving,) = seated(interview.booked)
    start, end = (at.isoformat() for at in (interview.booked.during.lower, interview.booked.during.upper))
    with (folder / "leave.csv").open("a", encoding="gb18030") as file:
        file.write(f"{leaving},病假,{start},{end},已通过\r\n")


def test_import_that_brings_leave_mends_at_once(booked, folder, now):
    add_leave(folder, booked("A024"))
    brought = bring_in(folder, SYSTEM, now)
    assert [(one.interview.application.code, one.done) for one in brought.replanned] == [("A024", "stood_in")]
    assert bring_in(folder, SYSTEM, now).replanned == []


def test_trial_import_mends_nothing(booked, folder, now):
    interview = booked("A024")
    add_leave(folder, interview)
    before = seated(interview.booked)
    assert bring_in(folder, SYSTEM, now, dry_run=True).replanned == []
    assert (replan(SYSTEM, now), seated(interview.booked)) == ([], before)


def test_tables_that_cannot_be_read_call_nothing_off(booked, folder, now):
    """Nobody is known to be free then, and nobody to be taken."""
    booked("A018")
    for name in ("leave.csv", "room_bookings.csv", "shift_assignments.csv"):
        (folder / name).write_bytes(b"\x00\xff\x00")
    assert bring_in(folder, SYSTEM, now).replanned == []
    assert Interview.objects.get().state == "booked"


def test_own_entry_in_an_interviewers_calendar_is_not_taken_for_a_meeting(booked, folder, mail, now, person):
    """The interviewer accepted, so the next export of their calendar holds the interview; somebody else's copy is a meeting."""
    interview = booked("A024")
    (code,) = seated(interview.booked)
    sent = next(m for m in mail.arrived if m.to == person(code).row.email and m.calendar)
    event = sent.calendar.decode().partition("BEGIN:VEVENT")[2].partition("END:VEVENT")[0]
    for owner in (code, *sorted(pool(interview) - {code})):
        file = folder / "calendars" / f"{owner}.ics"
        text = file.read_bytes().decode() if file.exists() else "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nEND:VCALENDAR\r\n"
        kept, _, tail = text.rpartition("END:VCALENDAR")
        file.write_bytes(f"{kept}BEGIN:VEVENT{event}END:VEVENT\r\nEND:VCALENDAR{tail}".encode())
    brought = bring_in(folder, SYSTEM, now)
    assert brought.tables["calendars"]["changed"] + brought.tables["calendars"]["added"] >= 4
    assert brought.replanned == []
    span = interview.booked.during
    busy = BusyTime.objects.filter(during__overlap=span, account__employee__code__in=pool(interview))
    assert code not in set(busy.values_list("account__employee__code", flat=True))
    assert len(set(busy.values_list("account__employee__code", flat=True))) == 3


def test_two_workers_at_once_mend_once(transactional_db, booked, ill, at_once, now, person):
    interview = booked("A024")
    (leaving,) = seated(interview.booked)
    ill(interview.booked.during, leaving)
    outcomes = at_once(lambda _: [one.done for one in replan(SYSTEM, now)], 3)
    assert sorted(done for outcome in outcomes for done in outcome if done != "overtaken") == ["stood_in"]
    interview.refresh_from_db()
    assert interview.sequence == 1
    assert [n.purpose for n in person(leaving).notices()] == ["interviewer_booked", "interviewer_cancelled"]
    true_claims(interview)


def test_hold_that_has_run_out_is_no_obstacle_though_no_timer_has_ended_it(booked, ill, now):
    interview = booked("A024")
    (leaving,) = seated(interview.booked)
    ill(interview.booked.during, leaving)
    (foreseen,) = replan(SYSTEM, now, dry_run=True)
    (coming,) = foreseen.mended[0].option.people
    silent = open_interview(Application.objects.get(code="A019"), interview.round, "offered", now, now)
    during = interview.booked.during
    option = Option.objects.create(interview=silent, proposal=1, number=1, during=during)
    Claim.objects.create(
        resource_kind="employee",
        resource_id=Employee.objects.get(code=coming).pk,
        during=during,
        option=option,
        interview=silent,
        expires_at=now,
    )
    assert [one.done for one in replan(SYSTEM, now)] == ["stood_in"]
    interview.refresh_from_db()
    silent.refresh_from_db()
    assert (seated(interview.booked), silent.state) == ([coming], "silent")
