"""Sending a plan: what was planned is what is offered, once, however often the sending breaks off or is begun."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from psycopg.types.range import TimestamptzRange

from mianyue.base.errors import SomebodyWasFirst
from mianyue.domain.attendance.models import Leave
from mianyue.domain.desk.models import Task
from mianyue.domain.interviews.models import Interview, Option
from mianyue.domain.notices.models import Notice
from mianyue.domain.organization.models import Employee
from mianyue.domain.plans.asked import Asked
from mianyue.domain.plans.models import Plan
from mianyue.domain.plans.queries import invited, options_of
from mianyue.domain.recruiting.models import Application
from mianyue.domain.security.actor import SYSTEM, Actor
from mianyue.domain.security.models import JournalEntry
from mianyue.workflows import jobs
from mianyue.workflows import plan as step
from mianyue.workflows.invite import Wish, invite

RECRUITER = Actor("user", "7")


def searched(now, *codes: str, **asked: int) -> Plan:
    wish = Wish(applications=codes, everyone=not codes, days=asked.get("days"))
    plan = step.begin(wish, Asked(**{"seconds": 5, **asked}), SYSTEM, now)
    for part in plan.parts.all():
        step.search(part.pk, now)
    plan.refresh_from_db()
    return plan


def planned(plan: Plan) -> dict[str, list[datetime]]:
    codes = {str(pk): code for pk, code in Application.objects.values_list("pk", "code")}
    return {codes[pk]: [datetime.fromisoformat(one["start"]) for one in found] for pk, found in options_of(plan).items() if found}


def offered() -> dict[str, list[datetime]]:
    found: dict[str, list[datetime]] = {}
    for option in Option.objects.select_related("interview__application").order_by("number"):
        found.setdefault(option.interview.application.code, []).append(option.during.lower)
    return found


def test_what_was_planned_is_what_is_offered(company, now, post):
    plan = searched(now, days=3)
    step.send(plan, RECRUITER, now)
    plan.refresh_from_db()
    assert (plan.state, plan.sending_at, plan.settled_at) == ("sent", now, now)
    assert offered() == planned(plan)
    assert invited(plan) == Notice.objects.filter(purpose="invitation").count() == len(planned(plan))
    entry = JournalEntry.objects.get(act="plan.sent")
    assert (entry.actor_id, entry.facts) == ("7", {"invited": len(planned(plan))})


def test_sending_that_broke_off_goes_on_with_whoever_is_left(company, clock, post, monkeypatch):
    plan = searched(clock.now(), days=3)
    real, done = step.promise, []

    def dying(*asked):
        if len(done) == 3:
            raise ConnectionError
        done.append(asked)
        return real(*asked)

    step.send_later(plan, RECRUITER, clock.now())
    work = {"plan_id": str(plan.pk), "actor_kind": "user", "actor_id": "7"}
    monkeypatch.setattr(step, "promise", dying)
    with pytest.raises(ConnectionError):
        jobs.send_plan(**work)
    monkeypatch.setattr(step, "promise", real)
    plan.refresh_from_db()
    assert (plan.state, invited(plan)) == ("sending", 3)

    clock.forward(timedelta(minutes=5))
    jobs.send_plan(**work)
    plan.refresh_from_db()
    assert plan.state == "sent"
    assert offered() == planned(plan)
    assert invited(plan) == Notice.objects.filter(purpose="invitation").count() == len(planned(plan))

    jobs.send_plan(**work)
    assert Interview.objects.count() == len(planned(plan))
    assert JournalEntry.objects.filter(act__in=["plan.sending", "plan.sent"]).count() == 2


def test_two_workers_at_once_invite_everybody_once(transactional_db, company, now, at_once):
    plan = searched(now, "A001", "A002", "A003", "A004")
    step.send_later(plan, RECRUITER, now)
    assert at_once(lambda _: step.go_on_sending(plan.pk, RECRUITER, now), 2) == [None, None]
    assert Interview.objects.count() == 4
    assert Notice.objects.filter(purpose="invitation").count() == 4
    assert JournalEntry.objects.filter(act="plan.sent").count() == 1


def test_whoever_is_searched_for_anew_takes_nothing_that_was_planned_for_another(company, now):
    plan = searched(now, days=2)
    before = planned(plan)
    unlucky = [code for code, starts in before.items() if len(starts) == 1]
    assert unlucky and len(before) > len(unlucky)
    for pk in Application.objects.filter(code__in=unlucky).values_list("pk", flat=True):
        (one,) = options_of(plan)[str(pk)]
        away = TimestamptzRange(datetime.fromisoformat(one["start"]), datetime.fromisoformat(one["end"]), "[)")
        Leave.objects.create(employee=Employee.objects.get(code=one["people"][0]), status="approved", during=away)
    step.send(plan, RECRUITER, now)
    after = offered()
    kept = set(before) - set(unlucky)
    assert {code: after[code] for code in kept} == {code: before[code] for code in kept}


def test_whoever_lost_their_times_gets_no_more_than_were_asked_for(company, now):
    plan = searched(now, "A001", "A002", options=1)
    (one,) = options_of(plan)[str(Application.objects.get(code="A001").pk)]
    away = TimestamptzRange(datetime.fromisoformat(one["start"]), datetime.fromisoformat(one["end"]), "[)")
    Leave.objects.create(employee=Employee.objects.get(code=one["people"][0]), status="approved", during=away)
    step.send(plan, RECRUITER, now)
    assert {code: len(starts) for code, starts in offered().items()} == {"A001": 1, "A002": 1}
    assert offered()["A001"] != planned(plan)["A001"]


def test_without_a_time_a_person_is_asked_and_told_why(company, now):
    plan = searched(now, days=1)
    assert planned(plan) == {}
    step.send(plan, RECRUITER, now)
    tasks = Task.objects.filter(kind="no_time", state="open")
    assert tasks.count() == sum(len(part.application_ids) for part in plan.parts.all())
    assert all(task.facts["excluded"] for task in tasks)


def test_whoever_was_invited_in_the_meantime_keeps_that(company, now):
    plan = searched(now, "A001", "A002")
    earlier = invite(Wish(applications=["A001"]), SYSTEM, now)[0].interview
    assert [one.application.code for one in step.send(plan, RECRUITER, now)] == ["A002"]
    assert Interview.objects.get(application__code="A001") == earlier


@pytest.mark.parametrize("settled", ["discard", "send"])
def test_what_was_dealt_with_can_t_be_sent(company, now, settled):
    plan = searched(now, "A001")
    getattr(step, settled)(plan, RECRUITER, now)
    for again in (step.send, step.send_later, step.discard, step.stop):
        with pytest.raises(SomebodyWasFirst):
            again(plan, RECRUITER, now)


def test_what_is_still_searched_can_t_be_sent(company, now):
    plan = step.begin(Wish(applications=["A001"]), Asked(), SYSTEM, now)
    with pytest.raises(SomebodyWasFirst):
        step.send(plan, RECRUITER, now)
    assert not Interview.objects.exists()
