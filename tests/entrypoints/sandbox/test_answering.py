"""Answering a letter in the sandbox: a real mail that goes the way of all answers."""

from __future__ import annotations

import re
import smtplib
from datetime import UTC, datetime
from html import unescape

import pytest
from aiosmtpd.controller import Controller
from django.test import Client, override_settings

from mianyue.adapters.channels.email import compose
from mianyue.adapters.mailboxes.maildir import MaildirMailbox
from mianyue.base.clock import ManualClock
from mianyue.entrypoints.sandbox import answering, mails
from mianyue.entrypoints.sandbox.mail_server import Answers, Keeper, answers_in, folder_in
from mianyue.ports.channel import Message
from mianyue.understanding.mail.read import read

NOW = datetime(2026, 12, 1, 1, 0, tzinfo=UTC)
REPLY_TO = "answers@chenghu.example.com"
KEY = "019ac1f0-7d3e-7c11-a0b4-5f0c2b9d1e77@mianyue"
LETTER = Message(
    key=KEY,
    to="tianyou@example.com",
    to_name="严, 天佑",
    subject="面试邀请",
    text="您好\n1. 12月2日 10:00\n2. 12月2日 14:00",
    html="<p>您好</p>",
    language="zh-CN",
    reply_to=REPLY_TO,
)


class Served(Controller):
    """A server at a port of its own choice."""

    def _trigger_server(self) -> None:
        # The port is known only now; the base class then connects to it once, to see that the server works.
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()


@pytest.fixture
def server(home, monkeypatch):
    """The demo's mail server, with the letter in it."""
    keeper = Keeper(folder_in(home), Answers(REPLY_TO, answers_in(home), ManualClock(NOW)))
    controller = Served(keeper, hostname="127.0.0.1", port=0)
    controller.start()
    port = controller.port
    monkeypatch.setenv("EMAIL_URL", f"smtp://127.0.0.1:{port}")
    with override_settings(MIANYUE_REPLY_TO=REPLY_TO, CLOCK=ManualClock(NOW)):
        with smtplib.SMTP("127.0.0.1", port) as line:
            line.sendmail(
                "hr@chenghu.example.com", [LETTER.to], compose(LETTER, ("橙湖", "hr@chenghu.example.com"), NOW).message().as_bytes()
            )
        yield home
    controller.stop()


def letter(home):
    return next(found for found in mails.summaries(folder_in(home)) if found.recipient == LETTER.to)


def answers(home):
    """What lies in mianyue's mailbox."""
    with MaildirMailbox(answers_in(home)).open() as box:
        return [box.read(key, 100_000) for key in box.waiting(10)]


def said(response):
    """The box's words about what became of the answer."""
    found = re.search(r'class="told">(.*?)</p>', response.content.decode(), re.DOTALL)
    return re.sub(r"\s+", " ", unescape(re.sub("<[^>]*>", " ", found[1]))).strip() if found else ""


def test_the_answer_is_a_real_mail_that_answers_the_letter(server, english):
    page = f"/sandbox/message/{letter(server).name}/"
    sent = english.post(f"{page}answer", {"words": "第二个时间可以。\r\nFrom: me\r\n请问在几楼？"})
    assert sent.headers["Location"] == f"{page}?answered=yes#answer"
    assert (
        said(english.get(f"{page}?answered=yes"))
        == "Your answer is on its way. What comes of it arrives in this mailbox. Open the mailbox"
    )
    (received,) = answers(server)
    answer = read(received.raw, received.arrived_at)
    assert (answer.sender, answer.to, answer.in_reply_to) == ("tianyou@example.com", (REPLY_TO,), (KEY,))
    assert (answer.subject, answer.automatic, received.arrived_at) == ("Re: 面试邀请", False, NOW)
    assert answer.words == "第二个时间可以。\nFrom: me\n请问在几楼？"
    assert b"Delivered-To: answers@chenghu.example.com" in received.raw


def test_the_box_speaks_chinese(server, chinese):
    page = chinese.get(f"/sandbox/message/{letter(server).name}/?answered=yes").content.decode()
    assert "用自己的话写，就像写给人一样" in page
    assert "发送回复" in page
    assert said(chinese.get(f"/sandbox/message/{letter(server).name}/?answered=yes")) == "回复已发出。结果会寄到这个邮箱。 打开邮箱"


@pytest.mark.parametrize("words", ["", "  \n ", "x" * (answering.LONGEST + 1)])
def test_nothing_and_too_much_are_refused(server, english, words):
    page = f"/sandbox/message/{letter(server).name}/"
    sent = english.post(f"{page}answer", {"words": words})
    assert sent.headers["Location"] == f"{page}?answered=length#answer"
    assert said(english.get(f"{page}?answered=length")) == "Write something, up to 5000 characters."
    assert answers(server) == []


def test_a_mail_server_that_is_gone_is_said(server, english, monkeypatch):
    monkeypatch.setenv("EMAIL_URL", "smtp://127.0.0.1:9")
    page = f"/sandbox/message/{letter(server).name}/"
    assert english.post(f"{page}answer", {"words": "好"}).headers["Location"] == f"{page}?answered=refused#answer"
    assert said(english.get(f"{page}?answered=refused")) == "The demo's mail server did not take the answer. Is it still running?"


def test_looking_sends_nothing_and_posting_needs_the_forms_token(server, english):
    page = f"/sandbox/message/{letter(server).name}/"
    assert english.get(f"{page}answer").status_code == 405
    assert Client(enforce_csrf_checks=True).post(f"{page}answer", {"words": "好"}).status_code == 403
    assert answers(server) == []


def test_only_letters_that_ask_for_it_are_answered_here(server, english):
    with override_settings(MIANYUE_REPLY_TO="other@chenghu.example.com"):
        page = f"/sandbox/message/{letter(server).name}/"
        assert 'id="answer"' not in english.get(page).content.decode()
        assert english.post(f"{page}answer", {"words": "好"}).status_code == 404
    with override_settings(MIANYUE_DEMO=False):
        assert english.post(f"{page}answer", {"words": "好"}).status_code == 404


@pytest.mark.parametrize("recipient", ["no address", "a@b\r\nBcc: x@y", ""])
def test_a_head_that_can_not_be_written_is_refused(server, recipient):
    mail = mails.find(folder_in(server), letter(server).name)
    broken = mails.Mail(
        mails.Summary("n", recipient, "", "hr", "subject", NOW, 0), mail.headers, mail.text, mail.html, b"", "", mail.raw
    )
    with pytest.raises(answering.AnswerRefused):
        answering.post(broken, "好", NOW)
    assert answers(server) == []


def test_letters_to_people_stay_out_of_the_mailbox(server):
    assert len(mails.summaries(folder_in(server))) == 1
    assert answers(server) == []
