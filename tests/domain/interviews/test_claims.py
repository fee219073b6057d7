"""A promised time is promised once: all of it or nothing, whoever asks at the same moment."""

import random
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, OperationalError, connection, transaction
from psycopg.types.range import TimestamptzRange

from mianyue.base.errors import SomebodyWasFirst
from mianyue.base.interval import Interval
from mianyue.domain.interviews.actions import AlreadyInvited, TimeTaken, choose, hold, open_interview, rearrange, release
from mianyue.domain.interviews.models import Claim, Interview, Option, Seat
from mianyue.domain.interviews.offers import Offer
from mianyue.domain.interviews.states import InterviewState

MONDAY = datetime(2026, 12, 7, 1, tzinfo=UTC)
OVERLAPS = """
SELECT count(*) FROM interviews_claim a JOIN interviews_claim b
  ON a.resource_id = b.resource_id AND a.id < b.id AND a.during && b.during
 WHERE a.state IN ('hold', 'booked') AND b.state IN ('hold', 'booked')
"""


def hour(number: float, hours: float = 1) -> Interval:
    start = MONDAY + timedelta(hours=number)
    return Interval(start, start + timedelta(hours=hours))


def offers(*starts: float, people=(), room=None) -> list[Offer]:
    return [Offer(hour(start), tuple(e.pk for e in people), room.pk if room else None, []) for start in starts]


def opened(office, now, code="A1", until=timedelta(days=2)) -> Interview:
    return open_interview(office.application(code), office.round, InterviewState.OFFERED, now + until, now)


def active() -> list[tuple[str, str]]:
    rows = Claim.objects.filter(state__in=["hold", "booked"]).order_by("during", "resource_kind")
    return [(claim.resource_kind, claim.state) for claim in rows]


def test_held_times_claim_people_room_and_candidate(office, now):
    interview, people, room = opened(office, now), office.employees(2), office.room()
    hold(interview, offers(0, 24, people=people, room=room), interview.application.candidate_id, now)
    assert active() == [("candidate", "hold"), ("employee", "hold"), ("employee", "hold"), ("room", "hold")] * 2
    assert set(Claim.objects.values_list("expires_at", flat=True)) == {interview.held_until}
    assert [(option.number, option.state) for option in interview.options.all()] == [(1, "held"), (2, "held")]


def test_hold_is_all_or_nothing(office, now):
    first, second, (anna,), room = opened(office, now), opened(office, now, "A2"), office.employees(1), office.room()
    hold(first, offers(48, people=[anna], room=room), first.application.candidate_id, now)
    before = active()
    with pytest.raises(TimeTaken):
        hold(second, offers(0, 24, 48.5, people=[anna], room=room), second.application.candidate_id, now)
    assert active() == before
    assert (second.options.count(), Seat.objects.count()) == (0, 1)


@pytest.mark.parametrize(("start", "taken"), [(-1, False), (-0.5, True), (0, True), (0.25, True), (0.5, True), (1, False)])
def test_touching_times_are_both_possible_and_overlapping_ones_are_not(office, now, start, taken):
    first, second, (anna,) = opened(office, now), opened(office, now, "A2"), office.employees(1)
    hold(first, offers(0, people=[anna]), first.application.candidate_id, now)
    if taken:
        with pytest.raises(TimeTaken):
            hold(second, offers(start, people=[anna]), second.application.candidate_id, now)
    else:
        hold(second, offers(start, people=[anna]), second.application.candidate_id, now)
    assert Option.objects.count() == 2 - taken


def test_the_same_candidate_is_not_promised_to_two_interviews_at_once(office, now):
    first, second = opened(office, now), opened(office, now, "A2")
    one, other = office.employees(2)
    hold(first, offers(0, people=[one]), first.application.candidate_id, now)
    with pytest.raises(TimeTaken):
        hold(second, offers(0, people=[other]), first.application.candidate_id, now)


def test_choosing_books_one_and_frees_the_others(office, now):
    interview, people, room = opened(office, now), office.employees(2), office.room()
    _, second, _ = hold(interview, offers(0, 24, 48, people=people, room=room), interview.application.candidate_id, now)
    choose(interview, second, now)
    assert active() == [("candidate", "booked"), ("employee", "booked"), ("employee", "booked"), ("room", "booked")]
    assert (interview.state, interview.booked_id, interview.held_until) == ("booked", second.pk, None)
    assert [option.state for option in interview.options.all()] == ["released", "chosen", "released"]


