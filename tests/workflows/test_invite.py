"""Inviting: what a recruiter presses and what follows."""

from datetime import date, datetime, timedelta

import pytest
from psycopg.types.range import TimestamptzRange

from mianyue.base.errors import NotFound
from mianyue.domain.attendance.models import Leave
from mianyue.domain.desk.models import Task
from mianyue.domain.interviews.actions import hold, open_interview
from mianyue.domain.interviews.models import Claim, Interview
from mianyue.domain.notices.models import Notice
from mianyue.domain.organization.models import Employee
from mianyue.domain.recruiting.models import Application, Candidate, Round
from mianyue.domain.security.actor import SYSTEM
from mianyue.domain.timers.models import Timer
from mianyue.workflows import invite as step
from mianyue.workflows.find_slots import recommend_for
from mianyue.workflows.invite import Wish, invite, look


def test_example_of_the_requirements_comes_out_exactly(company, now):
    recommendation = look(Wish(applications=["A039"]), now)[0].recommendation
    assert [o.interval.start.isoformat() for o in recommendation.options] == [
        "2026-12-02T06:00:00+00:00",
        "2026-12-03T02:00:00+00:00",
        "2026-12-04T07:00:00+00:00",
    ]


def test_an_application_with_an_unknown_time_zone_is_not_guessed_at(company, now):
    Application.objects.filter(code="A039").update(problems=["bad_value"])
    (judged,) = look(Wish(applications=["A039"]), now)
    assert (judged.problem["code"], judged.recommendation) == ("bad_value", None)


def test_everybody_who_can_be_invited_gets_three_times_and_one_letter(company, now, mail, sms):
    invited = invite(Wish(everyone=True), SYSTEM, now)
    assert {i.problem["code"] for i in invited if i.problem} == {"job_without_rounds", "duplicate_application"}
    fresh = [i for i in invited if i.fresh]
    assert len(fresh) == 37
    assert all(len(i.recommendation.options) == 3 for i in fresh)
    assert Notice.objects.count() == Interview.objects.count() == 37


def test_inviting_again_changes_nothing(company, now, mail, sms):
    invite(Wish(everyone=True), SYSTEM, now)
    before = Claim.objects.count()
    again = invite(Wish(everyone=True), SYSTEM, now)
    assert not any(i.fresh for i in again)
    assert (Claim.objects.count(), Notice.objects.count()) == (before, 37)


def test_looking_promises_and_sends_nothing(company, now):
    looked = look(Wish(everyone=True), now)
    assert sum(len(one.recommendation.options) for one in looked if one.recommendation) == 111
    assert [model.objects.count() for model in (Interview, Claim, Notice, Timer)] == [0, 0, 0, 0]


def test_two_recruiters_at_once_send_one_notice(transactional_db, company, now, mail, post, at_once):
    both = at_once(lambda _: invite(Wish(applications=["A039"]), SYSTEM, now), 2)
    post()
    assert sorted(done.fresh for (done,) in both) == [False, True]
    (interview,) = Interview.objects.all()
    assert [done.interview for (done,) in both] == [interview, interview]
    assert [message.key for message in mail.arrived] == [f"{Notice.objects.get().pk}@mianyue"]


def test_two_recruiters_inviting_everybody_at_once_invite_everybody_once(transactional_db, company, now, at_once):
    both = at_once(lambda _: invite(Wish(everyone=True), SYSTEM, now), 2)
    assert sum(done.fresh for invited in both for done in invited) == 37
    assert Interview.objects.count() == Notice.objects.count() == 37


def test_two_recruiters_at_once_put_one_task_on_the_desk(transactional_db, company, now, at_once, desk):
    Leave.objects.create(employee=Employee.objects.get(code="E020"), status="approved", during=_days(now, 60))
    both = at_once(lambda _: invite(Wish(applications=["A039"]), SYSTEM, now), 6)
    assert [[done.problem["code"] for done in invited] for invited in both] == [["no_time"]] * 6
    assert len(desk("A039")) == 1


@pytest.mark.parametrize(
    ("code", "problem"), [("A040", "duplicate_application"), ("A015", "job_without_rounds"), ("A022", "job_without_rounds")]
)
def test_applications_with_problems_are_not_invited_and_say_why(company, now, code, problem):
    (done,) = invite(Wish(applications=[code]), SYSTEM, now)
    assert (done.problem["code"], done.fresh, done.interview) == (problem, False, None)
    assert done.problem["hint"]
    assert not Interview.objects.exists()


def test_withdrawn_application_is_not_invited(company, now):
    Application.objects.filter(code="A039").update(state="withdrawn")
    (done,) = invite(Wish(applications=["A039"]), SYSTEM, now)
    assert (done.problem["code"], done.fresh) == ("not_active", False)


def test_round_without_interviewers_is_not_invited(company, now):
    Round.objects.get(job__code="J002", number=1).seat_choices.all().delete()
    (done,) = invite(Wish(applications=["A039"]), SYSTEM, now)
    assert (done.problem["code"], done.fresh) == ("no_interviewer", False)


def test_unknown_application_is_named(company, now):
    with pytest.raises(NotFound, match="A998, A999"):
        invite(Wish(applications=["A039", "A999", "A998"]), SYSTEM, now)
    assert not Interview.objects.exists()


