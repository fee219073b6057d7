"""The demo's pages as somebody sees them who was sent something."""

from __future__ import annotations

import mailbox
import re
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from html import unescape
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from django.test import Client, override_settings
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mianyue.adapters.channels.email import compose
from mianyue.adapters.channels.sandbox import SmsSandbox
from mianyue.adapters.channels.sandbox import folder_in as sms_folder
from mianyue.base.clock import ManualClock
from mianyue.entrypoints import sandbox
from mianyue.entrypoints.sandbox.mail_server import folder_in
from mianyue.ports.channel import Message

SENT = datetime(2026, 12, 1, 0, 30, tzinfo=UTC)
LETTER = Message(
    key="1@mianyue.example",
    to="tianyou@example.com",
    to_name="严天佑",
    subject="面试邀请 <1>",
    text="您好\nhttps://mianyue.example/i/abc",
    html='<!doctype html><html><head></head><body><a href="https://mianyue.example/i/abc">选择</a></body></html>',
)
INVITATION = "\r\n".join(
    [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//mianyue//test//EN",
        "METHOD:REQUEST",
        "BEGIN:VEVENT",
        "UID:1@mianyue.example",
        "DTSTAMP:20261201T000000Z",
        "DTSTART;TZID=Asia/Shanghai:20261203T140000",
        "DTEND;TZID=Asia/Shanghai:20261203T150000",
        "SUMMARY:面试：后端工程师",
        "LOCATION:上海 3 楼 会议室 A",
        "STATUS:CONFIRMED",
        "SEQUENCE:2",
        "ORGANIZER;CN=星河招聘:mailto:hr+1@mianyue.example",
        "ATTENDEE;CN=严天佑:mailto:tianyou@example.com",
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    ]
).encode()


def deliver(home, message, at=SENT):
    content = compose(message, ("面约", "hr@mianyue.example"), at).message().as_bytes(linesep="\r\n")
    return keep(home, f"Return-Path: <hr@mianyue.example>\r\nDelivered-To: {message.to}\r\n".encode() + content)


def keep(home, content):
    folder = folder_in(home)
    folder.parent.mkdir(parents=True, exist_ok=True)
    return mailbox.Maildir(folder).add(content)


def words(response):
    """What stands on the page, without tags."""
    assert response.status_code == 200
    main = re.search("<main>.*</main>", response.content.decode(), re.DOTALL)[0]
    return re.sub(r"\s+", " ", unescape(re.sub("<[^>]*>", " ", main))).strip()


def links(response):
    return [unescape(link) for link in re.findall(r'<a[^>]* href="([^"]*)"', response.content.decode())]


def test_an_empty_sandbox_says_what_to_expect(english, chinese):
    assert words(english.get("/sandbox/")) == (
        "Mailboxes and phones Mail No mail yet. As soon as a notice is sent, it appears here. Phones No text messages yet."
    )
    assert words(chinese.get("/sandbox/")) == "邮箱与手机 邮件 还没有邮件。通知一发出就会出现在这里。 手机 还没有短信。"


def test_every_recipient_is_listed_with_a_count(english, home):
    deliver(home, LETTER)
    deliver(home, replace(LETTER, to="Tianyou@Example.com", subject="第二封"), SENT + timedelta(hours=1))
    deliver(home, replace(LETTER, to="a/b+c@example.com", to_name=""))
    sms = SmsSandbox(sms_folder(home), ManualClock(SENT))
    sms.send(Message(key="1", to="+8613800138000", to_name="严天佑", subject="", text="请选择"))
    sms.send(Message(key="1", to="+8613800138000", to_name="严天佑", subject="", text="请选择"))
    page = english.get("/sandbox/")
    assert words(page) == (
        "Mailboxes and phones Mail "
        "a/b+c@example.com 1 面试邀请 <1> Dec 1, 2026, 12:30:00\u202fAM UTC "
        "严天佑 tianyou@example.com 2 第二封 Dec 1, 2026, 1:30:00\u202fAM UTC "
        "Phones 严天佑 +8613800138000 2 请选择 Dec 1, 2026, 12:30:00\u202fAM UTC"
    ).replace("\u202f", " ")
    for link in links(page):
        assert english.get(link).status_code == 200, link


