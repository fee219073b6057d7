"""The URL of the mail server: every form it may have, and silence about its password."""

from __future__ import annotations

from contextlib import suppress
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mianyue.adapters.channels.mail_url import MailServer, from_environment, parse
from mianyue.base.errors import SettingError

PRINTABLE = st.text(st.characters(min_codepoint=0x20, max_codepoint=0x7E), min_size=1, max_size=30)


@pytest.mark.parametrize(
    ("url", "server"),
    [
        ("smtp://localhost", MailServer("localhost", 25)),
        ("smtp://127.0.0.1:2525/", MailServer("127.0.0.1", 2525)),
        ("smtp+tls://hr:s3cret@mail.example.com", MailServer("mail.example.com", 587, "starttls", "hr", "s3cret")),
        (
            "smtps://hr%40example.com:a%2Fb%25@mail.example.com",
            MailServer("mail.example.com", 465, "tls", "hr@example.com", "a/b%"),
        ),
        ("SMTPS://Mail.Example.com?timeout=2.5", MailServer("mail.example.com", 465, "tls", timeout=2.5)),
        ("smtp://[::1]:25", MailServer("::1", 25)),
    ],
)
def test_a_url_says_everything(url, server):
    assert parse(url) == server


@pytest.mark.parametrize(
    "url",
    [
        "",
        "localhost:25",
        "http://localhost",
        "smtp://",
        "smtp://:25",
        "smtp://.example.com",
        "smtp://a..example.com",
        "smtp://localhost:0",
        "smtp://localhost:65536",
        "smtp://localhost:smtp",
        "smtp://hr@localhost",
        "smtp://:hunter2@localhost",
        "smtp://hr:hunter2@localhost/inbox",
        "smtp://hr:hunter2#@localhost",
        "smtp://hr:hunter2?@localhost",
        "smtp://hr:hunter2/@localhost",
        "smtp://hr:hunter2%@localhost",
        "smtp://hr:hunter2%0D%0A@localhost",
        "smtp://hr:hunter2密@localhost",
        "smtp://hr:hunter2 @localhost",
        "smtp://hr:hunter2@local\nhost",
        "smtp://hr:hunter2@localhost?timeout=0",
        "smtp://hr:hunter2@localhost?timeout=-1",
        "smtp://hr:hunter2@localhost?timeout=nan",
        "smtp://hr:hunter2@localhost?timeout=",
        "smtp://hr:hunter2@localhost?retries=3",
        "smtp://hr:hunter2@localhost?timeout=3&timeout=3",
        "smtp://hr:hunter2@[localhost",
    ],
)
def test_anything_else_is_refused_without_showing_it(url):
    with pytest.raises(SettingError) as refused:
        parse(url)
    said = str(refused.value) + refused.value.hint
    assert "hunter2" not in said
    assert "hr:" not in said
    assert refused.value.__context__ is None


@given(user=PRINTABLE, password=PRINTABLE)
def test_any_printable_login_survives_percent_encoding(user, password):
    server = parse(f"smtp://{quote(user, safe='')}:{quote(password, safe='')}@localhost")
    assert (server.user, server.password) == (user, password)


@given(st.text(max_size=60))
def test_any_text_is_a_server_or_a_setting_error(text):
    with suppress(SettingError):
        assert parse("smtp://" + text).host


def test_a_server_does_not_print_its_password():
    assert "hunter2" not in repr(parse("smtp://hr:hunter2@localhost"))


def test_the_url_may_lie_in_a_file(tmp_path):
    secret = tmp_path / "email_url"
    secret.write_text("smtp://hr:hunter2@localhost:2525\n")
    assert from_environment({"EMAIL_URL_FILE": str(secret)}) == MailServer("localhost", 2525, "plain", "hr", "hunter2")


def test_url_and_file_together_are_refused(tmp_path):
    with pytest.raises(SettingError, match="EMAIL_URL_FILE"):
        from_environment({"EMAIL_URL_FILE": str(tmp_path / "email_url"), "EMAIL_URL": "smtp://localhost"})


def test_a_missing_file_is_a_setting_error(tmp_path):
    with pytest.raises(SettingError, match="EMAIL_URL_FILE"):
        from_environment({"EMAIL_URL_FILE": str(tmp_path / "nowhere")})
