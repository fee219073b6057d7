"""A candidate answers in their own words, in a real browser; the recruiter sees what was understood and puts one right."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.story.demo import PHONE, Demo, keep, newest_letter, recruiter_of

pytestmark = pytest.mark.browser


def test_a_candidate_asks_is_asked_back_and_is_booked(demo, browser):
    recruiter = recruiter_of(browser, demo, "zh-CN", viewport={"width": 1280, "height": 900})
    candidate = _invited(browser, recruiter, demo, "A001", locale="zh-CN", viewport=PHONE, is_mobile=True, has_touch=True)
    keep(candidate, "replies-page-zh")

    _says(candidate, "请问在哪里面试？要带什么？可以停车吗？")
    expect(candidate.locator("#heard")).to_contain_text("以下是我们掌握的信息")
    expect(candidate.locator("#heard dl.facts dt")).to_have_count(2)
    keep(candidate, "replies-answered-zh")

    (second,) = candidate.locator("#times ~ form time").all_inner_texts()[1:2]
    _says(candidate, f"{re.search(r'周.', second)[0]}或者第一个都可以")
    expect(candidate.locator("#heard button.choice")).not_to_have_count(0)
    keep(candidate, "replies-asked-back-zh")

    candidate.locator("#heard button.choice").first.click()
    candidate.wait_for_load_state()
    expect(candidate.locator("h1")).to_contain_text("面试已约好")
    _says(candidate, "我想改期，下周一下午可以吗？只是问问")
    keep(candidate, "replies-booked-zh")

    recruiter.goto(f"{demo.url}/console/replies/")
    expect(recruiter.locator("article.c-task")).to_have_count(3)
    keep(recruiter, "replies-console-zh")


@pytest.mark.slow
def test_it_works_without_javascript_and_a_person_puts_it_right(demo, browser):
    recruiter = recruiter_of(browser, demo, "en-GB", viewport={"width": 1280, "height": 900})
    candidate = _invited(
        browser, recruiter, demo, "A003", locale="en-GB", viewport=PHONE, java_script_enabled=False, color_scheme="dark"
    )
    _says(candidate, "Hm, let me think about it")
    expect(candidate.locator("#heard")).to_contain_text("nothing was changed")
    keep(candidate, "replies-unclear-en")
    _says(candidate, "I would rather withdraw my application, sorry")
    keep(candidate, "replies-step-back-en")
    candidate.click("form[action$='/stay'] button")
    expect(candidate.locator("body")).to_contain_text("nothing was changed")

    recruiter.goto(f"{demo.url}/console/replies/?only=person")
    unclear = recruiter.locator("article.c-task", has_text="let me think")
    keep(recruiter, "replies-console-en")
    unclear.locator("form[action$='/book/'] button").first.click()
    recruiter.wait_for_load_state()
    recruiter.goto(f"{demo.url}/console/replies/")
    expect(recruiter.locator("article.c-task", has_text="let me think")).to_contain_text("Corrected: they chose a time")
    phone = recruiter_of(browser, demo, "en-GB", viewport=PHONE)
    phone.goto(f"{demo.url}/console/replies/")
    keep(phone, "replies-console-phone-en")


def _invited(browser: Browser, recruiter: Page, demo: Demo, code: str, **window: object) -> Page:
    """The candidate's page, opened from the letter they got."""
    recruiter.goto(f"{demo.url}/console/ready/")
    recruiter.check(f"input[name=application][value={code}]")
    recruiter.click(".c-actionbar button.is-primary:visible")
    recruiter.wait_for_load_state()
    candidate = browser.new_context(**window).new_page()
    candidate.goto(re.search(rf"{demo.url}/i/[\w-]+", newest_letter(candidate, demo))[0])
    return candidate


def _says(page: Page, words: str) -> None:
    page.fill("#words", words)
    page.click("form[action$='/say'] button")
    page.wait_for_load_state()
    expect(page.locator("#heard blockquote")).to_contain_text(words)
