"""A plan for many candidates in the console: begun, watched, looked at, sent or put away."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from procrastinate.contrib.django.models import ProcrastinateJob

from mianyue.domain.desk.models import Task
from mianyue.domain.interviews.models import Claim, Interview
from mianyue.domain.notices.models import Notice
from mianyue.domain.plans.actions import fail_part, take
from mianyue.domain.plans.asked import Asked
from mianyue.domain.plans.models import Part, Plan
from mianyue.domain.plans.queries import counts, shares, summary
from mianyue.domain.recruiting.models import Application, SeatChoice
from mianyue.domain.security.actor import SYSTEM
from mianyue.domain.security.models import JournalEntry
from mianyue.entrypoints.console.plan import gap, headline
from mianyue.workflows import plan as step
from mianyue.workflows.invite import Wish, invite

FORM = {"options": "3", "earliest": "", "days": "", "seconds": "5"}


def begun(now, *codes: str, **asked: int) -> Plan:
    wish = Wish(applications=codes, days=asked.get("days"), everyone=not codes)
    return step.begin(wish, Asked(**{"seconds": 5, **asked}), SYSTEM, now)


def searched(plan: Plan, now) -> Plan:
    for part in plan.parts.all():
        step.search(part.pk, now)
    plan.refresh_from_db()
    return plan


@pytest.fixture
def tight(company, now) -> Plan:
    """A plan for everybody within two working days: some get fewer times than three, some none."""
    plan = searched(begun(now, days=2), now)
    assert {3, 2, 1, 0} >= set(shares(plan)) >= {1, 0}
    return plan


def address(plan: Plan, name: str = "plan", *more: str) -> str:
    return reverse(f"admin:{name}", args=[plan.number, *more])


def press(console, plan: Plan, name: str) -> str:
    response = console.post(address(plan, "plan_act", name), follow=True)
    assert response.redirect_chain == [(address(plan), 302)]
    plan.refresh_from_db()
    return response.content.decode()


def sent(plan: Plan, now) -> Plan:
    """What the worker does with the jobs that wait."""
    for job in ProcrastinateJob.objects.filter(task_name="send_plan"):
        step.go_on_sending(UUID(job.args["plan_id"]), SYSTEM, now)
    plan.refresh_from_db()
    return plan


def test_chosen_candidates_are_planned_together(console, recruiter):
    response = console.post(reverse("admin:plans"), {"application": ["A001", "A002"], **FORM, "options": "2"}, follow=True)
    plan = Plan.objects.get()
    assert response.redirect_chain == [(address(plan), 302)]
    assert (plan.options, plan.seconds, plan.earliest, plan.days) == (2, 5, None, None)
    codes = Application.objects.filter(pk__in=Part.objects.get().application_ids).values_list("code", flat=True)
    assert sorted(codes) == ["A001", "A002"]
    entry = JournalEntry.objects.get(act="plan.begun")
    assert (entry.actor_kind, entry.actor_id) == ("user", str(recruiter.pk))


def test_all_that_the_filter_leaves_are_planned_together(console):
    shown = console.get(reverse("admin:ready"), {"job": "J001"}).context["page"].paginator.count
    console.post(reverse("admin:plans"), {"all": "", "job": "J001", "q": "", "only": "ready", **FORM})
    ids = {one for part in Part.objects.all() for one in part.application_ids}
    assert set(Application.objects.filter(pk__in=ids).values_list("job__code", flat=True)) == {"J001"}
    assert len(ids) == shown


@pytest.mark.parametrize(
    ("posted", "said"),
    [
        ({**FORM}, "Select at least one application."),
        ({**FORM, "application": "A001", "options": "4"}, "Times for each: Ensure this value is less than or equal to 3."),
        ({**FORM, "application": "A001", "earliest": "soon"}, "Not before: Enter a valid date."),
        ({**FORM, "application": "A001", "seconds": ""}, "Seconds to search: This field is required."),
    ],
)
def test_what_is_missing_is_said_and_nothing_begins(console, posted, said):
    response = console.post(reverse("admin:plans"), posted, follow=True)
    assert response.redirect_chain == [(reverse("admin:ready"), 302)]
    assert said in response.content.decode()
    assert not Plan.objects.exists()


def test_whoever_is_invited_already_is_not_planned(console, now):
    invite(Wish(applications=["A001"]), SYSTEM, now)
    page = console.post(reverse("admin:plans"), {"application": "A001", **FORM}, follow=True).content.decode()
    assert "Nobody named is waiting for an invitation." in page
    assert not Plan.objects.exists()


def test_while_it_is_searched_the_page_follows_and_can_stop_it(console, company, now):
    plan = begun(now)
    page = console.get(address(plan)).content.decode()
    assert "Searching times for 37 candidates: 0 of 1 parts are done." in page
    assert "Take the best so far" in page
    assert "from the best possible" not in page
    assert "The search ends with the best so far." in press(console, plan, "stop")
    assert plan.stop_asked


def test_the_live_part_redraws_only_what_changed_and_reloads_when_other_buttons_fit(console, company, now):
    plan = begun(now)
    shown = console.get(address(plan, "plan_standing"), {"state": "searching"})
    assert shown.status_code == 200
    asked = {"state": "searching", "version": shown.context["version"]}
    assert console.get(address(plan, "plan_standing"), asked).status_code == 204
    searched(plan, now)
    assert console.get(address(plan, "plan_standing"), asked).headers["HX-Refresh"] == "true"


def test_it_is_said_when_no_worker_has_begun(console, company, clock):
    plan = begun(clock.now())
    assert "No worker has begun yet." not in console.get(address(plan)).content.decode()
    clock.forward(timedelta(seconds=11))
    assert "No worker has begun yet." in console.get(address(plan)).content.decode()


@pytest.mark.parametrize(
    ("language", "sentence", "best"),
    [
        ("en", "486 of 500 placed, at most 11 more are possible.", "At most 1.7 % from the best possible plan."),
        ("zh-hans", "500 人中已安排 486 人，最多还可再安排 11 人。", "与最优方案最多相差 1.7%。"),
    ],
)
def test_the_sentences_that_hr_wants(db, now, language, sentence, best):
    from django.utils import translation

    from mianyue.domain.plans.queries import Summary

    figures = Summary(500, 486, 497, 98_310, 100_000, 60.0, 3, 3, 3, 0, 3)
    with translation.override(language):
        assert (headline(figures), gap(figures)) == (sentence, best)


def test_a_plan_that_could_not_be_better_says_so(company, now):
    figures = summary(searched(begun(now, "A001"), now))
    assert headline(figures) == "1 of 1 placed."


def test_everybody_with_times_panel_and_room_and_those_with_fewer_or_none_apart(console, tight):
    found = counts(tight)
    expected = {
        "all": sorted(found.values()),
        "fewer": sorted(many for many in found.values() if 0 < many < 3),
        "without": [0] * sum(many == 0 for many in found.values()),
    }
    for only, many in expected.items():
        rows = [
            row
            for page in (1, 2)
            for row in console.get(address(tight), {"only": only, "page": page}).context["rows"]
            if page == 1 or len(many) > 25
        ]
        assert sorted(len(row.times) for row in rows) == many, only
    with_room = next(row for row in console.get(address(tight)).context["rows"] if row.times and row.times[0].room)
    page = console.get(address(tight)).content.decode()
    assert with_room.times[0].panel[0] in page
    assert with_room.times[0].room in page
    assert "No time suits everybody" in console.get(address(tight), {"only": "without"}).content.decode()


def test_nothing_is_held_before_it_is_sent(console, tight):
    console.get(address(tight))
    assert not Interview.objects.exists()
    assert not Claim.objects.exists()
    assert not Notice.objects.exists()


def test_sending_is_left_to_a_worker_and_asked_for_once(console, tight, now, recruiter):
    placed, found = summary(tight).placed, shares(tight)
    page = console.get(address(tight)).content.decode()
    assert f"{placed} candidates get letters." in page
    assert found[0] == 1
    assert "Times are looked for once more for the one without" in page
    assert "The letters are on their way" in press(console, tight, "send")
    assert (tight.state, Interview.objects.count(), ProcrastinateJob.objects.filter(task_name="send_plan").count()) == (
        "sending",
        0,
        1,
    )
    press(console, tight, "send")
    job = ProcrastinateJob.objects.get(task_name="send_plan")
    assert job.args == {"plan_id": str(tight.pk), "actor_kind": "user", "actor_id": str(recruiter.pk)}
    assert JournalEntry.objects.filter(act="plan.sending").count() == 1
    assert f"0 of {placed} invited so far." in console.get(address(tight)).content.decode()
    assert sent(tight, now).state == "sent"
    assert f"{placed} candidates were invited." in console.get(address(tight)).content.decode()


def test_whoever_has_no_time_comes_to_the_queue_with_the_reasons(console, tight, now):
    none = {pk for pk, many in counts(tight).items() if not many}
    press(console, tight, "send")
    sent(tight, now)
    tasks = Task.objects.filter(kind="no_time", state="open")
    assert set(tasks.values_list("subject_id", flat=True)) == none - set(Interview.objects.values_list("application_id", flat=True))
    assert tasks.exists()
    assert all(task.facts["excluded"] for task in tasks)


def test_a_sending_that_broke_off_is_shown_and_goes_on(console, tight, now):
    press(console, tight, "send")
    assert "No worker is sending this plan." not in console.get(address(tight)).content.decode()
    before = console.get(address(tight, "plan_standing"), {"state": "sending"})
    assert before.status_code == 200
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs WHERE task_name = 'send_plan'")
    assert console.get(address(tight, "plan_standing"), {"state": "sending"}).headers["HX-Refresh"] == "true"
    assert "Go on sending" in console.get(address(tight)).content.decode()
    press(console, tight, "send")
    assert sent(tight, now).state == "sent"


def test_a_discarded_plan_has_promised_nothing_and_can_t_be_sent(console, tight):
    assert "The plan is put away" in press(console, tight, "discard")
    assert "somebody has dealt with it already" in press(console, tight, "send")
    assert (tight.state, Interview.objects.count()) == ("discarded", 0)


def test_refusals_are_kind_in_chinese_too(console, tight):
    press(console, tight, "discard")
    console.defaults["HTTP_ACCEPT_LANGUAGE"] = "zh-hans"
    assert "此排期已有人处理。 请刷新页面" in press(console, tight, "discard")


def test_a_part_that_failed_is_named_and_its_candidates_stay_ready(console, company, now):
    plan = begun(now, "A001", "A002")
    part = Part.objects.get()
    take(part.pk)
    fail_part(part)
    page = console.get(address(plan)).content.decode()
    assert "A part of the plan could not be searched" in page
    assert "0 of 2 placed, at most 2 more are possible." in page
    assert "not searched" in page
    assert "best possible" not in page


@pytest.mark.parametrize("name", ["send", "stop", "discard"])
def test_buttons_are_posted_and_for_the_staff_only(client, console, tight, name):
    assert console.get(address(tight, "plan_act", name)).status_code == 405
    client.logout()
    for name_, answer in (("plan_act", client.post(address(tight, "plan_act", name))), ("plan", client.get(address(tight)))):
        assert answer.url.startswith(reverse("admin:login")), name_
    tight.refresh_from_db()
    assert tight.state == "ready"


def test_what_does_not_exist_is_not_found(console, tight):
    for path in ("/console/plans/99/", "/console/plans/99/standing/"):
        assert console.get(path).status_code == 404
    assert console.post(address(tight, "plan_act", "explode")).status_code == 404


def test_more_candidates_and_more_plans_need_no_more_queries(console, company, now):
    def queries(path: str) -> int:
        with CaptureQueriesContext(connection) as seen:
            assert console.get(path).status_code == 200
        return len(seen)

    def of(plan: Plan) -> list[int]:
        return [queries(path) for path in (address(plan), reverse("admin:plans"), reverse("admin:index"))]

    small = searched(begun(now, "A039"), now)
    of(small)  # the first page of a session also loads what is kept for later ones
    one = of(small)
    large = searched(begun(now, days=2), now)
    assert of(large) == one
    assert max(one) <= 20


def test_the_list_says_how_each_plan_stands(console, tight):
    page = console.get(reverse("admin:plans")).content.decode()
    assert headline(summary(tight)) in page
    assert "Ready, nothing is sent" in page
    assert headline(summary(tight)) in console.get(reverse("admin:index")).content.decode()


def test_who_sat_in_the_plan_may_be_gone_by_now(console, tight):
    SeatChoice.objects.all().delete()
    assert console.get(address(tight)).status_code == 200
