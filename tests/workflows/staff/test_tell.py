"""What the staff are told, and that it is still true when it leaves."""

from datetime import datetime, timedelta

import pytest
from psycopg.types.range import TimestamptzRange

from mianyue.domain.approvals.models import Approval, ApprovalStep, Delegation
from mianyue.domain.attendance.models import Leave, LeaveType, PunchCorrection
from mianyue.domain.desk.models import Task
from mianyue.domain.notices.models import Link, Notice
from mianyue.domain.organization.models import Employee
from mianyue.domain.provisioning.models import Run
from mianyue.domain.rooms.models import Room, RoomBooking
from mianyue.workflows.deliver import sweep
from mianyue.workflows.staff import tell as tell_staff


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"{text}+08:00")


@pytest.fixture
def people(company) -> list[Employee]:
    """An asker, their manager, and a colleague."""
    return list(Employee.objects.filter(time_zone="Asia/Shanghai").exclude(email=None).order_by("code")[:3])


@pytest.fixture
def asked(people, now) -> Approval:
    """Sick leave of three hours, waiting for the manager."""
    asker, manager, _ = people
    kind, _ = LeaveType.objects.get_or_create(name="病假", defaults={"code": "sick"})
    leave = Leave.objects.create(
        employee=asker,
        status="pending",
        origin="own",
        during=TimestamptzRange(at("2026-12-02T09:00"), at("2026-12-02T12:00")),
        leave_type=kind.name,
        kind=kind,
        minutes=180,
        reason="去医院看病",
    )
    approval = Approval.objects.create(kind="leave", subject_id=leave.pk, asker=asker, said="去医院看病", opened_at=now)
    ApprovalStep.objects.create(approval=approval, number=1, role="manager", approver=manager, state="open")
    ApprovalStep.objects.create(approval=approval, number=2, role="hr", approver=None)
    return approval


def decide(approval: Approval, state: str, now: datetime) -> None:
    approval.steps.update(state="approved" if state == "approved" else "skipped")
    Approval.objects.filter(pk=approval.pk).update(state=state, closed_at=now)
    approval.refresh_from_db()


def speaking(employee: Employee, language: str) -> None:
    Employee.objects.filter(pk=employee.pk).update(language=language)


def reached_by(employee: Employee, mobile: str | None = None) -> None:
    employee.email, employee.mobile = None, mobile
    employee.save()


def test_approver_reads_who_when_and_how_long_but_not_why_or_which_leave(asked, people, now):
    asker, manager, _ = people
    (letter,) = tell_staff.approval_asked(asked, now)
    assert (letter.recipient_id, letter.recipient_kind, letter.purpose) == (manager.pk, "staff", "approval_asked")
    assert letter.title == "待您审批：请假，12 月 2 日 周三 09:00–12:00"
    for part in (letter.text, letter.html):
        assert asker.name in part
        assert "3 小时" in part
        assert f"/decide/{asked.pk}" in part
    for part in (letter.title, letter.text, letter.html):
        assert "病" not in part
        assert "医院" not in part


def test_english_approver(asked, people, now):
    speaking(people[1], "en")
    asked.steps.get(number=1).refresh_from_db()
    (letter,) = tell_staff.approval_asked(asked, now)
    assert letter.title == "Waiting for your decision: leave, Wed 2 Dec, 09:00–12:00"
    assert "Length: 3 h" in letter.text


def test_asking_twice_writes_once(asked, now):
    assert len(tell_staff.approval_asked(asked, now)) == 1
    assert tell_staff.approval_asked(asked, now) == []


def test_each_letter_has_a_link_of_its_own_that_ends(asked, people, now):
    tell_staff.approval_asked(asked, now)
    link = Link.objects.get(person_id=people[1].pk)
    assert (link.scope, link.subject_id, link.expires_at - now) == ("staff", people[1].pk, timedelta(days=14))


def test_deputy_is_told_in_the_approvers_place(asked, people, now):
    _, manager, colleague = people
    Delegation.objects.create(approver=manager, deputy=colleague, first_day="2026-11-30", last_day="2026-12-01", made_at=now)
    (letter,) = tell_staff.approval_asked(asked, now)
    assert letter.recipient_id == colleague.pk
    assert f"有一项申请等您代{manager.name}审批。" in letter.text
    assert {one.recipient_id for one in tell_staff.approval_reminder(asked, now)} == {manager.pk, colleague.pk}


@pytest.mark.parametrize(
    "delegation",
    [
        {"first_day": "2026-12-01", "last_day": "2026-12-02"},
        {"first_day": "2026-11-01", "last_day": "2026-11-29"},
        {"first_day": "2026-11-30", "last_day": "2026-12-02", "ended": True},
        {"first_day": "2026-11-30", "last_day": "2026-12-02", "to_asker": True},
    ],
)
def test_deputy_of_other_days_or_the_asker_is_not_told(delegation, asked, people, now):
    asker, manager, colleague = people
    Delegation.objects.create(
        approver=manager,
        deputy=asker if delegation.pop("to_asker", False) else colleague,
        ended_at=now if delegation.pop("ended", False) else None,
        made_at=now,
        **delegation,
    )
    assert [one.recipient_id for one in tell_staff.approval_asked(asked, now)] == [manager.pk]


