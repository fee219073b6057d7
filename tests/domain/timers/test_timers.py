"""A promise to act later is kept once, or taken back."""

import threading
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection, transaction

from mianyue.base.ids import new_id
from mianyue.domain.timers.actions import cancel_timers, claim_due, postpone, set_timer
from mianyue.domain.timers.models import Timer

NOW = datetime(2026, 12, 1, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def test_due_timers_fire_oldest_first_and_once(db):
    late, early, later = (set_timer("reminder", new_id(), NOW + wait, minutes=120) for wait in (-MINUTE, -2 * MINUTE, MINUTE))
    with transaction.atomic():
        assert claim_due(NOW) == [early, late]
        assert claim_due(NOW) == []
    assert Timer.objects.get(pk=late.pk).state == "fired"
    assert Timer.objects.get(pk=later.pk).state == "pending"


def test_due_means_at_that_very_instant_too(db):
    timer = set_timer("reminder", new_id(), NOW)
    with transaction.atomic():
        assert claim_due(NOW - timedelta(microseconds=1)) == []
        assert claim_due(NOW) == [timer]


def test_no_more_than_asked_for_are_claimed(db):
    for _ in range(5):
        set_timer("reminder", new_id(), NOW)
    with transaction.atomic():
        assert [len(claim_due(NOW, at_most=2)) for _ in range(4)] == [2, 2, 1, 0]


def test_taken_back_means_never(db):
    subject, other = new_id(), new_id()
    for kind in ("follow_up", "give_up"):
        set_timer(kind, subject, NOW)
    set_timer("follow_up", other, NOW)
    assert cancel_timers(subject, NOW, ["give_up"]) == 1
    assert cancel_timers(subject, NOW) == 1
    assert cancel_timers(subject, NOW) == 0
    with transaction.atomic():
        assert [timer.subject_id for timer in claim_due(NOW)] == [other]


def test_what_fired_cannot_be_taken_back(db):
    timer = set_timer("reminder", new_id(), NOW)
    with transaction.atomic():
        claim_due(NOW)
    assert cancel_timers(timer.subject_id, NOW) == 0


def test_work_that_fails_is_due_again_after_a_wait_that_doubles_up_to_an_hour(db):
    timer = set_timer("reminder", new_id(), NOW, minutes=120)
    waits = []
    for _ in range(12):
        with transaction.atomic():
            claim_due(timer.due_at)
        timer.refresh_from_db()
        before = timer.due_at
        postpone(timer, before)
        waits.append((timer.due_at - before).total_seconds())
    assert waits == [20, 40, 80, 160, 320, 640, 1280, 2560, 3600, 3600, 3600, 3600]
    assert (timer.state, timer.settled_at, timer.facts) == ("pending", None, {"minutes": 120, "failures": 12})


def test_two_workers_share_the_work_without_waiting_and_a_rollback_gives_it_back(transactional_db):
    for _ in range(4):
        set_timer("reminder", new_id(), NOW)
    theirs = []

    def other_worker() -> None:
        try:
            with connection.cursor() as cursor:
                cursor.execute("SET lock_timeout = '2s'")
            with transaction.atomic():
                theirs.extend(claim_due(NOW))
        finally:
            connection.close()

    with transaction.atomic():
        mine = claim_due(NOW, at_most=3)
        worker = threading.Thread(target=other_worker)
        worker.start()
        worker.join()
        assert len(theirs) == 1
        assert not {timer.pk for timer in mine} & {timer.pk for timer in theirs}
        transaction.set_rollback(True)
    assert Timer.objects.filter(state="pending").count() == 3


@pytest.mark.django_db
def test_an_idle_look_is_one_query_on_the_index_of_pending_ones(django_assert_num_queries):
    with connection.cursor() as cursor:
        cursor.execute("SELECT indexdef FROM pg_indexes WHERE indexname = 'timer_due'")
        assert "WHERE ((state)::text = 'pending'::text)" in cursor.fetchone()[0]
    with transaction.atomic(), django_assert_num_queries(1):
        claim_due(NOW)
