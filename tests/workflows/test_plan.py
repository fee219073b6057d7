"""Planning many at once: nothing is promised before a person says so, and what is sent then is still true."""

from __future__ import annotations

from datetime import timedelta

import pytest
from psycopg.types.range import TimestamptzRange

from mianyue.base.errors import SomebodyWasFirst
from mianyue.domain.attendance.models import Leave
from mianyue.domain.calendars.models import CalendarAccount
from mianyue.domain.interviews.models import Claim, Interview, Option
from mianyue.domain.notices.models import Notice
from mianyue.domain.organization.models import Employee
from mianyue.domain.plans.asked import Asked
from mianyue.domain.plans.models import Part, Plan
from mianyue.domain.plans.queries import options_of, shares, summary
from mianyue.domain.recruiting.models import Application
from mianyue.domain.security.actor import SYSTEM
from mianyue.workflows import plan as planning
from mianyue.workflows.invite import Wish, invite
from mianyue.workflows.tell import describe_plan

EVERYBODY = Wish(everyone=True)
QUICK = Asked(seconds=10)


@pytest.fixture
def planned(company, now) -> Plan:
    """Everybody of the sample, planned, not sent."""
    begun = planning.begin(EVERYBODY, QUICK, SYSTEM, now)
    search_all(begun, now)
    return Plan.objects.get(pk=begun.pk)


def search_all(begun: Plan, now) -> None:
    for part in begun.parts.all():
        planning.search(part.pk, now)


def test_a_plan_promises_nothing_and_tells_nobody(planned):
    figures = summary(planned)
    assert (planned.state, figures.applications, figures.placed, figures.more_possible, dict(shares(planned))) == (
        "ready",
        37,
        37,
        0,
        {3: 37},
    )
    assert (Interview.objects.count(), Claim.objects.count(), Notice.objects.count()) == (0, 0, 0)


def test_what_was_planned_is_what_is_offered(planned, now):
    planning.send(planned, SYSTEM, now)
    offered: dict[str, list] = {}
    for option in Option.objects.select_related("interview").order_by("during"):
        offered.setdefault(str(option.interview.application_id), []).append(option.during.lower.isoformat())
    assert offered == {pk: [one["start"] for one in found] for pk, found in options_of(planned).items()}
    assert Notice.objects.filter(purpose="invitation").count() == 37
    assert Plan.objects.get().state == "sent"


def test_a_plan_is_sent_once(planned, now):
    planning.send(planned, SYSTEM, now)
    with pytest.raises(SomebodyWasFirst):
        planning.send(planned, SYSTEM, now)
    assert Notice.objects.filter(purpose="invitation").count() == 37


def test_who_was_invited_meanwhile_keeps_what_they_have(planned, now):
    (earlier,) = invite(Wish(applications=("A039",)), SYSTEM, now)
    planning.send(planned, SYSTEM, now)
    assert Interview.objects.filter(application=earlier.application).count() == 1


def test_times_that_stopped_being_true_are_never_sent(planned, now):
    """Whoever was planned with somebody who fell ill since is offered other times, or times with somebody else."""
    (code,) = {one["people"][0] for found in options_of(planned).values() for one in found if one["people"] == ["E020"]}
    ill = Employee.objects.get(code=code)
    Leave.objects.create(employee=ill, during=TimestamptzRange(now, now + timedelta(days=60), "[)"), status="approved")
    planning.send(planned, SYSTEM, now)
    assert not Claim.objects.filter(resource_id=ill.pk).exists()
    assert Interview.objects.count() >= 36


def test_times_that_became_unknown_since_are_never_sent(planned, now):
    """Nothing was promised yet, so a calendar that can't be read any more rules its times out, as it does for everybody new."""
    owner = Employee.objects.get(code="E020")
    CalendarAccount.objects.filter(employee=owner).update(known=None)
    planning.send(planned, SYSTEM, now)
    assert not Claim.objects.filter(resource_id=owner.pk).exists()


