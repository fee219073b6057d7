"""What every mailbox promises, over every plug there is."""

from __future__ import annotations

from datetime import datetime

FIRST = datetime.fromisoformat("2026-11-30T09:00:00+08:00")
SECOND = datetime.fromisoformat("2026-11-30T09:30:00+08:00")
MAIL = b"From: a@b.example\r\n\r\n\xc4\xe3\xba\xc3 1\r\n"


def waiting(box):
    """The bytes of all that wait, in their order."""
    with box.mailbox.open() as opened:
        return [opened.read(key, 10_000).raw for key in opened.waiting(100)]


def test_an_empty_box_has_nothing(box):
    assert waiting(box) == []


def test_mails_wait_oldest_first_with_their_very_bytes(box):
    box.arrive(MAIL, FIRST)
    box.arrive(b"second", SECOND)
    with box.mailbox.open() as opened:
        keys = opened.waiting(100)
        found = [opened.read(key, 10_000) for key in keys]
        assert opened.waiting(1) == keys[:1]
    assert [(mail.raw, mail.arrived_at) for mail in found] == [(MAIL, FIRST), (b"second", SECOND)]


def test_reading_changes_nothing(box):
    box.arrive(MAIL, FIRST)
    assert waiting(box) == waiting(box) == [MAIL]


def test_what_is_done_waits_no_more_and_the_others_still_do(box):
    box.arrive(MAIL, FIRST)
    box.arrive(b"second", SECOND)
    with box.mailbox.open() as opened:
        first = opened.waiting(100)[0]
        opened.done(first)
        opened.done(first)
    assert waiting(box) == [b"second"]


def test_what_is_put_aside_waits_no_more(box):
    box.arrive(MAIL, FIRST)
    with box.mailbox.open() as opened:
        opened.put_aside(opened.waiting(100)[0])
    assert waiting(box) == []


def test_a_huge_mail_comes_cut(box):
    box.arrive(MAIL + b"x" * 3_000_000, FIRST)
    with box.mailbox.open() as opened:
        assert opened.read(opened.waiting(1)[0], 1000).raw == (MAIL + b"x" * 1000)[:1000]


def test_what_is_gone_is_none_and_can_be_done(box):
    with box.mailbox.open() as opened:
        assert opened.read("4711", 1000) is None
        opened.done("4711")
        opened.put_aside("4711")
    assert waiting(box) == []


def test_two_may_look_at_once(box):
    box.arrive(MAIL, FIRST)
    with box.mailbox.open() as one, box.mailbox.open() as other:
        key, same = one.waiting(10)[0], other.waiting(10)[0]
        assert one.read(key, 1000) == other.read(same, 1000)
        one.done(key)
        other.done(same)
    assert waiting(box) == []


def test_mails_that_come_while_it_is_open_wait_for_the_next_look(box):
    with box.mailbox.open() as opened:
        assert opened.waiting(10) == []
        box.arrive(MAIL, FIRST)
    assert waiting(box) == [MAIL]
