"""Hours that became free go to candidates with fewer than three times: added to what they have, never in its place."""

import re
from datetime import timedelta

import pytest
from django.db import connection, transaction
from psycopg.types.range import TimestamptzRange

from mianyue.base.errors import SomebodyWasFirst
from mianyue.base.interval import Interval
from mianyue.domain.attendance.models import Leave
from mianyue.domain.interviews.actions import withdraw
from mianyue.domain.interviews.models import Claim, Interview
from mianyue.domain.interviews.queries import on_offer, whole
from mianyue.domain.organization.models import Employee
from mianyue.domain.recruiting.models import Application
from mianyue.domain.rooms.models import Room
from mianyue.domain.security.actor import SYSTEM, Actor
from mianyue.domain.security.models import JournalEntry
from mianyue.domain.timers.models import Timer
from mianyue.workflows import change, finish, refill, reply
from mianyue.workflows.freed import freed
from mianyue.workflows.invite import Wish, invite
from mianyue.workflows.replan import replan
from mianyue.workflows.rooms import book as book_room
from mianyue.workflows.watch import tick

FIRST, SECOND = "A006", "A025"
"""Two candidates of one round that only E001 and E022 can hold together."""


def options(code: str) -> list[tuple[int, Interval]]:
    """What the candidate of that application can choose from now, with the numbers the letters count by."""
    interview = whole().get(application__code=code)
    return [(option.number, Interval(option.during.lower, option.during.upper)) for option in on_offer(interview)]


def may_come(code: str, *times: Interval) -> None:
    ranges = [TimestamptzRange(time.start, time.end, "[)") for time in times]
    Application.objects.filter(code=code).update(available=ranges)


def pending(kind: str) -> list[Timer]:
    return list(Timer.objects.filter(kind=kind, state="pending"))


@pytest.fixture
def short(invited, person, post) -> Interval:
    """FIRST holds three times; SECOND could come to those and to one more, and so has only that one. Returns it."""
    invited(FIRST)
    taken = [time for _, time in options(FIRST)]
    invited(SECOND)
    (_, own), *_ = [one for one in reversed(options(SECOND)) if not any(one[1].overlaps(time) for time in taken)]
    change.cancel(Interview.objects.get(application__code=SECOND).pk, SYSTEM, person(SECOND).clock.now())
    may_come(SECOND, *taken, own)
    (done,) = invite(Wish(applications=[SECOND]), SYSTEM, person(SECOND).clock.now())
    assert done.fresh
    post()
    Timer.objects.filter(kind="freed").update(state="cancelled")
    assert current() == [(1, own)]
    return own


def current(code: str = SECOND) -> list[tuple[int, Interval]]:
    interview = whole(Interview.objects.filter(application__code=code, state="offered")).get()
    return [(option.number, Interval(option.during.lower, option.during.upper)) for option in on_offer(interview)]


def interview_of(code: str = SECOND) -> Interview:
    return Interview.objects.get(application__code=code, state="offered")


def reject(now) -> None:
    finish.set_result(FIRST, "rejected", SYSTEM, now)


def test_freed_hours_are_added_and_the_candidate_is_told_of_all_times(short, person, now, later, mail):
    before, letters = interview_of(), person(SECOND).notices()
    reject(now)
    later(minutes=1)
    after = interview_of()
    assert [number for number, _ in current()] == [1, 2, 3]
    assert current()[0] == (1, short)
    assert (after.proposal, after.offering, after.held_until) == (before.proposal, before.offering + 1, before.held_until)
    (told,) = person(SECOND).notices()[len(letters) :]
    assert (told.purpose, [d.state for d in told.deliveries.all()]) == ("new_options", ["accepted"])
    assert [int(number) for number in re.findall(r"\?pick=(\d)", told.text)] == [1, 2, 3]
    held = Claim.objects.filter(interview=after, state="hold")
    assert {claim.expires_at for claim in held} == {before.held_until}
    assert len(held) == sum(2 + o.seats.count() for o in after.options.filter(state="held"))
    assert JournalEntry.objects.filter(act="interview.refilled", subject_id=str(after.pk)).count() == 1


def test_old_letter_still_books_its_own_time(short, person, now, later, clock):
    old = person(SECOND).newest
    reject(now)
    later(minutes=1)
    reply.pick(person(SECOND).opens(old), 1, interview_of().proposal, clock.now())
    booked = Interview.objects.get(application__code=SECOND, state="booked").booked
    assert Interval(booked.during.lower, booked.during.upper) == short


