"""Approving on a phone: what an approver sees, who sees nothing, and that a decision is made once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from threading import Barrier

import pytest
from django.db import connection, connections, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from psycopg.types.range import TimestamptzRange

from mianyue.base.interval import Interval
from mianyue.domain.approvals.models import Approval, Delegation
from mianyue.domain.attendance.actions.ledger import grant
from mianyue.domain.attendance.models import Leave, LeaveType
from mianyue.domain.notices.models import Notice
from mianyue.domain.organization.models import Employee
from mianyue.domain.security.actor import Actor
from mianyue.workflows.requests import ask


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"{text}+08:00")


def actor_of(member) -> Actor:
    return Actor("staff", str(member.row.pk))


@pytest.fixture
def annual(db) -> LeaveType:
    kind, _ = LeaveType.objects.update_or_create(name="年假", defaults={"code": "annual", "has_quota": True, "step_minutes": 30})
    return kind


@pytest.fixture
def wish(asker, manager, annual, now) -> Approval:
    """An afternoon of annual leave, of five days."""
    with transaction.atomic():
        grant(asker.row.pk, annual, 5 * 480, "test", {}, now)
    during = Interval(at("2026-12-02T14:00"), at("2026-12-02T17:00"))
    leave = ask.ask_leave(asker.row, annual, during, "看牙医", actor_of(asker), now)
    return Approval.objects.get(subject_id=leave.pk)


def decision(approval: Approval, what: str = "approve", said: str = "", seen: int = 1) -> dict[str, object]:
    return {"decision": what, "said": said, "seen": seen}


def test_approver_sees_everything_a_decision_needs(wish, asker, manager, client):
    assert f'/decide/{wish.pk}"' in client.get(f"{manager.address}/decide").content.decode()
    text = client.get(f"{manager.address}/decide/{wish.pk}").content.decode()
    for fact in (asker.row.name, asker.row.department, "请假 · 年假", "14:00–17:00", "3 小时", "看牙医", "4 天 5 小时"):
        assert fact in text


def test_letter_leads_to_the_page_of_its_request(wish, manager, client):
    letter = Notice.objects.get(recipient_id=manager.row.pk)
    address = "/m/" + letter.text.split("/m/")[1].split()[0]
    assert address.endswith(f"/decide/{wish.pk}")
    assert client.get(address).status_code == 200
    assert "看牙医" not in letter.text + letter.html


def test_who_else_is_away_is_named_but_not_why(wish, asker, manager, annual, client, now):
    colleague = Employee.objects.filter(department=asker.row.department).exclude(pk__in=[asker.row.pk, manager.row.pk]).first()
    during = TimestamptzRange(at("2026-12-02T15:00"), at("2026-12-02T18:00"))
    Leave.objects.create(employee=colleague, during=during, kind=annual, status="approved", reason="私事")
    text = client.get(f"{manager.address}/decide/{wish.pk}").content.decode()
    assert colleague.name in text
    assert "私事" not in text


def test_approving_goes_on_to_the_next_step(wish, manager, client):
    answer = client.post(f"{manager.address}/decide/{wish.pk}/decision", decision(wish, said="好好休息"), follow=True)
    assert answer.redirect_chain == [(f"{manager.address}/decide", 303)]
    assert "已批准" in answer.content.decode()
    first, second = wish.steps.all()
    assert (first.state, first.said, second.state) == ("approved", "好好休息", "open")


def test_rejecting_ends_it_and_the_asker_reads_why(wish, asker, manager, client):
    client.post(f"{manager.address}/decide/{wish.pk}/decision", decision(wish, "reject", "那天要上线"))
    wish.refresh_from_db()
    assert wish.state == "rejected"
    text = client.get(f"{asker.address}/requests").content.decode()
    assert "未批准" in text
    assert "那天要上线" in text


def test_second_tap_finds_it_decided(wish, manager, client):
    where = f"{manager.address}/decide/{wish.pk}/decision"
    assert client.post(where, decision(wish)).status_code == 303
    answer = client.post(where, decision(wish, "reject"))
    assert answer.status_code == 409
    assert "此项已无需审批" in answer.content.decode()
    assert [step.state for step in wish.steps.all()] == ["approved", "open"]


def test_decided_request_keeps_its_secrets_from_who_did_not_decide(wish, manager, client, now):
    wish.steps.filter(number=1).update(state="skipped")
    Approval.objects.filter(pk=wish.pk).update(state="cancelled")
    text = client.get(f"{manager.address}/decide/{wish.pk}").content.decode()
    assert "已撤回" in text
    assert "年假" not in text
    assert "看牙医" not in text


@pytest.mark.parametrize("who", ["asker", "E004"])
def test_approval_of_others_is_nowhere(who, wish, asker, staff, client):
    member = asker if who == "asker" else staff(who)
    assert client.get(f"{member.address}/decide/{wish.pk}").status_code == 404
    assert client.post(f"{member.address}/decide/{wish.pk}/decision", decision(wish)).status_code == 404
    wish.refresh_from_db()
    assert wish.state == "pending"


def test_words_survive_a_refusal(wish, manager, client):
    answer = client.post(f"{manager.address}/decide/{wish.pk}/decision", decision(wish, said="长" * 501))
    assert answer.status_code == 400
    assert "长" * 501 in answer.content.decode()


def test_deputy_decides_in_the_approvers_place(wish, manager, staff, client, now):
    deputy = staff("E004")
    days = {"deputy": "E004", "first": "2026-11-30", "last": "2026-12-04"}
    assert client.post(f"{manager.address}/deputy", days).status_code == 303
    text = client.get(f"{deputy.address}/decide").content.decode()
    assert f"代{manager.row.name}审批" in text
    assert client.post(f"{deputy.address}/decide/{wish.pk}/decision", decision(wish)).status_code == 303
    assert wish.steps.get(number=1).decided_by == f"staff {deputy.row.pk}"
    assert client.get(f"{deputy.address}/decide/{wish.pk}").status_code == 200


def test_delegation_ends_and_ending_twice_is_nothing(manager, staff, wish, client):
    client.post(f"{manager.address}/deputy", {"deputy": "E004", "first": "2026-11-30", "last": "2026-12-04"})
    one = Delegation.objects.get()
    assert client.post(f"{staff('E004').address}/deputy/{one.pk}/end").status_code == 404
    assert client.post(f"{manager.address}/deputy/{one.pk}/end").status_code == 303
    assert client.post(f"{manager.address}/deputy/{one.pk}/end").status_code == 404
    assert str(wish.pk) not in client.get(f"{staff('E004').address}/decide").content.decode()


@pytest.mark.parametrize(
    ("given", "status"),
    [
        ({"deputy": "", "first": "2026-11-30", "last": "2026-12-04"}, 400),
        ({"deputy": "E999", "first": "2026-11-30", "last": "2026-12-04"}, 400),
        ({"deputy": "E004", "first": "2026-11-30", "last": ""}, 400),
        ({"deputy": "E004", "first": "2026-12-04", "last": "2026-12-01"}, 409),
    ],
)
def test_impossible_deputy_is_refused_and_nothing_is_lost(given, status, manager, wish, client):
    answer = client.post(f"{manager.address}/deputy", given)
    assert answer.status_code == status
    text = answer.content.decode()
    assert 'class="problem"' in text
    assert f'value="{given["first"]}"' in text
    assert Delegation.objects.count() == 0


def test_list_takes_as_many_queries_for_three_as_for_one(wish, asker, manager, annual, client, now):
    with CaptureQueriesContext(connection) as one:
        client.get(f"{manager.address}/decide")
    for day in ("03", "04"):
        during = Interval(at(f"2026-12-{day}T14:00"), at(f"2026-12-{day}T17:00"))
        ask.ask_leave(asker.row, annual, during, "", actor_of(asker), now + timedelta(minutes=1))
    with CaptureQueriesContext(connection) as three:
        text = client.get(f"{manager.address}/decide").content.decode()
    assert text.count('class="card tap"') == 3
    assert len(three) == len(one)


def test_two_taps_at_once_decide_once(transactional_db, wish, manager):
    together = Barrier(2)

    def tap(what: str) -> int:
        try:
            together.wait()
            return Client().post(f"{manager.address}/decide/{wish.pk}/decision", decision(wish, what)).status_code
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(tap, ["approve", "reject"])) == [303, 409]
