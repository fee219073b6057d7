"""A hiring day in a real browser: HR plans for everybody, looks, sends, and sees who still needs a person."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.story.demo import PHONE, keep, recruiter_of

pytestmark = pytest.mark.browser
DESKTOP = {"width": 1280, "height": 900}


def _plan_all(page: Page, url: str, days: int) -> None:
    page.goto(f"{url}/console/ready/")
    page.click(".c-plan-all summary")
    page.fill(".c-plan-all input[name=days]", str(days))
    page.fill(".c-plan-all input[name=seconds]", "5")
    keep(page, "plan-form")
    page.click(".c-plan-all button")
    page.wait_for_url("**/console/plans/*/")


def test_a_hiring_day_is_planned_looked_at_and_sent(demo, browser):
    hr = recruiter_of(browser, demo, "zh-CN", viewport=DESKTOP)
    _plan_all(hr, demo.url, 4)  # today counts as one of them, and late in the day a day's notice reaches beyond tomorrow
    expect(hr.locator(".c-chip.is-big")).to_have_text("待确认，尚未发送", timeout=60_000)
    keep(hr, "plan-ready-zh")
    assert "人中已安排 0 人" not in hr.inner_text(".c-headline")
    address = hr.url

    phone = recruiter_of(browser, demo, "en-GB", viewport=PHONE, is_mobile=True, has_touch=True)
    phone.goto(address)
    keep(phone, "plan-ready-phone-en")
    assert phone.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]

    hr.click(".c-plan details >> nth=0")
    keep(hr, "plan-confirm-zh")
    hr.click(".c-plan details[open] button")
    keep(hr, "plan-sending-zh")
    expect(hr.locator(".c-chip.is-big")).to_have_text("已发送", timeout=60_000)
    keep(hr, "plan-sent-zh")
    hr.goto(f"{demo.url}/console/board/")
    expect(hr.locator(".c-column.is-waiting .c-card").first).to_be_visible()


@pytest.mark.slow
def test_chosen_candidates_are_planned_and_the_plan_put_away(demo, browser):
    hr = recruiter_of(browser, demo, "en-GB", viewport=DESKTOP)
    hr.goto(f"{demo.url}/console/ready/")
    hr.locator("input[name=application]:not(:disabled)").first.check()
    hr.click(".c-actionbar button[type=button]")
    keep(hr, "plan-chosen-en")
    hr.click(".c-ask button")
    hr.wait_for_url("**/console/plans/*/")
    expect(hr.locator(".c-chip.is-big")).to_have_text("Ready, nothing is sent", timeout=60_000)
    keep(hr, "plan-ready-en")
    hr.click(".c-plan details >> nth=1")
    hr.click(".c-plan details[open] button")
    expect(hr.locator(".c-chip.is-big")).to_have_text("Discarded")
    hr.goto(f"{demo.url}/console/plans/")
    keep(hr, "plans-en")
