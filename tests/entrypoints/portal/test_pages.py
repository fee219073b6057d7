"""What holds for every page: small, sealed, in the reader's language, and usable without JavaScript."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders

PORTAL = Path(finders.find("portal/portal.css"))


class Outline(HTMLParser):
    """Labels, fields, headings and references of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict]] = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def all(self, tag: str) -> list[dict]:
        return [attrs for name, attrs in self.tags if name == tag]


@pytest.fixture(params=["choose", "pick", "booked", "interviewer", "privacy", "unknown"])
def page(request, client):
    if request.param == "unknown":
        request.getfixturevalue("company")
        return client.get("/i/unknown")
    if request.param == "privacy":
        request.getfixturevalue("company")
        return client.get("/privacy")
    if request.param in ("choose", "pick"):
        address = request.getfixturevalue("candidate").address
        return client.get(address + ("?pick=1" if request.param == "pick" else ""))
    return client.get(request.getfixturevalue(request.param).address)


def test_page_is_sealed(page):
    policy = page["Content-Security-Policy"]
    for part in ("default-src 'self'", "frame-ancestors 'none'", "form-action 'self'", "script-src 'none'"):
        assert part in policy
    assert page["Cache-Control"] == "no-store"
    assert page["X-Robots-Tag"] == "noindex"
    assert page["Referrer-Policy"] == "same-origin"


def test_page_is_small_and_loads_nothing_from_elsewhere(page):
    html = page.content.decode()
    outline = Outline(html)
    loaded = [tag["href"] for tag in outline.all("link")] + [tag["src"] for tag in outline.all("img")]
    assert all(url.startswith("/static/") for url in loaded)
    files = [Path(finders.find(url.removeprefix("/static/"))) for url in loaded]
    assert len(page.content) + sum(file.stat().st_size for file in files) < 60_000
    assert "<script" not in html
    assert not re.search(r"\son\w+=|\sstyle=|javascript:", html)


def test_page_is_well_made_for_screen_readers(page):
    outline = Outline(page.content.decode())
    assert outline.all("html")[0]["lang"] == "zh-hans"
    assert len(outline.all("h1")) == len(outline.all("main")) == 1
    ids = [attrs["id"] for _, attrs in outline.tags if "id" in attrs]
    assert len(ids) == len(set(ids))
    labelled = {label["for"] for label in outline.all("label")}
    assert {box["id"] for box in outline.all("textarea")} == labelled
    assert {attrs["aria-labelledby"] for _, attrs in outline.tags if "aria-labelledby" in attrs} <= set(ids)
    assert all(form["method"] == "post" for form in outline.all("form"))


def test_english_reader_gets_english(invited, client):
    person = invited("A007")
    html = client.get(person.address, headers={"accept-language": "zh-CN"}).content.decode()
    assert '<html lang="en">' in html
    assert "Hello Katharina Brandlhuber" in html
    assert "Please pick the time that suits you" in html


def test_american_keeps_the_clock_of_americans(invited, client):
    html = client.get(invited("A009").address).content.decode()
    assert "Wed, Dec 2, 9:00 – 10:00 AM" in html


def test_chosen_language_stays_and_keeps_the_page(candidate, client):
    address = f"{candidate.address}?pick=2"
    answer = client.post("/language", {"language": "en", "next": address})
    assert (answer.status_code, answer["Location"]) == (302, address)
    html = client.get(address).content.decode()
    assert '<html lang="en">' in html
    assert "Wed 2 Dec, 14:00–15:00" in html
    assert "Beijing time" in html
    client.post("/language", {"language": "zh-hans", "next": address})
    assert '<html lang="zh-hans">' in client.get(address).content.decode()


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example/", "javascript:alert(1)"])
def test_language_switch_leads_nowhere_else(client, db, elsewhere):
    assert "evil" not in client.post("/language", {"language": "en", "next": elsewhere})["Location"]


def test_reader_without_a_catalogue_gets_the_browsers_language(invited, candidate, client, interview):
    application = interview.application
    application.language = "fr"
    application.save()
    page = client.get(candidate.address, headers={"accept-language": "fr,en;q=0.8"})
    assert page["Content-Language"] == "en"


def test_privacy_page_says_who_what_why_and_how_long(company, client):
    html = client.get("/privacy").content.decode()
    for part in ("青禾智能科技（示例）有限公司删除为止", "privacy@qinghe.example.com", "https://qinghe.example.com/privacy"):
        assert part in html


def test_nothing_imported_is_an_error_page_that_helps(db, client):
    page = client.get("/privacy")
    assert page.status_code == 404
    assert "mianyue import FOLDER" in page.content.decode()
