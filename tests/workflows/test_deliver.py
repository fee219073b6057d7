"""Sending: what a recruiter sees in the outbox, and what a candidate gets, when channels behave and when they don't."""

from datetime import timedelta

import pytest

from mianyue.domain.interviews.models import Interview
from mianyue.domain.notices.models import Delivery, Notice
from mianyue.domain.recruiting.models import Candidate
from mianyue.domain.security.actor import SYSTEM
from mianyue.domain.security.models import JournalEntry
from mianyue.ports import registry
from mianyue.ports.channel import AnswerLost, PermanentFailure, Receipt, TemporaryFailure
from mianyue.workflows import change, finish
from mianyue.workflows.deliver import deliver, sweep
from mianyue.workflows.invite import Wish, invite


@pytest.fixture
def letter(company, now, mail, sms) -> Notice:
    """An invitation that is queued and not yet delivered."""
    invite(Wish(applications=["A039"]), SYSTEM, now)
    return Notice.objects.get()


@pytest.fixture
def pooled(company, now, mail, sms) -> Notice:
    """The same for a round that any of four interviewers can hold, so that there are always other times."""
    invite(Wish(applications=["A024"]), SYSTEM, now)
    return Notice.objects.get()


def attempts(notice: Notice) -> list[tuple[int, str, bool]]:
    return list(notice.deliveries.order_by("attempt").values_list("attempt", "state", "repeats_unknown"))


def test_accepted_letter_says_when_and_with_which_number(letter, mail, now, post):
    assert post() == 1
    (delivery,) = letter.deliveries.all()
    assert (delivery.state, delivery.started_at, delivery.settled_at, delivery.reference) == ("accepted", now, now, "1")
    (message,) = mail.arrived
    assert (message.to, message.to_name, message.subject) == ("jianing.zhou16@example.com", "周佳宁", letter.title)
    assert message.sender == '"青禾智能科技（示例）有限公司" <recruiting@qinghe.example.com>'
    assert post() == 0


def test_temporary_failure_is_retried_with_growing_waits_under_one_message_id(letter, mail, clock, post):
    waits = []
    for _ in range(5):
        mail.fail_next(TemporaryFailure)
        post()
        due = letter.deliveries.get(state="queued").due_at
        waits.append((due - clock.now()).total_seconds())
        clock.at = due
    post()
    assert [round(wait / 30 / 2**n) for n, wait in enumerate(waits)] == [1] * 5
    assert attempts(letter) == [*((n, "failed", False) for n in range(1, 6)), (6, "accepted", False)]
    assert [message.key for message in mail.arrived] == [f"{letter.pk}@mianyue"]
    assert {d.error_code for d in letter.deliveries.filter(state="failed")} == {"channel_temporary"}


def test_nothing_is_sent_before_its_retry_is_due(letter, mail, post):
    mail.fail_next(TemporaryFailure)
    post()
    assert post() == 0
    assert mail.arrived == []


def test_mail_server_down_for_a_day_means_the_next_channel(letter, mail, sms, clock, post):
    while not sms.arrived and clock.now() < letter.created_at + timedelta(hours=27):
        mail.fail_next(TemporaryFailure)
        post()
        clock.at = Delivery.objects.filter(state="queued").first().due_at if not sms.arrived else clock.at
        clock.forward(timedelta(seconds=1))
        Interview.objects.update(held_until=clock.now() + timedelta(hours=9))  # somebody keeps the offer open meanwhile
        Notice.objects.update(useful_until=clock.now() + timedelta(hours=9))
    assert (mail.arrived, [message.to for message in sms.arrived]) == ([], ["+8613800000040"])
    assert letter.deliveries.order_by("attempt").last().state == "failed"


def test_refused_address_means_the_next_channel_at_once(letter, mail, sms, post, desk):
    mail.fail_next(PermanentFailure)
    post()
    post()
    assert attempts(letter) == [(1, "refused", False)]
    assert (mail.arrived, [message.to for message in sms.arrived]) == ([], ["+8613800000040"])
    assert desk("A039") == []


def test_refused_on_every_channel_is_put_before_a_person(letter, mail, sms, post, desk):
    mail.fail_next(PermanentFailure)
    sms.fail_next(PermanentFailure)
    post()
    post()
    (task,) = desk("A039")
    assert (task.kind, task.facts) == (
        "not_delivered",
        {"purpose": "invitation", "channel": "sms", "code": "channel_permanent"},
    )


def test_candidate_with_mail_only_is_put_before_a_person_when_refused(letter, mail, post, desk):
    Candidate.objects.filter(applications__code="A039").update(mobile=None)
    mail.fail_next(PermanentFailure)
    post()
    assert [task.kind for task in desk("A039")] == ["not_delivered"]


