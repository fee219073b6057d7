"""A candidate answers the letter as one answers a mail, on a phone and at a desk; everything behind it is the product's own way."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.story.demo import PHONE, keep, newest_letter, recruiter_of

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def invite(demo, browser, code):
    recruiter = recruiter_of(browser, demo, "en-GB", viewport={"width": 1280, "height": 900})
    recruiter.goto(f"{demo.url}/console/ready/")
    recruiter.check(f"input[name=application][value={code}]")
    recruiter.click(".c-actionbar button.is-primary:visible")
    recruiter.wait_for_load_state()


def test_an_answer_from_a_phone_books_the_time_it_names(demo, browser):
    invite(demo, browser, "A001")
    candidate = browser.new_context(locale="zh-CN", viewport=PHONE, is_mobile=True, has_touch=True).new_page()
    newest_letter(candidate, demo, holding="/i/")
    box = candidate.locator("#answer")
    box.scroll_into_view_if_needed()
    keep(candidate, "answer-phone-zh")
    assert candidate.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    box.locator("textarea").fill("您好，第二个时间可以，谢谢！")
    box.locator("button").click()
    expect(candidate.locator("#answer [role=status]")).to_contain_text("回复已发出")
    keep(candidate, "answered-phone-zh")
    candidate.locator("#answer [role=status] a").click()
    expect(candidate.locator("ul.rows li")).to_have_count(2, timeout=30_000)
    keep(candidate, "answered-mailbox-zh")
    candidate.locator("ul.rows li a").first.click()
    candidate.wait_for_load_state()
    candidate.goto(re.search(rf"{demo.url}/i/[\w-]+", candidate.content())[0])
    assert candidate.locator("a[href$='calendar.ics']").count() == 1


def test_the_box_is_usable_at_a_desk_without_javascript(demo, browser):
    invite(demo, browser, "A003")
    candidate = browser.new_context(locale="en-GB", viewport={"width": 1280, "height": 900}, java_script_enabled=False).new_page()
    newest_letter(candidate, demo, holding="/i/")
    candidate.locator("#answer").scroll_into_view_if_needed()
    keep(candidate, "answer-desk-en")
    candidate.fill("#words", "Which floor is it, and may I park there?")
    candidate.click("#answer form button")
    expect(candidate.locator("#answer [role=status]")).to_contain_text("Your answer is on its way")
    keep(candidate, "answered-desk-en")
