"""The HTML as a mail program meets it: nothing loaded, everything readable, every fact escaped."""

from dataclasses import replace
from html.parser import HTMLParser

import pytest

from mianyue.domain.notices.compose import compose
from mianyue.domain.notices.facts import Recipient
from mianyue.domain.notices.purposes import Purpose
from mianyue.domain.notices.render import render

VOID = {"meta"}


class Reader(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.words: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.words.append(data)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.words).split())


@pytest.mark.parametrize("purpose", Purpose)
def test_page_is_well_formed_small_and_loads_nothing(purpose, onsite, abroad):
    for facts in (onsite, abroad):
        html = render(compose(facts, purpose)).html
        page = Reader(html)
        assert page.open == []
        assert len(html.encode()) < 20_000
        assert {tag for tag, _ in page.tags} <= {
            "html",
            "head",
            "meta",
            "title",
            "style",
            "body",
            "div",
            "p",
            "a",
            "span",
            "table",
            "tr",
            "th",
            "td",
        }
        assert not any("src" in attributes or "background" in attributes for _, attributes in page.tags)
        assert "url(" not in html
        assert "@import" not in html


def test_language_direction_and_dark_colours(onsite):
    page = Reader(render(compose(onsite, "invitation")).html)
    assert page.tags[0] == ("html", {"lang": "zh-CN", "dir": "ltr"})
    assert ("meta", {"name": "color-scheme", "content": "light dark"}) in page.tags
    assert "prefers-color-scheme: dark" in page.text


def test_each_time_is_one_large_link_that_says_what_it_chooses(onsite):
    html = render(compose(onsite, "invitation")).html
    links = [attributes for tag, attributes in Reader(html).tags if tag == "a" and attributes.get("class") == "choice"]
    assert [link["href"] for link in links] == ["https://m.example.com/o1", "https://m.example.com/o2", "https://m.example.com/o3"]
    assert all("min-height:48px" in link["style"] and "display:block" in link["style"] for link in links)


def test_rows_are_headed_for_screen_readers(onsite):
    page = Reader(render(compose(onsite, "confirmation")).html)
    headings = [attributes["scope"] for tag, attributes in page.tags if tag == "th"]
    assert headings == ["row"] * 6


def test_names_are_text_never_markup(onsite):
    name = '<b onclick="x">O\'Neil & {{ 7|add:7 }}</b>'
    facts = replace(onsite, candidate_name=name, recipient=Recipient(name, "zh-CN", "Asia/Shanghai"))
    letter = render(compose(facts, "invitation"))
    assert "<b " not in letter.html
    assert f"{name}，您好：" in Reader(letter.html).text
    assert letter.text.startswith(f"{name}，您好：\n")


def test_a_name_can_not_add_a_line_or_a_header(onsite):
    facts = replace(
        onsite, job_title="工程师\r\nBcc: x@y.z\u202e", recipient=Recipient("甲\n\n您已被取消", "zh-CN", "Asia/Shanghai")
    )
    letter = render(compose(facts, "invitation"))
    assert letter.subject == "面试邀请｜工程师 Bcc: x@y.z｜青禾智能科技，请选择时间"
    assert letter.text.startswith("甲 您已被取消，您好：\n")
