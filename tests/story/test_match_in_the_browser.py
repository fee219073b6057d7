"""A recruiter orders who is ready by match, and looks why, in a real browser; on the phone too."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.story.demo import PHONE, keep

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.slow
def test_the_list_is_put_in_order_and_says_why(console):
    for language, option, shown, window in (
        ("zh-CN", "按匹配度", "项中体现", {"viewport": {"width": 1440, "height": 900}}),
        ("en", "By match", "shown", {"viewport": PHONE}),
    ):
        page = console(language, "ready/", **window)
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