def test_a_mailbox_shows_the_newest_first(english, home):
    for subject in ("one", "two", ""):
        deliver(home, replace(LETTER, subject=subject))
    page = english.get("/sandbox/mail/Tianyou@Example.com/")
    assert re.findall('class="who">([^<]*)<', page.content.decode()) == ["(no subject)", "two", "one"]
    assert words(page).count("面约 <hr@mianyue.example>") == 3


def test_a_letter_is_shown_in_a_frame_whose_links_open(english, home):
    page = english.get(f"/sandbox/message/{deliver(home, LETTER)}/")
    (frame,) = re.findall(r'<iframe [^>]*sandbox="([^"]*)" srcdoc="([^"]*)"', page.content.decode())
    assert frame[0] == "allow-popups allow-popups-to-escape-sandbox allow-top-navigation-by-user-activation"
    assert unescape(frame[1]).rstrip() == LETTER.html.replace("<head>", '<head><base target="_blank">')
    policy = page.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self';" in policy


def test_the_plain_text_is_one_click_away_and_its_links_work(english, home):
    page = english.get(f"/sandbox/message/{deliver(home, LETTER)}/?view=text")
    assert "<iframe" not in page.content.decode()
    assert "https://mianyue.example/i/abc" in links(page)


def test_html_without_head_or_a_mail_without_html_is_shown_too(english, home):
    bare = english.get(f"/sandbox/message/{deliver(home, replace(LETTER, html='<p>Hi</p>'))}/").content.decode()
    assert unescape(re.search('srcdoc="([^"]*)"', bare)[1]).rstrip() == '<base target="_blank"><p>Hi</p>'
    plain = english.get(f"/sandbox/message/{deliver(home, replace(LETTER, html=''))}/").content.decode()
    assert "<iframe" not in plain


def test_an_invitation_is_said_in_words(english, chinese, home):
    name = deliver(home, replace(LETTER, calendar=INVITATION, calendar_method="REQUEST"))
    assert (
        "Invitation · Confirmed Thursday, December 3, 2026 2:00 PM – 3:00 PM (Asia/Shanghai, GMT+08:00) "
        "What 面试：后端工程师 Where 上海 3 楼 会议室 A Organizer 星河招聘 <hr+1@mianyue.example> "
        "Attendees 严天佑 <tianyou@example.com> Version 2 Download invite.ics"
    ) in words(english.get(f"/sandbox/message/{name}/"))
    assert "邀请 · 已确认 2026年12月3日星期四 14:00 – 15:00 (Asia/Shanghai, GMT+08:00) 内容 面试" in words(
        chinese.get(f"/sandbox/message/{name}/")
    )
    assert english.get(f"/sandbox/message/{name}/invite.ics").content == INVITATION


@pytest.mark.parametrize(
    ("old", "new", "shown"),
    [
        (b"METHOD:REQUEST", b"METHOD:CANCEL", "Cancellation · Confirmed Thursday"),
        (b"STATUS:CONFIRMED", b"STATUS:CANCELLED", "Invitation · Cancelled Thursday"),
        (b"STATUS:CONFIRMED\r\n", b"", "Invitation Thursday"),
        (
            b";TZID=Asia/Shanghai:20261203T150000",
            b";TZID=Asia/Shanghai:20261204T150000",
            "2:00 PM – Friday, December 4, 2026 3:00 PM",
        ),
        (
            b";TZID=Asia/Shanghai:20261203T140000",
            b":20261203T060000Z",
            "Confirmed Dec 3, 2026, 6:00:00 AM UTC – Dec 3, 2026, 7:00:00 AM UTC What",
        ),
        (b";TZID=Asia/Shanghai", b"", "Confirmed Thursday, December 3, 2026 2:00 PM – 3:00 PM What"),
        (b"DTEND;TZID=Asia/Shanghai:20261203T150000\r\n", b"", "2:00 PM (Asia/Shanghai, GMT+08:00)"),
        (
            b";TZID=Asia/Shanghai:20261203T140000\r\nDTEND;TZID=Asia/Shanghai:20261203T150000",
            b";VALUE=DATE:20261203\r\nDTEND;VALUE=DATE:20261204",
            "Thursday, December 3, 2026 What",
        ),
        (
            b";TZID=Asia/Shanghai:20261203T140000\r\nDTEND;TZID=Asia/Shanghai:20261203T150000",
            b";VALUE=DATE:20261203\r\nDTEND;VALUE=DATE:20261205",
            "Thursday, December 3, 2026 – Friday, December 4, 2026 What",
        ),
        (b":20261203T140000", b":00010101T000000", "The calendar entry can't be read."),
        (b"END:VEVENT\r\n", b"", "The calendar entry can't be read. Download invite.ics"),
    ],
)
def test_invitations_of_every_kind_are_said_in_words(english, home, old, new, shown):
    calendar = INVITATION.replace(old, new)
    method = "CANCEL" if b"METHOD:CANCEL" in calendar else "REQUEST"
    name = deliver(home, replace(LETTER, calendar=calendar, calendar_method=method))
    assert shown in words(english.get(f"/sandbox/message/{name}/"))


