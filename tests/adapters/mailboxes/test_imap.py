"""IMAP against a real server: over TLS, with wrong passwords, broken lines and silence."""

from __future__ import annotations

import socket
import threading
import time
from datetime import datetime

import pytest

from mianyue.adapters.mailboxes.imap import ImapMailbox
from mianyue.base.errors import SettingError
from mianyue.ports.mailbox import PermanentFailure, TemporaryFailure
from tests.adapters.mailboxes.imap_server import PASSWORD, throw_away_certificate

AT = datetime.fromisoformat("2026-11-30T09:00:00+08:00")
MAIL = b"From: a@b.example\r\n\r\nhello\r\n"


def taken(mailbox):
    with mailbox.open() as opened:
        return [opened.read(key, 10_000_000).raw for key in opened.waiting(100)]


def refusal(mailbox, kind):
    """What the failure says, after making sure that it tells no secret and hangs on no error that does."""
    with pytest.raises(kind) as failed:
        taken(mailbox)
    said = f"{failed.value} {failed.value.hint}"
    assert PASSWORD not in said + repr(mailbox.address)
    assert failed.value.__cause__ is None
    assert failed.value.__suppress_context__ or failed.value.__context__ is None
    return said


@pytest.mark.parametrize("security", ["tls", "starttls", "plain"])
def test_mail_comes_over_every_kind_of_line(through, server, security):
    server.inbox.keep(MAIL, AT)
    assert taken(through(security=security)) == [MAIL]


def test_a_wrong_password_is_for_a_person(through):
    assert refusal(through(password="wrong"), PermanentFailure).startswith("The mailbox refused the login. Check user and password")


def test_a_password_beyond_ascii_is_refused_not_a_crash(through):
    refusal(through(password="密码"), PermanentFailure)


@pytest.mark.parametrize("security", ["tls", "starttls"])
def test_a_certificate_of_nobody_is_not_trusted(through, security):
    assert refusal(through(security=security, trust=False), PermanentFailure).startswith(
        "The mail server's certificate is not trusted."
    )


def test_a_certificate_of_another_host_is_not_trusted(through, tmp_path):
    other = throw_away_certificate(tmp_path, "mail.example")
    assert refusal(through(shown=other), PermanentFailure).startswith("The mail server's certificate is not trusted.")


def test_a_server_without_starttls_never_hears_the_password(through):
    assert refusal(through(security="starttls", starttls=None), PermanentFailure).startswith("The mail server offers no STARTTLS.")


def test_tls_where_none_is_spoken(server, through):
    mailbox = through()
    plain = ImapMailbox(mailbox.address.__class__("127.0.0.1", server.port, "tls", "u", "p", timeout=3), mailbox._trusted)
    assert refusal(plain, PermanentFailure).startswith("The mail server does not speak TLS")


def test_a_folder_that_is_not_there(through):
    assert refusal(through(folder="Nowhere"), PermanentFailure).startswith("The mailbox has no folder of that name.")


def test_a_silent_server_is_given_up(through):
    began = time.monotonic()
    refusal(through(silent=True, timeout=0.5), TemporaryFailure)
    assert time.monotonic() - began < 5


def test_a_server_that_is_not_there():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        url = f"imap://u:secret@127.0.0.1:{probe.getsockname()[1]}?timeout=2"
        mailbox = ImapMailbox.from_environment({"MIANYUE_REPLY_MAILBOX": url})
        refusal(mailbox, TemporaryFailure)


@pytest.mark.parametrize("cut_after", [0, 10, 200, 400, 600, 5_000, 100_000])
def test_a_line_that_breaks_loses_nothing(through, server, cut_after):
    server.inbox.keep(MAIL + b"x" * 1_000_000, AT)
    refusal(through(cut_after=cut_after), TemporaryFailure)
    assert len(taken(through())[0]) == len(MAIL) + 1_000_000


def test_a_line_that_breaks_while_marking_leaves_the_mail_waiting_or_done(through, server):
    kept = server.inbox.keep(MAIL, AT)
    mailbox = through()
    with pytest.raises(TemporaryFailure), mailbox.open() as opened:
        key = opened.waiting(1)[0]
        opened._box.client.sock.shutdown(socket.SHUT_RDWR)
        opened.done(key)
    assert kept.flags <= {"\\Seen"}
    assert taken(through()) in ([MAIL], [])


def test_new_numbers_after_the_folder_was_made_anew_are_read(through, server):
    server.inbox.keep(MAIL, AT)
    mailbox = through()
    with mailbox.open() as opened:
        opened.done(opened.waiting(1)[0])
    server.inbox.validity, server.inbox.mails, server.inbox.next = 2, [], 1
    server.inbox.keep(b"another under the same number", AT)
    assert taken(mailbox) == [b"another under the same number"]


def test_done_ones_are_marked_and_stay(through, server):
    kept = server.inbox.keep(MAIL, AT)
    with through().open() as opened:
        opened.done(opened.waiting(1)[0])
    assert kept.flags == {"\\Seen"}


def test_done_ones_are_moved_where_a_folder_is_named(through, server):
    kept = server.inbox.keep(MAIL, AT)
    kept.flags.add("\\Seen")  # a colleague has looked at it, which must not hide it
    with through(done="mianyue/done").open() as opened:
        opened.done(opened.waiting(1)[0])
    assert [mail.raw for mail in server.account.mailboxes["MIANYUE/DONE"].mails] == [MAIL]
    assert kept.flags == {"\\Seen", "\\Deleted"}


def test_what_is_put_aside_is_flagged_for_people(through, server):
    kept = server.inbox.keep(MAIL, AT)
    with through().open() as opened:
        opened.put_aside(opened.waiting(1)[0])
    assert kept.flags == {"\\Seen", "\\Flagged"}


def test_many_workers_at_once(through, server):
    mails = [f"mail {number}".encode() for number in range(5)]
    for mail in mails:
        server.inbox.keep(mail, AT)
    mailbox = through()
    found: list[list[bytes]] = []

    def work():
        with mailbox.open() as opened:
            keys = opened.waiting(100)
            found.append([opened.read(key, 1000).raw for key in keys])
            for key in keys:
                opened.done(key)

    workers = [threading.Thread(target=work) for _ in range(6)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(20)
    assert len(found) == 6
    assert {mail for mails_of_one in found for mail in mails_of_one} == set(mails)
    assert taken(mailbox) == []


def test_a_maildir_is_no_imap_mailbox():
    with pytest.raises(SettingError, match="MIANYUE_REPLY_MAILBOX"):
        ImapMailbox.from_environment({"MIANYUE_REPLY_MAILBOX": "maildir:///var/mail/answers"})