def test_added_time_can_be_booked(short, person, now, later):
    reject(now)
    later(minutes=1)
    wanted = dict(current())[3]
    booked = person(SECOND).picks(3).booked
    assert Interval(booked.during.lower, booked.during.upper) == wanted


def test_watch_for_an_answer_goes_on_as_it_was(short, now, later):
    before = {(t.kind, t.due_at) for t in Timer.objects.filter(subject_id=interview_of().pk, state="pending")}
    reject(now)
    later(minutes=1)
    assert {(t.kind, t.due_at) for t in Timer.objects.filter(subject_id=interview_of().pk, state="pending")} == before


ACTS = {
    "rejected": lambda now, person: reject(now),
    "declined": lambda now, person: person(FIRST).declines(),
    "cancelled": lambda now, person: change.cancel(interview_of(FIRST).pk, SYSTEM, now),
    "picked": lambda now, person: person(FIRST).picks(1),
}


@pytest.mark.parametrize("act", ACTS.values(), ids=ACTS)
def test_whatever_frees_hours_refills(short, person, now, later, act):
    act(now, person)
    later(minutes=1)
    assert len(current()) == 3


def test_silence_of_one_is_the_others_gain(short, person, now, later, clock):
    Timer.objects.filter(subject_id=interview_of(FIRST).pk, kind="follow_up").update(state="cancelled")
    Interview.objects.filter(application__code=FIRST).update(held_until=now + timedelta(hours=1))
    Claim.objects.filter(interview__application__code=FIRST).update(expires_at=now + timedelta(hours=1))
    Timer.objects.filter(subject_id=interview_of(FIRST).pk, kind="give_up").update(due_at=now + timedelta(hours=1))
    later(hours=1)
    later(minutes=1)
    assert len(current()) == 3


def test_giving_a_room_back_thinks_of_them_too(short, now, clock):
    employee, room = Employee.objects.first(), Room.objects.first()
    actor = Actor("staff", str(employee.pk))
    during = Interval(now + timedelta(days=20), now + timedelta(days=20, hours=1))
    booking = book_room.book_room(employee, room, during, "", actor, now)
    assert pending("freed") == []
    book_room.give_back(booking.pk, actor, now)
    assert [timer.due_at for timer in pending("freed")] == [now + timedelta(minutes=1)]


def test_nothing_is_set_where_nobody_has_an_offer(booked, person):
    booked("A018")
    person("A018").declines()
    assert pending("freed") == []


def test_nobody_is_looked_at_where_everybody_has_three_times(invited, person, later):
    invited("A024")
    invited("A018")
    person("A018").declines()
    before = Timer.objects.count()
    later(minutes=1)
    assert (pending("freed"), pending("refill"), Timer.objects.count()) == ([], [], before)


def test_many_acts_at_once_set_one_timer(short, now):
    for _ in range(3):
        freed(now)
    assert len(pending("freed")) == 1


def test_nobody_is_told_where_there_is_no_further_time(short, person, now, later):
    letters = len(person(SECOND).notices())
    freed(now)
    later(minutes=1)
    assert (len(current()), len(person(SECOND).notices())) == (1, letters)


def test_times_turned_down_before_are_not_offered_again(short, person, now, later, clock):
    times = [time for _, time in options(FIRST)]
    reject(now)
    may_come(SECOND, *times)
    assert person(SECOND).wants_other_times()
    offered = current()
    withdraw(interview_of().options.filter(proposal=2).first())
    may_come(SECOND, short)
    Timer.objects.filter(kind="follow_up").update(state="cancelled")
    Interview.objects.filter(application__code=SECOND).update(held_until=now + timedelta(hours=47))
    clock.forward(timedelta(hours=25))
    later(minutes=1)
    assert (pending("freed"), pending("refill")) == ([], [])
    assert current() == offered[1:]


def test_one_letter_a_day(short, person, now, later, clock):
    reject(now)
    later(minutes=1)
    interview = interview_of()
    Interview.objects.filter(pk=interview.pk).update(held_until=now + timedelta(hours=47))
    withdraw(interview.options.get(number=2))
    with_two = current()
    freed(clock.now())
    later(minutes=1)
    assert current() == with_two
    (waiting,) = pending("refill")
    assert waiting.due_at == now + timedelta(minutes=1, hours=24)
    Timer.objects.filter(kind="follow_up").update(state="cancelled")
    letters = len(person(SECOND).notices("new_options"))
    later(hours=24)
    assert [number for number, _ in current()] == [1, 3, 4]
    assert len(person(SECOND).notices("new_options")) == letters + 1