def test_a_job_is_invited_as_a_whole_and_alone(company, now):
    invited = invite(Wish(job="J004"), SYSTEM, now)
    assert [(i.application.code, i.fresh) for i in invited] == [
        (code, True) for code in ("A007", "A010", "A021", "A023", "A026", "A027")
    ]
    with pytest.raises(NotFound):
        invite(Wish(job="J999"), SYSTEM, now)


def test_unreachable_candidate_is_put_before_a_person(company, now, desk):
    Candidate.objects.filter(applications__code="A039").update(email=None, mobile=None)
    invite(Wish(applications=["A039"]), SYSTEM, now)
    assert [task.kind for task in desk("A039")] == ["no_address"]
    assert not Notice.objects.exists()


def test_candidate_without_mail_gets_a_text_message(company, now, mail, sms, post):
    Candidate.objects.filter(applications__code="A039").update(email=None)
    invite(Wish(applications=["A039"]), SYSTEM, now)
    post()
    assert (mail.arrived, [message.to for message in sms.arrived]) == ([], ["+8613800000040"])


def test_nobody_bookable_becomes_a_task_with_the_excluding_facts(company, now, desk):
    Leave.objects.create(employee=Employee.objects.get(code="E020"), status="pending", during=_days(now, 60))
    (done,) = invite(Wish(applications=["A039"]), SYSTEM, now)
    (task,) = desk("A039")
    assert (done.problem["code"], task.kind) == ("no_time", "no_time")
    assert ("leave", "E020") in {(fact["why"], fact["who"]) for fact in task.facts["excluded"]}
    assert task.facts["excluded"] == done.problem["facts"]
    assert [model.objects.count() for model in (Interview, Claim, Notice)] == [0, 0, 0]


def test_task_is_done_once_a_time_is_found(company, now, post):
    leave = Leave.objects.create(employee=Employee.objects.get(code="E020"), status="pending", during=_days(now, 60))
    invite(Wish(applications=["A039"]), SYSTEM, now)
    leave.delete()
    (done,) = invite(Wish(applications=["A039"]), SYSTEM, now)
    assert done.fresh
    assert [task.state for task in Task.objects.filter(application_code="A039")] == ["done"]


def test_earliest_and_days_bound_the_search(company, now):
    (done,) = invite(Wish(applications=["A024"], earliest=date(2026, 12, 3), days=2), SYSTEM, now)
    dates = {o.interval.start.astimezone().date() for o in done.recommendation.options}
    assert dates == {date(2026, 12, 3), date(2026, 12, 4)}


def test_no_time_before_the_minimum_notice(company, now, settings):
    settings.MIANYUE_MINIMUM_NOTICE = timedelta(hours=60)
    invited = invite(Wish(everyone=True), SYSTEM, now)
    assert min(o.interval.start for i in invited if i.fresh for o in i.recommendation.options) >= now + timedelta(hours=60)


def test_time_taken_meanwhile_is_replaced_by_another(company, now, monkeypatch):
    """Somebody else is promised the very first option between the search and the promise."""
    rival, planned = Application.objects.get(code="A024"), []

    def searched_then_overtaken(application, *rest):
        recommendation = recommend_for(application, *rest)
        if not planned:
            planned.append(recommendation)
            other = open_interview(rival, Round.objects.get(job=rival.job, number=1), "offered", now + timedelta(days=2), now)
            hold(other, step.offers_of(recommendation)[:1], rival.candidate_id, now)
        return recommendation

    monkeypatch.setattr(step, "recommend_for", searched_then_overtaken)
    (done,) = invite(Wish(applications=["A019"]), SYSTEM, now)
    lost = planned[0].options[0]
    assert done.fresh
    assert len(done.recommendation.options) == 3
    assert not any(o.people == lost.people and o.interval.overlaps(lost.interval) for o in done.recommendation.options)


def test_letter_the_guard_refuses_is_not_sent_and_a_person_is_told(company, now, mail, post, desk):
    Application.objects.filter(code="A039").update(keywords=["已婚未育"])
    invite(Wish(applications=["A039"]), SYSTEM, now)
    post()
    assert [task.kind for task in desk("A039")] == ["letter_refused"]
    assert (Notice.objects.count(), mail.arrived) == (0, [])


def test_offer_is_watched_and_ends_before_its_last_time(company, now):
    (done,) = invite(Wish(applications=["A039"]), SYSTEM, now)
    assert done.interview.held_until == now + timedelta(hours=48)
    assert {(t.kind, t.due_at - now) for t in Timer.objects.all()} == {
        ("follow_up", timedelta(hours=24)),
        ("give_up", timedelta(hours=48)),
    }
    assert {claim.expires_at for claim in Claim.objects.all()} == {done.interview.held_until}


def test_hold_that_ran_out_while_the_worker_was_down_is_free_for_others(company, now, clock):
    (first,) = invite(Wish(applications=["A039"]), SYSTEM, now)
    clock.forward(timedelta(hours=49))
    (again,) = invite(Wish(applications=["A039"]), SYSTEM, clock.now())
    assert again.fresh
    assert [i.state for i in Interview.objects.order_by("created_at")] == ["silent", "offered"]


def _days(now: datetime, count: int) -> TimestamptzRange:
    return TimestamptzRange(now, now + timedelta(days=count), "[)")
