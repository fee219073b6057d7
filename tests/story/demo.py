"""The demo in a process of its own, and the people who look at it in a browser."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path
from urllib.request import urlopen

from playwright.sync_api import Browser, Page

PORT = 8410 + 20 * int(os.environ.get("PYTEST_XDIST_WORKER", "gw0")[2:])
"""Another one for each process that tests run in, since two demos may start in the same moment."""
PHONE = {"width": 390, "height": 844}
PICTURES = os.environ.get("TESTS_PICTURES")
"""Where to keep a screenshot of every step, for the README and for whoever wants to look."""


class Demo:
    """``mianyue demo`` in a process of its own, as a newcomer starts it."""

    def __init__(self, home: Path) -> None:
        environ = {k: v for k, v in os.environ.items() if not k.startswith(("MIANYUE_", "DJANGO_", "DATABASE_", "EMAIL_"))}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "mianyue", "demo", "--port", str(PORT)],
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


def keep(page: Page, name: str) -> None:
    if PICTURES:
        page.screenshot(path=f"{PICTURES}/{name}.png")


def recruiter_of(browser: Browser, demo: Demo, language: str, **window: object) -> Page:
    page = browser.new_context(locale=language, **window).new_page()
    page.goto(f"{demo.url}/console/")
    page.fill("input[name=username]", "recruiter")
    page.fill("input[name=password]", demo.password)
    page.click("button[type=submit]")
    page.wait_for_url("**/console/")
    return page


def newest_letter(page: Page, demo: Demo, holding: str = "/i/") -> str:
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
