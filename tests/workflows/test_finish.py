"""The result: a hire's account, the next round's time, or hours that are free again; said twice it is done once."""

from datetime import date, datetime, timedelta

import pytest
from psycopg.types.range import TimestamptzRange

from mianyue.base.errors import NotFound, Refused
from mianyue.domain.attendance.models import Account, Leave, LeaveType, ShiftAssignment
from mianyue.domain.interviews.models import Claim, Interview
from mianyue.domain.notices.models import Delivery, Notice
from mianyue.domain.organization.models import Employee
from mianyue.domain.recruiting.models import Application
from mianyue.domain.security.actor import SYSTEM
from mianyue.domain.security.models import JournalEntry
from mianyue.domain.timers.models import Timer
from mianyue.workflows.finish import confirm_hire, send_closing_letter, set_result
from mianyue.workflows.invite import Wish, invite, start_invitation


@pytest.fixture
def held(booked, clock):
    """Books, and lets the interview take place."""

    def one(code: str) -> Interview:
        interview = booked(code)
        clock.at = interview.booked.during.upper
        return interview

    return one


def test_passed_asks_a_person_to_confirm_the_hire(held, clock, desk):
    interview = held("A039")
    assert set_result("A039", "passed", SYSTEM, clock.now()) == {
        "application_id": "A039",
        "result": "passed",
        "state": "passed",
        "changed": True,
    }
    interview.refresh_from_db()
    assert (interview.state, interview.result) == ("finished", "passed")
    assert [(t.kind, t.facts) for t in desk("A039")] == [("hire", {"job": "J002"})]


@pytest.mark.parametrize("result", ["passed", "rejected", "no_show", "next_round"])
def test_saying_the_same_again_changes_nothing(held, clock, result, post):
    held("A018")
    first = set_result("A018", result, SYSTEM, clock.now())
    post()
    before = (JournalEntry.objects.count(), Notice.objects.count(), Interview.objects.count())
    again = set_result("A018", result, SYSTEM, clock.now())
    assert (first["changed"], again["changed"], again["state"]) == (True, False, first["state"])
    assert (JournalEntry.objects.count(), Notice.objects.count(), Interview.objects.count()) == before


@pytest.mark.parametrize(
    ("result", "other"),
    [("passed", "rejected"), ("passed", "next_round"), ("rejected", "passed"), ("no_show", "passed"), ("next_round", "passed")],
)
def test_contradicting_result_is_refused_and_changes_nothing(held, clock, result, other):
    held("A018")
    set_result("A018", result, SYSTEM, clock.now())
    before = (Application.objects.get(code="A018").state, JournalEntry.objects.count())
    with pytest.raises(Refused):
        set_result("A018", other, SYSTEM, clock.now())
    assert (Application.objects.get(code="A018").state, JournalEntry.objects.count()) == before


@pytest.mark.parametrize("earlier", ["no_show", "next_round"])
def test_application_that_is_still_open_can_be_rejected_later(held, clock, earlier, claimed):
    interview = held("A018")
    if earlier == "next_round":  # for which nobody is free
        Leave.objects.bulk_create(
            Leave(employee=e, status="approved", during=_days(clock.now(), 60)) for e in Employee.objects.all()
        )
    set_result("A018", earlier, SYSTEM, clock.now())
    assert not Interview.objects.exclude(pk=interview.pk).exists()
    assert set_result("A018", "rejected", SYSTEM, clock.now())["state"] == "rejected"
    assert not set_result("A018", "rejected", SYSTEM, clock.now())["changed"]


def test_no_show_can_be_invited_again(held, clock, desk):
    held("A024")
    set_result("A024", "no_show", SYSTEM, clock.now())
    (again,) = invite(Wish(applications=["A024"]), SYSTEM, clock.now())
    assert again.fresh


@pytest.mark.parametrize("result", ["passed", "next_round", "no_show"])
def test_nothing_to_judge_is_refused(invited, now, result):
    invited("A024")
    with pytest.raises(Refused):
        set_result("A024", result, SYSTEM, now)
    with pytest.raises(Refused):
        set_result("A019", result, SYSTEM, now)


