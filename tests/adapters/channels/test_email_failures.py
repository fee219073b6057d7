"""What is said about a message that was not, or perhaps not, taken over: every way a mail server can disappoint."""

from __future__ import annotations

import smtplib
import socket
import ssl
import threading
from dataclasses import replace

import pytest

from mianyue.adapters.channels.smtp_answers import failure
from mianyue.ports.channel import AnswerLost, Message, PermanentFailure, Receipt, TemporaryFailure

MESSAGE = Message(key="1@mianyue.example", to="tom@example.com", to_name="Tom", subject="Interview", text="Hello")


def outcome(channel, message=MESSAGE):
    """The receipt, or the class of the failure and what it says."""
    try:
        return channel.send(message)
    except (TemporaryFailure, PermanentFailure, AnswerLost) as error:
        failed = error
    assert "tom@example.com" not in str(failed) + failed.hint
    return type(failed), str(failed)


@pytest.mark.parametrize(
    ("place", "answer", "failed", "said"),
    [
        ("on_mail", "451 4.3.0 try later", TemporaryFailure, "The mail server refused the sender (451 4.3.0)."),
        ("on_mail", "550 5.7.1 not your address", TemporaryFailure, "The mail server refused the sender (550 5.7.1)."),
        (
            "on_mail",
            "530 5.7.0 Authentication required",
            TemporaryFailure,
            "The mail server wants a login or TLS first (530 5.7.0).",
        ),
        ("on_mail", "552 5.3.4 too big", PermanentFailure, "The message is too big for the mail server (552 5.3.4)."),
        ("on_mail", "421 4.3.2 closing", TemporaryFailure, "The mail server refused the sender (421 4.3.2)."),
        (
            "on_recipient",
            "450 4.2.1 <tom@example.com> greylisted",
            TemporaryFailure,
            "The mail server refused the recipient (450 4.2.1).",
        ),
        (
            "on_recipient",
            "550 5.1.1 <tom@example.com> unknown",
            PermanentFailure,
            "The mail server refused the recipient (550 5.1.1).",
        ),
        ("on_recipient", "550 tom@example.com unknown", PermanentFailure, "The mail server refused the recipient (550)."),
        ("on_recipient", "421 4.3.2 closing", TemporaryFailure, "The mail server refused the recipient (421 4.3.2)."),
        ("on_message", "500 what", PermanentFailure, "The mail server refused the message (500)."),
        ("on_message", "452 4.3.1 disk full", TemporaryFailure, "The mail server refused the message (452 4.3.1)."),
        ("on_message", "421 4.3.2 closing", TemporaryFailure, "The mail server refused the message (421 4.3.2)."),
        (
            "on_message",
            "554 5.7.1 tom@example.com wants no spam",
            PermanentFailure,
            "The mail server refused the message (554 5.7.1).",
        ),
    ],
)
def test_a_refusal_is_temporary_or_permanent_by_its_code(channel, behaviour, place, answer, failed, said):
    setattr(behaviour, place, answer)
    assert outcome(channel) == (failed, said)
    setattr(behaviour, place, None)
    assert outcome(channel) == Receipt("1@mianyue.example")


@pytest.mark.parametrize("way", ["hang up", "silent"])
def test_silence_after_the_body_is_an_answer_lost(serve, behaviour, connect, way):
    channel = connect(serve(behaviour), "smtp://127.0.0.1:{}?timeout=0.5")
    behaviour.on_message = way
    assert outcome(channel) == (AnswerLost, "The message left, but the mail server's answer did not come.")
    assert len(behaviour.contents) == 1, "this time it did arrive"
    behaviour.on_message = None
    assert outcome(channel) == Receipt("1@mianyue.example")


def test_a_connection_lost_before_the_body_is_temporary_even_if_an_earlier_body_left_on_it(channel, behaviour):
    behaviour.on_recipient = "hang up"
    assert outcome(channel)[0] is TemporaryFailure
    behaviour.on_recipient = None
    assert outcome(channel) == Receipt("1@mianyue.example")
    behaviour.on_recipient = "hang up"
    assert outcome(channel)[0] is TemporaryFailure
    assert len(behaviour.contents) == 1


