"""The pages in a real browser that runs no scripts, on the smallest phone."""

import shutil

import pytest
from django.db import connections
from playwright.sync_api import sync_playwright

from mianyue.domain.interviews.models import Interview

pytestmark = pytest.mark.browser
PHONE = {"width": 320, "height": 568}


@pytest.fixture
def address(transactional_db, candidate, live_server):
    """The invited candidate's page on a server of its own."""
    return live_server.url + candidate.address


def in_browser(act):
    """What ``act(page)`` returns. No database is used meanwhile: the browser's driver runs an event loop in this thread."""
    with sync_playwright() as driver:
        browser = driver.chromium.launch(
            executable_path=shutil.which("chromium") or shutil.which("chromium-browser"), args=["--no-sandbox"]
        )
        page = browser.new_page(viewport=PHONE, java_script_enabled=False, locale="en")
        try:
            return act(page)
        finally:
            browser.close()


def test_pick_with_two_taps_and_no_scripts(address):
    def act(page):
        page.goto(address + "?pick=2")
        page.get_by_role("button", name="确认这个时间").click()
        return page.get_by_role("heading", level=1).inner_text(), page.url

    assert in_browser(act) == ("面试已约好", address)
    connections.close_all()
    assert Interview.objects.get().booked.number == 2


def test_decline_needs_a_second_tap(address):
    def act(page):
        page.goto(address)
        button = page.get_by_role("button", name="确认，结束我的应聘")
        before = button.is_visible()
        page.get_by_text("不再考虑这个机会").click()
        button.click()
        return before, page.get_by_role("heading", level=1).inner_text()

    assert in_browser(act) == (False, "谢谢您告诉我们")


def test_nothing_sticks_out_and_everything_can_be_hit_with_a_thumb(address):
    def act(page):
        page.goto(address)
        for summary in page.locator("summary").all():
            summary.click()
        return [element.bounding_box() for element in page.locator("button, summary, textarea").all()]

    boxes = in_browser(act)
    assert len(boxes) == 10
    assert all(box["x"] >= 0 and box["x"] + box["width"] <= PHONE["width"] for box in boxes)
    assert all(box["height"] >= 48 for box in boxes)


def test_language_switch_keeps_the_page(address):
    def act(page):
        page.goto(address + "?pick=2")
        page.get_by_role("button", name="English").click()
        return page.url, page.get_by_role("heading", level=2).first.inner_text()

    assert in_browser(act) == (address + "?pick=2", "Does this time suit you?")