def test_unknown_words_and_unknown_applications_are_named(company, now):
    with pytest.raises(Refused, match="hired"):
        set_result("A024", "hired", SYSTEM, now)
    with pytest.raises(NotFound, match="A999"):
        set_result("A999", "passed", SYSTEM, now)


def test_hire_opens_an_account_like_the_teams(held, clock, desk):
    held("A018")
    set_result("A018", "passed", SYSTEM, clock.now())
    account = confirm_hire("A018", date(2027, 1, 4), SYSTEM, clock.now()).employee.account
    team = ShiftAssignment.objects.filter(employee__department="技术中心", employee__site__code="SHA", employee__account=None)
    shifts = [a.shift.code for a in team if a.first_day <= date(2026, 12, 1) <= (a.last_day or date.max)]
    assert account.shift.code == max(set(shifts), key=shifts.count)
    assert set(account.leave_types.all()) == set(LeaveType.objects.all()) != set()
    assert (account.employee.name, account.employee.department, account.employee.hire_date) == (
        "Priya Mösl",
        "技术中心",
        date(2027, 1, 4),
    )
    assert [(a.shift, a.first_day, a.last_day) for a in account.employee.shift_assignments.all()] == [
        (account.shift, date(2027, 1, 4), None)
    ]
    assert (Application.objects.get(code="A018").state, desk("A018")) == ("hired", [])


def test_hire_confirmed_twice_is_one_account(held, clock):
    held("A039")
    set_result("A039", "passed", SYSTEM, clock.now())
    staff = Employee.objects.count()
    first = confirm_hire("A039", None, SYSTEM, clock.now())
    assert confirm_hire("A039", date(2027, 1, 1), SYSTEM, clock.now()) == first
    assert (Account.objects.count(), Employee.objects.count() - staff) == (1, 1)
    assert ShiftAssignment.objects.filter(employee=first.employee).count() == 1


def test_hire_confirmed_by_two_people_at_once_is_one_account(transactional_db, held, clock, at_once):
    held("A039")
    set_result("A039", "passed", SYSTEM, clock.now())
    accounts = at_once(lambda _: confirm_hire("A039", None, SYSTEM, clock.now()), 6)
    assert len(set(accounts)) == Account.objects.count() == 1


def test_first_day_is_today_where_the_job_is(held, clock):
    """07:00 in Shanghai is still yesterday in London."""
    held("A039")
    set_result("A039", "passed", SYSTEM, clock.now())
    account = confirm_hire("A039", None, SYSTEM, datetime.fromisoformat("2026-12-07T07:00:00+08:00"))
    assert (account.first_day, account.employee.hire_date) == (date(2026, 12, 7), date(2026, 12, 7))


def test_only_who_passed_is_hired(held, now):
    held("A039")
    with pytest.raises(Refused):
        confirm_hire("A039", None, SYSTEM, now)
    assert not Account.objects.exists()


def test_rejected_before_the_interview_frees_the_times_and_tells_everybody_who_was_to_come(
    booked, now, claimed, desk, person, panel, post, mail, entry
):
    interview = booked("A018")
    sent = len(mail.arrived)
    set_result("A018", "rejected", SYSTEM, now)
    post()
    assert claimed() == []
    assert not Timer.objects.filter(state="pending").exists()
    assert {(m.to, entry(m).method, entry(m).sequence) for m in mail.arrived[sent:]} == {
        (p.row.email, "CANCEL", 1) for p in [*panel(interview), person("A018")]
    }
    assert [task.kind for task in desk("A018")] == ["closing_letter"]


@pytest.mark.parametrize("result", ["passed", "next_round", "no_show"])
def test_result_before_the_interview_frees_its_time_and_tells_everybody(booked, now, panel, person, post, mail, result):
    interview = booked("A018")
    sent = len(mail.arrived)
    set_result("A018", result, SYSTEM, now)
    post()
    assert not Claim.objects.filter(interview=interview, state__in=["hold", "booked"]).exists()
    told = {(m.to, m.calendar_method) for m in mail.arrived[sent:]}
    assert told == {(p.row.email, "CANCEL") for p in [*panel(interview), person("A018")]}