def test_hold_that_has_run_out_books_nothing(office, now):
    interview, people = opened(office, now), office.employees(1)
    (option,) = hold(interview, offers(0, people=people), interview.application.candidate_id, now)
    with pytest.raises(SomebodyWasFirst), transaction.atomic():
        choose(interview, option, interview.held_until)
    assert active() == [("candidate", "hold"), ("employee", "hold")]
    assert Interview.objects.get().state == "offered"


def test_option_that_was_let_go_books_nothing(office, now):
    interview, people = opened(office, now), office.employees(1)
    (option,) = hold(interview, offers(0, people=people), interview.application.candidate_id, now)
    assert release(interview) == 2
    with pytest.raises(SomebodyWasFirst):
        choose(interview, option, now)


def test_seat_goes_to_whoever_is_free(office, now):
    interview, (anna, berta) = opened(office, now), office.employees(2)
    (option,) = hold(interview, offers(0, people=[anna]), interview.application.candidate_id, now)
    choose(interview, option, now)
    assert rearrange(interview, option, [berta.pk], None)
    assert [seat.employee for seat in option.seats.all()] == [berta]
    claimed = Claim.objects.filter(state="booked", resource_kind="employee").values_list("resource_id", flat=True)
    assert list(claimed) == [berta.pk]


def test_seat_stays_where_the_other_was_just_promised_elsewhere(office, now):
    first, second, (anna, berta) = opened(office, now), opened(office, now, "A2"), office.employees(2)
    (option,) = hold(first, offers(0, people=[anna]), first.application.candidate_id, now)
    choose(first, option, now)
    hold(second, offers(0.5, people=[berta]), second.application.candidate_id, now)
    before = active()
    assert not rearrange(first, option, [berta.pk], None)
    assert active() == before
    assert [seat.employee for seat in option.seats.all()] == [anna]


def test_application_has_one_live_interview(office, now):
    interview = opened(office, now)
    with pytest.raises(AlreadyInvited):
        open_interview(interview.application, office.round, InterviewState.OFFERED, now, now)


def test_database_itself_refuses_an_overlap_whatever_the_program_does(office, now):
    interview, (anna,) = opened(office, now), office.employees(1)
    (option,) = hold(interview, offers(0, people=[anna]), interview.application.candidate_id, now)
    with pytest.raises(IntegrityError, match="claim_no_overlap"):
        Claim.objects.create(
            resource_kind="employee",
            resource_id=anna.pk,
            during=TimestamptzRange(hour(0.5).start, hour(0.5).end, "[)"),
            option=option,
            interview=interview,
        )


def test_two_of_the_offers_that_overlap_each_other_are_refused_by_the_database(office, now):
    interview, people = opened(office, now), office.employees(2)
    with pytest.raises(TimeTaken):
        hold(interview, offers(0, 0.5, people=people), interview.application.candidate_id, now)
    assert (active(), Option.objects.count(), Seat.objects.count()) == ([], 0, 0)


def test_invitation_that_comes_too_late_costs_one_read_and_writes_nothing(office, now, django_assert_num_queries):
    first, second, (anna,) = opened(office, now), office.application("A2"), office.employees(1)
    hold(first, offers(0, people=[anna]), first.application.candidate_id, now)
    wished = offers(0.5, 24, people=[anna])
    with pytest.raises(TimeTaken), django_assert_num_queries(1):
        open_interview(second, office.round, InterviewState.OFFERED, now + timedelta(days=2), now, wished)
    assert list(second.interviews.all()) == []


def test_whoever_is_invited_already_is_so_even_where_the_times_are_taken(office, now):
    people = office.employees(1)
    application = office.application()
    again = application, office.round, InterviewState.OFFERED, now + timedelta(days=2), now, offers(0, people=people)
    interview = open_interview(*again)
    with pytest.raises(AlreadyInvited):
        open_interview(*again)
    assert list(application.interviews.all()) == [interview]
    assert active() == [("candidate", "hold"), ("employee", "hold")]


@pytest.mark.parametrize("state", ["hold", "booked", "released"])
def test_panel_is_rearranged_if_the_one_who_comes_is_free(office, now, state):
    first, second, (anna, berta) = opened(office, now), opened(office, now, "A2"), office.employees(2)
    (option,) = hold(first, offers(0, people=[anna]), first.application.candidate_id, now)
    hold(second, offers(0.5, people=[berta]), second.application.candidate_id, now)
    Claim.objects.filter(interview=second).update(state=state)
    assert rearrange(first, option, [berta.pk], None) is (state == "released")


