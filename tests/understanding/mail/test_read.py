"""Mails as the programs of this world write them: what their senders said themselves, and whether a person sent them at all."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mianyue.understanding.mail.read import LONGEST_MAIL, read

MAILS = Path(__file__).parent / "data"
AT = datetime(2026, 11, 30, 2, 15, tzinfo=UTC)
OURS = "019ac1f0-7d3e-7c11-a0b4-5f0c2b9d1e77@mianyue"

WRITTEN_BY_PEOPLE = {
    "answer_in_the_subject": "我选第二个时间",
    "apple_en_bottom": "I can only do the second of these, Wednesday at 2 pm.",
    "apple_parts_around_picture": "Tuesday suits me.\n\nIs this the right entrance?",
    "apple_zh": "第三个，谢谢",
    "attached_mail": "Please see the mail I got.",
    "bare_lf_and_junk": "Option 3",
    "broken_base64": "第一个可以，谢谢",
    "broken_multipart": "The boundary never comes. Option 2 is fine.",
    "calendar_declined": "",
    "forged_name": "Option 2.",
    "foxmail": "您好，周二上午我有事，周三全天都可以。",
    "french_wrapped": "Mercredi à 14h me convient.",
    "german_latin1": "Der zweite Termin passt mir. Dürfte ich früher kommen?",
    "gmail_en_wrapped": "Wednesday works for me, thank you! Could you tell me which floor it is?",
    "gmail_html_only_between": "See my answers below.\n\nNo, sorry.\n\nYes & thanks.",
    "gmail_zh": "您好，第二个时间可以，周三下午两点见。",
    "hidden_html": "Which floor?\n\nThanks <b>a lot</b>!",
    "japanese_iso2022": "水曜日の14時でお願いいたします。",
    "korean_euckr": "수요일 오후 2시 좋습니다.",
    "netease_163": "不好意思，我已经接受了别的公司的机会，这次就不参加面试了，谢谢。",
    "netease_mobile": "周五上午十点可以的",
    "no_message_id": "Is parking available?",
    "only_a_quote": "",
    "outlook_html_only": "I’d prefer the third one – Thursday at 4 pm.",
    "outlook_mobile": "Yes, the 2nd one please",
    "outlook_original_message": "Option 1 is fine.",
    "outlook_zh": "这几个时间都不太方便，下周二或者周三下午两点以后可以吗？",
    "qq_html_only": "周四上午都行",
    "qq_plain": "好的，选第一个。请问需要带什么材料？",
    "says_gb2312_is_utf8": "明天下午三点以后都可以",
    "says_latin1_is_gbk": "收到，我选第二个时间，谢谢",
    "says_nothing_is_gbk": "时间没有问题，下周一上午见",
    "small_print": "Neither day is possible, I am travelling until Friday.",
    "spanish_wrote": "El primero, por favor.",
    "subject_split_mid_character": "1",
    "thunderbird_html": "The first time, Tuesday at 10:00, is good.",
    "traditional_big5": "您好，禮拜三下午兩點沒問題，謝謝。",
    "two_senders": "Option 2.",
    "unknown_charset": "两点半可以",
    "wecom": "三个都可以，你们定",
    "yahoo_html": "I will be 15 minutes late, sorry!",
}
WRITTEN_BY_PROGRAMS = {
    "bounce_postfix",
    "calendar_accepted",
    "newsletter",
    "out_of_office_exchange",
    "qq_autoreply",
    "read_receipt",
    "vacation_rfc3834",
}
NOT_IN_ANSWER = {"newsletter", "calendar_accepted", "calendar_declined", "bounce_postfix", "no_message_id", "bare_lf_and_junk"}


def mail(name):
    return read((MAILS / f"{name}.eml").read_bytes(), AT)


def written(*lines, body="Option 2.", encoding="utf-8"):
    return "\r\n".join(["From: yan@b.example", "To: hr@xinghe.example", *lines, "", body]).encode(encoding)


def test_every_mail_of_the_collection_is_in_one_of_the_tables():
    assert {path.stem for path in MAILS.glob("*.eml")} == set(WRITTEN_BY_PEOPLE) | WRITTEN_BY_PROGRAMS


@pytest.mark.parametrize("name", WRITTEN_BY_PEOPLE)
def test_only_the_senders_own_words_are_left(name):
    assert mail(name).words == WRITTEN_BY_PEOPLE[name]


def test_programs_are_told_from_people():
    assert {path.stem for path in MAILS.glob("*.eml") if mail(path.stem).automatic} == WRITTEN_BY_PROGRAMS


def test_every_answer_names_our_letter():
    answers = {path.stem: mail(path.stem).in_reply_to for path in MAILS.glob("*.eml")}
    assert {name for name, ids in answers.items() if OURS not in ids} == NOT_IN_ANSWER
    assert answers["qq_plain"] == (OURS, "tencent_older@qq.example")
    assert answers["foxmail"] == (OURS, "first@xinghe.example")


def test_heads_are_decoded():
    read_ = mail("netease_163")
    assert (read_.message_id, read_.sender, read_.subject) == (
        "5f3e.8a1.19ac.Coremail.wangfang@163.example",
        "wangfang@163.example",
        "Re:面试邀请",
    )
    assert (read_.to, read_.received_at) == (("hr@xinghe.example",), AT)
    assert mail("subject_split_mid_character").subject == "回复：面试邀请"
    assert mail("german_latin1").subject == "AW: Gespräch"


def test_an_address_in_a_name_is_not_the_sender():
    assert mail("forged_name").sender == "mallory@evil.example"


def test_two_senders_are_nobody():
    assert mail("two_senders").sender == ""


SENDERS = [
    ("yan@b.example", "yan@b.example"),
    ("<yan@b.example>", "yan@b.example"),
    ("Yan@B.Example", "yan@b.example"),
    ('"a, b" <yan@b.example>', "yan@b.example"),
    ('"x\\" <mallory@evil.example>, \\"" <yan@b.example>', "yan@b.example"),
    ("(mallory@evil.example) yan@b.example", "yan@b.example"),
    ("yan@b.example (mallory@evil.example", "yan@b.example"),
    ("mallory@evil.example <yan@b.example>", "yan@b.example"),
    ("<mallory@evil.example> <yan@b.example>", "yan@b.example"),
    ("=?utf-8?q?=3Cmallory=40evil.example=3E?= <yan@b.example>", "yan@b.example"),
    ("yan@b.example, mallory@evil.example", ""),
    ("a group: yan@b.example;", "yan@b.example"),
    ("yan at b.example", ""),
    ("", ""),
    ("yan@b.example@evil.example", ""),
    ("严@例子.中国", "严@例子.中国"),
]


@pytest.mark.parametrize(("head", "sender"), SENDERS)
def test_the_sender_is_the_address_and_nothing_else(head, sender):
    assert read(f"From: {head}\r\n\r\nhello".encode(), AT).sender == sender


def test_two_from_lines_are_nobody():
    assert read(b"From: a@b.example\r\nFrom: c@d.example\r\n\r\nhello", AT).sender == ""


PROGRAMS = [
    "Auto-Submitted: auto-replied",
    "auto-submitted: AUTO-GENERATED; owner=x",
    "X-Autoreply: yes",
    "Precedence: bulk",
    "Precedence: auto_reply",
    "Return-Path: <>",
    "List-Id: <news.shop.example>",
    "Subject: Automatic reply: Interview",
    "Subject: 自动回复：我在休假",
    "Subject: [自动回复] 我在休假",
    "Subject: Abwesenheitsnotiz: bis Montag",
    "Subject: 自動返信: 不在です",
    "Content-Type: multipart/report; report-type=delivery-status; boundary=b",
]
PEOPLE = [
    "Auto-Submitted: no",
    "Precedence: first-class",
    "Return-Path: <yan@b.example>",
    "Subject: Re: Automatic door",
    "Subject: 回复：自动化测试工程师面试",
    "Subject: Already free on Monday",
    "X-Auto-Response-Suppress: DR, OOF, AutoReply",
]


@pytest.mark.parametrize("line", PROGRAMS)
def test_a_program_is_known_by_one_line(line):
    assert read(written(line), AT).automatic


@pytest.mark.parametrize("line", PEOPLE)
def test_a_person_is_no_program(line):
    assert not read(written(line), AT).automatic


@pytest.mark.parametrize(
    "address", ["MAILER-DAEMON@x.example", "postmaster@x.example", "no-reply@x.example", "noreply+1@x.example"]
)
def test_addresses_that_only_programs_have(address):
    assert read(f"From: {address}\r\n\r\nx".encode(), AT).automatic
    assert not read(f"From: x{address}\r\n\r\nx".encode(), AT).automatic


KEPT = [
    "日期：12月2日\n时间：14:00\n地点：线上也可以",
    "Monday: no\nTuesday: 10:00\nWednesday: after 2 pm",
    "我的时间：\n周一 10:00\n周二 14:00",
    "I wrote to you before: Tuesday works.",
    "1) Is it on floor 3?\n2) Do I need my ID card?",
    "from 14:00 to 16:00 on Wednesday",
    "会议号写到邮件里了吗？",
    "下周三 (12/2) 14:00–15:00",
]


@pytest.mark.parametrize("words", KEPT)
def test_what_only_looks_like_a_quotation_stays(words):
    assert read(written("Content-Type: text/plain; charset=utf-8", body=words.replace("\n", "\r\n")), AT).words == words


def test_a_mail_without_an_id_is_recognised_when_it_comes_again():
    first, again, other = read(written(), AT), read(written(), AT), read(written(body="Option 3."), AT)
    assert first.message_id == again.message_id != other.message_id


def test_an_answer_is_found_above_an_attachment_that_is_cut_off():
    parts = 'Content-Type: multipart/mixed; boundary="b"\r\n\r\n--b\r\n\r\nOption 2.\r\n--b\r\nContent-Type: image/png\r\n\r\n'
    assert read(b"From: yan@b.example\r\n" + parts.encode() + b"x" * 3 * LONGEST_MAIL, AT).words == "Option 2."


NESTED = b"".join(b'Content-Type: multipart/mixed; boundary="b%d"\r\n\r\n--b%d\r\n' % (i, i) for i in range(40_000))
HOSTILE = {
    "nested a thousand times": NESTED + b"\r\n\r\nx",
    "ten thousand parts": b'Content-Type: multipart/mixed; boundary="b"\r\n\r\n' + b"--b\r\n\r\nx\r\n" * 200_000,
    "ten thousand encoded words": b"Subject: " + b"=?utf-8?q?x?= " * 100_000 + b"\r\n\r\nx",
    "ten thousand ids": b"References: " + b"<a@b> " * 300_000 + b"\r\n\r\nx",
    "ten thousand open comments": b"From: " + b"(" * 1_000_000 + b"\r\n\r\nx",
    "ten thousand parameters": b"Content-Type: text/plain" + b";" * 1_000_000 + b"\r\n\r\nx",
    "ten thousand headers": b"X: y\r\n" * 300_000 + b"\r\nx",
    "html of comments": b"Content-Type: text/html\r\n\r\n" + b"<!--" * 400_000,
    "html of open tags": b"Content-Type: text/html\r\n\r\n" + b"<a " * 500_000,
    "html of open quotes": b"Content-Type: text/html\r\n\r\n" + b"<a b='>" * 250_000,
    "html of entities": b"Content-Type: text/html\r\n\r\n" + b"&amp" * 500_000,
    "html of blockquotes": b"Content-Type: text/html\r\n\r\n" + b"<blockquote>x" * 150_000,
    "html of scripts": b"Content-Type: text/html\r\n\r\n" + b"<script>" * 250_000,
    "quotation marks": b"\r\n\r\n" + b"> x\r\n" * 400_000,
    "dashes": b"\r\n\r\n" + b"-" * 2_000_000,
    "spaces": b"\r\n\r\n" + b" " * 2_000_000 + b"x",
    "digits": b"\r\n\r\n" + b"1" * 2_000_000,
    "one line of high bytes": b"\r\n\r\n" + b"\xc4\xa3" * 1_000_000,
    "quoted-printable of nothing": b"Content-Transfer-Encoding: quoted-printable\r\n\r\n" + b"=" * 2_000_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_no_mail_takes_long(name):
    began = time.process_time()
    read(HOSTILE[name], AT)
    assert time.process_time() - began < 2


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=400))
def test_no_bytes_are_refused(raw):
    assert read(raw, AT).received_at == AT


heads = st.sampled_from(
    [b"Subject", b"From", b"To", b"References", b"Message-ID", b"Content-Type", b"Content-Transfer-Encoding", b"Return-Path", b"X"]
)
values = st.binary(max_size=40) | st.sampled_from(
    [
        b"=?utf-8?b?!?=",
        b"=?gb2312?q?=FF=FE?=",
        b"text/html; charset=utf-16",
        b"text/html; charset=idna",
        b"multipart/mixed; boundary=b",
        b'multipart/report; boundary="\xff"',
        b"text/plain; format=flowed; delsp=yes; charset=utf-7",
        b"text/calendar; method=REPLY",
        b"base64",
        b"quoted-printable",
        b"<a@b> <",
    ]
)
bodies = st.binary(max_size=120) | st.lists(
    st.sampled_from(
        [b"--b\n", b"--b--\n", b"Content-Type: text/html\n\n", b"<p", b">x", b"<!--", b"&#0;", b"> quoted\n", b"On 1 wrote:\n"]
    ),
    max_size=12,
).map(b"".join)


@settings(max_examples=300, deadline=None)
@given(st.lists(st.tuples(heads, values), max_size=6), bodies)
def test_no_mail_is_refused(lines, body):
    raw = b"\n".join([name + b": " + value.replace(b"\n", b"").replace(b"\r", b"") for name, value in lines]) + b"\n\n" + body
    found = read(raw, AT)
    assert found.message_id
    assert len(found.message_id) <= 255
    assert "\x00" not in found.words + found.subject + found.sender + found.message_id
    found.words.encode(), found.subject.encode()


@settings(max_examples=50, deadline=None)
@given(st.sampled_from(sorted(WRITTEN_BY_PEOPLE)), st.data())
def test_no_damaged_mail_is_refused(name, data):
    raw = (MAILS / f"{name}.eml").read_bytes()
    at = data.draw(st.integers(0, len(raw)))
    read(raw[:at] + data.draw(st.binary(max_size=8)) + raw[at + data.draw(st.integers(0, 40)) :], AT)
