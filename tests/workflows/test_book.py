"""The pick: one tap books, everybody concerned knows, and nobody is promised twice."""

from datetime import timedelta

import pytest

from mianyue.base.errors import SomebodyWasFirst
from mianyue.domain.interviews.models import Interview, Option
from mianyue.domain.notices.models import Notice
from mianyue.domain.recruiting.models import Application
from mianyue.domain.security.actor import SYSTEM
from mianyue.domain.security.models import JournalEntry
from mianyue.domain.timers.models import Timer
from mianyue.workflows import reply
from mianyue.workflows.invite import Wish, invite, look


def test_pick_books_what_was_chosen_and_frees_the_others(invited, claimed):
    interview = invited("A039").picks(2)
    interview.refresh_from_db()
    chosen = Option.objects.get(interview=interview, number=2)
    assert (interview.state, interview.booked, interview.held_until) == ("booked", chosen, None)
    assert {(c.option_id, c.state, c.resource_kind, c.expires_at) for c in claimed(interview)} == {
        (chosen.pk, "booked", kind, None) for kind in ("employee", "room", "candidate")
    }
    assert dict(Option.objects.values_list("number", "state")) == {1: "released", 2: "chosen", 3: "released"}


def test_freed_times_can_be_offered_to_others_at_once(invited, now):
    candidate = invited("A039")
    Application.objects.filter(code="A024").update(job=Application.objects.get(code="A039").job)
    (nothing,) = look(Wish(applications=["A024"]), now)
    candidate.picks(2)
    (free,) = look(Wish(applications=["A024"]), now)
    assert nothing.problem["code"] == "no_time"
    assert [o.interval.start.isoformat() for o in free.recommendation.options] == [
        "2026-12-02T06:00:00+00:00",
        "2026-12-04T07:00:00+00:00",
    ]


def test_confirmations_are_calendar_invitations_with_one_attendee_each(booked, mail, entry, person, panel):
    interview = booked("A018")  # two interviewers
    confirmations = {message.to: entry(message) for message in mail.arrived if message.calendar}
    candidate, both = person("A018").row, panel(interview)
    assert set(confirmations) == {candidate.email, *(p.row.email for p in both)}
    assert len(both) == 2
    for address, one in confirmations.items():
        assert (one.method, one.sequence, one.status) == ("REQUEST", 0, "CONFIRMED")
        assert one.attendees == (address,)
        assert (one.start, one.end) == (interview.booked.during.lower, interview.booked.during.upper)
    assert len({one.uid for one in confirmations.values()}) == 3
    assert {m.calendar_method for m in mail.arrived if m.calendar} == {"REQUEST"}


def test_nobody_reads_of_the_others_addresses(booked, mail, person, panel):
    interview = booked("A018")
    everybody = {person("A018").row.email, *(p.row.email for p in panel(interview))}
    for message in mail.arrived:
        told = message.text + message.html + message.calendar.decode()
        assert not [address for address in everybody - {message.to} if address in told]


def test_reminders_are_set_and_the_watch_for_an_answer_ends(booked):
    interview = booked("A039")
    start = interview.booked.during.lower
    assert sorted((t.kind, start - t.due_at) for t in Timer.objects.filter(state="pending")) == [
        ("reminder", timedelta(hours=2)),
        ("reminder", timedelta(hours=24)),
    ]


def test_picking_the_same_again_changes_nothing(invited, post, mail):
    candidate = invited("A039")
    offer = candidate.newest
    candidate.picks(1)
    post()
    sent = len(mail.arrived)
    for _ in range(2):
        reply.pick(candidate.opens(offer), 1, 1, candidate.clock.now())
    assert post() == 0
    assert len(mail.arrived) == sent
    assert JournalEntry.objects.filter(act="interview.booked").count() == 1


def test_picking_another_after_booking_is_refused_and_changes_nothing(booked, person, claimed):
    interview = booked("A039", 1)
    before = {(c.pk, c.state) for c in claimed()}
    with pytest.raises(SomebodyWasFirst):
        person("A039").picks(2, 1)
    interview.refresh_from_db()
    assert (interview.booked.number, {(c.pk, c.state) for c in claimed()}) == (1, before)


