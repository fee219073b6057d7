"""An interviewer asks for another time or for somebody else; who decides is asked, and then everybody concerned is told."""

from datetime import timedelta

import pytest
from psycopg.types.range import TimestamptzRange

from mianyue.base.errors import MianyueError, Refused, SomebodyWasFirst
from mianyue.domain.approvals.models import Approval
from mianyue.domain.attendance.models import Leave
from mianyue.domain.interviews.models import Interview, InterviewChange
from mianyue.domain.notices.models import Notice
from mianyue.domain.organization.models import Employee
from mianyue.domain.recruiting.models import SeatChoice
from mianyue.domain.security.actor import SYSTEM, Actor
from mianyue.domain.security.models import JournalEntry
from mianyue.domain.timers.models import Timer
from mianyue.workflows import change, finish, reply
from mianyue.workflows.ask_change import AskedBefore, ask_change
from mianyue.workflows.requests.approve import decide
from mianyue.workflows.requests.ask import take_back
from mianyue.workflows.watch import tick

HR = Actor("user", "1")


@pytest.fixture
def interview(booked) -> Interview:
    """Booked with one of four who could hold it."""
    return booked("A024")


@pytest.fixture
def asks(interview, clock):
    """What the interviewer asks for on their page."""

    def one(wish: str, reason: str = "那天要出差") -> InterviewChange:
        employee = seated(interview)
        return ask_change(interview, employee, wish, reason, Actor("staff", str(employee.pk)), clock.now())

    return one


def seated(interview: Interview) -> Employee:
    interview.refresh_from_db()
    return interview.booked.seats.get().employee


def approval(wish: InterviewChange) -> Approval:
    return Approval.objects.get(subject_id=wish.pk)


def ended(wish: InterviewChange) -> tuple[str, str]:
    wish.refresh_from_db()
    return wish.state, wish.done


def after(interview: Interview) -> str:
    interview.refresh_from_db()
    return interview.state


def test_nothing_changes_until_it_is_decided(asks, interview, person):
    before, letters = seated(interview), len(person("A024").notices())
    wish = asks("stand_in")
    assert (wish.state, approval(wish).kind, approval(wish).said) == ("pending", "interview", "那天要出差")
    assert approval(wish).facts == {
        "interview": str(interview.pk),
        "application": "A024",
        "wish": "stand_in",
        "start": interview.booked.during.lower.isoformat(),
        "end": interview.booked.during.upper.isoformat(),
    }
    assert (seated(interview), len(person("A024").notices())) == (before, letters)


def test_somebody_else_takes_the_seat_once_approved_and_everybody_is_told(asks, interview, person, now):
    before = seated(interview)
    wish = asks("stand_in")
    decide(approval(wish).pk, True, "", None, HR, now)
    assert ended(wish) == ("done", "replaced")
    assert seated(interview) != before
    assert after(interview) == "booked"
    assert person(before.code).notices("interviewer_cancelled")
    assert person(seated(interview).code).newest.purpose == "interviewer_booked"
    assert "approval_decided" in [n.purpose for n in Notice.objects.filter(recipient_id=before.pk)]


def test_other_times_are_offered_once_approved(asks, interview, person, now):
    wish = asks("other_time")
    decide(approval(wish).pk, True, "", None, HR, now)
    assert ended(wish) == ("done", "reoffered")
    assert after(interview) == "offered"
    assert person("A024").newest.purpose == "new_options"


def test_a_person_is_asked_where_there_is_no_other_time(asks, interview, now, desk):
    wish = asks("other_time")
    SeatChoice.objects.filter(round=interview.round).delete()
    SeatChoice.objects.create(round=interview.round, seat=0, place=0, employee=seated(interview))
    Leave.objects.create(employee=seated(interview), status="approved", during=TimestamptzRange(now, now.replace(year=2027), "[)"))
    decide(approval(wish).pk, True, "", None, HR, now)
    assert ended(wish) == ("done", "asked")
    # Both came at the same moment of a clock that stands still.
    assert (after(interview), sorted(task.kind for task in desk("A024"))) == ("booked", ["interviewer_out", "video_link"])


def test_rejected_wish_leaves_the_interview_as_it_is(asks, interview, now):
    before = seated(interview)
    wish = asks("stand_in")
    decide(approval(wish).pk, False, "没有别人", None, HR, now)
    assert (ended(wish), seated(interview), after(interview)) == (("rejected", ""), before, "booked")
    assert "approval_decided" in [n.purpose for n in Notice.objects.filter(recipient_id=before.pk)]


def test_wish_taken_back_leaves_the_interview_as_it_is(asks, interview, now):
    before = seated(interview)
    wish = asks("other_time")
    take_back(approval(wish), Actor("staff", str(before.pk)), now)
    assert (ended(wish), seated(interview), after(interview)) == (("cancelled", ""), before, "booked")


def test_asking_the_same_again_changes_nothing_and_asking_for_something_else_is_refused(asks, interview):
    wish = asks("stand_in")
    assert asks("stand_in") == wish
    with pytest.raises(AskedBefore):
        asks("other_time")
    assert (InterviewChange.objects.count(), Approval.objects.count()) == (1, 1)