def test_after_a_failure_that_may_pass_the_next_message_gets_a_new_connection(channel, behaviour):
    channel.send(MESSAGE)
    behaviour.on_mail = "451 4.3.0 try later"
    assert outcome(channel)[0] is TemporaryFailure
    behaviour.on_mail = None
    channel.send(MESSAGE)
    assert len(set(behaviour.peers)) == 2


@pytest.mark.parametrize("answer", [b"", b"banana\r\n", b"999 what\r\n", b"2", b"250-OK\r\n", b"251 \xff\r\n", b"x" * 9000])
def test_an_unclear_answer_to_the_body_is_an_answer_lost(connect, answer):
    port = scripted([b"220 hi\r\n", b"250 hi\r\n", b"250 ok\r\n", b"250 ok\r\n", b"354 go\r\n", answer])
    assert outcome(connect(port))[0] is AnswerLost


@pytest.mark.parametrize("step", range(5))
@pytest.mark.parametrize("answer", [b"", b"banana\r\n", b"x" * 9000])
def test_an_unclear_answer_before_the_body_is_temporary(connect, step, answer):
    answers = [b"220 hi\r\n", b"250 hi\r\n", b"250 ok\r\n", b"250 ok\r\n", b"354 go\r\n"]
    assert outcome(connect(scripted([*answers[:step], answer])))[0] is TemporaryFailure


def test_a_body_that_did_not_leave_as_a_whole_is_temporary(connect):
    port = scripted([b"220 hi\r\n", b"250 hi\r\n", b"250 ok\r\n", b"250 ok\r\n", b"354 go\r\n"], abort=True)
    assert outcome(connect(port), replace(MESSAGE, text="x" * 12_000_000))[0] is TemporaryFailure


def test_a_refused_connection_and_an_unknown_host_are_temporary(connect):
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        refused = outcome(connect(closed.getsockname()[1]))
    assert refused == (TemporaryFailure, "The mail server can't be reached (ConnectionRefusedError).")
    unknown = outcome(connect(0, "smtp://mail.invalid:2525"))
    assert unknown == (TemporaryFailure, "The mail server's host name is not known.")


def test_a_server_without_the_wanted_login_or_tls_gets_nothing(serve, behaviour, connect):
    port = serve(behaviour)
    lacking = (TemporaryFailure, "The mail server lacks the TLS or the login that EMAIL_URL asks for.")
    assert outcome(connect(port, "smtp://hr:hunter2@127.0.0.1:{}")) == lacking
    assert outcome(connect(port, "smtp+tls://127.0.0.1:{}")) == lacking
    assert outcome(connect(port, "smtps://127.0.0.1:{}?timeout=5"))[0] is TemporaryFailure
    assert behaviour.contents == []


def test_a_wrong_password_is_temporary_and_says_where_to_look(serve, behaviour, connect):
    port = serve(behaviour, auth_require_tls=False, auth_exclude_mechanism=["LOGIN"])
    channel = connect(port, "smtp://hr:hunter2@127.0.0.1:{}")
    with pytest.raises(TemporaryFailure, match="refused the login \\(535 5.7.8\\)") as failed:
        channel.send(MESSAGE)
    assert failed.value.hint == "Check user and password in EMAIL_URL."


@pytest.mark.parametrize(
    ("error", "left", "expected"),
    [
        (smtplib.SMTPConnectError(554, b"5.7.1 blocked"), False, TemporaryFailure),
        (smtplib.SMTPHeloError(550, b"no"), False, TemporaryFailure),
        (ssl.SSLCertVerificationError(1, "self-signed"), False, TemporaryFailure),
        (TimeoutError(), False, TemporaryFailure),
        (ConnectionResetError(), True, AnswerLost),
        (ssl.SSLEOFError(), True, AnswerLost),
    ],
)
def test_rare_failures_have_their_class_too(error, left, expected):
    assert type(failure(error, left)) is expected


def scripted(answers: list[bytes], *, abort: bool = False) -> int:
    """A server of one connection that gives these answers, one per thing it hears, then closes; its port."""
    listener = socket.create_server(("127.0.0.1", 0))

    def talk() -> None:
        with listener, listener.accept()[0] as peer:
            for number, answer in enumerate(answers):
                if number:
                    peer.recv(65536)
                peer.sendall(answer)
            if abort:
                peer.recv(1)
                peer.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\x00\x00\x00\x00\x00\x00\x00")

    threading.Thread(target=talk, daemon=True).start()
    return listener.getsockname()[1]