def test_no_letter_within_an_hour_of_the_second_notice(short, person, now, later, clock):
    later(hours=23, minutes=30)
    reject(clock.now())
    later(minutes=1)
    assert len(current()) == 1
    later(minutes=29)
    assert person(SECOND).newest.purpose == "follow_up"
    later(minutes=59)
    assert (len(current()), person(SECOND).newest.purpose) == (1, "follow_up")
    later(minutes=1)
    assert (len(current()), person(SECOND).newest.purpose) == (3, "new_options")


def test_no_times_are_added_when_there_is_hardly_time_to_choose(short, person, now, later, clock):
    Timer.objects.filter(kind="follow_up").update(state="cancelled")
    Interview.objects.filter(application__code=SECOND).update(held_until=now + timedelta(hours=6))
    reject(now)
    later(minutes=1)
    assert len(current()) == 1
    assert pending("refill") == []


def test_whoever_never_received_the_first_letter_is_invited_to_all_times_at_once(short, person, now, later, mail):
    interview = interview_of()
    first = person(SECOND).newest
    first.deliveries.update(state="queued", due_at=now + timedelta(hours=3))
    reject(now)
    later(minutes=1)
    assert [d.state for d in first.deliveries.all()] == ["stale"]
    told = person(SECOND).newest
    assert (told.purpose, told.version) == ("invitation", interview.offering + 1)
    assert [d.state for d in told.deliveries.all()] == ["accepted"]


def test_second_letter_of_the_same_proposal_is_no_duplicate(short, person, now, later, clock):
    reject(now)
    later(minutes=1)
    Timer.objects.filter(kind="follow_up").update(state="cancelled")
    Interview.objects.filter(application__code=SECOND).update(held_until=now + timedelta(hours=47))
    withdraw(interview_of().options.get(number=3))
    freed(clock.now())
    later(minutes=1)
    later(hours=24)
    keys = [notice.key for notice in person(SECOND).notices("new_options")]
    assert len(set(keys)) == len(keys) == 2


def test_letter_about_fewer_times_is_not_sent_once_there_are_more(short, person, now, later, mail, clock, post):
    reject(now)
    later(minutes=1)
    sent = len(mail.arrived)
    person(SECOND).notices()[-2].deliveries.update(state="queued", due_at=clock.now())
    post()
    assert len(mail.arrived) == sent
    assert [d.state for d in person(SECOND).notices()[-2].deliveries.all()] == ["stale"]


def test_time_lost_to_illness_is_replaced_and_comes_back_with_the_leave_taken_back(company, invited, person, now, later, clock):
    invited(FIRST)
    lost = dict(options(FIRST))[2]
    only = [time for _, time in options(FIRST)]
    may_come(FIRST, *only)
    ill = Leave.objects.create(
        employee=Employee.objects.get(code="E022"), during=TimestamptzRange(lost.start, lost.end, "[)"), status="approved"
    )
    (done,) = replan(SYSTEM, now)
    assert done.done == "withdrawn"
    later(minutes=1)
    assert [number for number, _ in current(FIRST)] == [1, 3]
    ill.delete()
    freed(clock.now())
    later(minutes=1)
    assert dict(current(FIRST)) == {1: only[0], 3: only[2], 4: lost}
    assert person(FIRST).newest.purpose == "new_options"


def test_whoever_lost_one_of_three_gets_another_in_its_place(company, invited, person, now, later):
    invited(FIRST)
    lost = dict(options(FIRST))[2]
    Leave.objects.create(
        employee=Employee.objects.get(code="E022"), during=TimestamptzRange(lost.start, lost.end, "[)"), status="approved"
    )
    replan(SYSTEM, now)
    later(minutes=1)
    assert [number for number, _ in current(FIRST)] == [1, 3, 4]
    assert person(FIRST).newest.purpose == "new_options"


def test_whoever_has_no_time_left_gets_a_new_set(company, invited, person, now, later, desk):
    invited(FIRST)
    times = [time for _, time in options(FIRST)]
    may_come(FIRST, *times)
    whole_span = TimestamptzRange(times[0].start, times[-1].end, "[)")
    ill = Leave.objects.create(employee=Employee.objects.get(code="E022"), during=whole_span, status="approved")
    replan(SYSTEM, now)
    assert (current(FIRST), [task.kind for task in desk(FIRST)]) == ([], ["promise_broken"])
    ill.delete()
    freed(now)
    later(minutes=1)
    assert [number for number, _ in current(FIRST)] == [1, 2, 3]
    assert (interview_of(FIRST).proposal, desk(FIRST)) == (2, [])