def test_unknown_wish_is_refused(asks):
    with pytest.raises(Refused):
        asks("a_raise")


def test_within_a_day_of_the_interview_nobody_is_asked(asks, interview, clock, person):
    before = seated(interview)
    clock.at = interview.booked.during.lower - timedelta(hours=24)
    wish = asks("other_time")
    assert (ended(wish), Approval.objects.count()) == (("done", "replaced"), 0)
    assert seated(interview) != before
    assert person(before.code).notices("interviewer_cancelled")


def test_a_minute_earlier_somebody_is_asked(asks, interview, clock):
    clock.at = interview.booked.during.lower - timedelta(hours=24, minutes=1)
    assert asks("other_time").state == "pending"


def test_nobody_asks_about_an_interview_that_is_not_theirs_or_has_begun(asks, interview, clock):
    stranger = Employee.objects.exclude(pk=seated(interview).pk).first()
    with pytest.raises(SomebodyWasFirst):
        ask_change(interview, stranger, "stand_in", "", Actor("staff", str(stranger.pk)), clock.now())
    clock.at = interview.booked.during.lower
    with pytest.raises(SomebodyWasFirst):
        asks("stand_in")


OVERTAKING = {
    "cancelled": lambda interview, now: change.cancel(interview.pk, SYSTEM, now),
    "rescheduled": lambda interview, now: change.reschedule(interview.pk, SYSTEM, now),
    "decided before it began": lambda interview, now: finish.set_result("A024", "rejected", SYSTEM, now),
}


@pytest.mark.parametrize("act", OVERTAKING.values(), ids=OVERTAKING)
def test_wish_about_an_interview_that_changed_is_closed_and_nobody_need_decide(asks, interview, now, act):
    wish = asks("stand_in")
    act(interview, now)
    tick(now)
    assert (ended(wish), approval(wish).state) == (("moot", ""), "cancelled")


def test_wish_is_closed_when_the_interview_begins(asks, interview, clock, later):
    wish = asks("other_time")
    clock.at = interview.booked.during.lower - timedelta(minutes=1)
    later(minutes=1)
    assert (ended(wish), approval(wish).state) == (("moot", ""), "cancelled")


def test_wish_that_has_nothing_to_do_with_the_change_stays_open(asks, interview, now):
    wish = asks("other_time")
    Timer.objects.create(kind="change_overtaken", subject_id=wish.pk, due_at=now)
    tick(now)
    assert (ended(wish), approval(wish).state) == (("pending", ""), "pending")


def test_decision_that_comes_too_late_is_refused_and_changes_nothing(asks, interview, now):
    wish = asks("stand_in")
    change.cancel(interview.pk, SYSTEM, now)
    with pytest.raises(SomebodyWasFirst):
        decide(approval(wish).pk, True, "", None, HR, now)
    assert approval(wish).state == "pending"
    tick(now)
    assert (ended(wish), approval(wish).state) == (("moot", ""), "cancelled")


def test_two_taps_on_i_cannot_make_it_still_need_no_approval(asks, interview, person, post):
    wish, before = asks("other_time"), seated(interview)
    post()
    newest = next(n for n in reversed(person(before.code).notices()) if n.purpose == "interviewer_booked")
    reply.give_up_seat(person(before.code).opens(newest), "", person(before.code).clock.now())
    assert seated(interview) != before
    tick(person(before.code).clock.now())
    assert ended(wish) == ("moot", "")


def test_journal_tells_the_story(asks, interview, now):
    wish = asks("stand_in")
    decide(approval(wish).pk, True, "", None, HR, now)
    told = JournalEntry.objects.filter(subject_id=str(interview.pk), act__startswith="change.").order_by("pk")
    assert [(entry.act, entry.facts.get("done")) for entry in told] == [("change.asked", None), ("change.done", "replaced")]


def test_decision_that_fails_half_way_changes_nothing(asks, interview, now, monkeypatch):
    wish, before = asks("stand_in"), seated(interview)
    with monkeypatch.context() as broken:
        broken.setattr(change, "without_interviewer", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            decide(approval(wish).pk, True, "", None, HR, now)
    assert (ended(wish), approval(wish).state, seated(interview)) == (("pending", ""), "pending", before)


@pytest.mark.django_db(transaction=True)
def test_decision_and_cancellation_at_once_end_in_one_story(transactional_db, asks, interview, now, at_once):
    wish = asks("stand_in")
    acts = [lambda: decide(approval(wish).pk, True, "", None, HR, now), lambda: change.cancel(interview.pk, SYSTEM, now)]
    done = at_once(lambda n: acts[n](), 2)
    assert not [one for one in done if isinstance(one, Exception) and not isinstance(one, MianyueError)]
    tick(now)
    assert after(interview) == "cancelled"
    assert ended(wish) in [("done", "replaced"), ("moot", "")]


@pytest.mark.django_db(transaction=True)
def test_asking_twice_at_once_asks_once(transactional_db, asks, interview, at_once):
    done = at_once(lambda _: asks("stand_in"), 4)
    assert {one.pk for one in done} == {InterviewChange.objects.get().pk}
    assert Approval.objects.count() == 1
