"""Plans change: whoever was told before is told again, calendars follow, and what was given up is free for others."""

from datetime import timedelta

import pytest
from psycopg.types.range import TimestamptzRange

from mianyue.base.errors import Refused, SomebodyWasFirst
from mianyue.domain.attendance.models import Leave
from mianyue.domain.interviews.actions import open_interview
from mianyue.domain.interviews.models import Claim, Interview, Option
from mianyue.domain.notices.models import Notice
from mianyue.domain.organization.models import Employee
from mianyue.domain.recruiting.models import Application, SeatChoice
from mianyue.domain.security.actor import SYSTEM
from mianyue.domain.timers.models import Timer
from mianyue.scheduling.mend import mend
from mianyue.workflows import change, finish, reply
from mianyue.workflows.invite import start_invitation
from mianyue.workflows.standing import look_at
from mianyue.workflows.watch import tick


def spans(proposal: int) -> list[tuple]:
    return [(o.during.lower, o.during.upper) for o in Option.objects.filter(proposal=proposal).order_by("number")]


def test_other_times_are_new_and_replace_the_held_ones(invited, post, mail, claimed):
    candidate = invited("A024")
    assert candidate.wants_other_times()
    post()
    old, new = spans(1), spans(2)
    assert (len(old), len(new)) == (3, 3)
    assert not [1 for a, b in old for c, d in new if a < d and c < b]
    assert {claim.option.proposal for claim in claimed()} == {2}
    assert [n.purpose for n in candidate.notices()] == ["invitation", "new_options"]
    assert len(mail.arrived) == 2


def test_other_times_start_the_watch_for_an_answer_anew(invited, clock, later):
    candidate = invited("A024")
    later(hours=20)
    candidate.wants_other_times()
    assert {(t.kind, t.facts["proposal"], (t.due_at - clock.now()).total_seconds() / 3600) for t in pending()} == {
        ("follow_up", 2, 24.0),
        ("give_up", 2, 48.0),
    }


def test_second_tap_on_other_times_changes_nothing(invited, clock):
    candidate = invited("A024")
    visit = candidate.opens()
    seen = reply.standing(visit.interview)
    assert [reply.other_times(visit, "", clock.now(), seen=seen) for _ in range(2)] == [True, True]
    assert Interview.objects.get().proposal == 2


def test_after_four_proposals_a_person_takes_over(invited, desk, claimed):
    candidate = invited("A024")
    assert [candidate.wants_other_times() for _ in range(4)] == [True, True, True, False]
    offered = [span for proposal in (1, 2, 3, 4) for span in spans(proposal)]
    assert len(set(offered)) == len(offered) == 12
    assert [(t.kind, t.facts) for t in desk("A024")] == [("question", {"about": "other_times", "offered": False})]
    assert {claim.option.proposal for claim in claimed()} == {4}


def test_no_other_time_keeps_what_is_offered(invited, desk, claimed):
    candidate = invited("A039")
    held = {claim.pk for claim in claimed()}
    assert not candidate.wants_other_times("下周可以吗？")
    assert {claim.pk for claim in claimed()} == held
    assert [(t.kind, t.said) for t in desk("A039")] == [("question", "下周可以吗？")]


def test_other_times_after_booking_cancel_the_entries_and_a_new_pick_renews_them(booked, person, panel, post, mail, entry):
    interview = booked("A024")
    before = panel(interview)[0].row.email
    person("A024").wants_other_times()
    post()
    off = {m.to: entry(m) for m in mail.arrived[3:] if m.calendar}
    assert {(to, e.method, e.sequence) for to, e in off.items()} == {
        (person("A024").row.email, "CANCEL", 1),
        (before, "CANCEL", 1),
    }
    interview.refresh_from_db()
    assert (interview.state, interview.booked) == ("offered", None)
    sent = len(mail.arrived)
    person("A024").picks(1)
    post()
    again = [entry(m) for m in mail.arrived[sent:]]
    assert {(e.method, e.sequence) for e in again} == {("REQUEST", 2)}
    assert off[person("A024").row.email].uid in {e.uid for e in again}


def test_reschedule_by_the_company_asks_the_candidate_again(booked, person, now, post, mail):
    interview = booked("A024")
    change.reschedule(interview.pk, SYSTEM, now)
    post()
    interview.refresh_from_db()
    assert (interview.state, interview.proposal) == ("offered", 2)
    assert person("A024").newest.purpose == "new_options"


def test_reschedule_without_another_time_is_refused_and_changes_nothing(booked, now, claimed):
    interview = booked("A039")
    Leave.objects.create(
        employee=interview.booked.seats.get().employee,
        status="approved",
        during=TimestamptzRange(now, now.replace(year=2027), "[)"),
    )
    before = {(c.pk, c.state) for c in claimed()}
    with pytest.raises(Refused):
        change.reschedule(interview.pk, SYSTEM, now)
    interview.refresh_from_db()
    assert (interview.state, {(c.pk, c.state) for c in claimed()}) == ("booked", before)


