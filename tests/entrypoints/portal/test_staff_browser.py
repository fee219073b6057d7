"""The staff's pages in a real browser: on the smallest phone, in the dark, without scripts, and with a phone that says where it is."""

import os
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.db import connections, transaction
from playwright.sync_api import Page, sync_playwright

from mianyue.base.interval import Interval
from mianyue.domain.approvals.models import Approval
from mianyue.domain.attendance.actions.ledger import grant
from mianyue.domain.attendance.models import AttendanceDay, AttendanceGroup, GroupMember, LeaveType, Punch
from mianyue.domain.organization.models import Site
from mianyue.domain.security.actor import Actor
from mianyue.workflows.requests import ask
from tests.conftest import CHROMIUM

pytestmark = pytest.mark.browser
SMALL, PHONE, DESK = {"width": 320, "height": 568}, {"width": 390, "height": 844}, {"width": 1280, "height": 900}
HERE = {"latitude": 31.2304, "longitude": 121.4737}
PICTURES = os.environ.get("TESTS_PICTURES")
PAGES = [
    "",
    "/days",
    "/requests",
    "/ask/leave",
    "/ask/overtime",
    "/ask/correction",
    "/decide",
    "/rooms?day=2026-12-05&begin=10:00&minutes=60",
]


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"{text}+08:00")


@pytest.fixture
def office(transactional_db, asker, manager, now) -> Approval:
    """A group that punches at one place, a month with a forgotten punch, five days of leave, and a request that waits."""
    site = Site.objects.get(pk=asker.row.site_id)
    site.latitude, site.longitude = HERE["latitude"], HERE["longitude"]
    site.save()
    group = AttendanceGroup.objects.create(code="office", name="总部", field_work=True)
    group.places.add(site)
    GroupMember.objects.create(group=group, employee=asker.row, first_day="2026-11-02")
    kind, _ = LeaveType.objects.update_or_create(name="年假", defaults={"code": "annual", "has_quota": True})
    LeaveType.objects.update_or_create(name="病假", defaults={"code": "sick"})
    for day, findings in ((26, []), (27, ["late", "missing_out"]), (25, ["leave"])):
        AttendanceDay.objects.create(
            employee=asker.row,
            day=f"2026-11-{day}",
            day_kind="plain",
            findings=findings,
            first_in=at(f"2026-11-{day}T09:15"),
            last_out=None if findings else at(f"2026-11-{day}T18:03"),
            punches=1 if findings else 2,
            planned=480,
            worked=0 if findings else 480,
            late=15 if "late" in findings else 0,
            derived_at=now,
        )
    with transaction.atomic():
        grant(asker.row.pk, kind, 5 * 480, "test", {}, now)
    during = Interval(at("2026-12-02T14:00"), at("2026-12-02T17:00"))
    leave = ask.ask_leave(asker.row, kind, during, "带孩子去打疫苗", Actor("staff", str(asker.row.pk)), now)
    trip = Interval(at("2026-12-07T09:00"), at("2026-12-09T18:00"))
    ask.ask_trip(asker.row, trip, "杭州客户现场", "", Actor("staff", str(asker.row.pk)), now + timedelta(minutes=1))
    return Approval.objects.get(subject_id=leave.pk)


def in_browser(act: Callable[[Page], object], **how: object) -> object:
    """What ``act(page)`` returns. No database is used meanwhile: the browser's driver runs an event loop in this thread."""
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        try:
            return act(browser.new_context(**{"viewport": PHONE, "locale": "zh-CN", **how}).new_page())
        finally:
            browser.close()
            connections.close_all()


def picture(page: Page, name: str) -> None:
    """Keeps what the page looks like, where ``TESTS_PICTURES`` names a folder."""
    if PICTURES:
        Path(PICTURES).mkdir(parents=True, exist_ok=True)
        page.screenshot(path=str(Path(PICTURES) / f"{name}.png"), full_page=True)


