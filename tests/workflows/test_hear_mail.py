"""Answers from the mailbox: each is heard once, whatever breaks in between, and none holds up another."""

from __future__ import annotations

import logging
from datetime import timedelta
from email.message import EmailMessage

import pytest
from django.db import OperationalError

from mianyue.adapters.mailboxes.memory import MemoryMailbox
from mianyue.domain.desk.models import Task
from mianyue.domain.interviews.models import Interview
from mianyue.domain.notices.actions import message_id
from mianyue.domain.organization.queries import company as the_company
from mianyue.domain.replies.models import Heard
from mianyue.domain.security.models import JournalEntry
from mianyue.ports import registry
from mianyue.ports.mailbox import PermanentFailure, TemporaryFailure
from mianyue.workflows import hear, hear_mail
from mianyue.workflows.hear_mail import Look, NoMailbox


@pytest.fixture
def mailbox(monkeypatch, settings) -> MemoryMailbox:
    box = MemoryMailbox()
    settings.MIANYUE_MAILBOX, settings.MIANYUE_REPLY_TO = "memory", "answers@xinghe.example"
    monkeypatch.setitem(registry._loaded, ("mailbox", "memory"), box)
    return box


def answer(candidate, words, number=1, **headers) -> bytes:
    """A candidate's answer to the newest letter they got, as a mail program writes it."""
    notice = candidate.newest
    mail = EmailMessage()
    mail["From"] = notice.address
    mail["To"] = "answers@xinghe.example"
    mail["Subject"] = f"Re: {notice.title}"
    mail["Message-ID"] = f"<{number}@gmail.example>"
    mail["In-Reply-To"] = f"<{message_id(notice)}>"
    for name, value in headers.items():
        mail[name.replace("_", "-")] = value
    mail.set_content(f"{words}\n\n在 2026年11月30日，09:00，星河 <hr@xinghe.example> 写道：\n> 1. 10:00\n> 2. 14:00\n")
    return mail.as_bytes()


def test_an_answer_books_as_a_tap_does(invited, mailbox, clock):
    candidate = invited("A039")
    mailbox.arrive(answer(candidate, "第二个可以"), clock.now())
    assert hear_mail.hear_mail(clock.now()) == Look(heard=1)
    assert mailbox.finished == ["1"]
    heard = hear.think(Heard.objects.get().pk, clock.now())
    assert (heard.words, heard.trusted, heard.received_at) == ("第二个可以", True, clock.now())
    interview = Interview.objects.get()
    assert (interview.state, interview.booked.number) == ("booked", 2)


def test_letters_to_candidates_name_the_mailbox_and_those_to_interviewers_the_contact(booked, mailbox, mail, panel):
    interview = booked("A039")
    of = {message.to: message.reply_to for message in mail.arrived}
    assert of[interview.application.candidate.email] == "answers@xinghe.example"
    assert {of[member.row.email] for member in panel(interview)} == {the_company().contact_email}


def test_without_a_mailbox_answers_go_to_the_contact(invited, mail, settings):
    settings.MIANYUE_MAILBOX, settings.MIANYUE_REPLY_TO = "", ""
    invited("A039")
    assert [message.reply_to for message in mail.arrived] == [the_company().contact_email]
    assert hear_mail.sweep(settings.CLOCK.now()) == 0
    with pytest.raises(NoMailbox):
        hear_mail.hear_mail(settings.CLOCK.now())


def test_a_crash_before_marking_is_no_second_answer(invited, mailbox, clock):
    mailbox.arrive(answer(invited("A039"), "第二个可以"), clock.now())
    mailbox.fail_next("done", TemporaryFailure)
    with pytest.raises(TemporaryFailure):
        hear_mail.hear_mail(clock.now())
    assert mailbox.finished == []
    assert hear_mail.hear_mail(clock.now()) == Look(known=1)
    assert (Heard.objects.count(), mailbox.finished) == (1, ["1"])


@pytest.mark.parametrize("call", ["open", "waiting", "read"])
def test_a_mailbox_that_fails_is_looked_into_again(invited, mailbox, clock, call, caplog):
    mailbox.arrive(answer(invited("A039"), "第二个可以"), clock.now())
    mailbox.fail_next(call, PermanentFailure)
    with caplog.at_level(logging.WARNING):
        assert hear_mail.sweep(clock.now()) == 0
    assert "This failure was asked for" in caplog.text
    assert hear_mail.sweep(clock.now()) == 1


