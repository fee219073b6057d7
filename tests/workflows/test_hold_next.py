"""A next round's times, held tentatively: kept for people and room until invited to, let go, or out of time."""

from datetime import timedelta

import pytest
from django.conf import settings

from mianyue.base.errors import SomebodyWasFirst
from mianyue.domain.interviews.models import Interview
from mianyue.domain.notices.models import Notice
from mianyue.domain.security.actor import Actor
from mianyue.domain.timers.models import Timer
from mianyue.workflows.finish import set_result
from mianyue.workflows.hold_next import release_tentative
from mianyue.workflows.invite import start_invitation
from mianyue.workflows.watch import tick

RECRUITER = Actor("user", "1")


@pytest.fixture
def held(booked, clock) -> Interview:
    """The next round of A024 (on site, with a room), held."""
    interview = booked("A024")
    clock.at = interview.booked.during.upper
    tick(clock.now())
    set_result("A024", "next_round", RECRUITER, clock.now())
    return Interview.objects.get(application__code="A024", state="tentative")


def kinds(tasks) -> list[str]:
    return [task.kind for task in tasks if task.kind in ("next_round", "no_answer")]


def pending(interview: Interview) -> dict[str, object]:
    return dict(Timer.objects.filter(subject_id=interview.pk, state="pending").values_list("kind", "due_at"))


def test_people_room_and_candidate_are_held_until_its_own_deadline(held, claimed, clock):
    claims = claimed(held)
    assert {claim.resource_kind for claim in claims} == {"employee", "room", "candidate"}
    assert {(claim.state, claim.expires_at) for claim in claims} == {("hold", held.held_until)}
    assert clock.now() < held.held_until <= clock.now() + settings.MIANYUE_TENTATIVE_HOLD
    assert pending(held)["tentative_ends"] == held.held_until


def test_recruiter_is_asked_a_day_before_the_times_become_free(held, clock, desk, later):
    assert kinds(desk("A024")) == []
    clock.at = held.held_until - timedelta(hours=24, minutes=1)
    later(minutes=1)
    (task,) = [task for task in desk("A024") if task.kind == "next_round"]
    assert task.facts == {"round": 2, "until": held.held_until.isoformat()}


def test_inviting_to_them_closes_the_task(held, clock, desk, later):
    clock.at = held.held_until - timedelta(hours=24)
    later()
    start_invitation(held, RECRUITER, clock.now())
    assert kinds(desk("A024")) == []
    assert set(pending(held)) == {"give_up"} | ({"follow_up"} & set(pending(held)))


def test_letting_them_go_frees_everything_and_tells_nobody(held, clock, desk, claimed, later):
    clock.at = held.held_until - timedelta(hours=24)
    later()
    letters = Notice.objects.count()
    release_tentative(held.pk, RECRUITER, clock.now())
    held.refresh_from_db()
    assert (held.state, held.held_until, claimed(held), pending(held)) == ("released", None, [], {})
    assert (kinds(desk("A024")), Notice.objects.count()) == ([], letters)
    with pytest.raises(SomebodyWasFirst):
        release_tentative(held.pk, RECRUITER, clock.now())


def test_only_held_times_can_be_let_go(booked, now):
    interview = booked("A024")
    with pytest.raises(SomebodyWasFirst):
        release_tentative(interview.pk, RECRUITER, now)


def test_the_task_gives_way_to_the_one_that_says_they_ran_out(held, clock, desk, later):
    clock.at = held.held_until - timedelta(hours=24)
    later()
    assert kinds(desk("A024")) == ["next_round"]
    later(hours=24)
    assert kinds(desk("A024")) == ["no_answer"]