def test_cancel_by_the_company_frees_everything_and_tells_everybody(booked, person, panel, now, post, mail, entry, claimed):
    interview = booked("A018")
    everybody = {person("A018").row.email, *(p.row.email for p in panel(interview))}
    requested = {m.to: entry(m).uid for m in mail.arrived if m.calendar}
    sent = len(mail.arrived)
    change.cancel(interview.pk, SYSTEM, now)
    post()
    told = {m.to: entry(m) for m in mail.arrived[sent:]}
    assert {to: (e.method, e.sequence, e.uid) for to, e in told.items()} == {to: ("CANCEL", 1, requested[to]) for to in everybody}
    interview.refresh_from_db()
    assert (interview.state, claimed(), list(pending())) == ("cancelled", [], [])
    with pytest.raises(SomebodyWasFirst):
        change.cancel(interview.pk, SYSTEM, now)


def test_cancelled_offer_is_told_to_the_candidate_only(invited, now, post, mail, claimed):
    candidate = invited("A018")
    change.cancel(Interview.objects.get().pk, SYSTEM, now)
    post()
    assert [(m.to, m.calendar) for m in mail.arrived[1:]] == [(candidate.row.email, b"")]
    assert claimed() == []


def test_cancelled_application_can_be_invited_again(booked, now, invited):
    change.cancel(booked("A024").pk, SYSTEM, now)
    invited("A024")
    assert sorted(Interview.objects.values_list("state", flat=True)) == ["cancelled", "offered"]


def test_interviewer_out_is_replaced_by_another_of_the_pool(booked, person, panel, post, mail, entry, claimed, now):
    interview = booked("A024")
    (leaving,) = panel(interview)
    uids = {m.to: entry(m).uid for m in mail.arrived if m.calendar}
    sent = len(mail.arrived)
    assert leaving.cannot_come("家里有事") == "replaced"
    post()
    interview.refresh_from_db()
    (coming,) = panel(interview)
    pool = set(SeatChoice.objects.filter(round=interview.round).values_list("employee__code", flat=True))
    assert coming.row.code in pool - {leaving.row.code}
    assert {(c.resource_id, c.state) for c in claimed()} == {
        (coming.row.pk, "booked"),
        (person("A024").row.pk, "booked"),
    }
    told = {m.to: entry(m) for m in mail.arrived[sent:]}
    assert {to: (e.method, e.sequence) for to, e in told.items()} == {
        leaving.row.email: ("CANCEL", 1),
        coming.row.email: ("REQUEST", 1),
        person("A024").row.email: ("REQUEST", 1),
    }
    assert told[leaving.row.email].uid == uids[leaving.row.email]
    assert told[person("A024").row.email].uid == uids[person("A024").row.email]
    assert {t.facts["sequence"] for t in pending()} == {1}


def test_substitute_is_who_has_promised_least(booked, panel, now):
    interview = booked("A024")
    (leaving,) = panel(interview)
    standing, facts = look_at(interview, now, out=[leaving.row.pk])
    (first_choice,) = mend(standing.promises, facts.people, facts.rooms)[0].option.people
    other = open_interview(Application.objects.get(code="A019"), interview.round, "booked", now, now)
    in_a_week = TimestamptzRange(now + timedelta(days=7), now + timedelta(days=7, hours=1), "[)")
    option = Option.objects.create(interview=other, proposal=1, number=1, during=in_a_week)
    Claim.objects.create(
        resource_kind="employee",
        resource_id=Employee.objects.get(code=first_choice).pk,
        during=in_a_week,
        state="booked",
        option=option,
        interview=other,
    )
    assert leaving.cannot_come() == "replaced"
    assert interview.booked.seats.get().employee.code not in (leaving.row.code, first_choice)


def test_interviewer_out_without_a_substitute_means_new_times_for_the_candidate(booked, person, panel, post, now):
    interview = booked("A024")
    (leaving,) = panel(interview)
    for choice in SeatChoice.objects.filter(round=interview.round).exclude(employee=leaving.row):
        Leave.objects.create(employee=choice.employee, status="approved", during=interview.booked.during)
    assert leaving.cannot_come() == "reoffered"
    interview.refresh_from_db()
    assert interview.state == "offered"
    seated = set(Option.objects.filter(proposal=2).values_list("seats__employee__code", flat=True))
    assert leaving.row.code not in seated
    assert (leaving.newest.purpose, person("A024").newest.purpose) == ("interviewer_cancelled", "new_options")


def test_interviewer_nobody_can_stand_in_for_is_put_before_a_person_once(booked, panel, desk, claimed):
    interview = booked("A039")
    (leaving,) = panel(interview)
    before = {(c.pk, c.state) for c in claimed()}
    assert [leaving.cannot_come("发烧了"), leaving.cannot_come("发烧了")] == ["asked", "asked"]
    assert [(t.kind, t.said) for t in desk("A039")] == [("interviewer_out", "发烧了")]
    interview.refresh_from_db()
    assert (interview.state, {(c.pk, c.state) for c in claimed()}) == ("booked", before)