def test_a_bad_mail_holds_nobody_up_and_comes_to_a_person_after_three_tries(invited, mailbox, clock, monkeypatch, caplog):
    candidate = invited("A039")
    mailbox.arrive(b"From: bad@b.example\r\n\r\nsecret words", clock.now())
    mailbox.arrive(answer(candidate, "第二个可以"), clock.now())
    real = hear_mail.heard_mail

    def chokes(mail, raw, now):
        if mail.sender == "bad@b.example":
            raise ValueError(mail.words)
        return real(mail, raw, now)

    monkeypatch.setattr(hear_mail, "heard_mail", chokes)
    with caplog.at_level(logging.DEBUG):
        assert hear_mail.hear_mail(clock.now()) == Look(heard=1, failed=1)
        assert hear_mail.hear_mail(clock.now()) == Look(failed=1)
        assert (mailbox.aside, Task.objects.filter(kind="unplaced_mail").count()) == ([], 0)
        assert hear_mail.hear_mail(clock.now()) == Look(failed=1, put_aside=1)
        assert hear_mail.hear_mail(clock.now()) == Look()
    assert mailbox.aside == ["1"]
    task = Task.objects.get(kind="unplaced_mail")
    assert (task.facts, task.said) == ({"about": "unreadable"}, None)
    assert JournalEntry.objects.filter(act="mail.put_aside").count() == 1
    assert "secret words" not in caplog.text


@pytest.mark.usefixtures("company")
def test_a_crash_while_putting_aside_asks_once(mailbox, clock, monkeypatch):
    mailbox.arrive(b"From: bad@b.example\r\n\r\nx", clock.now())
    monkeypatch.setattr(hear_mail, "heard_mail", lambda *_: 1 / 0)
    monkeypatch.setattr(mailbox, "put_aside", lambda key: (_ for _ in ()).throw(TemporaryFailure("gone")))
    for _ in range(3):
        hear_mail.sweep(clock.now())
    Task.objects.update(state="done")
    assert hear_mail.sweep(clock.now()) == 0
    assert list(Task.objects.filter(kind="unplaced_mail").values_list("state", flat=True)) == ["done"]


@pytest.mark.usefixtures("company")
def test_a_database_that_does_not_answer_is_not_the_mails_fault(mailbox, clock, monkeypatch):
    mailbox.arrive(b"From: a@b.example\r\n\r\nx", clock.now())

    def away(*_):
        raise OperationalError

    monkeypatch.setattr(hear_mail, "heard_mail", away)
    for _ in range(4):
        with pytest.raises(OperationalError):
            hear_mail.sweep(clock.now())
    assert (mailbox.finished, mailbox.aside) == ([], [])


def test_what_a_program_sends_changes_nothing(invited, mailbox, clock):
    candidate = invited("A039")
    mailbox.arrive(answer(candidate, "第二个可以", Auto_Submitted="auto-replied"), clock.now())
    assert hear_mail.hear_mail(clock.now()) == Look(heard=1)
    assert (Heard.objects.get().state, Interview.objects.get().state) == ("nothing", "offered")


def test_a_mail_was_written_when_it_came_and_never_later_than_now(invited, mailbox, clock):
    candidate = invited("A039")
    mailbox.arrive(answer(candidate, "明天下午可以", 1), clock.now() + timedelta(days=30))
    mailbox.arrive(answer(candidate, "后天下午可以", 2), clock.now() - timedelta(hours=5))
    hear_mail.hear_mail(clock.now())
    assert sorted(Heard.objects.values_list("received_at", flat=True)) == [clock.now() - timedelta(hours=5), clock.now()]


@pytest.mark.usefixtures("company")
@pytest.mark.parametrize("raw", [b"", b"\x00\xff", b"From: \x00@b\r\nSubject: \xff\x00\r\nMessage-ID: <\x00>\r\n\r\n\x00\xd8\x00"])
def test_bytes_that_are_no_mail_come_to_a_person(mailbox, clock, raw):
    mailbox.arrive(raw, clock.now())
    assert hear_mail.hear_mail(clock.now()) == Look(heard=1)
    assert Heard.objects.get().state == "with_person"


@pytest.mark.django_db(transaction=True)
def test_many_workers_hear_each_mail_once(invited, mailbox, clock, at_once, transactional_db):
    candidate = invited("A039")
    for number in range(5):
        mailbox.arrive(answer(candidate, f"请问 {number} 号楼怎么走", number), clock.now())
    looks = at_once(lambda _: hear_mail.hear_mail(clock.now()), 8)
    assert [look for look in looks if not isinstance(look, Look)] == []
    assert sum(look.heard for look in looks) == Heard.objects.count() == 5
    assert sorted(set(mailbox.finished)) == ["1", "2", "3", "4", "5"]
