"""What the recipient's mail program gets: names, words, invitation and headers, as a real server received them."""

from __future__ import annotations

import email
from dataclasses import replace
from datetime import UTC, datetime
from email.header import decode_header, make_header
from email.policy import default
from email.utils import parseaddr

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from mianyue.adapters.channels.email import EmailChannel
from mianyue.adapters.channels.mail_url import MailServer
from mianyue.base.clock import ManualClock
from mianyue.base.errors import SettingError
from mianyue.ports.channel import Message, PermanentFailure, TemporaryFailure

INVITATION = "\r\n".join(
    [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//mianyue//test//EN",
        "METHOD:REQUEST",
        "BEGIN:VEVENT",
        "UID:1@mianyue.example",
        "DTSTAMP:20261201T000000Z",
        "DTSTART:20261203T060000Z",
        "DTEND:20261203T070000Z",
        "SUMMARY:面试：后端工程师",
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    ]
).encode()

MESSAGE = Message(
    key="0193.notice@mianyue.example",
    to="tianyou@example.com",
    to_name="严天佑",
    subject="【面试邀请】后端工程师：请选择时间",
    text="您好，严天佑：\n请选择。\n.\n以点开头的行不会丢。",
    html="<p>您好，<b>严天佑</b></p>",
    language="zh-Hans",
)


def received(behaviour):
    return email.message_from_bytes(behaviour.contents[-1], policy=default)


def text_of(part):
    return part.get_content().replace("\r\n", "\n").rstrip("\n")


def shape(part):
    inner = [shape(child) for child in part.iter_parts()] if part.is_multipart() else []
    return (part.get_content_type(), inner) if inner else part.get_content_type()


def test_a_letter_is_text_and_html(channel, behaviour):
    channel.send(MESSAGE)
    mail = received(behaviour)
    assert shape(mail) == ("multipart/alternative", ["text/plain", "text/html"])
    assert text_of(mail.get_body(("plain",))) == MESSAGE.text
    assert text_of(mail.get_body(("html",))) == MESSAGE.html


def test_text_alone_needs_no_parts(channel, behaviour):
    channel.send(replace(MESSAGE, html=""))
    assert shape(received(behaviour)) == "text/plain"


def test_an_invitation_stands_beside_the_html_and_as_a_file(channel, behaviour):
    channel.send(replace(MESSAGE, calendar=INVITATION, calendar_method="REQUEST"))
    mail = received(behaviour)
    alternative = ("multipart/alternative", ["text/plain", "text/html", "text/calendar"])
    assert shape(mail) == ("multipart/mixed", [alternative, "application/ics"])
    inline, file = [part for part in mail.walk() if part.get_content_type() in ("text/calendar", "application/ics")]
    assert inline.get_params() == [("text/calendar", ""), ("method", "REQUEST"), ("charset", "utf-8")]
    assert inline.get_payload(decode=True) == INVITATION
    assert (file.get_filename(), file.get_content_disposition()) == ("invite.ics", "attachment")
    assert file.get_payload(decode=True) == INVITATION
    (event,) = Calendar.from_ical(inline.get_payload(decode=True)).walk("VEVENT")
    assert event["SUMMARY"] == "面试：后端工程师"