@pytest.mark.parametrize(("scheme", "language"), [("light", "zh"), ("dark", "en")])
def test_nothing_sticks_out_and_everything_can_be_hit_with_a_thumb(scheme, language, office, asker, manager, live_server):
    addresses = {page: live_server.url + (manager if page == "/decide" else asker).address + page for page in PAGES}
    addresses["/decide/one"] = f"{live_server.url}{manager.address}/decide/{office.pk}"
    addresses["/lost"] = f"{live_server.url}/m/"

    def act(page):
        found = {}
        for name, address in addresses.items():
            page.goto(address)
            if language == "en" and page.get_by_role("button", name="English").count():
                page.get_by_role("button", name="English").click()
                page.goto(address)
            for summary in page.locator("summary").all():
                summary.click()
            wide = page.evaluate("document.documentElement.scrollWidth")
            low = [
                element.evaluate("e => e.outerHTML")
                for element in page.locator(
                    "button, summary, select, input:not([type=hidden]):not([type=radio]), nav a, a.act, .parts label"
                ).all()
                if element.is_visible() and element.bounding_box()["height"] < 44
            ]
            found[name] = (wide, low)
            picture(page, f"small-{scheme}-{language}{name.partition('?')[0].replace('/', '-')}")
        return found

    found = in_browser(act, viewport=SMALL, color_scheme=scheme, java_script_enabled=True)
    assert found == dict.fromkeys(addresses, (320, []))


def test_desktop_and_phone_look(office, asker, manager, live_server):
    def act(page):
        for name, address in (
            ("home", asker.address),
            ("requests", asker.address + "/requests"),
            ("leave", asker.address + "/ask/leave"),
            ("decide", manager.address + "/decide"),
            ("one", f"{manager.address}/decide/{office.pk}"),
            ("days", asker.address + "/days"),
            ("rooms", asker.address + "/rooms?day=2026-12-05&begin=10:00&minutes=60"),
        ):
            page.goto(live_server.url + address)
            picture(page, f"phone-{name}")
            page.set_viewport_size(DESK)
            picture(page, f"desk-{name}")
            page.set_viewport_size(PHONE)
        return True

    assert in_browser(act)


def test_phone_says_where_it_is_when_tapped_and_not_before(office, asker, live_server):
    def act(page):
        page.goto(live_server.url + asker.address)
        page.get_by_role("button", name="打卡").click()
        return page.get_by_role("status").filter(has_text="打卡成功").inner_text()  # waits until the page says so

    assert "打卡成功。" in in_browser(act, geolocation=HERE, permissions=["geolocation"])
    assert Punch.objects.get(employee=asker.row).place_id == asker.row.site_id


@pytest.mark.parametrize("how", [{"java_script_enabled": False}, {"permissions": []}])
def test_without_scripts_or_leave_it_is_field_work(how, office, asker, live_server):
    def act(page):
        page.goto(live_server.url + asker.address)
        page.get_by_role("button", name="打卡").click()
        return page.get_by_role("status").filter(has_text="打卡成功").inner_text()  # waits until the page says so

    assert "打卡成功（外勤）" in in_browser(act, **how)
    assert Punch.objects.get(employee=asker.row).field


def test_asking_and_deciding_with_no_scripts(office, asker, manager, live_server):
    def act(page):
        page.goto(f"{live_server.url}{asker.address}/ask/leave")
        page.get_by_label("全天").check()
        last = page.get_by_label("结束日期")
        seen = [last.is_visible()]
        page.get_by_label("按小时").check()
        seen.append(last.is_visible())
        page.locator("#first").fill("2026-12-03")
        page.get_by_label("开始", exact=True).fill("14:00")
        page.get_by_label("结束", exact=True).fill("16:00")
        page.get_by_role("button", name="提交申请").click()
        asked = page.get_by_role("status").inner_text()
        page.goto(f"{live_server.url}{manager.address}/decide/{office.pk}")
        page.get_by_role("button", name="批准", exact=True).click()
        return seen, asked, page.get_by_role("status").inner_text()

    seen, asked, decided = in_browser(act, java_script_enabled=False)
    assert seen == [True, False]
    assert asked == "已提交，审批后会通知您。"
    assert decided.startswith("已批准")
    assert [step.state for step in office.steps.all()] == ["approved", "open"]
