"""``mianyue hear`` and what ``mianyue doctor`` says of the mailbox."""

from __future__ import annotations


def test_what_waits_is_heard_once(mianyue, documented, imported, tmp_path):
    (tmp_path / "new").mkdir()
    (tmp_path / "new" / "1.host").write_bytes(b"From: nobody@b.example\r\nSubject: hello\r\n\r\nIs parking available?\r\n")
    box = {"MIANYUE_REPLY_MAILBOX": f"maildir://{tmp_path}", "MIANYUE_REPLY_TO": "answers@xinghe.example"}
    told = mianyue("doctor", "--json", **box).json
    assert {check["name"]: check["message"] for check in told["checks"]}[
        "answers"
    ] == "The mailbox answers. Mails that wait in it: 1."
    first = mianyue("hear", "--json", **box)
    assert (first.code, set(first.json)) == (0, set(documented["hear"]))
    assert first.json == {"heard": 1, "known": 0, "failed": 0, "put_aside": 0}
    assert [path.name for path in (tmp_path / "cur").iterdir()] == ["1.host:2,S"]
    assert mianyue("hear", **box).out == "0 new mails were heard; 0 were known, 0 could not be kept.\n"
    assert mianyue("status", "--json").json["open_tasks"]["unplaced_mail"] == 1


def test_without_a_mailbox_it_says_which_setting(mianyue, imported):
    refused = mianyue("hear", "--json")
    assert (refused.code, refused.json["error"]["code"]) == (1, "no_mailbox")
    assert "MIANYUE_REPLY_MAILBOX" in refused.json["error"]["hint"]


def test_a_mailbox_that_is_not_there_is_said_without_its_password(mianyue, imported):
    box = {"MIANYUE_REPLY_MAILBOX": "imap://hr:hunter2@127.0.0.1:9?timeout=2"}
    for command in ("hear", "doctor"):
        done = mianyue(command, "--json", **box)
        assert (done.code, "hunter2" in done.out + done.err) == (1, False)
        assert "can't be reached" in done.out


def test_a_url_that_can_not_be_read_stops_every_process_without_showing_it(mianyue, imported):
    done = mianyue("status", MIANYUE_REPLY_MAILBOX="imap://hr:hunter2@mail.example.com")
    assert (done.code, "hunter2" in done.out + done.err) == (1, False)
    assert "imap://… which is not" in done.err.replace("'imap://…',", "imap://…")
