"""The URL of the mailbox: every form it may have, and silence about its password."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mianyue.adapters.mailboxes.mailbox_url import ImapAddress, MaildirAddress, from_environment, kind, parse, reply_address
from mianyue.base.errors import SettingError

NAME = "MIANYUE_REPLY_MAILBOX"
PRINTABLE = st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=30)


@pytest.mark.parametrize(
    ("url", "address"),
    [
        ("imaps://hr:s3cret@mail.example.com", ImapAddress("mail.example.com", 993, "tls", "hr", "s3cret")),
        ("imap+tls://hr:s3cret@mail.example.com/", ImapAddress("mail.example.com", 143, "starttls", "hr", "s3cret")),
        ("imap://hr:s3cret@localhost:1143", ImapAddress("localhost", 1143, "plain", "hr", "s3cret")),
        (
            "IMAPS://hr%40example.com:a%2Fb%25@Mail.Example.com:1993/Answers/2026?done=mianyue/done&timeout=2.5",
            ImapAddress("mail.example.com", 1993, "tls", "hr@example.com", "a/b%", "Answers/2026", "mianyue/done", 2.5),
        ),
        ("imaps://hr:x@[::1]/%E9%9D%A2%E8%AF%95", ImapAddress("::1", 993, "tls", "hr", "x", "面试")),
        ("maildir:///var/mail/answers", MaildirAddress(Path("/var/mail/answers"))),
        ("maildir:///srv/%E7%AD%94%20box", MaildirAddress(Path("/srv/答 box"))),
    ],
)
def test_a_url_says_everything(url, address):
    assert parse(url) == address


@pytest.mark.parametrize(
    "url",
    [
        "mail.example.com",
        "https://hr:hunter2@mail.example.com",
        "imaps://",
        "imaps://hr:hunter2@",
        "imaps://mail.example.com",
        "imaps://hr@mail.example.com",
        "imaps://:hunter2@mail.example.com",
        "imaps://hr:hunter2@mail.example.com:0",
        "imaps://hr:hunter2@mail.example.com:70000",
        "imaps://hr:hunter2@mail.example.com:imap",
        "imaps://hr:hunter2@.example.com",
        "imaps://hr:hunter2#@mail.example.com",
        "imaps://hr:hunter2%@mail.example.com",
        "imaps://hr:hunter2%0D%0Ax@mail.example.com",
        "imaps://hr:hunter2@mail.example.com/IN%0D%0ABOX",
        "imaps://hr:hunter2@mail.example.com?done=x%0D%0Ay",
        "imaps://hr:hunter2 @mail.example.com",
        "imaps://hr:hunter2@mail.exa\nmple.com",
        "imaps://hr:hunter2@mail.example.com?timeout=0",
        "imaps://hr:hunter2@mail.example.com?timeout=nan",
        "imaps://hr:hunter2@mail.example.com?seen=1",
        "imaps://hr:hunter2@mail.example.com?done=a&done=b",
        "imaps://hr:hunter2@mail.example.com?x",
        "imaps://hr:hunter2@mail.example.com/INBOX?done=inbox",
        "imap://hr:hunter2@mail.example.com",
        "maildir://hunter2/var/mail",
        "maildir:var/hunter2",
        "maildir:///var/mail?hunter2",
        "imaps://hr:hunter2@[localhost",
    ],
)
def test_anything_else_is_refused_without_showing_it(url):
    with pytest.raises(SettingError) as refused:
        parse(url)
    said = str(refused.value) + refused.value.hint
    assert "hunter2" not in said
    assert "hr:" not in said
    assert refused.value.__context__ is None


@given(user=PRINTABLE, password=PRINTABLE, folder=PRINTABLE)
def test_any_printable_login_and_folder_survives_percent_encoding(user, password, folder):
    address = parse(f"imaps://{quote(user, safe='')}:{quote(password, safe='')}@localhost/{quote(folder, safe='')}")
    assert (address.user, address.password, address.folder) == (user, password, folder)
    assert (
        repr(password) not in repr(address)
        or password
        in user + folder + "ImapAddress(host='localhost', port=993, security='tls', user=, folder=, done=, timeout=30.0)"
    )


def test_a_file_may_hold_it(tmp_path):
    path = tmp_path / "mailbox"
    path.write_text("imaps://hr%40example.com:x@mail.example.com\n")
    env = {f"{NAME}_FILE": str(path)}
    assert from_environment(env) == ImapAddress("mail.example.com", 993, "tls", "hr@example.com", "x")
    assert (kind(env), reply_address(env)) == ("imap", "hr@example.com")


def test_only_one_of_variable_and_file_is_set(tmp_path):
    both = {NAME: "maildir:///a", f"{NAME}_FILE": str(tmp_path / "absent")}
    with pytest.raises(SettingError) as refused:
        from_environment(both)
    assert "the only one" in str(refused.value)


def test_a_file_that_can_not_be_read_is_named(tmp_path):
    with pytest.raises(SettingError, match="MIANYUE_REPLY_MAILBOX_FILE"):
        from_environment({f"{NAME}_FILE": str(tmp_path / "absent")})


def test_a_file_with_nonsense_is_named_not_shown(tmp_path):
    path = tmp_path / "mailbox"
    path.write_text("hunter2")
    with pytest.raises(SettingError, match="MIANYUE_REPLY_MAILBOX_FILE") as refused:
        from_environment({f"{NAME}_FILE": str(path)})
    assert "hunter2" not in str(refused.value)


@pytest.mark.parametrize("env", [{}, {NAME: ""}, {f"{NAME}_FILE": ""}])
def test_none_is_set(env):
    assert (from_environment(env), kind(env), reply_address(env)) == (None, "", "")


@pytest.mark.parametrize(
    "user", ["hr", "hr%40localhost", "hr%20x%40example.com", "%22hr%22%40example.com", "%E9%9D%A2%40example.com"]
)
def test_a_user_that_is_no_plain_address_is_no_reply_to(user):
    assert reply_address({NAME: f"imaps://{user}:x@mail.example.com"}) == ""