def test_rejected_while_the_invitation_waits_withdraws_the_letter(company, now, mail, post, claimed):
    invite(Wish(applications=["A039"]), SYSTEM, now)
    set_result("A039", "rejected", SYSTEM, now)
    post()
    assert (mail.arrived, claimed(), Delivery.objects.get().state) == ([], [], "stale")


def test_whoever_never_heard_from_us_is_not_turned_down_by_letter(company, now, desk):
    assert set_result("A039", "rejected", SYSTEM, now)["state"] == "rejected"
    assert desk("A039") == []


def test_closing_letter_goes_out_by_consent_only_and_once(held, clock, post, mail, desk, person):
    held("A039")
    sent = len(mail.arrived)
    set_result("A039", "rejected", SYSTEM, clock.now())
    post()
    assert len(mail.arrived) == sent
    assert [send_closing_letter("A039", SYSTEM, clock.now()) for _ in range(2)] == [True, False]
    post()
    assert [(m.to, m.calendar) for m in mail.arrived[sent:]] == [(person("A039").row.email, b"")]
    assert desk("A039") == []


def test_closing_letter_follows_a_rejection_only(held, now):
    held("A039")
    with pytest.raises(Refused):
        send_closing_letter("A039", SYSTEM, now)


def test_next_round_holds_its_times_tentatively_and_tells_nobody(held, clock, post, mail, claimed):
    held("A018")
    sent = len(mail.arrived)
    done = set_result("A018", "next_round", SYSTEM, clock.now())
    post()
    coming = Interview.objects.get(state="tentative")
    assert (coming.round.number, Application.objects.get(code="A018").round_number) == (3, 3)
    assert done["tentative"] == [o.during.lower.isoformat() for o in coming.options.order_by("number")]
    assert {(c.state, c.expires_at) for c in claimed(coming)} == {("hold", coming.held_until)}
    assert coming.held_until <= clock.now() + timedelta(hours=72)
    assert len(mail.arrived) == sent


def test_invitation_to_the_next_round_offers_the_held_times(held, clock, post, mail, person, claimed):
    held("A018")
    set_result("A018", "next_round", SYSTEM, clock.now())
    coming = Interview.objects.get(state="tentative")
    held_times = [o.during for o in coming.options.order_by("number")]
    start_invitation(coming, SYSTEM, clock.now())
    post()
    coming.refresh_from_db()
    assert (coming.state, {c.expires_at for c in claimed(coming)}) == ("offered", {coming.held_until})
    assert person("A018").picks(2).booked.during == held_times[1]


def test_invitation_after_the_tentative_hold_ran_out_is_refused(held, clock, mail, post):
    held("A018")
    set_result("A018", "next_round", SYSTEM, clock.now())
    coming = Interview.objects.get(state="tentative")
    clock.at = coming.held_until
    with pytest.raises(Refused):
        start_invitation(coming, SYSTEM, clock.now())


def test_next_round_without_a_time_is_put_before_a_person(held, clock, desk):
    held("A018")
    Leave.objects.bulk_create(Leave(employee=e, status="pending", during=_days(clock.now(), 60)) for e in Employee.objects.all())
    done = set_result("A018", "next_round", SYSTEM, clock.now())
    assert "tentative" not in done
    assert [task.kind for task in desk("A018")] == ["no_time"]


def test_last_round_has_no_next_one(held, clock):
    interview = held("A039")
    with pytest.raises(Refused):
        set_result("A039", "next_round", SYSTEM, clock.now())
    interview.refresh_from_db()
    assert (interview.state, Application.objects.get(code="A039").round_number) == ("booked", 1)


def test_rejected_in_the_tentative_round_releases_it_and_tells_nobody(held, clock, post, mail, claimed):
    held("A018")
    set_result("A018", "next_round", SYSTEM, clock.now())
    sent = len(mail.arrived)
    set_result("A018", "rejected", SYSTEM, clock.now())
    post()
    assert claimed(Interview.objects.get(state="released")) == []
    assert len(mail.arrived) == sent


def _days(now: datetime, count: int) -> TimestamptzRange:
    return TimestamptzRange(now, now + timedelta(days=count), "[)")