def test_the_source_is_what_arrived(english, home):
    name = deliver(home, LETTER)
    page = english.get(f"/sandbox/message/{name}/source")
    assert page.content.startswith(b"Return-Path: <hr@mianyue.example>\r\nDelivered-To: tianyou@example.com\r\n")
    assert page.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert page.headers["X-Content-Type-Options"] == "nosniff"
    download = english.get(f"/sandbox/message/{name}/source?download")
    assert (download.content, download.headers["Content-Disposition"]) == (page.content, 'attachment; filename="message.eml"')


def test_a_phone_shows_texts_as_they_came(english, home):
    clock = ManualClock(SENT)
    sms = SmsSandbox(sms_folder(home), clock)
    for key, text in (("1", "请选择 <b>"), ("2", "https://mianyue.example/i/abc"), ("1", "请选择 <b>")):
        sms.send(Message(key=key, to="+8613800138000", to_name="严天佑", subject="", text=text))
        clock.forward(timedelta(minutes=1))
    sms.send(Message(key="3", to="+4915112345678", to_name="", subject="", text="for somebody else"))
    page = english.get("/sandbox/phone/+8613800138000/")
    assert words(page) == (
        "← Mailboxes and phones 严天佑 +8613800138000 Dec 1, 2026, 12:31:00 AM UTC https://mianyue.example/i/abc "
        "Dec 1, 2026, 12:32:00 AM UTC received 2 times 请选择 <b>"
    )
    assert "https://mianyue.example/i/abc" in links(page)


def test_a_page_refreshes_itself_but_a_letter_being_read_does_not(english, home):
    name = deliver(home, LETTER)
    refreshing = {
        url: '<noscript><meta http-equiv="refresh" content="2"></noscript>' in english.get(url).content.decode()
        for url in ("/sandbox/", "/sandbox/mail/a@example.com/", "/sandbox/phone/+1/", f"/sandbox/message/{name}/")
    }
    assert list(refreshing.values()) == [True, True, True, False]


def test_pages_load_nothing_from_elsewhere(english, home):
    pages = ["/sandbox/", f"/sandbox/message/{deliver(home, replace(LETTER, html='', text=''))}/"]
    for page in pages:
        loaded = re.findall(r'(?:src|<link[^>]* href)="([^"]*)"', english.get(page).content.decode())
        assert loaded == ["data:,", "/static/sandbox/sandbox.css", "/static/sandbox/sandbox.js"]


@pytest.mark.parametrize(
    "url",
    [
        "/sandbox/message/nothing/",
        "/sandbox/message/writing/",
        "/sandbox/message/../",
        "/sandbox/message/..%2F..%2Fsecret/",
        "/sandbox/message/..%2Ftmp%2Fwriting/source",
        "/sandbox/message/nothing/invite.ics",
    ],
)
def test_what_was_not_received_is_not_found(english, home, url):
    deliver(home, LETTER)
    (home / "secret").write_text("secret")
    (folder_in(home) / "tmp" / "writing").write_text("half a mail")
    assert english.get(url).status_code == 404


def test_a_mail_without_invitation_has_none_to_download(english, home):
    assert english.get(f"/sandbox/message/{deliver(home, LETTER)}/invite.ics").status_code == 404


