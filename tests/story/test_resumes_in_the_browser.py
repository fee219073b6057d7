"""A recruiter confirms what résumés say, in a real browser: with the keyboard alone, without scripts, on the phone, in the dark."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from mianyue.domain.recruiting.models import Application
from tests.story.demo import PHONE, keep

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_resumes_are_confirmed_beside_their_pictures(console):
    recruiter = console("zh-CN", viewport={"width": 1440, "height": 900})
    problems: list[str] = []
    recruiter.on("pageerror", lambda error: problems.append(str(error)))
    recruiter.on("response", lambda response: problems.append(response.url) if response.status >= 400 else None)

    of_application(recruiter, "A036")
    expect(recruiter.locator(".c-brief")).to_contain_text("江海大学")
    keep(recruiter, "console-application-read-zh")
    recruiter.click(".c-brief a.c-button")
    expect(recruiter.locator(".c-sheet")).to_have_count(2)
    wait_for_pictures(recruiter)
    boxes_lie_on_their_pages(recruiter)
    recruiter.focus("#in-school")
    keep(recruiter, "console-resume-pdf-zh")
    assert "oklch(0.8 0.15 90" in recruiter.locator(".c-mark.is-school").first.evaluate(
        "mark => getComputedStyle(mark).backgroundColor"
    )
    recruiter.click("#field-email .c-link")
    expect(recruiter.locator("#at-email")).to_be_in_viewport()
    recruiter.click("#field-school button[name=right]")
    expect(recruiter.locator("#field-school")).to_contain_text("已确认")

    of_application(recruiter, "A003")
    recruiter.click(".c-brief a.c-button")
    expect(recruiter.locator(".c-text mark.is-email")).to_have_count(1)
    keep(recruiter, "console-resume-docx-zh")

    recruiter.goto(home(recruiter) + "queue/")
    recruiter.click("article.c-task:has-text('简历需要人工查看') a.c-button.is-primary")
    first = recruiter.url
    wait_for_pictures(recruiter)
    keep(recruiter, "console-resume-scan-zh")
    recruiter.fill("#in-years", "viele")
    wait_for_pictures(recruiter)
    recruiter.press("#in-years", "Enter")
    expect(recruiter.locator("#wrong-years")).to_be_visible()
    keep(recruiter, "console-resume-wrong-zh")
    problems.clear()  # what can't be right is answered with 422
    recruiter.fill("#in-years", "3")
    recruiter.press("#in-years", "Tab")
    recruiter.keyboard.press("Shift+Tab")
    recruiter.keyboard.press("Enter")
    expect(recruiter).not_to_have_url(first)
    expect(recruiter).to_have_url(re.compile(r"/resume/fields/$"))  # the next that waits
    expect(recruiter.locator("body")).to_contain_text("已确认。")
    assert problems == []


def test_it_works_on_a_phone_in_the_dark_and_without_scripts(console):
    phone = console("en", viewport=PHONE, is_mobile=True, has_touch=True, color_scheme="dark")
    of_application(phone, "A001")
    phone.click(".c-brief a.c-button")
    wait_for_pictures(phone)
    assert phone.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    keep(phone, "console-resume-phone-en")
    phone.locator("#field-jobs").scroll_into_view_if_needed()
    keep(phone, "console-resume-phone-fields-en")

    plain = console("en", viewport={"width": 1280, "height": 900}, java_script_enabled=False)
    of_application(plain, "A012")
    plain.click(".c-brief a.c-button")
    wait_for_pictures(plain)
    keep(plain, "console-resume-plain-en")
    plain.fill("#in-school", "Harbour University")
    plain.click("#field-school button[name=right]")
    expect(plain.locator("#field-school")).to_contain_text("confirmed")
    expect(plain.locator("#in-school")).to_have_value("Harbour University")


def home(page: Page) -> str:
    return re.match(r"http://[^/]+/console/", page.url)[0]


def of_application(page: Page, code: str) -> None:
    page.goto(f"{home(page)}recruiting/application/{Application.objects.get(code=code).pk}/change/")


def wait_for_pictures(page: Page) -> None:
    for picture in page.locator(".c-sheet img").all():
        picture.scroll_into_view_if_needed()
        expect(picture).to_have_js_property("complete", True)
        assert picture.evaluate("picture => picture.naturalWidth") == 1100
    page.locator(".c-original").evaluate("original => original.scrollTo(0, 0)")


def boxes_lie_on_their_pages(page: Page) -> None:
    for sheet in page.locator(".c-sheet").all():
        around = sheet.bounding_box()
        for mark in sheet.locator(".c-mark").all():
            box = mark.bounding_box()
            assert (around["x"] <= box["x"], box["x"] + box["width"] <= around["x"] + around["width"] + 1) == (True, True)
            assert (around["y"] <= box["y"], box["y"] + box["height"] <= around["y"] + around["height"] + 1) == (True, True)
            assert 6 < box["height"] < 60