def test_headers_say_who_what_and_in_which_language(serve, behaviour):
    clock = ManualClock(datetime(2026, 12, 1, 8, 30, tzinfo=UTC))
    channel = EmailChannel(MailServer("127.0.0.1", serve(behaviour)), ("面约", "noreply@mianyue.example"), clock)
    unsubscribe = {"List-Unsubscribe": "<https://mianyue.example/u/1>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
    channel.send(replace(MESSAGE, reply_to="招聘 <hr+1@mianyue.example>", headers=unsubscribe))
    channel.close()
    mail = received(behaviour)
    structure = {"Content-Type", "MIME-Version"}
    assert {name: str(mail[name]) for name in mail if name not in structure} == {
        "Subject": MESSAGE.subject,
        "From": "面约 <noreply@mianyue.example>",
        "To": "严天佑 <tianyou@example.com>",
        "Reply-To": "招聘 <hr+1@mianyue.example>",
        "Message-ID": "<0193.notice@mianyue.example>",
        "Auto-Submitted": "auto-generated",
        "Content-Language": "zh-Hans",
        "Date": "Tue, 01 Dec 2026 08:30:00 +0000",
        **unsubscribe,
    }
    assert behaviour.envelopes == [("noreply@mianyue.example", ["tianyou@example.com"])]


def test_the_message_id_is_the_same_on_a_repeat(channel, behaviour):
    assert [channel.send(MESSAGE), channel.send(MESSAGE)] == [channel.send(MESSAGE)] * 2
    lines = [[line for line in content.split(b"\r\n") if line.startswith(b"Message-ID")] for content in behaviour.contents]
    assert lines == [[b"Message-ID: <0193.notice@mianyue.example>"]] * 3


@pytest.mark.parametrize(
    ("sender", "shown"),
    [
        ("", "面约 <noreply@mianyue.example>"),
        ("星河科技招聘", "星河科技招聘 <noreply@mianyue.example>"),
        ("Star River <jobs@star.example>", "Star River <noreply@mianyue.example>"),
    ],
)
def test_a_message_may_have_its_own_sender(channel, behaviour, sender, shown):
    channel.send(replace(MESSAGE, sender=sender))
    assert received(behaviour)["From"] == shown


def test_without_a_setting_the_message_says_whom_it_is_from(channel, behaviour):
    channel.sender = None
    channel.send(replace(MESSAGE, sender="星河科技 <jobs@star.example>"))
    assert received(behaviour)["From"] == "星河科技 <jobs@star.example>"


def test_a_message_that_nobody_sends_waits_for_a_setting(channel):
    channel.sender = None
    with pytest.raises(TemporaryFailure, match="sender"):
        channel.send(replace(MESSAGE, sender="星河科技"))


@pytest.mark.parametrize(
    "name",
    [
        "Hannah O'Malley-Reyes",
        "Smith, John",
        'Jo "Ace" \\ Doe',
        "Tomás Fairweather",
        "严, 天佑",
        "司马" * 40,
        "Maximilian " * 12 + "end",
        "😀",
        "",
    ],
)
def test_every_name_arrives_as_written(channel, behaviour, name):
    channel.send(replace(MESSAGE, to_name=name))
    # Not with email.policy.default: Python 3.11 puts a space between the encoded words of a long name (RFC 2047 §6.2 wants none).
    shown, address = parseaddr(email.message_from_bytes(behaviour.contents[-1])["To"])
    assert (str(make_header(decode_header(shown.strip()))), address) == (name, "tianyou@example.com")


def test_an_international_domain_is_written_in_ascii(channel, behaviour):
    channel.send(replace(MESSAGE, to="hr@例子.测试"))
    assert behaviour.envelopes[0][1] == ["hr@xn--fsqu00a.xn--0zwm56d"]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    text=st.text(st.characters(exclude_categories=["Cs", "Cc"], include_characters="\n\t"), min_size=1),
    subject=st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=200),
)
def test_any_text_arrives_in_seven_bits(channel, behaviour, text, subject):
    channel.send(replace(MESSAGE, text=text, html="<pre>" + "长行x" * 900 + "</pre>", subject=subject))
    content = behaviour.contents[-1]
    assert content.isascii()
    assert max(map(len, content.split(b"\r\n"))) <= 998
    assert content.count(b"\n") == content.count(b"\r") == content.count(b"\r\n")
    assert received(behaviour).get_body(("plain",)).get_payload(decode=True).decode() == text.replace("\n", "\r\n")


@pytest.mark.parametrize(
    "change",
    [
        {"subject": "Invitation\r\nBcc: all@example.com"},
        {"subject": "Invitation\nX: y"},
        {"to_name": "Tom\nBcc: all@example.com"},
        {"to_name": "严天佑\r\nBcc: all@example.com"},
        {"to": "tom@example.com\nBcc: all@example.com"},
        {"to": "tom@example.com, all@example.com"},
        {"to": "tom"},
        {"to": ""},
        {"to": "张三@example.com"},
        {"key": "1@x>\r\nBcc: all@example.com"},
        {"key": "no-right-side"},
        {"sender": "HR <hr@example.com>\r\nBcc: all@example.com"},
        {"sender": "HR\nBcc: all"},
        {"sender": "not @n address"},
        {"reply_to": "hr@example.com\nBcc: all@example.com"},
        {"language": "zh\r\nBcc: all@example.com"},
        {"headers": {"List-Unsubscribe": "<https://x>\nBcc: all@example.com"}},
        {"headers": {"X-Note:\r\nBcc": "all@example.com"}},
        {"headers": {"X Note": "1"}},
        {"headers": {"bcc": "all@example.com"}},
        {"headers": {"Message-ID": "<2@mianyue.example>"}},
        {"headers": {"X-Long": "x" * 2000}},
        {"text": "half a character \ud83d"},
        {"subject": "half a character \ud83d"},
        {"calendar": INVITATION, "calendar_method": ""},
        {"calendar": INVITATION, "calendar_method": "CANCEL"},
        {"calendar": INVITATION.replace("面".encode(), b"\xff"), "calendar_method": "REQUEST"},
    ],
    ids=str,
)
def test_what_would_break_the_mail_is_refused_before_anything_leaves(channel, behaviour, change):
    with pytest.raises(PermanentFailure) as refused:
        channel.send(replace(MESSAGE, **change))
    assert behaviour.contents == []
    assert "example.com" not in str(refused.value) + refused.value.hint


@pytest.mark.parametrize("sender", ["面约", "面约 <noreply>", "noreply@mianyue.example\n", "a@example.com, b@example.com"])
def test_a_sender_that_is_no_mailbox_is_a_setting_error(sender):
    with pytest.raises(SettingError, match="MIANYUE_MAIL_FROM"):
        EmailChannel.from_environment({"EMAIL_URL": "smtp://localhost", "MIANYUE_MAIL_FROM": sender})
