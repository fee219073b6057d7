"""Settings are understood exactly or refused with words; secrets are never repeated."""

from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from mianyue.base.errors import SettingError
from mianyue.config.environment import DECLARED, read, undeclared

H = timedelta(hours=1)
M = timedelta(minutes=1)
LENGTH = [
    ("24h", 24 * H),
    ("90m", 90 * M),
    ("1h30m", 90 * M),
    ("2d", 48 * H),
    ("1d2h3m4s", 26 * H + 3 * M + timedelta(seconds=4)),
    ("0", timedelta(0)),
    ("0h", timedelta(0)),
]
NO_LENGTH = ["", "24", "24 h", "h", "-1h", "1.5h", "24H", "1h1h", "30m1h", "٣h", "9999999d", "tomorrow"]
MONEY = [("0", Decimal(0)), ("20", Decimal(20)), ("0.15", Decimal("0.15"))]
NO_MONEY = ["", "-1", "1,5", "1e3", "0.00001", "٣", "NaN", "$5"]
TABLE = {
    "MIANYUE_HOME": ([("/srv/面 约", Path("/srv/面 约")), ("~/x", Path.home() / "x"), ("x", Path.cwd() / "x")], []),
    "DATABASE_URL": ([("", ""), ("postgresql://h/n", "postgresql://h/n")], []),
    "MIANYUE_URL": (
        [
            ("https://hr.example.com", "https://hr.example.com"),
            ("https://hr.example.com/", "https://hr.example.com"),
            ("http://127.0.0.1:8000", "http://127.0.0.1:8000"),
            ("http://[::1]:8000", "http://[::1]:8000"),
        ],
        [
            "",
            "hr.example.com",
            "ftp://x",
            "https://",
            "https:///x",
            "https://a b",
            "http://h:99999",
            "http://h:x",
            "http://me@h",
            "https://h?x=1",
        ],
    ),
    "MIANYUE_ALLOWED_HOSTS": ([("", ()), ("a.example", ("a.example",)), ("a, b ,", ("a", "b"))], []),
    "MIANYUE_DEMO": ([("1", True), ("true", True), ("0", False), ("False", False), ("", False)], ["2", "yes", "on", "maybe", " 1"]),
    "MIANYUE_CLOCK": ([("", ""), ("2026-11-30T08:00:00+08:00", "2026-11-30T08:00:00+08:00")], []),
    "MIANYUE_ZONE_DATA": ([("packaged", "packaged"), ("system", "system")], ["", "Packaged", "tzdata", "/usr/share/zoneinfo"]),
    "MIANYUE_HOLIDAY_NOTICES": ([("", None), ("/etc/mianyue/notices.toml", Path("/etc/mianyue/notices.toml"))], []),
    "MIANYUE_MINIMUM_NOTICE": (LENGTH, NO_LENGTH),
    "MIANYUE_FOLLOW_UP_AFTER": (LENGTH, NO_LENGTH),
    "MIANYUE_GIVE_UP_AFTER": (LENGTH, NO_LENGTH),
    "MIANYUE_TENTATIVE_HOLD": (LENGTH, NO_LENGTH),
    "MIANYUE_ROOM_NO_SHOW_AFTER": (LENGTH, NO_LENGTH),
    "MIANYUE_READ_SCANS": ([("1", True), ("false", False)], ["2", "yes", "on"]),
    "MIANYUE_ENCODER": ([("", ""), ("none", "none"), ("bundled", "bundled"), ("http", "http")], ["None", "openai", "1"]),
    "MIANYUE_REMIND_BEFORE": (
        [("24h,2h", (24 * H, 2 * H)), ("24h, 2h", (24 * H, 2 * H)), ("30m", (30 * M,)), ("", ())],
        ["24h;2h", "24h,", ",", "24h,,2h", "soon"],
    ),
    "MIANYUE_VIDEO_LINK": (
        [("", ""), ("https://meet.example.com/{interview}", "https://meet.example.com/{interview}")],
        [
            "meet.example.com",
            "ftp://meet.example.com/{interview}",
            "https://meet.example.com/{}",
            "https://meet.example.com/{room}",
        ],
    ),
    "MIANYUE_ANSWER_LOST_AFTER": (LENGTH, NO_LENGTH),
    "MIANYUE_RETRY_FIRST": (LENGTH, NO_LENGTH),
    "MIANYUE_REPLY_TO": (
        [("", ""), ("answers@example.com", "answers@example.com"), ("a.b+c@mail.example.com", "a.b+c@mail.example.com")],
        [
            "answers",
            "a@b",
            "a b@example.com",
            "HR <a@example.com>",
            "a@example.com, b@example.com",
            "a@example.com\r\nBcc: x",
            "面@example.com",
        ],
    ),
    "MIANYUE_RETRY_FOR": (LENGTH, NO_LENGTH),
    "MIANYUE_ATTENDANCE": ([("builtin", "builtin"), ("csv", "csv")], ["", "Builtin", "dingtalk"]),
    "MIANYUE_ASK_BACK": (LENGTH, NO_LENGTH),
    "MIANYUE_CORRECTIONS_PER_MONTH": ([("3", 3), ("0", 0), ("31", 31)], ["", "-1", "3.5", "three", "10000"]),
    "MIANYUE_APPROVAL_REMIND_AFTER": (LENGTH, NO_LENGTH),
    "MIANYUE_APPROVAL_ESCALATE_AFTER": (LENGTH, NO_LENGTH),
    "MIANYUE_WRITER": ([("template", "template"), ("openai", "openai")], ["", "OpenAI", "none"]),
    "MIANYUE_WRITER_TONE": ([("warm", "warm"), ("plain", "plain"), ("formal", "formal")], ["", "Warm", "rude"]),
    "MIANYUE_WRITER_PRICE_IN": (MONEY, NO_MONEY),
    "MIANYUE_WRITER_PRICE_OUT": (MONEY, NO_MONEY),
    "MIANYUE_WRITER_MONTHLY_LIMIT": (MONEY, NO_MONEY),
    "MIANYUE_LOG_LEVEL": ([("INFO", "INFO"), ("debug", "DEBUG")], ["", "LOUD", "7"]),
}
GOOD = [(name, text, value) for name, (good, _) in TABLE.items() for text, value in good]
BAD = [(name, text) for name, (_, bad) in TABLE.items() for text in bad]