def test_letter_that_fails_adds_nothing_and_is_tried_again(short, person, now, later, monkeypatch, clock):
    reject(now)
    with monkeypatch.context() as broken:
        broken.setattr(refill.Letters, "to_candidate", lambda *_, **__: 1 / 0)
        later(minutes=1)
    assert (len(current()), interview_of().offering) == (1, 1)
    later(minutes=1)
    assert len(current()) == 3


def test_time_promised_to_somebody_else_meanwhile_is_looked_for_again(short, now, later, monkeypatch):
    reject(now)
    found, promised = refill._find, []

    def too_late(interview, held, at):
        recommendation = found(interview, held, at)
        wanted = recommendation.options[0].interval
        promised.append(wanted)
        option = Interview.objects.get(application__code=FIRST).options.first()
        Claim.objects.create(
            resource_kind="employee",
            resource_id=Employee.objects.get(code="E022").pk,
            during=TimestamptzRange(wanted.start, wanted.end, "[)"),
            state="booked",
            option=option,
            interview=option.interview,
        )
        return recommendation

    with monkeypatch.context() as late:
        late.setattr(refill, "_find", too_late)
        later(minutes=1)
    assert len(current()) == 1
    later(minutes=1)
    (_, first, second) = [time for _, time in current()]
    assert not any(time.overlaps(wanted) for time in (first, second) for wanted in promised)


def test_an_act_pays_three_queries_for_it_at_most(short, now, django_assert_num_queries):
    with django_assert_num_queries(3):
        freed(now)
    with django_assert_num_queries(2):
        freed(now)


@pytest.mark.django_db(transaction=True)
def test_pick_and_refill_at_once_leave_one_booking_of_what_was_offered(transactional_db, short, person, now, clock, at_once):
    reject(now)
    clock.forward(timedelta(minutes=1))
    tick(clock.now(), at_most=1)
    assert [timer.subject_id for timer in pending("refill")] == [interview_of().pk]
    visit = person(SECOND).opens()
    acts = [lambda: reply.pick(visit, 1, 1, clock.now()), lambda: tick(clock.now())]
    picked, _ = at_once(lambda n: acts[n](), 2)
    assert isinstance(picked, Interview)
    interview = Interview.objects.get(application__code=SECOND, state="booked")
    assert Interval(interview.booked.during.lower, interview.booked.during.upper) == short
    assert not Claim.objects.filter(interview=interview, state="hold").exists()
    assert not interview.options.filter(state="held").exists()


@pytest.mark.django_db(transaction=True)
def test_two_who_wait_for_the_same_hours_never_get_the_same_one(transactional_db, short, person, now, clock, at_once):
    others = ["A012", "A013"]
    for code in others:
        invite(Wish(applications=[code]), SYSTEM, now)
    hours = [time for code in others for _, time in current(code)]
    for code in others:
        may_come(code, *hours)
        for option in interview_of(code).options.filter(number__gt=1):
            withdraw(option)
    with transaction.atomic():
        freed(now)
    clock.forward(timedelta(minutes=1))
    tick(clock.now(), at_most=1)
    assert len(pending("refill")) == 3
    at_once(lambda _: tick(clock.now()), 4)
    for _ in range(3):
        clock.forward(timedelta(minutes=1))
        tick(clock.now())
    assert [len(current(code)) for code in others] == [3, 3]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM interviews_claim a JOIN interviews_claim b ON a.id < b.id AND a.resource_id = b.resource_id"
            " AND a.during && b.during WHERE a.state IN ('hold', 'booked') AND b.state IN ('hold', 'booked')"
        )
        assert cursor.fetchone() == (0,)


def test_candidate_who_saw_fewer_times_is_shown_the_new_ones_first(short, person, now, later, clock):
    visit = person(SECOND).opens()
    seen = reply.standing(visit.interview)
    reject(now)
    later(minutes=1)
    assert reply.other_times(visit, "", clock.now(), seen=seen)
    assert (interview_of().proposal, len(current())) == (1, 3)


def test_a_lost_number_books_nothing(short, person, now, later, clock):
    reject(now)
    later(minutes=1)
    withdraw(interview_of().options.get(number=2))
    with pytest.raises(SomebodyWasFirst):
        person(SECOND).picks(2)