@pytest.mark.django_db(transaction=True)
def test_promise_made_while_somebody_waits_for_their_turn_is_seen(office, now):
    """The second asks before the first commits: nothing is to be seen yet, so it waits, then looks again."""
    first, second, (anna,) = office.application(), office.application("A2"), office.employees(1)
    invited, outcome = (office.round, InterviewState.OFFERED, now + timedelta(days=2), now, offers(0, people=[anna])), []

    def ask() -> None:
        try:
            with transaction.atomic():
                open_interview(second, *invited)
        except TimeTaken as taken:
            outcome.append((type(taken.__cause__), connection.in_atomic_block))
        finally:
            connection.close()

    asker = threading.Thread(target=ask)
    with transaction.atomic():
        open_interview(first, *invited)
        asker.start()
        wait_until(lambda: waiting() == 1)
    asker.join()
    assert outcome == [(type(None), False)]  # seen, not run into the constraint
    assert active() == [("candidate", "hold"), ("employee", "hold")]


def waiting() -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_locks JOIN pg_database ON pg_database.oid = database"
            " WHERE datname = current_database() AND locktype = 'advisory' AND NOT granted"
        )
        return cursor.fetchone()[0]


def wait_until(true: Callable[[], bool], seconds: float = 20) -> None:
    until = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < until, "it did not come to it"
        time.sleep(0.01)


@pytest.mark.django_db(transaction=True)
def test_turn_needs_a_transaction_to_last(office, now):
    interview, people = opened(office, now), office.employees(1)
    with pytest.raises(transaction.TransactionManagementError):
        hold(interview, offers(0, people=people), interview.application.candidate_id, now)


@pytest.mark.django_db(transaction=True)
def test_32_askers_of_20_resources_at_once_meet_no_overlap_and_no_deadlock(office, now):
    people = office.employees(20)
    interviews = [opened(office, now, f"A{number}") for number in range(32)]
    candidates = {interview.pk: interview.application.candidate_id for interview in interviews}
    start, troubles, won = threading.Barrier(32), [], []

    def ask(number: int, interview: Interview) -> None:
        chance = random.Random(number)
        try:
            start.wait()
            for _ in range(6):
                wished = [
                    Offer(hour(24 * day + chance.randrange(8) / 2), tuple(e.pk for e in chance.sample(people, 3)), None, [])
                    for day in range(3)
                ]
                try:
                    with transaction.atomic():
                        options = hold(interview, wished, candidates[interview.pk], now)
                        if chance.random() < 0.5:
                            choose(interview, options[chance.randrange(3)], now)
                except TimeTaken:
                    continue
                won.append(interview.pk)
                return
        except (OperationalError, IntegrityError, SomebodyWasFirst, threading.BrokenBarrierError) as error:
            troubles.append(repr(error))
        finally:
            connection.close()

    threads = [threading.Thread(target=ask, args=pair) for pair in enumerate(interviews)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert troubles == []
    with connection.cursor() as cursor:
        cursor.execute(OVERLAPS)
        assert cursor.fetchone()[0] == 0
    # Whoever lost left nothing behind; whoever won has all of it.
    assert 5 < len(won) <= 32
    assert set(Option.objects.values_list("interview_id", flat=True)) == set(won)
    for pk in won:
        booked = Interview.objects.get(pk=pk).state == "booked"
        assert Claim.objects.filter(interview_id=pk, state="booked" if booked else "hold").count() == (4 if booked else 12)


@pytest.mark.django_db(transaction=True)
def test_40_taps_on_one_hour_book_it_once(office, now):
    (anna,) = office.employees(1)
    interview = opened(office, now)
    with transaction.atomic():
        (option,) = hold(interview, offers(0, people=[anna]), interview.application.candidate_id, now)
    start, outcomes = threading.Barrier(40), []

    def tap() -> None:
        try:
            start.wait()
            with transaction.atomic():
                choose(Interview.objects.get(pk=interview.pk), option, now)
            outcomes.append("booked")
        except SomebodyWasFirst:
            outcomes.append("late")
        finally:
            connection.close()

    threads = [threading.Thread(target=tap) for _ in range(40)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["booked"] + ["late"] * 39
    assert active() == [("candidate", "booked"), ("employee", "booked")]
