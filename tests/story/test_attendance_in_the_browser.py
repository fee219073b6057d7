"""Attendance as people meet it, in a real browser: a page on the phone, a punch, a leave request, and two who decide about it."""

from __future__ import annotations

import re
import time
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Browser, Page, expect

from mianyue.worktime.day_kinds import working_days
from tests.story.demo import PHONE, Demo, keep, recruiter_of

pytestmark = pytest.mark.browser

ASKS, MANAGER = "qihang.fang@chenghu.example.com", "zhiyuan.shen@chenghu.example.com"


def test_a_day_off_is_asked_for_decided_and_seen(demo, browser):
    asker = phone(browser)
    asker.goto(own_page(asker, demo, ASKS))
    keep(asker, "staff-home-zh")
    before = asker.locator(".taps li").count()
    asker.click("button.punch")
    asker.wait_for_load_state()
    expect(asker.locator(".taps li")).to_have_count(before + 1)
    keep(asker, "staff-punched-zh")

    day = working_days(today() + timedelta(days=7), 1, [1, 2, 3, 4, 5], "CN")[0]
    mine = asker.url.split("?")[0].rstrip("/")
    asker.goto(f"{mine}/ask/leave")
    asker.check("input[name=part][value=days]", force=True)
    asker.fill("#first", day.isoformat())
    asker.fill("#last", day.isoformat())
    asker.fill("#reason", "搬家")
    keep(asker, "staff-ask-leave-zh")
    asker.click("form.card button.act.main")
    asker.wait_for_load_state()
    keep(asker, "staff-requests-zh")

    manager = phone(browser)
    letter = letters(manager, demo, MANAGER, "/m/")[0]
    assert "搬家" not in letter  # why somebody is away stands on the page only, for who decides
    keep(manager, "letter-approval-zh")
    manager.goto(re.search(rf"{demo.url}/m/[\w-]+(?:/decide/[\w-]+)?", letter)[0])
    if "/decide/" not in manager.url:
        manager.click("a[href$='/decide']")
        manager.click("a[href*='/decide/']")
    expect(manager.locator("body")).to_contain_text("搬家")
    keep(manager, "staff-decide-zh")
    manager.click("button[name=decision][value=approve]")
    manager.wait_for_load_state()

    recruiter = recruiter_of(browser, demo, "zh-CN", viewport={"width": 1280, "height": 900})
    recruiter.goto(f"{demo.url}/console/attendance/week/?day={day.isoformat()}")
    expect(recruiter.locator("body")).to_contain_text("方启航")
    keep(recruiter, "console-team-zh")
    for name in ("day", "approvals", "timesheet", "provisioning", "rooms"):
        assert recruiter.goto(f"{demo.url}/console/attendance/{name}/").status == 200, name
        keep(recruiter, f"console-attendance-{name}-zh")


def phone(browser: Browser) -> Page:
    return browser.new_context(locale="zh-CN", viewport=PHONE, is_mobile=True, has_touch=True).new_page()


def own_page(page: Page, demo: Demo, address: str) -> str:
    """Asks for the page to be sent, as whoever has lost the link does, and reads it in the letter."""
    page.goto(f"{demo.url}/m/")
    page.fill("#address", address)
    page.click("form.card button.act.main")
    page.wait_for_load_state()
    return re.search(rf"{demo.url}/m/[\w-]+", letters(page, demo, address, "/m/")[0])[0]


def letters(page: Page, demo: Demo, address: str, holding: str) -> list[str]:
    """The letters to this address that hold such a link, the newest first; leaves the newest on the page."""
    for _ in range(40):
        page.goto(f"{demo.url}/sandbox/mail/{address}/")
        found = [a.get_attribute("href") for a in page.locator("a[href*='/sandbox/message/']").all()]
        texts = []
        for link in reversed(found):
            page.goto(demo.url + link)
            texts.insert(0, page.content())
        if texts and f"{demo.url}{holding}" in texts[0]:
            return texts
        time.sleep(1)
    raise AssertionError(f"no letter with a link to {holding} arrived")


def today() -> date:
    """The date at the demo's company, whose clock is the real one."""
    return datetime.now(ZoneInfo("Asia/Shanghai")).date()