def test_interviewer_of_an_interview_that_has_begun_is_refused(booked, panel, clock):
    interview = booked("A024")
    (leaving,) = panel(interview)
    clock.at = interview.booked.during.lower
    with pytest.raises(SomebodyWasFirst):
        leaving.cannot_come()


def test_replaced_interviewers_link_does_nothing_any_more(booked, panel, post):
    interview = booked("A024")
    (leaving,) = panel(interview)
    visit = leaving.opens()
    leaving.cannot_come()
    with pytest.raises(SomebodyWasFirst):
        reply.give_up_seat(visit, "", leaving.clock.now())
    with pytest.raises(SomebodyWasFirst):
        reply.accept_seat(visit, leaving.clock.now())


def test_tentative_time_that_is_cancelled_is_no_news_for_the_candidate(booked, person, post, now, mail):
    """Nothing was sent about it yet."""
    interview = booked("A018")
    finish.set_result("A018", "next_round", SYSTEM, now)
    tentative = Interview.objects.get(state="tentative")
    post()
    sent = len(mail.arrived)
    change.cancel(tentative.pk, SYSTEM, now)
    post()
    assert (len(mail.arrived), interview.application.state) == (sent, "active")
    assert not Notice.objects.filter(subject_id=tentative.pk).exists()


def test_invitation_to_the_next_round_starts_once(booked, person, post, now, mail, clock):
    """Two recruiters press the button; the candidate picks in between."""
    booked("A018")
    finish.set_result("A018", "next_round", SYSTEM, now)
    tentative = Interview.objects.get(state="tentative")
    start_invitation(tentative, SYSTEM, now)
    post()
    with pytest.raises(SomebodyWasFirst):
        start_invitation(tentative, SYSTEM, now)
    person("A018").picks(1)
    with pytest.raises(SomebodyWasFirst):
        start_invitation(tentative, SYSTEM, now)
    tentative.refresh_from_db()
    assert (tentative.state, tentative.booked.number) == ("booked", 1)


def test_sequence_rises_with_every_message_to_a_calendar_and_cancels_follow_requests(booked, person, panel, post, mail, entry, now):
    """A long life: booked, other times, booked, interviewer out, rescheduled, booked, cancelled."""
    interview = booked("A024")
    person("A024").wants_other_times()
    post()
    person("A024").picks(2)
    post()
    interview.refresh_from_db()
    panel(interview)[0].cannot_come()
    post()
    change.reschedule(interview.pk, SYSTEM, now)
    post()
    person("A024").picks(1)
    post()
    change.cancel(interview.pk, SYSTEM, now)
    post()
    lives: dict[str, list] = {}
    for message in mail.arrived:
        if message.calendar:
            lives.setdefault(entry(message).uid, []).append(entry(message))
    assert len(lives) >= 3
    for life in lives.values():
        sequences = [e.sequence for e in life]
        assert sequences == sorted(set(sequences)), sequences
        assert [e.method for e in life][0] == "REQUEST"
        assert life[-1].method == "CANCEL"
        assert len({e.attendees for e in life}) == 1


def test_old_reminders_are_gone_after_every_change(booked, person, now):
    interview = booked("A024")
    old = {t.pk for t in pending()}
    change.reschedule(interview.pk, SYSTEM, now)
    assert {t.kind for t in pending()} == {"follow_up", "give_up"}
    person("A024").picks(1)
    interview.refresh_from_db()
    assert {t.facts["sequence"] for t in pending()} == {interview.sequence}
    assert not old & {t.pk for t in pending()}


def test_pick_is_never_lost_to_a_timer_that_fires_the_same_moment(transactional_db, invited, clock, at_once):
    """The follow-up fires while the candidate taps: both take their turn, neither meets a deadlock."""
    for _ in range(5):
        candidate = invited("A024")
        visit = candidate.opens()
        clock.forward(Timer.objects.filter(state="pending").earliest("due_at").due_at - clock.now())
        now = clock.now()
        outcomes = at_once(lambda n: reply.pick(visit, 1, 1, now) if n == 0 else tick(now), 4)  # noqa: B023
        assert [o for o in outcomes if isinstance(o, Exception)] == []
        interview = Interview.objects.get(pk=visit.interview.pk)
        assert interview.state == "booked"
        change.cancel(interview.pk, SYSTEM, now)


def test_decline_and_rejection_at_once_end_in_one_of_both(transactional_db, booked, person, at_once, claimed, now):
    for code in ("A039", "A024", "A019"):
        booked(code)
        visit = person(code).opens()
        acts = [lambda: reply.decline(visit, now), lambda: finish.set_result(code, "rejected", SYSTEM, now)]  # noqa: B023
        outcomes = at_once(lambda n: acts[n](), 2)  # noqa: B023
        assert {type(o) for o in outcomes if isinstance(o, Exception)} <= {SomebodyWasFirst, Refused}
        assert Application.objects.get(code=code).state in ("withdrawn", "rejected")
    assert claimed() == []


def pending():
    """The timers of interviews; whoever has too few times is thought of apart from them."""
    return Timer.objects.filter(state="pending").exclude(kind="freed")
