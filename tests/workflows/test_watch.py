"""Time passes: silence is followed up, reminders go out, and every timer fires once."""

from datetime import timedelta

import pytest

from mianyue.domain.interviews.models import Interview
from mianyue.domain.notices.models import Notice
from mianyue.domain.recruiting.models import Candidate
from mianyue.domain.security.actor import SYSTEM
from mianyue.domain.timers.models import Timer
from mianyue.ports.channel import PermanentFailure
from mianyue.workflows import finish, watch
from mianyue.workflows.give_up import give_up_expired
from mianyue.workflows.invite import Wish, invite
from mianyue.workflows.watch import tick


def test_a_day_of_silence_brings_a_text_message(invited, later, mail, sms):
    invited("A039")
    later(hours=23, minutes=59)
    assert sms.arrived == []
    later(minutes=1)
    assert [(m.to, m.calendar) for m in sms.arrived] == [("+8613800000040", b"")]
    assert "/i/" in sms.arrived[0].text
    later(hours=1)
    assert (len(mail.arrived), len(sms.arrived)) == (1, 1)


def test_the_text_messages_link_books_too(invited, later, person):
    candidate = invited("A039")
    later(hours=24)
    assert candidate.newest.channel == "sms"
    assert candidate.picks(1).state == "booked"


def test_candidate_with_one_channel_is_followed_up_on_it(company, clock, post, later, mail, sms):
    Candidate.objects.filter(applications__code="A039").update(mobile=None)
    invite(Wish(applications=["A039"]), SYSTEM, clock.now())
    post()
    later(hours=24)
    assert ([m.to for m in mail.arrived], sms.arrived) == (["jianing.zhou16@example.com"] * 2, [])


def test_refused_mail_then_silence_is_followed_up_on_the_channel_that_works(company, clock, post, later, mail, sms):
    invite(Wish(applications=["A039"]), SYSTEM, clock.now())
    mail.fail_next(PermanentFailure)
    mail.fail_next(PermanentFailure)
    post()
    post()
    later(hours=24)
    post()
    assert (mail.arrived, [n.purpose for n in Notice.objects.filter(channel="sms").order_by("created_at")]) == (
        [],
        ["invitation", "follow_up"],
    )


def test_two_days_of_silence_free_the_times_and_ask_a_person(invited, later, claimed, desk):
    invited("A039")
    later(hours=24)
    later(hours=24)
    assert (claimed(), [task.kind for task in desk("A039")]) == ([], ["no_answer"])
    assert Interview.objects.get().state == "silent"
    assert not Timer.objects.filter(state="pending").exists()


def test_silent_candidate_can_be_invited_again_with_the_same_times(invited, later, desk):
    invited("A024")
    later(hours=24)
    later(hours=24)
    invited("A024")
    assert sorted(Interview.objects.values_list("state", flat=True)) == ["offered", "silent"]
    assert desk("A024") == []


def test_answered_invitation_is_not_followed_up(invited, later, sms):
    candidate = invited("A024")
    later(hours=2)
    candidate.picks(3)
    later(hours=22)
    later(hours=24)
    assert (sms.arrived, Interview.objects.get().state) == ([], "booked")


def test_reminders_go_out_a_day_and_two_hours_before(booked, clock, later, person, panel):
    interview = booked("A039", 2)  # Thursday 10:00
    start = interview.booked.during.lower
    clock.at = start - timedelta(hours=24, minutes=1)
    later(minutes=1)
    assert [n.purpose for n in person("A039").notices()[2:]] == ["reminder_24h"]
    assert [n.purpose for n in panel(interview)[0].notices()[1:]] == []
    clock.at = start - timedelta(hours=2, minutes=1)
    later(minutes=1)
    later(hours=1)
    assert [n.purpose for n in person("A039").notices()[2:]] == ["reminder_24h", "reminder_2h"]
    assert [n.purpose for n in panel(interview)[0].notices()[1:]] == ["interviewer_reminder"]