def test_parts_share_nobody_and_no_room(company, now, monkeypatch):
    monkeypatch.setattr(planning, "PART", 1)
    begun = planning.begin(EVERYBODY, QUICK, SYSTEM, now)
    search_all(begun, now)
    used: dict[str, int] = {}
    parts = list(begun.parts.all())
    for part in parts:
        for found in part.found.values():
            for thing in {key for one in found for key in (*one["people"], one["room"] or "", one["shadow"] or "") if key}:
                assert used.setdefault(thing, part.number) == part.number
    assert len(parts) > 1
    assert sorted(pk for part in parts for pk in part.application_ids) == sorted(
        Application.objects.filter(pk__in=options_of(begun)).values_list("pk", flat=True)
    )


def test_scarce_time_is_shared_fairly(company, now):
    """The interviewer of the example has three hours; a second candidate for the same job leaves one for one and two for the other."""
    example = Application.objects.select_related("job").get(code="A039")
    Application.objects.filter(code="A038").update(job=example.job, round_number=1, time_zone=example.time_zone)
    begun = planning.begin(Wish(applications=("A038", "A039")), QUICK, SYSTEM, now)
    search_all(begun, now)
    assert dict(shares(begun)) == {2: 1, 1: 1}
    assert (summary(begun).placed, summary(begun).more_possible) == (2, 0)


def test_the_same_seed_gives_the_same_plan(company, now):
    plans = []
    for _ in range(2):
        begun = planning.begin(EVERYBODY, QUICK, SYSTEM, now)
        search_all(begun, now)
        plans.append(describe_plan(Plan.objects.get(pk=begun.pk)))
    for told in plans:
        del told["plan"], told["seconds"]
    assert plans[0] == plans[1]


def test_whoever_asks_to_stop_gets_the_best_so_far(company, now):
    begun = planning.begin(EVERYBODY, QUICK, SYSTEM, now)
    planning.stop(begun, SYSTEM, now)
    search_all(begun, now)
    assert summary(begun).placed == 37
    with pytest.raises(SomebodyWasFirst):
        planning.stop(begun, SYSTEM, now)


def test_a_discarded_plan_can_not_be_sent(planned, now):
    planning.discard(planned, SYSTEM, now)
    with pytest.raises(SomebodyWasFirst):
        planning.send(planned, SYSTEM, now)
    assert Interview.objects.count() == 0


def test_a_part_whose_worker_died_is_searched_again(company, now):
    begun = planning.begin(EVERYBODY, QUICK, SYSTEM, now)
    Part.objects.update(state="searching")  # as a killed worker leaves it
    search_all(begun, now)
    first = options_of(begun)
    search_all(begun, now)  # the job is done again: nothing changes
    assert options_of(Plan.objects.get(pk=begun.pk)) == first
    assert summary(begun).placed == 37


def test_two_workers_on_one_plan_end_it_once(company, transactional_db, now, at_once):
    begun = planning.begin(EVERYBODY, QUICK, SYSTEM, now)
    part = begun.parts.get()
    at_once(lambda number: planning.search(part.pk, now), 2)
    assert Plan.objects.get().state == "ready"
    assert summary(begun).placed == 37


def test_nobody_to_plan_for_is_said(company, now):
    invite(EVERYBODY, SYSTEM, now)
    with pytest.raises(planning.NothingToPlan):
        planning.begin(EVERYBODY, QUICK, SYSTEM, now)


def test_a_worker_that_has_to_go_keeps_nothing_and_leaves_the_part_to_the_next(company, now):
    begun = planning.begin(EVERYBODY, QUICK, SYSTEM, now)
    part = begun.parts.get()
    assert planning.search(part.pk, now, leaving=lambda: True) is False
    assert (Plan.objects.get().state, Part.objects.get().found) == ("searching", {})
    assert planning.search(part.pk, now) is True
    assert summary(begun).placed == 37
