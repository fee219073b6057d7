"""The first page: what today is, and the one big button."""

from datetime import timedelta
from urllib.parse import unquote

import pytest

from mianyue.base.interval import Interval
from mianyue.domain.attendance.models import (
    AttendanceDay,
    AttendanceGroup,
    GroupMember,
    Punch,
    RosterDay,
    Shift,
    ShiftAssignment,
    ShiftVersion,
)
from mianyue.domain.organization.models import Site
from mianyue.domain.security.actor import Actor
from mianyue.workflows.requests.ask import ask_trip

HERE, NEAR, FAR = (31.2304, 121.4737), (31.2305, 121.4738), (31.3304, 121.4737)


@pytest.fixture
def shift(asker) -> Shift:
    """09:00–12:00 and 13:00–18:00, Monday to Friday; no group."""
    for model in (GroupMember, RosterDay, ShiftAssignment):
        model.objects.filter(employee=asker.row).delete()
    shift = Shift.objects.create(code="nine", name="朝九晚六")
    ShiftVersion.objects.create(shift=shift, segments=[[540, 720], [780, 1080]], weekdays=[1, 2, 3, 4, 5])
    ShiftAssignment.objects.create(employee=asker.row, shift=shift, first_day="2026-01-01")
    return shift


@pytest.fixture
def group(asker, shift) -> AttendanceGroup:
    """Punches at one place, and not elsewhere."""
    group = AttendanceGroup.objects.create(code="office", name="总部", shift=shift, field_work=False, within_meters=300)
    site = Site.objects.first()
    site.latitude, site.longitude = HERE
    site.save()
    group.places.add(site)
    GroupMember.objects.create(group=group, employee=asker.row, first_day="2026-01-01")
    return group


def at_place(place: tuple[float, float]) -> dict[str, float]:
    return {"latitude": place[0], "longitude": place[1], "accuracy": 20}


def test_today_in_words(shift, asker, client):
    text = client.get(asker.address).content.decode()
    for fact in ("11 月 30 日 周一", "09:00–12:00 · 13:00–18:00", asker.row.name, "今天还没有打卡"):
        assert fact in text


def test_holiday_is_named(shift, asker, client, clock):
    clock.forward(timedelta(days=32))
    text = client.get(asker.address).content.decode()
    assert "法定节假日" in text
    assert "今天没有班次" in text


def test_punching_is_a_post_that_leads_back(shift, asker, client):
    answer = client.post(f"{asker.address}/punch", follow=True)
    assert answer.redirect_chain == [(asker.address, 303)]
    assert "08:00 打卡成功" in answer.content.decode()
    punch = Punch.objects.get(employee=asker.row)
    assert (punch.source, punch.wall, punch.field) == ("phone", "2026-11-30T08:00:00", False)


def test_double_tap_is_one_punch(shift, asker, client):
    for _ in range(2):
        assert client.post(f"{asker.address}/punch").status_code == 303
    assert Punch.objects.filter(employee=asker.row).count() == 1


def test_phone_is_asked_where_it_is_only_by_groups_with_places(shift, asker, client, request):
    assert "punch.js" not in client.get(asker.address).content.decode()
    request.getfixturevalue("group")
    text = client.get(asker.address).content.decode()
    assert "punch.js" in text
    assert "data-place" in text


def test_near_the_place(group, asker, client):
    assert client.post(f"{asker.address}/punch", at_place(NEAR)).status_code == 303
    assert Punch.objects.get(employee=asker.row).place_id == group.places.get().pk


@pytest.mark.parametrize("said", [at_place(FAR), {}, {"latitude": "31.23"}, {"latitude": "north", "longitude": "0"}])
def test_elsewhere_or_unsaid_is_refused_kindly_where_field_work_is_not_allowed(said, group, asker, client):
    answer = client.post(f"{asker.address}/punch", said)
    text = answer.content.decode()
    assert answer.status_code == 409
    assert "您不在打卡范围内" in text
    assert f'href="{asker.address}/ask/correction"' in text
    assert Punch.objects.filter(employee=asker.row).count() == 0


def test_elsewhere_is_field_work_where_that_is_allowed(group, asker, client):
    AttendanceGroup.objects.update(field_work=True)
    answer = client.post(f"{asker.address}/punch", at_place(FAR), follow=True)
    assert "08:00 打卡成功（外勤）" in answer.content.decode()
    assert Punch.objects.get(employee=asker.row).field


def test_punches_of_a_running_night_are_todays(shift, asker, client, clock):
    ShiftVersion.objects.update(segments=[[1320, 1800]])
    clock.forward(timedelta(hours=14))
    client.post(f"{asker.address}/punch")
    clock.forward(timedelta(hours=5))
    text = client.get(asker.address).content.decode()
    assert "昨天的夜班" in text
    assert ">22:00</time>" in text
    clock.forward(timedelta(hours=6))
    assert ">22:00</time>" not in client.get(asker.address).content.decode()


def test_a_punch_after_midnight_is_seen_by_who_made_it(shift, asker, client, clock):
    clock.forward(timedelta(hours=16, minutes=30))
    client.post(f"{asker.address}/punch")
    assert ">00:30</time>" in client.get(asker.address).content.decode()


def test_new_colleague_is_shown_what_to_do_first(shift, asker, client, now):
    assert "入职指引" not in client.get(asker.address).content.decode()
    asker.row.hire_date = now.date()
    asker.row.save()
    assert "入职指引" in client.get(asker.address).content.decode()


def test_waiting_requests_are_counted(asker, manager, client, now):
    during = Interval(now + timedelta(days=3), now + timedelta(days=3, hours=2))
    ask_trip(asker.row, during, "杭州", "", Actor("staff", str(asker.row.pk)), now)
    assert "待您审批：1 项" in client.get(manager.address).content.decode()


def test_missing_punch_leads_to_a_form_that_knows_it(shift, asker, client, now):
    AttendanceDay.objects.create(
        employee=asker.row,
        day="2026-11-27",
        day_kind="plain",
        findings=["late", "missing_out"],
        first_in=now - timedelta(days=2, hours=22, minutes=45),
        punches=1,
        planned=480,
        late=15,
        derived_at=now,
    )
    text = client.get(f"{asker.address}/days").content.decode()
    assert "迟到 15 分钟" in text
    assert "下班缺卡" in text
    link = text.split(f'href="{asker.address}/ask/correction?')[1].split('"')[0].replace("&amp;", "&")
    assert unquote(link) == "first=2026-11-27&side=out&begin=18:00"
    assert client.get(f"{asker.address}/ask/correction?{link}").status_code == 200


@pytest.mark.parametrize("month", ["2026-10", "9999-12", "0001-01", "x", "2026-13"])
def test_any_month_can_be_asked_for(month, asker, client):
    assert client.get(f"{asker.address}/days?month={month}").status_code == 200
