"""A recruiter orders who is ready by match, and looks why, in a real browser; on the phone too."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Page, expect

from tests.story.demo import PHONE, keep

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture(scope="module", autouse=True)
def database_beside_a_browser():
    """Playwright keeps a loop in this thread, in which Django would not touch the database."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        yield


@pytest.fixture
def console(live_server, company, browser, settings):
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = False  # the live server speaks http
    User.objects.create_user("recruiter", password="a-long-password", is_staff=True)

    def opened(language: str, **window: object) -> Page:
        page = browser.new_context(locale=language, **window).new_page()
        page.goto(f"{live_server.url}/console/")
        page.fill("input[name=username]", "recruiter")
        page.fill("input[name=password]", "a-long-password")
        page.click("button[type=submit]")
        page.wait_for_url("**/console/")
        page.goto(f"{live_server.url}/console/ready/")
        return page

    return opened


@pytest.mark.slow
def test_the_list_is_put_in_order_and_says_why(console):
    for language, option, shown, window in (
        ("zh-CN", "按匹配度", "项中体现", {"viewport": {"width": 1440, "height": 900}}),
        ("en", "By match", "shown", {"viewport": PHONE}),
    ):
        page = console(language, **window)
        everybody = page.locator("input[name=application]").count()
        page.select_option("select[name=order]", label=option)
        page.wait_for_url("**order=match**")
        expect(page.locator("input[name=application]")).to_have_count(everybody)
        why = page.locator("details.c-why").first
        expect(why.locator("summary")).to_contain_text(shown)
        why.locator("summary").click()
        expect(why.locator("mark").first).to_be_visible()
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
        keep(page, f"ready-by-match-{language}")
