"""The demo as a newcomer plays it, in a real browser: recruiter in the console, candidate and interviewer in the sandbox."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.story.demo import PHONE, keep, newest_letter, recruiter_of

pytestmark = pytest.mark.browser


def test_a_newcomer_plays_all_three_roles(demo, browser):
    recruiter = recruiter_of(browser, demo, "zh-CN", viewport={"width": 1280, "height": 900})
    keep(recruiter, "console-dashboard-zh")
    recruiter.goto(f"{demo.url}/console/ready/")
    keep(recruiter, "console-ready-zh")
    recruiter.check("input[name=application][value=A001]")
    recruiter.click(".c-actionbar button.is-primary:visible")
    recruiter.wait_for_load_state()
    keep(recruiter, "console-invited-zh")

    candidate = browser.new_context(locale="zh-CN", viewport=PHONE, is_mobile=True, has_touch=True).new_page()
    letter = newest_letter(candidate, demo)
    keep(candidate, "letter-phone-zh")
    page_link = re.search(rf"{demo.url}/i/[\w-]+", letter)[0]
    candidate.goto(page_link)
    keep(candidate, "candidate-phone-zh")
    picks = candidate.locator("form[action$='/pick'] button")
    assert picks.count() == 3
    picks.first.click()
    candidate.wait_for_load_state()
    keep(candidate, "candidate-booked-zh")
    assert candidate.locator("a[href$='calendar.ics']").count() == 1

    recruiter.goto(f"{demo.url}/console/board/")
    expect(recruiter.locator("body")).to_contain_text("A001", timeout=10_000)
    keep(recruiter, "console-board-zh")

    interviewer = browser.new_context(locale="en-GB", viewport=PHONE, is_mobile=True, has_touch=True).new_page()
    invitation = newest_letter(interviewer, demo, holding="/p/")
    keep(interviewer, "invitation-phone")
    interviewer.goto(re.search(rf"{demo.url}/p/[\w-]+", invitation)[0])
    keep(interviewer, "interviewer-phone")
    interviewer.click("form[action$='/accept'] button")
    interviewer.wait_for_load_state()
    keep(interviewer, "interviewer-accepted")


@pytest.mark.slow
def test_pages_speak_english_and_work_without_javascript(demo, browser):
    recruiter = recruiter_of(browser, demo, "en-GB", viewport={"width": 1280, "height": 900})
    keep(recruiter, "console-dashboard-en")
    recruiter.goto(f"{demo.url}/console/ready/")
    recruiter.check("input[name=application][value=A003]")
    recruiter.click(".c-actionbar button.is-primary:visible")
    recruiter.wait_for_load_state()

    candidate = browser.new_context(locale="en-GB", viewport=PHONE, java_script_enabled=False, color_scheme="dark").new_page()
    letter = newest_letter(candidate, demo, holding="/i/")
    candidate.goto(re.search(rf"{demo.url}/i/[\w-]+", letter)[0])
    keep(candidate, "candidate-phone-dark")
    assert candidate.locator("form[action$='/pick'] button").count() == 3
    candidate.locator("form[action$='/pick'] button").nth(1).click()
    assert candidate.locator("a[href$='calendar.ics']").count() == 1
