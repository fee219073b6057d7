"""Provisioning runs in the console: every hire's steps, what failed and why, and the formula of annual leave with its numbers."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from mianyue.domain.attendance.models import Account, LeaveType
from mianyue.domain.organization.models import Employee
from mianyue.domain.provisioning.models import Run, Step
from mianyue.domain.recruiting.models import Application
from mianyue.domain.security.actor import SYSTEM
from mianyue.entrypoints.console import formulas
from mianyue.workflows import provision
from mianyue.workflows.finish import confirm_hire

FIRST_DAY = date(2026, 12, 3)


def hired(code: str, now, **more: object) -> Run:
    Application.objects.filter(code=code).update(state=Application.State.PASSED)
    confirm_hire(code, FIRST_DAY, SYSTEM, now, **more)
    run = Run.objects.get(application_code=code)
    return provision.go_on(run.pk, now)


def page(console, run: Run):
    response = console.get(reverse("admin:provisioning_run", args=[run.pk]))
    assert response.status_code == 200
    return response


def press(console, run: Run, name: str, **posted: str) -> str:
    address = reverse("admin:provisioning_run", args=[run.pk])
    response = console.post(reverse("admin:provisioning_act", args=[run.pk, name]), posted, follow=True)
    assert response.redirect_chain == [(address, 302)]
    run.refresh_from_db()
    return response.content.decode()


@pytest.fixture
def annual(company) -> LeaveType:
    return LeaveType.objects.create(name="年休假", code=LeaveType.Code.ANNUAL, has_quota=True)


@pytest.fixture
def run(annual, now) -> Run:
    run = hired("A002", now)
    assert run.employee.site.holiday_country == "CN"
    return run


def stuck(run: Run, name: str, code: str, state: str = Step.State.REFUSED) -> None:
    Step.objects.filter(run=run, name=name).update(state=state, attempts=8, error_code=code, error="No.", done_at=None)
    Run.objects.filter(pk=run.pk).update(state=Run.State.STUCK, ended_at=None)


def test_every_step_is_shown_with_what_it_came_to(console, run):
    response = page(console, run)
    steps = [(row.step.name, row.step.state) for row in response.context["steps"]]
    assert steps == [(name, "done") for name in provision.STEPS]
    text = response.content.decode()
    for said in ("Employee", "N-A002", "Attendance account", "Leave quotas", "Letter for the first day", "Thu 3 Dec", "anywhere"):
        assert said in text, said
    assert str(Account.objects.get(employee=run.employee).pk) not in text  # ids say nothing to a person


def test_the_list_says_how_far_each_run_is(console, run):
    assert [row.run.pk for row in console.get(reverse("admin:provisioning"), {"only": "all"}).context["rows"]] == [run.pk]
    assert console.get(reverse("admin:provisioning")).context["rows"] == []
    stuck(run, "leave", "attendance_refused")
    [row] = console.get(reverse("admin:provisioning")).context["rows"]
    assert (row.done, row.all, [step.name for step in row.failing]) == (6, 7, ["leave"])
    text = console.get(reverse("admin:provisioning")).content.decode()
    for said in ("6 of 7", "Needs a person", "Leave quotas", "Thu 3 Dec"):
        assert said in text, said


def test_who_starts_within_a_week_and_could_not_punch_is_named(console, run):
    text = console.get(reverse("admin:provisioning")).content.decode()
    assert "can punch on the first day." in text
    Account.objects.filter(employee=run.employee).update(closed_at=run.started_at)
    response = console.get(reverse("admin:provisioning"))
    [starter] = [one for one in response.context["lacking"] if one.employee == run.employee]
    assert starter.lacks == ["no open attendance account"]
    Employee.objects.filter(pk=run.employee_id).update(hire_date=date(2026, 12, 20))
    assert all(one.employee != run.employee for one in console.get(reverse("admin:provisioning")).context["lacking"])


def test_annual_leave_waits_for_the_first_job_and_then_shows_its_formula(console, run, annual):
    assert "Nobody has told since when this person has worked." in page(console, run).content.decode()
    assert "Annual leave is reckoned anew." in press(console, run, "worked-since", since="2010-12-10")
    text = page(console, run).content.decode()
    # 29 calendar days from 3 to 31 December, in the 16th working year.
    assert "15 working years: 10 days a year; 29 ÷ 365 × 10 = 0.79, of which whole days count: 0 days" in text
    assert "Nobody has told" not in text


@pytest.mark.parametrize(
    ("how", "said"),
    [
        (
            {"law": "§5", "calendar_days_left": 184, "days_of_year": 365, "days": 5, "years": 12, "days_full": 10},
            "12 working years: 10 days a year; 184 ÷ 365 × 10 = 5.04, of which whole days count: 5 days (§5)",
        ),
        (
            {
                "law": "§5",
                "calendar_days_left": 365,
                "days_of_year": 365,
                "days": 7,
                "parts": [
                    {"first": "2026-01-01", "calendar_days": 181, "years": 9, "days_full": 5},
                    {"first": "2026-07-01", "calendar_days": 184, "years": 10, "days_full": 10},
                ],
            },
            "from Thu 1 Jan with 9 working years: 5 days a year; from Wed 1 Jul with 10 working years: 10 days a year; "
            "181 ÷ 365 × 5 + 184 ÷ 365 × 10 = 7.52, of which whole days count: 7 days (§5)",
        ),
    ],
)
def test_the_formula_can_be_checked_with_a_pencil(company, how, said):
    from django.utils import translation

    with translation.override("en"):
        assert formulas.annual(how) == said


def test_a_failed_step_says_why_in_words(console, run):
    stuck(run, "shift", "no_team_shift")
    stuck(run, "account", "attendance_unavailable", Step.State.FAILED)
    stuck(run, "rule", "comet_seen", Step.State.FAILED)
    text = page(console, run).content.decode()
    for said in (
        "There is no team to take the shift from.",
        "The attendance system did not answer.",
        "comet_seen: No.",
        "8 attempts",
        "Try again now",
    ):
        assert said in text, said


def test_trying_again_finishes_what_was_in_the_way(console, run):
    stuck(run, "rule", "attendance_unavailable", Step.State.FAILED)
    assert "Tried again; what each step came to stands below." in press(console, run, "try-again")
    assert (run.state, run.steps.get(name="rule").state) == ("done", "done")


def test_a_step_can_be_done_by_hand(console, run):
    stuck(run, "rule", "attendance_refused")
    assert "Noted as done by hand." in press(console, run, "by-hand", step="rule")
    assert run.state == "done"
    assert "Step done by hand" in page(console, run).content.decode()
    assert "A run has no step" in press(console, run, "by-hand", step="comets")


def test_a_hire_that_fell_through_is_taken_back(console, run):
    assert "What the run had done is being taken back." in press(console, run, "take-back")
    assert run.state == "reversed"
    assert Account.objects.get(employee=run.employee).closed_at is not None
    text = page(console, run).content.decode()
    assert "Provisioning taken back" in text
    assert "Try again now" not in text


@pytest.mark.parametrize("since", ["", "long ago"])
def test_a_date_nobody_can_read_is_said(console, run, since):
    assert "That is not a date. Write it as 2026-12-31." in press(console, run, "worked-since", since=since)


@pytest.mark.parametrize(("only", "said"), [("open", "No run is open."), ("all", "No hire has been confirmed yet.")])
def test_an_empty_list_is_said_in_words(console, company, only, said):
    text = console.get(reverse("admin:provisioning"), {"only": only}).content.decode()
    assert said in text
    assert "Nobody starts within 7 days." in text


@pytest.mark.parametrize("name", ["try-again", "take-back", "by-hand", "worked-since"])
def test_buttons_are_posted_by_the_staff_with_their_token(client, console, recruiter, run, name):
    address = reverse("admin:provisioning_act", args=[run.pk, name])
    assert console.get(address).status_code == 405
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(recruiter)
    assert strict.post(address).status_code == 403
    client.logout()
    for where in (address, reverse("admin:provisioning"), reverse("admin:provisioning_run", args=[run.pk])):
        assert client.post(where).url.startswith(reverse("admin:login"))
    run.refresh_from_db()
    assert run.state == "done"


def test_what_does_not_exist_is_not_found(console, run):
    assert console.get(reverse("admin:provisioning_run", args=[uuid4()])).status_code == 404
    assert console.post(reverse("admin:provisioning_act", args=[run.pk, "explode"])).status_code == 404


def test_more_runs_need_no_more_queries(console, run, now):
    def queries() -> int:
        with CaptureQueriesContext(connection) as seen:
            assert console.get(reverse("admin:provisioning"), {"only": "all"}).status_code == 200
        return len(seen)

    queries()  # the first page of a session also loads what is kept for later ones
    one = queries()
    for code in ("A001", "A003"):
        hired(code, now + timedelta(minutes=1))
    assert Run.objects.count() == 3
    assert queries() == one <= 25