def test_nobody_is_written_to_where_hr_decides_at_the_console(asked, now):
    asked.steps.filter(number=1).update(state="approved")
    asked.steps.filter(number=2).update(state="open")
    assert tell_staff.approval_asked(asked, now) == []


def test_request_decided_meanwhile_is_not_sent(asked, now, mail):
    tell_staff.approval_asked(asked, now)
    decide(asked, "rejected", now)
    sweep(now + timedelta(minutes=1))
    assert mail.arrived == []


def test_reminder_comes_once_a_day_and_goes_stale_with_its_step(asked, now, mail):
    (first,) = tell_staff.approval_reminder(asked, now)
    assert tell_staff.approval_reminder(asked, now + timedelta(hours=1)) == []
    (second,) = tell_staff.approval_reminder(asked, now + timedelta(days=1))
    assert tell_staff.untrue(first) is None
    asked.steps.filter(number=1).update(state="approved")
    asked.steps.filter(number=2).update(state="open")
    assert (tell_staff.untrue(first), tell_staff.untrue(second)) == ("already_decided", "already_decided")


@pytest.mark.parametrize(("state", "title"), [("approved", "已批准：请假，"), ("rejected", "未批准：请假，")])
def test_asker_hears_the_decision(state, title, asked, people, now, mail):
    assert tell_staff.approval_decided(asked, now) is None
    decide(asked, state, now)
    letter = tell_staff.approval_decided(asked, now)
    assert letter.recipient_id == people[0].pk
    assert letter.title == f"{title}12 月 2 日 周三 09:00–12:00"
    sweep(now + timedelta(minutes=1))
    assert [message.subject for message in mail.arrived] == [letter.title]


def test_decision_taken_back_meanwhile_is_not_sent(asked, now, mail):
    decide(asked, "approved", now)
    tell_staff.approval_decided(asked, now)
    Approval.objects.filter(pk=asked.pk).update(state="cancelled")
    sweep(now + timedelta(minutes=1))
    assert mail.arrived == []


def test_correction_speaks_of_an_instant(people, now):
    asker, manager, _ = people
    correction = PunchCorrection.objects.create(
        employee=asker, status="pending", origin="own", at=at("2026-11-27T18:00"), side="out"
    )
    approval = Approval.objects.create(kind="correction", subject_id=correction.pk, asker=asker, opened_at=now)
    ApprovalStep.objects.create(approval=approval, number=1, role="manager", approver=manager, state="open")
    (letter,) = tell_staff.approval_asked(approval, now)
    assert letter.title == "待您审批：补卡，11 月 27 日 周五 18:00"


def test_who_has_only_a_mobile_gets_one_text_message(asked, people, now, sms, settings):
    settings.MIANYUE_URL = "https://m.example.com"
    reached_by(people[1], mobile="+8613800000000")
    (letter,) = tell_staff.approval_asked(asked, now)
    assert letter.channel == "sms"
    assert letter.text.startswith("青禾智能科技（示例）有限公司：有")
    assert "/m/" in letter.text
    assert "/decide/" not in letter.text


def test_who_cannot_be_reached_is_put_before_a_person(asked, people, now):
    reached_by(people[1])
    assert tell_staff.approval_asked(asked, now) == []
    task = Task.objects.get(kind="no_address")
    assert (task.subject_id, task.facts["employee"]) == (people[1].pk, people[1].code)


def test_new_hire_is_welcomed_until_the_hire_falls_through(people, now, mail):
    run = Run.objects.create(employee=people[0], first_day=at("2026-12-07T00:00").date(), started_at=now)
    letter = tell_staff.welcome(run, now)
    assert letter.title == "青禾智能科技（示例）有限公司入职日：12 月 7 日 周一"
    assert tell_staff.welcome(run, now) is None
    Run.objects.filter(pk=run.pk).update(state="reversed")
    sweep(now + timedelta(minutes=1))
    assert mail.arrived == []


def test_room_nobody_came_to(people, now):
    room = Room.objects.select_related("site").first()
    booking = RoomBooking.objects.create(
        room=room,
        during=TimestamptzRange(at("2026-11-30T09:00"), at("2026-11-30T10:00")),
        origin="own",
        state="released",
        booked_by=people[0],
        subject="绩效面谈",
    )
    letter = tell_staff.room_released(booking, now)
    assert room.name in letter.title
    assert "绩效" not in letter.text
    assert tell_staff.untrue(letter) is None
    RoomBooking.objects.filter(pk=booking.pk).update(booked_by=None)
    booking.refresh_from_db()
    assert tell_staff.room_released(booking, now) is None


def test_page_is_sent_once_a_minute_at_most(people, now):
    assert tell_staff.phone_page(people[0], now)
    assert tell_staff.phone_page(people[0], now) is None
    assert tell_staff.phone_page(people[0], now + timedelta(minutes=1))
    assert Notice.objects.filter(purpose="phone_page").count() == 2