def test_outside_a_demo_there_is_no_sandbox(english, home):
    name = deliver(home, LETTER)
    pages = [
        "/",
        "/mail/tianyou@example.com/",
        "/phone/+8613800138000/",
        f"/message/{name}/",
        f"/message/{name}/source",
        f"/message/{name}/invite.ics",
    ]
    with override_settings(MIANYUE_DEMO=False):
        assert {english.get(f"/sandbox{page}").status_code for page in pages} == {404}
        assert english.post("/sandbox/language/", {"language": "en"}).status_code == 404


def test_the_language_can_be_switched(home):
    browser = Client(headers={"accept-language": "zh-CN"}, enforce_csrf_checks=True)
    page = browser.get("/sandbox/")
    token = re.search('name="csrfmiddlewaretoken" value="([^"]*)"', page.content.decode())[1]
    answer = browser.post("/sandbox/language/", {"language": "en", "next": "/sandbox/", "csrfmiddlewaretoken": token})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/sandbox/")
    assert words(browser.get("/sandbox/")).startswith("Mailboxes and phones")
    assert browser.get("/sandbox/language/").status_code == 405


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.binary(max_size=300)
    | st.builds(
        lambda heads, body: b"\r\n".join([*heads, b"", body]),
        st.lists(
            st.builds(
                lambda name, value: name + b": " + value.replace(b"\n", b"").replace(b"\r", b""),
                st.sampled_from(
                    [b"Subject", b"From", b"To", b"Date", b"Delivered-To", b"Content-Type", b"Content-Transfer-Encoding"]
                ),
                st.binary(max_size=40)
                | st.sampled_from(
                    [
                        b"=?utf-8?b?!?=",
                        b"=?x?q?a?=",
                        b"text/html; charset=nonsense",
                        b"text/calendar; method*0=%",
                        b"base64",
                        b"multipart/mixed; boundary=a",
                        b"Thu, 99 Foo 99999 25:61:61 +9999",
                        b"application/ics",
                    ]
                ),
            ),
            max_size=6,
        ),
        st.binary(max_size=100) | st.just(INVITATION),
    )
)
def test_no_mail_breaks_a_page(english, home, content):
    name = keep(home, content)
    assert english.get("/sandbox/").status_code == 200
    for view in ("", "?view=text", "source"):
        assert english.get(f"/sandbox/message/{name}/{view}").status_code == 200
    with suppress(FileNotFoundError):
        mailbox.Maildir(folder_in(home)).remove(name)


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(cut=st.integers(0, len(INVITATION)), put=st.binary(max_size=20), drop=st.integers(0, 30))
def test_no_invitation_breaks_a_page(english, home, cut, put, drop):
    calendar = INVITATION[:cut] + put + INVITATION[cut + drop :]
    name = keep(home, b"Content-Type: text/calendar; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n" + calendar)
    assert english.get(f"/sandbox/message/{name}/").status_code == 200


def test_every_word_of_the_pages_has_a_chinese_one():
    folder = Path(sandbox.__file__).parent
    used = set()
    for page in folder.glob("templates/sandbox/*.html"):
        text = page.read_text(encoding="utf-8")
        used |= {(context or None, word) for word, context in re.findall(r'{% translate "([^"]+)"(?: context "(\w+)")? %}', text)}
        used |= {(None, word) for word in re.findall(r'_\("([^"]+)"\)', text)}
        used |= {
            (None, tuple(re.sub(r"{{ (\w+) }}", r"%(\1)s", form) for form in forms))
            for forms in re.findall(r"{% blocktranslate [^%]*%}(.*?){% plural %}(.*?){% endblocktranslate %}", text)
        }
        used |= {
            (None, re.sub(r"{{ (\w+) }}", r"%(\1)s", form))
            for form in re.findall(r"{% blocktranslate %}(.*?){% endblocktranslate %}", text)
        }
    used |= set(re.findall(r'pgettext_lazy\("(\w+)", "([^"]+)"\)', (folder / "templatetags" / "sandbox_words.py").read_text()))
    with (folder / "locale" / "zh_Hans" / "LC_MESSAGES" / "django.po").open("rb") as source:
        catalogue = [message for message in read_po(source) if message.id]
    assert {(message.context, message.id) for message in catalogue} == used
    assert [message.id for message in catalogue if not message.string] == []
