"""Approvals in the console: whose turn it is, what HR decides, and who decided in whose place."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from mianyue.base.interval import Interval
from mianyue.domain.approvals.models import Approval, ApprovalStep, Delegation
from mianyue.domain.attendance.models import LeaveType, Overtime
from mianyue.domain.organization.models import Department, Employee
from mianyue.domain.security.actor import Actor
from mianyue.workflows.requests.approve import decide
from mianyue.workflows.requests.ask import ask_correction, ask_leave, ask_overtime, ask_trip

SHANGHAI = ZoneInfo("Asia/Shanghai")


def of(code: str) -> Employee:
    return Employee.objects.select_related("site").get(code=code)


def self_(employee: Employee) -> Actor:
    return Actor("employee", str(employee.pk))


def span(day: str, start: str, end: str) -> Interval:
    return Interval(*(datetime.fromisoformat(f"{day}T{clock}").replace(tzinfo=SHANGHAI) for clock in (start, end)))


@pytest.fixture
def department(company) -> Department:
    """The engineers, led by E001; for HR anybody decides."""
    return Department.objects.create(name="技术中心", manager=of("E001"))


@pytest.fixture
def personal(company) -> LeaveType:
    return LeaveType.objects.create(name="事假（小时）", code=LeaveType.Code.PERSONAL)


@pytest.fixture
def leave(department, personal, now) -> Approval:
    """E002 asks for an afternoon."""
    asker = of("E002")
    ask_leave(asker, personal, span("2026-12-03", "14:00", "18:00"), "搬家", self_(asker), now)
    return Approval.objects.get()


def page(console, **asked: str):
    response = console.get(reverse("admin:approvals"), asked)
    assert response.status_code == 200
    return response


def rows(console, **asked: str) -> list[tuple[str, str]]:
    return [(row.approval.asker.code, row.approval.kind) for row in page(console, **asked).context["rows"]]


def press(console, approval: Approval, name: str, **posted: str) -> str:
    address = reverse("admin:approval_act", args=[approval.pk, name])
    response = console.post(address, {"step": _open(approval), **posted}, follow=True)
    assert response.redirect_chain == [(reverse("admin:approvals"), 302)]
    approval.refresh_from_db()
    return response.content.decode()


def _open(approval: Approval) -> str:
    step = approval.steps.filter(state="open").first()
    return str(step.number) if step else ""


def test_what_waits_for_a_manager_is_shown_but_not_decided_by_hr(console, leave):
    assert (rows(console), rows(console, only="waiting")) == ([], [("E002", "leave")])
    [row] = page(console, only="waiting").context["rows"]
    assert (row.turn.approver.code, row.since, row.may_decide) == ("E001", leave.opened_at, False)
    text = page(console, only="waiting").content.decode()
    assert row.facts == ["事假（小时）", "Thu 3 Dec, 14:00–18:00", "4:00 h"]
    for said in (*row.facts, "搬家", "施书瑶", "To be decided", "since Mon 30 Nov, 08:00", "Not yet"):
        assert said in text, said
    assert reverse("admin:approval_act", args=[leave.pk, "approve"]) not in text


def test_after_the_manager_it_is_hr_s_turn(console, leave, now):
    manager = of("E001")
    decide(leave.pk, True, "好", manager, self_(manager), now + timedelta(hours=1))
    [row] = page(console).context["rows"]
    assert (row.may_decide, row.since) == (True, now + timedelta(hours=1))
    assert "Approved, and the asker is told." in press(console, leave, "approve", said="祝顺利")
    assert leave.state == "approved"
    assert rows(console) == []
    [row] = page(console, only="decided").context["rows"]
    assert [(one.step.state, one.whose, one.decided_by, one.step.said) for one in row.steps] == [
        ("approved", "施书瑶", "施书瑶", "好"),
        ("approved", "anybody of HR", "recruiter", "祝顺利"),
    ]


def test_hr_rejects_with_a_word(console, leave, now):
    decide(leave.pk, True, "", of("E001"), self_(of("E001")), now)
    assert "Rejected, and the asker is told." in press(console, leave, "reject", said="那天有交付")
    assert leave.state == "rejected"
    assert "那天有交付" in page(console, only="decided").content.decode()


def test_a_deputy_s_decision_names_both(console, leave, now):
    deputy = of("E003")
    today = now.astimezone(SHANGHAI).date()
    Delegation.objects.create(approver=of("E001"), deputy=deputy, first_day=today, last_day=today, made_at=now)
    decide(leave.pk, True, "", deputy, self_(deputy), now)
    [row] = page(console, only="waiting").context["rows"]
    assert (row.steps[0].whose, row.steps[0].decided_by, row.steps[0].instead) == ("施书瑶", "唐思远", True)
    assert "decided by 唐思远" in page(console, only="waiting").content.decode()


def test_hr_does_not_decide_before_its_turn(console, leave):
    page_after = press(console, leave, "approve")
    assert "Somebody else decides this now." in page_after
    assert leave.state == "pending"


def test_what_waited_too_long_may_be_decided_by_hr(console, leave, now):
    ApprovalStep.objects.filter(approval=leave, state="open").update(escalated_at=now)
    assert rows(console) == [("E002", "leave")]
    assert "waited too long: HR may decide" in page(console).content.decode()
    # HR's own step is not asked for a second time.
    assert "Approved, and the asker is told." in press(console, leave, "approve")


def test_nobody_approves_their_own(console, leave, recruiter, now):
    decide(leave.pk, True, "", of("E001"), self_(of("E001")), now)
    recruiter.username = "E002"
    recruiter.save()
    assert "Nobody approves their own request." in press(console, leave, "approve")
    assert leave.state == "pending"


def test_a_decision_counts_once_and_only_for_the_step_that_was_seen(console, leave, now):
    seen = _open(leave)
    decide(leave.pk, True, "", of("E001"), self_(of("E001")), now)
    assert "This has been decided or taken back already." in press(console, leave, "approve", step=seen)
    press(console, leave, "approve")
    assert "This has been decided or taken back already." in press(console, leave, "reject")
    assert leave.state == "approved"


def test_refusals_are_kind_in_chinese_too(console, leave):
    console.defaults["HTTP_ACCEPT_LANGUAGE"] = "zh-hans"
    assert "目前由他人审批" in press(console, leave, "approve")


def test_every_kind_says_what_is_asked_for(console, department, now):
    asker = of("E002")
    ask_overtime(asker, span("2026-12-02", "18:30", "22:30"), "", self_(asker), now)
    ask_trip(asker, span("2026-12-04", "13:00", "17:00"), "苏州", "", self_(asker), now)
    ask_correction(asker, datetime(2026, 11, 27, 9, tzinfo=SHANGHAI), "in", "忘记打卡", self_(asker), now)
    found = {row.approval.kind: (row.facts, row.warnings) for row in page(console, only="waiting").context["rows"]}
    assert found == {
        "overtime": (["Wed 2 Dec, 18:30–22:30", "4:00 h"], ["more than 3 h on that day"]),
        "trip": (["苏州", "Fri 4 Dec, 13:00–17:00"], []),
        "correction": (["Start of work", "Fri 27 Nov, 09:00"], []),
    }


def test_a_request_that_is_no_longer_kept_still_says_when_it_was_for(console, department, now):
    asker = of("E002")
    ask_overtime(asker, span("2026-12-02", "18:30", "20:30"), "", self_(asker), now)
    Overtime.objects.filter(employee=asker).delete()
    [row] = page(console, only="waiting").context["rows"]
    assert row.facts == ["Wed 2 Dec, 18:30–20:30"]


def test_times_are_the_asker_s_and_a_foreign_clock_is_named(console, company, now):
    asker = of("E021")
    vienna = Interval(*(datetime(2026, 12, 2, hour, tzinfo=ZoneInfo("Europe/Vienna")) for hour in (18, 20)))
    ask_overtime(asker, vienna, "", self_(asker), now)
    [row] = page(console, only="waiting").context["rows"]
    assert row.facts[0] == "Wed 2 Dec, 18:00–20:00 (Vienna time)"


def test_the_sidebar_counts_what_waits_for_hr(console, leave, now):
    from mianyue.entrypoints.console.approvals import open_count

    assert open_count(None) == 0
    decide(leave.pk, True, "", of("E001"), self_(of("E001")), now)
    assert open_count(None) == 1


def test_only_one_kind_is_shown_where_that_is_asked(console, leave):
    assert rows(console, only="waiting", kind="leave") == [("E002", "leave")]
    assert rows(console, only="waiting", kind="trip") == []
    assert rows(console, only="everything", kind="comets") == rows(console)


def test_one_approval_tells_its_story(console, leave, now):
    decide(leave.pk, True, "", of("E001"), self_(of("E001")), now)
    response = console.get(reverse("admin:approval", args=[leave.pk]))
    said = [(line.what, line.who) for line in response.context["history"]]
    assert said == [("Approval asked for", "韩静怡"), ("Approval decided", "施书瑶")]


@pytest.mark.parametrize(("only", "said"), [("hr", "HR"), ("waiting", "anybody"), ("decided", "Nothing has been decided yet.")])
def test_an_empty_list_is_said_in_words(console, only, said):
    assert said in page(console, only=only).content.decode()
    assert "that people ask for on their phones come here" in page(console, only=only).content.decode()


@pytest.mark.parametrize("name", ["approve", "reject"])
def test_decisions_are_posted_by_the_staff_with_their_token(client, console, recruiter, leave, now, name):
    decide(leave.pk, True, "", of("E001"), self_(of("E001")), now)
    address = reverse("admin:approval_act", args=[leave.pk, name])
    assert console.get(address).status_code == 405
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(recruiter)
    assert strict.post(address).status_code == 403
    client.logout()
    assert client.post(address).url.startswith(reverse("admin:login"))
    assert client.get(reverse("admin:approvals")).url.startswith(reverse("admin:login"))
    leave.refresh_from_db()
    assert leave.state == "pending"


def test_what_does_not_exist_is_not_found(console, leave):
    assert console.post(reverse("admin:approval_act", args=[leave.pk, "explode"])).status_code == 404
    assert console.get("/console/attendance/approvals/00000000-0000-7000-8000-000000000000/").status_code == 404


def test_more_approvals_need_no_more_queries(console, leave, personal, now):
    def queries() -> int:
        with CaptureQueriesContext(connection) as seen:
            page(console, only="waiting")
        return len(seen)

    queries()  # the first page of a session also loads what is kept for later ones
    one = queries()
    for code in ("E003", "E004"):
        asker = of(code)
        ask_leave(asker, personal, span("2026-12-02", "14:00", "18:00"), "", self_(asker), now)
    assert len(rows(console, only="waiting")) == 3
    assert queries() == one <= 20