def test_every_declared_setting_is_in_the_table_above():
    assert sorted(declared.name for declared in DECLARED) == sorted(TABLE)


@pytest.mark.parametrize(("name", "text", "value"), GOOD)
def test_what_a_setting_understands(name, text, value):
    assert read(name, {name: text}) == value


@pytest.mark.parametrize(("name", "text"), BAD)
def test_what_a_setting_refuses(name, text):
    with pytest.raises(SettingError) as refused:
        read(name, {name: text})
    assert str(refused.value).startswith(f"{name} is {text!r}, which is not ")
    assert refused.value.hint.startswith(f"Set {name} to ")


@pytest.mark.parametrize("declared", DECLARED, ids=lambda declared: declared.name)
def test_the_default_is_understood_and_described(declared):
    assert read(declared.name, {}) == declared.parse(declared.default)
    assert declared.what.endswith(".")


@pytest.mark.parametrize("declared", DECLARED, ids=lambda declared: declared.name)
def test_every_setting_may_come_from_a_file(declared, tmp_path):
    text, value = TABLE[declared.name][0][-1]
    (tmp_path / "setting").write_text(f"{text}\n", encoding="utf-8")
    assert read(declared.name, {f"{declared.name}_FILE": str(tmp_path / "setting")}) == value


def test_the_variable_counts_where_the_file_is_named_too_unless_it_is_empty(tmp_path):
    (tmp_path / "url").write_text("postgresql://from/file\n", encoding="utf-8")
    both = {"DATABASE_URL": "postgresql://from/variable", "DATABASE_URL_FILE": str(tmp_path / "url")}
    assert read("DATABASE_URL", both) == "postgresql://from/variable"
    assert read("DATABASE_URL", both | {"DATABASE_URL": ""}) == "postgresql://from/file"


@pytest.mark.parametrize("content", [None, b"\xff\xfe\x00"], ids=["absent", "no text"])
def test_a_file_that_cannot_be_read_is_named_not_shown(tmp_path, content):
    path = tmp_path / "secret"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(SettingError, match="DATABASE_URL_FILE") as refused:
        read("DATABASE_URL", {"DATABASE_URL_FILE": str(path)})
    assert str(path) in str(refused.value)


def test_variables_that_nothing_reads_are_found_by_their_prefix():
    environ = {
        "MIANYUE_HOME": "/x",
        "MIANYUE_URL_FILE": "/x",
        "MIANYUE_FOLOW_UP_AFTER": "1h",
        "MIANYUE_MAIL_FROM": "a@example.com",
        "HOME": "/root",
        "EMAIL_URL": "smtp://x",
    }
    assert undeclared(environ) == ["MIANYUE_FOLOW_UP_AFTER", "MIANYUE_MAIL_FROM"]
    assert undeclared(environ, known=("MIANYUE_MAIL_FROM",)) == ["MIANYUE_FOLOW_UP_AFTER"]