def test_expired_hold_cant_be_picked_even_before_anybody_swept_it_up(invited, clock):
    candidate = invited("A039")
    clock.forward(timedelta(hours=48))
    with pytest.raises(SomebodyWasFirst):
        candidate.picks(3)
    assert Interview.objects.get().state == "offered"
    assert not Notice.objects.filter(purpose="confirmation").exists()


def test_time_that_has_begun_cant_be_picked(invited, clock):
    candidate = invited("A039")
    clock.at = Option.objects.get(number=1).during.lower
    Interview.objects.update(held_until=clock.at + timedelta(days=2))
    with pytest.raises(SomebodyWasFirst):
        candidate.picks(1)


@pytest.mark.parametrize("number", [0, 4, -1])
def test_a_number_that_was_never_offered_is_refused(invited, number):
    with pytest.raises(SomebodyWasFirst):
        invited("A039").picks(number)


def test_forty_fingers_on_different_times_make_one_booking(transactional_db, invited, at_once, claimed):
    candidate = invited("A039")
    visit, now = candidate.opens(), candidate.clock.now()
    outcomes = at_once(lambda n: reply.pick(visit, n % 3 + 1, 1, now), 40)
    interview = Interview.objects.get()
    won = interview.booked.number
    assert [type(o) for o in outcomes] == [Interview if n % 3 + 1 == won else SomebodyWasFirst for n in range(40)]
    assert JournalEntry.objects.filter(act="interview.booked").count() == 1
    assert {claim.option_id for claim in claimed()} == {interview.booked_id}
    assert Notice.objects.filter(purpose="confirmation").count() == 1


def test_ten_recruiters_at_once_never_promise_one_interviewers_hour_twice(transactional_db, company, now, at_once, claimed):
    """Ten applications, one interviewer with three free hours in all: the first one gets them, the others are told why not."""
    applications = Application.objects.filter(code__in=[f"A0{n}" for n in range(16, 26)])
    applications.update(job=Application.objects.get(code="A039").job, round_number=1, problems=[])
    codes = list(applications.values_list("code", flat=True))

    outcomes = at_once(lambda n: invite(Wish(applications=[codes[n]]), SYSTEM, now), len(codes))
    assert sum(done.fresh for (done,) in outcomes) == 1
    assert {done.problem["code"] for (done,) in outcomes if done.problem} == {"no_time"}
    assert len([c for c in claimed() if c.resource_kind == "employee"]) == 3


def test_decline_frees_everything_and_withdraws_the_application(booked, person, claimed, post, mail, entry, panel):
    interview = booked("A039")
    interviewer = panel(interview)[0]
    sent = len(mail.arrived)
    person("A039").declines()
    person("A039").declines()
    post()
    interview.refresh_from_db()
    assert (interview.state, interview.application.state, claimed()) == ("declined", "withdrawn", [])
    assert not Timer.objects.filter(state="pending").exists()
    told = {message.to: entry(message) for message in mail.arrived[sent:]}
    assert {(to, e.method, e.sequence, e.status) for to, e in told.items()} == {
        (person("A039").row.email, "CANCEL", 1, "CANCELLED"),
        (interviewer.row.email, "CANCEL", 1, "CANCELLED"),
    }


def test_declining_an_offer_tells_nobody_because_nobody_was_to_come(invited, post, mail, claimed):
    candidate = invited("A039")
    candidate.declines()
    post()
    assert (len(mail.arrived), claimed(), Interview.objects.get().state) == (1, [], "declined")


def test_declining_after_the_interview_began_is_refused(booked, person, clock):
    interview = booked("A039")
    clock.at = interview.booked.during.lower
    with pytest.raises(SomebodyWasFirst):
        person("A039").declines()


def test_link_of_a_candidate_opens_nothing_as_interviewer(booked, panel, person, clock):
    interview = booked("A039")
    token = panel(interview)[0].newest.text.split("/p/")[1].split()[0].split("/")[0]
    with pytest.raises(reply.LinkUnknown):
        reply.visit(token, "candidate", clock.now())


def test_interviewer_accepts_once(booked, panel, clock):
    interview = booked("A039")
    (interviewer,) = panel(interview)
    for _ in range(2):
        reply.accept_seat(interviewer.opens(), clock.now())
    assert interview.booked.seats.get().answer == "accepted"
    assert JournalEntry.objects.filter(act="interview.accepted").count() == 1
