"""Asking on a phone: what the form means, what is refused in words, and that nothing is lost or asked twice."""

from datetime import datetime, timedelta

import pytest

from mianyue.domain.approvals.models import Approval
from mianyue.domain.attendance.actions.ledger import grant
from mianyue.domain.attendance.models import (
    GroupMember,
    Leave,
    LeaveType,
    Overtime,
    PunchCorrection,
    RosterDay,
    Shift,
    ShiftAssignment,
    ShiftVersion,
    Trip,
)
from mianyue.domain.attendance.queries.leave import balances


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"{text}+08:00")


@pytest.fixture
def annual(asker, now) -> LeaveType:
    """Five days of annual leave."""
    kind, _ = LeaveType.objects.update_or_create(name="年假", defaults={"code": "annual", "has_quota": True, "step_minutes": 30})
    grant(asker.row.pk, kind, 5 * 480, "test", {}, now)
    return kind


@pytest.fixture
def works_nine_to_six(asker):
    """09:00–12:00 and 13:00–18:00, Monday to Friday."""
    GroupMember.objects.filter(employee=asker.row).delete()
    RosterDay.objects.filter(employee=asker.row).delete()
    ShiftAssignment.objects.filter(employee=asker.row).delete()
    shift = Shift.objects.create(code="nine", name="朝九晚六")
    ShiftVersion.objects.create(shift=shift, segments=[[540, 720], [780, 1080]], weekdays=[1, 2, 3, 4, 5])
    ShiftAssignment.objects.create(employee=asker.row, shift=shift, first_day="2026-01-01")
    Leave.objects.filter(employee=asker.row).delete()
    Trip.objects.filter(employee=asker.row).delete()
    Overtime.objects.filter(employee=asker.row).delete()


def wish(leave: LeaveType, **given: str) -> dict[str, object]:
    return {
        "kind": leave.pk,
        "part": "days",
        "first": "2026-12-02",
        "last": "2026-12-02",
        "begin": "",
        "end": "",
        "reason": "家事",
    } | given


@pytest.mark.parametrize(
    ("given", "start", "end", "minutes"),
    [
        ({}, "2026-12-02T09:00", "2026-12-02T18:00", 480),
        ({"last": "2026-12-04"}, "2026-12-02T09:00", "2026-12-04T18:00", 1440),
        ({"first": "2026-12-04", "last": "2026-12-07"}, "2026-12-04T09:00", "2026-12-07T18:00", 960),
        ({"part": "morning", "last": ""}, "2026-12-02T09:00", "2026-12-02T12:00", 180),
        ({"part": "afternoon"}, "2026-12-02T13:00", "2026-12-02T18:00", 300),
        ({"part": "hours", "begin": "14:00", "end": "16:10"}, "2026-12-02T14:00", "2026-12-02T16:10", 150),
    ],
)
def test_leave_takes_what_the_form_means(given, start, end, minutes, works_nine_to_six, asker, manager, annual, client):
    answer = client.post(f"{asker.address}/ask/leave", wish(annual, **given), follow=True)
    assert answer.redirect_chain == [(f"{asker.address}/requests", 303)]
    leave = Leave.objects.get(employee=asker.row)
    assert (leave.during.lower, leave.during.upper, leave.minutes) == (at(start), at(end), minutes)
    assert "审批中" in answer.content.decode()
    assert f"正由{manager.row.name}审批" in answer.content.decode()


def test_balance_stands_above_the_form_and_falls_with_a_request(works_nine_to_six, asker, manager, annual, client):
    assert "剩余 5 天" in client.get(f"{asker.address}/ask/leave").content.decode()
    client.post(f"{asker.address}/ask/leave", wish(annual, part="hours", begin="14:00", end="17:00"))
    assert "剩余 4 天 5 小时" in client.get(f"{asker.address}/requests").content.decode()


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"first": "2026-12-05", "last": "2026-12-06"}, "所选时间内没有班次"),
        ({"last": "2026-12-20"}, "该假期余额不足"),
        ({"first": "2026-11-20", "last": "2026-11-20"}, "时间太久远"),
        ({"last": "2026-12-01"}, "结束时间早于开始时间"),
        ({"part": "hours", "begin": "14:00", "end": ""}, "结束时间早于开始时间"),
        ({"first": ""}, "有内容未填写"),
        ({"first": "2.12.2026"}, "有内容未填写"),
        ({"first": "9999-12-31"}, "有内容未填写"),
        ({"kind": "0"}, "有内容未填写"),
        ({"kind": "999999"}, "该假期类型不可申请"),
        ({"reason": "长" * 501}, "请写短一些"),
    ],
)
def test_refusal_says_why_and_keeps_what_was_written(given, said, works_nine_to_six, asker, annual, client):
    answer = client.post(f"{asker.address}/ask/leave", wish(annual, **given))
    assert answer.status_code in (400, 409)
    text = answer.content.decode()
    assert said in text
    assert given.get("reason", "家事") in text
    assert f'value="{given.get("first", "2026-12-02")}"' in text
    assert Leave.objects.filter(employee=asker.row, origin="own").count() == 0
    assert balances([asker.row.pk])[asker.row.pk, annual.pk] == 2400