@pytest.mark.parametrize("arrives", [True, False])
def test_lost_answer_is_repeated_once_under_the_same_message_id_and_says_so(letter, mail, post, arrives, desk):
    mail.fail_next(AnswerLost, arrives=arrives)
    post()
    post()
    assert attempts(letter) == [(1, "unknown", False), (2, "accepted", True)]
    assert [message.key for message in mail.arrived] == [f"{letter.pk}@mianyue"] * (1 + arrives)
    assert desk("A039") == []


def test_answer_lost_twice_is_put_before_a_person_and_not_sent_a_third_time(letter, mail, post, desk):
    for _ in range(3):
        mail.fail_next(AnswerLost, arrives=True)
        post()
    assert attempts(letter) == [(1, "unknown", False), (2, "unknown", True)]
    assert len(mail.arrived) == 2
    assert [(task.kind, task.facts) for task in desk("A039")] == [
        ("delivery_unknown", {"purpose": "invitation", "channel": "email"})
    ]


def test_lost_answer_then_away_then_lost_again_is_no_second_repeat(letter, mail, clock, post, desk):
    mail.fail_next(AnswerLost)
    mail.fail_next(TemporaryFailure)
    mail.fail_next(AnswerLost)
    for _ in range(4):
        post()
        clock.forward(timedelta(minutes=2))
    assert attempts(letter) == [(1, "unknown", False), (2, "failed", True), (3, "unknown", True)]
    assert [task.kind for task in desk("A039")] == ["delivery_unknown"]


def test_vanished_worker_means_unknown_and_one_repeat(letter, mail, clock, post):
    letter.deliveries.update(state="sending", started_at=clock.now())
    clock.forward(timedelta(seconds=50))
    assert post() == 0
    clock.forward(timedelta(minutes=2))
    post()
    assert attempts(letter) == [(1, "unknown", False), (2, "accepted", True)]
    assert letter.deliveries.get(attempt=1).error_code == "worker_vanished"
    assert [message.key for message in mail.arrived] == [f"{letter.pk}@mianyue"]


def test_slow_worker_that_answers_after_it_was_given_up_makes_the_repeat_needless(letter, mail, clock, monkeypatch):
    """The channel takes minutes; meanwhile another worker has given the attempt up and queued its repetition."""

    class Slow:
        name = "email"

        def send(self, message):
            clock.forward(timedelta(minutes=5))
            sweep(clock.now(), timedelta(hours=1))  # too early for a lost job: only the vanished worker is noticed
            return Receipt("slow-1")

    monkeypatch.setitem(registry._loaded, ("channel", "email"), Slow())
    deliver(letter.deliveries.get().pk, clock.now())
    assert attempts(letter) == [(1, "accepted", False), (2, "stale", True)]
    assert letter.deliveries.get(attempt=2).error_code == "arrived"


def test_job_and_sweep_and_a_second_job_send_once(letter, mail, now, post):
    delivery = letter.deliveries.get()
    assert [deliver(delivery.pk, now), deliver(delivery.pk, now), post()] == ["accepted", None, 0]
    assert len(mail.arrived) == 1


def test_many_workers_with_one_delivery_send_once(transactional_db, letter, mail, now, at_once):
    delivery = letter.deliveries.get()
    states = at_once(lambda _: deliver(delivery.pk, now), 8)
    assert sorted(states, key=str) == [None] * 7 + ["accepted"]
    assert len(mail.arrived) == 1


def test_missing_setting_loses_nothing(letter, mail, monkeypatch, clock, post):
    monkeypatch.delitem(registry._loaded, ("channel", "email"))
    monkeypatch.delenv("EMAIL_URL")
    post()
    (failed, waiting) = letter.deliveries.order_by("attempt")
    assert (failed.state, failed.error_code, waiting.state) == ("failed", "setting_invalid", "queued")
    assert "EMAIL_URL" in failed.error
    monkeypatch.setitem(registry._loaded, ("channel", "email"), mail)
    clock.at = waiting.due_at
    post()
    assert [message.key for message in mail.arrived] == [f"{letter.pk}@mianyue"]


def test_replaced_offer_is_not_sent(pooled, mail, clock, post, person):
    person("A024").wants_other_times()
    post()
    assert [message.subject for message in mail.arrived] == [person("A024").newest.title]
    assert attempts(pooled) == [(1, "stale", False)]


def test_offer_replaced_between_two_attempts_is_not_sent(letter, mail, clock, post, monkeypatch):
    mail.fail_next(TemporaryFailure)
    post()
    Interview.objects.update(offering=2)
    clock.forward(timedelta(minutes=1))
    post()
    assert attempts(letter) == [(1, "failed", False), (2, "stale", False)]
    assert letter.deliveries.get(attempt=2).error_code == "offer_replaced"


