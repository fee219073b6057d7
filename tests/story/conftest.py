"""What the stories in the browser share."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Browser, Page, sync_playwright

from tests.conftest import CHROMIUM
from tests.story.demo import Demo


@pytest.fixture(scope="module")
def demo() -> Iterator[Demo]:
    with tempfile.TemporaryDirectory(prefix="mianyue-demo-") as folder:
        Path(folder).chmod(0o711)
        running = Demo(Path(folder) / "演示 home")
        yield running
        assert running.stop() == 0


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        yield playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync"]
        )


@pytest.fixture(scope="module")
def database_beside_a_browser() -> Iterator[None]:
    """Playwright keeps a loop in this thread, in which Django would not touch the database."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        yield


@pytest.fixture
def console(database_beside_a_browser, live_server, company, browser, settings) -> Callable[..., Page]:
    """The console of the sample company, opened as the recruiter: ``console("zh-CN", "ready/", viewport=…)``."""
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = False  # the live server speaks http
    User.objects.create_user("recruiter", password="a-long-password", is_staff=True)

    def opened(language: str, page_of: str = "", **window: object) -> Page:
        page = browser.new_context(locale=language, **window).new_page()
        page.goto(f"{live_server.url}/console/")
        page.fill("input[name=username]", "recruiter")
        page.fill("input[name=password]", "a-long-password")
        page.click("button[type=submit]")
        page.wait_for_url("**/console/")
        if page_of:
            page.goto(f"{live_server.url}/console/{page_of}")
        return page

    return opened