def test_interview_less_than_a_day_away_gets_the_last_reminder_only(invited, clock, settings):
    settings.MIANYUE_MINIMUM_NOTICE = timedelta(0)
    candidate = invited("A024")
    clock.forward(timedelta(hours=12))
    interview = candidate.picks(1)
    assert interview.booked.during.lower - clock.now() < timedelta(hours=24)
    assert [t.facts["minutes"] for t in Timer.objects.filter(state="pending")] == [120]


def test_two_workers_fire_each_timer_once(transactional_db, company, clock, mail, sms, post, at_once):
    invite(Wish(job="J004"), SYSTEM, clock.now())
    post()
    clock.forward(timedelta(hours=24))
    fired = at_once(lambda _: tick(clock.now()), 4)
    assert sum(fired) == 6
    assert Notice.objects.filter(purpose="follow_up").count() == 6


def test_timer_whose_work_fails_waits_and_does_not_block_the_others(company, clock, mail, sms, post, monkeypatch):
    invite(Wish(applications=["A024", "A039"]), SYSTEM, clock.now())
    poisoned = Interview.objects.get(application__code="A024").pk
    follow_up = watch.FIRE["follow_up"]

    def fails(timer, now):
        if timer.subject_id == poisoned:
            Notice.objects.all().delete()  # whatever it did is undone
            raise RuntimeError("poison")
        follow_up(timer, now)

    monkeypatch.setitem(watch.FIRE, "follow_up", fails)
    clock.forward(timedelta(hours=24))
    tick(clock.now())
    assert list(Notice.objects.filter(purpose="follow_up").values_list("application_code", flat=True)) == ["A039"]
    waits = []
    for _ in range(4):
        waiting = Timer.objects.get(subject_id=poisoned, kind="follow_up")
        assert waiting.state == "pending"
        waits.append((waiting.due_at - clock.now()).total_seconds())
        clock.at = waiting.due_at
        tick(clock.now())
    assert waits == [20, 40, 80, 160]
    monkeypatch.setitem(watch.FIRE, "follow_up", follow_up)
    clock.at = Timer.objects.get(subject_id=poisoned, kind="follow_up").due_at
    tick(clock.now())
    assert Notice.objects.filter(purpose="follow_up", application_code="A024").count() == 1


def test_everything_that_fell_due_while_the_worker_was_down_happens_after_the_restart(invited, clock, later, claimed, desk, sms):
    invited("A039")
    later(days=5)
    assert (Interview.objects.get().state, claimed(), [t.kind for t in desk("A039")]) == ("silent", [], ["no_answer"])
    assert sms.arrived == []  # a second notice about times that are gone would only confuse


def test_missed_reminders_are_not_doubled_after_a_restart(booked, clock, later, person):
    """Down from before the first until after the second: one reminder is enough."""
    interview = booked("A039", 2)
    clock.at = interview.booked.during.lower - timedelta(hours=1, minutes=30)
    later(seconds=0)
    assert [n.purpose for n in person("A039").notices()[2:]] == ["reminder_2h"]


def test_reminder_after_the_interview_began_is_not_sent(booked, clock, later, person, mail):
    interview = booked("A039", 2)
    sent = len(mail.arrived)
    clock.at = interview.booked.during.lower
    later(seconds=0)
    assert len(mail.arrived) == sent


def test_offers_run_out_even_if_their_timer_was_lost(invited, clock, claimed):
    invited("A039")
    Timer.objects.all().delete()
    clock.forward(timedelta(hours=48))
    assert (give_up_expired(clock.now()), give_up_expired(clock.now()), claimed()) == (1, 0, [])


@pytest.mark.parametrize("hours", [71, 72])
def test_tentative_hold_ends_by_itself(booked, clock, later, claimed, hours, mail, desk):
    booked("A018")
    finish.set_result("A018", "next_round", SYSTEM, clock.now())
    tentative = Interview.objects.get(state="tentative")
    held_for = (tentative.held_until - clock.now()).total_seconds() / 3600
    later(hours=held_for * hours / 72)
    tentative.refresh_from_db()
    assert (tentative.state, bool(claimed(tentative))) == (("tentative", True) if hours < 72 else ("released", False))
    assert [t.kind for t in desk("A018")] == (["next_round"] if hours < 72 else ["no_answer"])
    assert not Notice.objects.filter(subject_id=tentative.pk).exists()