def test_second_tap_asks_nothing_more(works_nine_to_six, asker, manager, annual, client):
    for _ in range(2):
        assert client.post(f"{asker.address}/ask/leave", wish(annual)).status_code == 303
    assert Leave.objects.filter(employee=asker.row).count() == 1


def test_same_again_later_is_refused(works_nine_to_six, asker, manager, annual, client, clock):
    client.post(f"{asker.address}/ask/leave", wish(annual))
    clock.forward(timedelta(minutes=2))
    answer = client.post(f"{asker.address}/ask/leave", wish(annual))
    assert answer.status_code == 409
    assert "部分时间您已申请过" in answer.content.decode()


def test_overtime_over_midnight(works_nine_to_six, asker, manager, client):
    given = {"first": "2026-12-02", "begin": "22:00", "end": "00:30", "reason": ""}
    assert client.post(f"{asker.address}/ask/overtime", given).status_code == 303
    overtime = Overtime.objects.get(employee=asker.row)
    assert (overtime.during.lower, overtime.during.upper) == (at("2026-12-02T22:00"), at("2026-12-03T00:30"))


def test_overtime_warns_near_the_cap_and_stops_at_it(works_nine_to_six, asker, manager, client):
    for day in range(1, 11):
        if at(f"2026-12-{day:02d}T00:00").isoweekday() < 6:
            given = {"first": f"2026-12-{day:02d}", "begin": "18:00", "end": "22:00"}
            answer = client.post(f"{asker.address}/ask/overtime", given, follow=True)
    assert "本月加班已达 30 小时" in answer.content.decode()
    answer = client.post(f"{asker.address}/ask/overtime", {"first": "2026-12-14", "begin": "18:00", "end": "23:30"})
    assert answer.status_code == 409
    assert "超过法定每月 36 小时的加班上限" in answer.content.decode()
    warned = Approval.objects.filter(asker=asker.row, facts__warnings__contains=["month_30h"]).first()
    assert "连同此项，本月加班已达 30 小时或以上" in client.get(f"{manager.address}/decide/{warned.pk}").content.decode()


def test_trip_needs_a_destination(works_nine_to_six, asker, manager, client):
    given = {"part": "days", "first": "2026-12-05", "last": "2026-12-07", "destination": "", "reason": ""}
    assert client.post(f"{asker.address}/ask/trip", given).status_code == 400
    assert client.post(f"{asker.address}/ask/trip", given | {"destination": "杭州"}).status_code == 303
    trip = Trip.objects.get(employee=asker.row)
    assert (trip.during.lower, trip.during.upper, trip.destination) == (at("2026-12-05T00:00"), at("2026-12-07T18:00"), "杭州")


def test_correction_knows_the_day_it_came_from(works_nine_to_six, asker, manager, client):
    page = client.get(f"{asker.address}/ask/correction?first=2026-11-27&begin=18:00&side=out").content.decode()
    assert 'value="2026-11-27"' in page
    assert 'value="18:00"' in page
    assert 'value="out" checked' in page
    given = {"first": "2026-11-27", "begin": "18:05", "side": "out", "reason": "忘了"}
    assert client.post(f"{asker.address}/ask/correction", given).status_code == 303
    assert PunchCorrection.objects.get().at == at("2026-11-27T18:05")


def test_taking_back_gives_back_and_twice_is_nothing(works_nine_to_six, asker, manager, annual, client):
    client.post(f"{asker.address}/ask/leave", wish(annual))
    one = Approval.objects.get(asker=asker.row)
    for _ in range(2):
        assert client.post(f"{asker.address}/requests/{one.pk}/back").status_code == 303
    assert balances([asker.row.pk])[asker.row.pk, annual.pk] == 2400


def test_request_of_another_cannot_be_taken_back(works_nine_to_six, asker, manager, annual, client):
    client.post(f"{asker.address}/ask/leave", wish(annual))
    one = Approval.objects.get(asker=asker.row)
    assert client.post(f"{manager.address}/requests/{one.pk}/back").status_code == 404
    one.refresh_from_db()
    assert one.state == "pending"