def test_offer_past_its_hold_is_not_sent(letter, mail, clock, post):
    clock.forward(timedelta(hours=48))
    post()
    assert (mail.arrived, letter.deliveries.get().error_code) == ([], "too_late")
    assert JournalEntry.objects.filter(act="notice.not_sent").count() == 1


def test_confirmation_of_a_changed_booking_is_not_sent(letter, mail, post, person):
    post()
    interview = person("A039").picks(1)
    Interview.objects.filter(pk=interview.pk).update(sequence=1)
    post()
    assert [message.subject for message in mail.arrived] == [letter.title]
    assert set(Delivery.objects.exclude(notice=letter).values_list("state", "error_code")) == {("stale", "booking_changed")}


def test_confirmation_after_the_interview_began_is_not_sent(letter, mail, clock, post, person):
    post()
    interview = person("A039").picks(1)
    clock.at = interview.booked.during.lower
    post()
    assert [message.subject for message in mail.arrived] == [letter.title]


def test_refused_letter_that_is_no_longer_true_goes_nowhere_else(pooled, mail, sms, post, monkeypatch, person, desk):
    """The candidate's offer is replaced while the mail server still thinks about the old letter."""

    class Refuses:
        name = "email"

        def send(self, message):
            person("A024").wants_other_times()
            monkeypatch.setitem(registry._loaded, ("channel", "email"), mail)
            raise PermanentFailure("No such mailbox.")

    monkeypatch.setitem(registry._loaded, ("channel", "email"), Refuses())
    post()
    post()
    assert attempts(pooled) == [(1, "refused", False)]
    assert ([m.key for m in mail.arrived], sms.arrived) == ([f"{person('A024').newest.pk}@mianyue"], [])
    assert desk("A024") == []


@pytest.mark.parametrize("picked", [True, False])
def test_refused_cancellation_goes_on_the_next_channel(letter, mail, sms, post, person, now, desk, picked):
    post()
    if picked:
        person("A039").picks(1)
        post()
    change.cancel(Interview.objects.get().pk, SYSTEM, now)
    delivery = Delivery.objects.get(notice__purpose="cancelled")
    mail.fail_next(PermanentFailure)
    deliver(delivery.pk, now)
    post()
    (message,) = sms.arrived
    assert message.to == "+8613800000040"
    assert "12 月 2 日 周三 14:00" in message.text
    assert desk("A039") == []


def test_refused_letter_to_an_interviewer_is_put_before_a_person(letter, mail, post, person, desk):
    post()
    person("A039").picks(1)
    Candidate.objects.filter(applications__code="A039").update(email=None)
    for delivery in Delivery.objects.filter(notice__recipient_kind="interviewer"):
        mail.fail_next(PermanentFailure)
        deliver(delivery.pk, delivery.due_at)
    assert [(task.kind, task.facts["purpose"]) for task in desk("A039")] == [("not_delivered", "interviewer_booked")]


def test_cancellation_that_waits_for_the_mail_server_survives_what_comes_after(pooled, mail, post, person, clock):
    """An interviewer who was booked and is no longer must hear of it, whatever the candidate does in the meantime."""
    post()
    person("A024").picks(1)
    post()
    person("A024").wants_other_times()
    off = Notice.objects.get(purpose="interviewer_cancelled")
    mail.fail_next(TemporaryFailure)
    deliver(off.deliveries.get().pk, clock.now())
    person("A024").picks(2)
    clock.forward(timedelta(minutes=2))
    post()
    assert attempts(off) == [(1, "failed", False), (2, "accepted", False)]


def test_cancellation_for_somebody_who_was_never_told_is_not_sent(letter, mail, now, post):
    change.cancel(Interview.objects.get().pk, SYSTEM, now)
    post()
    assert mail.arrived == []
    assert set(Delivery.objects.values_list("notice__purpose", "state")) == {("invitation", "stale"), ("cancelled", "stale")}


def test_one_broken_delivery_does_not_hold_up_the_others(company, now, mail, sms, post, monkeypatch):
    """A letter that a channel chokes on in an unforeseen way."""
    invite(Wish(applications=["A039", "A024"]), SYSTEM, now)
    send = mail.send
    monkeypatch.setattr(mail, "send", lambda message: 1 / 0 if message.to_name == "周佳宁" else send(message))
    post()
    assert [message.to_name for message in mail.arrived] == ["彭晓岚"]


def test_closing_letter_after_a_held_interview_is_sent(letter, mail, clock, post, person):
    post()
    interview = person("A039").picks(1)
    post()
    clock.at = interview.booked.during.upper
    finish.set_result("A039", "rejected", SYSTEM, clock.now())
    post()
    before = len(mail.arrived)
    assert finish.send_closing_letter("A039", SYSTEM, clock.now())
    post()
    assert [message.to_name for message in mail.arrived[before:]] == ["周佳宁"]
