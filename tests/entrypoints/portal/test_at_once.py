"""Many at once at one door: the database lets one through, and nobody meets an error page."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from django.db import connection, connections
from django.test import Client

from mianyue.domain.interviews.models import Claim, Interview
from mianyue.domain.notices.models import Notice
from mianyue.domain.security.models import JournalEntry

CROWD = 40


def at_once(act, count: int = CROWD) -> list:
    """What ``act(number)`` returned in as many threads, let go together."""
    gate = Barrier(count)

    def one(number: int):
        try:
            connection.ensure_connection()
            gate.wait(30)
            return act(number)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(one, range(count)))


def test_same_tap_forty_times_is_one_booking(transactional_db, candidate):
    address = candidate.address
    answers = at_once(lambda n: Client().post(f"{address}/pick", {"number": 1, "proposal": 1}))
    assert [answer.status_code for answer in answers] == [303] * CROWD
    assert Interview.objects.get().state == "booked"
    assert JournalEntry.objects.filter(act="interview.booked").count() == 1
    assert Notice.objects.filter(purpose="confirmation").count() == 1


def test_different_taps_at_once_book_one_time_and_tell_the_others(transactional_db, candidate):
    address = candidate.address
    answers = at_once(lambda n: Client().post(f"{address}/pick", {"number": n % 3 + 1, "proposal": 1}))
    interview = Interview.objects.get()
    won = {n for n in range(CROWD) if n % 3 + 1 == interview.booked.number}
    assert [answer.status_code for answer in answers] == [303 if n in won else 409 for n in range(CROWD)]
    assert all("这个时间已不可选" in a.content.decode() for n, a in enumerate(answers) if n not in won)
    assert JournalEntry.objects.filter(act="interview.booked").count() == 1
    assert {claim.option_id for claim in Claim.objects.filter(state__in=["hold", "booked"])} == {interview.booked_id}


def test_pick_and_decline_at_once_end_in_one_of_both(transactional_db, candidate):
    address = candidate.address
    form = {"number": 1, "proposal": 1}
    at_once(lambda n: Client().post(f"{address}/pick", form) if n % 2 else Client().post(f"{address}/decline"), 10)
    # A decline after the pick withdraws it; a pick after the decline is refused. Either way the last word is "declined".
    assert Interview.objects.get().state == "declined"
    assert not Claim.objects.filter(state__in=["hold", "booked"]).exists()
