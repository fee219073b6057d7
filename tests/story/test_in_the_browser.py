"""The demo as a newcomer plays it, in a real browser: recruiter in the console, candidate and interviewer in the sandbox."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.conftest import CHROMIUM

pytestmark = pytest.mark.browser

PHONE = {"width": 390, "height": 844}
PICTURES = os.environ.get("TESTS_PICTURES")
"""Where to keep a screenshot of every step, for the README and for whoever wants to look."""


class Demo:
    """``mianyue demo`` in a process of its own, as a newcomer starts it."""

    def __init__(self, home: Path) -> None:
        environ = {k: v for k, v in os.environ.items() if not k.startswith(("MIANYUE_", "DJANGO_", "DATABASE_", "EMAIL_"))}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "mianyue", "demo", "--port", "8410"],
            env={**environ, "MIANYUE_HOME": str(home)},
            stdout=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        told = ""
        while "Ctrl-C stops it" not in told:
            line = self.process.stdout.readline()
            assert line, "the demo ended before it said where it is"
            told += line
        self.url = re.search(r"(http://\S+)/console/", told)[1]
        self.password = re.search(r"recruiter / (\S+)", told)[1]
        self._wait()

    def _wait(self) -> None:
        for _ in range(120):
            try:
                with urlopen(f"{self.url}/console/login/", timeout=5):
                    return
            except OSError:
                time.sleep(0.5)
        raise AssertionError("the demo's web server never answered")

    def stop(self) -> int:
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(40)


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


def _keep(page: Page, name: str) -> None:
    if PICTURES:
        page.screenshot(path=f"{PICTURES}/{name}.png")


def _recruiter(browser: Browser, demo: Demo, language: str, **window: object) -> Page:
    page = browser.new_context(locale=language, **window).new_page()
    page.goto(f"{demo.url}/console/")
    page.fill("input[name=username]", "recruiter")
    page.fill("input[name=password]", demo.password)
    page.click("button[type=submit]")
    page.wait_for_url("**/console/")
    return page


def test_a_newcomer_plays_all_three_roles(demo, browser):
    recruiter = _recruiter(browser, demo, "zh-CN", viewport={"width": 1280, "height": 900})
    _keep(recruiter, "console-dashboard-zh")
    recruiter.goto(f"{demo.url}/console/ready/")
    _keep(recruiter, "console-ready-zh")
    recruiter.check("input[name=application][value=A001]")
    recruiter.click(".c-actionbar button.is-primary:visible")
    recruiter.wait_for_load_state()
    _keep(recruiter, "console-invited-zh")

    candidate = browser.new_context(locale="zh-CN", viewport=PHONE, is_mobile=True, has_touch=True).new_page()
    letter = _newest_letter(candidate, demo)
    _keep(candidate, "letter-phone-zh")
    page_link = re.search(rf"{demo.url}/i/[\w-]+", letter)[0]
    candidate.goto(page_link)
    _keep(candidate, "candidate-phone-zh")
    picks = candidate.locator("form[action$='/pick'] button")
    assert picks.count() == 3
    picks.first.click()
    candidate.wait_for_load_state()
    _keep(candidate, "candidate-booked-zh")
    assert candidate.locator("a[href$='calendar.ics']").count() == 1

    recruiter.goto(f"{demo.url}/console/board/")
    expect(recruiter.locator("body")).to_contain_text("A001", timeout=10_000)
    _keep(recruiter, "console-board-zh")

    interviewer = browser.new_context(locale="en-GB", viewport=PHONE, is_mobile=True, has_touch=True).new_page()
    invitation = _newest_letter(interviewer, demo, holding="/p/")
    _keep(interviewer, "invitation-phone")
    interviewer.goto(re.search(rf"{demo.url}/p/[\w-]+", invitation)[0])
    _keep(interviewer, "interviewer-phone")
    interviewer.click("form[action$='/accept'] button")
    interviewer.wait_for_load_state()
    _keep(interviewer, "interviewer-accepted")


def test_pages_speak_english_and_work_without_javascript(demo, browser):
    recruiter = _recruiter(browser, demo, "en-GB", viewport={"width": 1280, "height": 900})
    _keep(recruiter, "console-dashboard-en")
    recruiter.goto(f"{demo.url}/console/ready/")
    recruiter.check("input[name=application][value=A003]")
    recruiter.click(".c-actionbar button.is-primary:visible")
    recruiter.wait_for_load_state()

    candidate = browser.new_context(locale="en-GB", viewport=PHONE, java_script_enabled=False, color_scheme="dark").new_page()
    letter = _newest_letter(candidate, demo, holding="/i/")
    candidate.goto(re.search(rf"{demo.url}/i/[\w-]+", letter)[0])
    _keep(candidate, "candidate-phone-dark")
    assert candidate.locator("form[action$='/pick'] button").count() == 3
    candidate.locator("form[action$='/pick'] button").nth(1).click()
    assert candidate.locator("a[href$='calendar.ics']").count() == 1


def _newest_letter(page: Page, demo: Demo, holding: str = "/i/") -> str:
    """Opens mailboxes until one holds a letter with such a link; returns the letter's text and leaves it on the page."""
    for _ in range(30):
        page.goto(f"{demo.url}/sandbox/")
        boxes = [a.get_attribute("href") for a in page.locator("a[href*='/sandbox/mail/']").all()]
        for box in boxes:
            page.goto(demo.url + box)
            letters = [a.get_attribute("href") for a in page.locator("a[href*='/sandbox/message/']").all()]
            for address in letters:
                page.goto(demo.url + address)
                text = page.content()
                links = re.findall(rf"{demo.url}{holding}[\w-]+", text)
                if links and not _answered(page, links[0]):
                    page.goto(demo.url + address)
                    return text
        time.sleep(1)
    raise AssertionError(f"no letter with a link to {holding} arrived")


def _answered(page: Page, link: str) -> bool:
    page.goto(link)
    return page.locator("form[action$='/pick'], form[action$='/accept']").count() == 0
