"""Every setting of mianyue: read from the environment only, parsed strictly, described where it is declared."""

from __future__ import annotations

import logging
import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from mianyue.adapters.mailboxes.mailbox_url import ADDRESS
from mianyue.base.durations import EXPECTED as DURATION
from mianyue.base.durations import duration
from mianyue.base.errors import SettingError


def _durations(text: str) -> tuple[timedelta, ...]:
    return tuple(duration(part.strip()) for part in text.split(",")) if text else ()


def _switch(text: str) -> bool:
    return {"1": True, "true": True, "0": False, "false": False, "": False}[text.lower()]


def _url(text: str) -> str:
    parts = urlsplit(text)
    if parts.scheme not in ("http", "https") or not parts.hostname or re.search(r"[\s?#@]", text) or parts.port == 0:
        raise ValueError("not a web address")
    return text.rstrip("/")


def _level(text: str) -> str:
    if text.upper() not in logging.getLevelNamesMapping():
        raise ValueError("not a level")
    return text.upper()


def _video_link(text: str) -> str:
    if text:
        _url(text.replace("{interview}", "x"))
        if re.search(r"[{}]", text.replace("{interview}", "")):
            raise ValueError("only {interview} is filled in")
    return text


def _hosts(text: str) -> tuple[str, ...]:
    return tuple(host.strip() for host in text.split(",") if host.strip())


def _count(text: str) -> int:
    if not re.fullmatch(r"[0-9]{1,4}", text):
        raise ValueError("not a number")
    return int(text)


def _zone_data(text: str) -> str:
    return {"packaged": "packaged", "system": "system"}[text]


def _writer(text: str) -> str:
    return {"template": "template", "openai": "openai"}[text]


def _encoder(text: str) -> str:
    return {"": "", "none": "none", "bundled": "bundled", "http": "http"}[text]


def _tone(text: str) -> str:
    return {"warm": "warm", "plain": "plain", "formal": "formal"}[text]


def _money(text: str) -> Decimal:
    if not re.fullmatch(r"[0-9]{1,7}(?:\.[0-9]{1,4})?", text):
        raise ValueError("not an amount")
    return Decimal(text)


def _mail_address(text: str) -> str:
    if text and not ADDRESS.fullmatch(text):
        raise ValueError("not an address")
    return text


def _attendance(text: str) -> str:
    return {"builtin": "builtin", "csv": "csv"}[text]


@dataclass(frozen=True, slots=True)
class Declared:
    """One setting: its variable, how its text becomes a value, and what it is for."""

    name: str
    default: str
    parse: Callable[[str], Any]
    expected: str
    what: str
    secret: bool = False


DECLARED: tuple[Declared, ...] = (
    Declared("MIANYUE_HOME", "~/.mianyue", lambda t: Path(t).expanduser().absolute(), "a folder", "Holds data and keys."),
    Declared(
        "DATABASE_URL",
        "",
        str,
        "postgresql://user:password@host:5432/name",
        "PostgreSQL ≥ 15 to use instead of the embedded one.",
        True,
    ),
    Declared(
        "MIANYUE_URL",
        "http://127.0.0.1:8000",
        _url,
        "an http(s) address",
        "The address people reach mianyue at; links in letters begin with it.",
    ),
    Declared("MIANYUE_ALLOWED_HOSTS", "", _hosts, "host names joined by commas", "Further host names the web server answers to."),
    Declared(
        "MIANYUE_DEMO",
        "0",
        _switch,
        "0 or 1",
        "1 opens the sandbox mailbox and phone and allows MIANYUE_CLOCK. Never in production.",
    ),
    Declared(
        "MIANYUE_CLOCK",
        "",
        str,
        "an ISO 8601 instant with offset",
        "Starts the product's clock at that instant (demo and tests only).",
    ),
    Declared(
        "MIANYUE_ZONE_DATA",
        "packaged",
        _zone_data,
        "packaged or system",
        "Whose time zone rules count: those installed with mianyue, the same on every machine, or the operating system's.",
    ),
    Declared(
        "MIANYUE_HOLIDAY_NOTICES",
        "",
        lambda t: Path(t).expanduser().absolute() if t else None,
        "a TOML file",
        "Holidays that were announced after this version of mianyue was made, see [day kinds](day-kinds.md).",
    ),
    Declared("MIANYUE_MINIMUM_NOTICE", "24h", duration, DURATION, "No time is proposed that begins sooner than this."),
    Declared(
        "MIANYUE_FOLLOW_UP_AFTER", "24h", duration, DURATION, "Silence after which a second notice goes out on the next channel."
    ),
    Declared(
        "MIANYUE_GIVE_UP_AFTER",
        "24h",
        duration,
        DURATION,
        "Silence after the second notice until a person is asked and the times are free again.",
    ),
    Declared(
        "MIANYUE_TENTATIVE_HOLD", "72h", duration, DURATION, "How long a next round's time is held before somebody invites to it."
    ),
    Declared(
        "MIANYUE_ROOM_NO_SHOW_AFTER",
        "15m",
        duration,
        DURATION,
        "A room booked by the staff is free again this long after the beginning if nobody has checked in; 0: never.",
    ),
    Declared(
        "MIANYUE_REMIND_BEFORE",
        "24h,2h",
        _durations,
        "lengths of time joined by commas",
        "When reminders go out before an interview.",
    ),
    Declared(
        "MIANYUE_VIDEO_LINK",
        "",
        _video_link,
        "a web address, with {interview} where each interview's own id belongs",
        "Where video interviews take place. Empty: a recruiter is asked for the link of each.",
    ),
    Declared(
        "MIANYUE_ANSWER_LOST_AFTER", "60s", duration, DURATION, "A sending whose worker vanished counts as unknown after this."
    ),
    Declared(
        "MIANYUE_RETRY_FIRST",
        "30s",
        duration,
        DURATION,
        "Wait before the first retry of a message; doubles with each further one.",
    ),
    Declared(
        "MIANYUE_ATTENDANCE",
        "builtin",
        _attendance,
        "builtin or csv",
        "Where attendance is kept: in mianyue itself, or in another system that exchanges files with it.",
    ),
    Declared(
        "MIANYUE_WRITER",
        "template",
        _writer,
        "template or openai",
        "Who words the greeting of invitations: templates alone, or [a language model](writer.md) whose sentences are checked.",
    ),
    Declared(
        "MIANYUE_READ_SCANS",
        "1",
        _switch,
        "0 or 1",
        "Whether résumés that are scans or photographs are read after an import: takes the extra `ocr`, and seconds for each page, once.",
    ),
    Declared(
        "MIANYUE_ENCODER",
        "",
        _encoder,
        "none, bundled or http",
        "What tells [how alike](replies.md) words of many languages are. Empty: bundled where the extra `embed` is installed, else none.",
    ),
    Declared("MIANYUE_WRITER_TONE", "warm", _tone, "warm, plain or formal", "The tone that the model is asked for."),
    Declared("MIANYUE_WRITER_PRICE_IN", "0", _money, "an amount", "What the model costs per million tokens it reads."),
    Declared("MIANYUE_WRITER_PRICE_OUT", "0", _money, "an amount", "What the model costs per million tokens it writes."),
    Declared(
        "MIANYUE_WRITER_MONTHLY_LIMIT",
        "0",
        _money,
        "an amount",
        "What the model may cost in a calendar month, in the same currency; then templates go out. 0: no limit.",
    ),
    Declared(
        "MIANYUE_REPLY_TO",
        "",
        _mail_address,
        "a mail address",
        "Where candidates' answers by mail go. Empty: the user of MIANYUE_REPLY_MAILBOX where it is an address, else the company's contact.",
    ),
    Declared("MIANYUE_RETRY_FOR", "24h", duration, DURATION, "How long a message is retried before a person is asked."),
    Declared(
        "MIANYUE_ASK_BACK",
        "31d",
        duration,
        DURATION,
        "How long ago overtime, a trip, sick leave or a missing punch may be asked for.",
    ),
    Declared(
        "MIANYUE_CORRECTIONS_PER_MONTH",
        "3",
        _count,
        "a whole number",
        "How many punches of a month one person may have corrected.",
    ),
    Declared(
        "MIANYUE_APPROVAL_REMIND_AFTER",
        "24h",
        duration,
        DURATION,
        "An approver who has not decided after this is reminded; 0: never.",
    ),
    Declared(
        "MIANYUE_APPROVAL_ESCALATE_AFTER",
        "72h",
        duration,
        DURATION,
        "A decision that waits longer may be made by HR at the console, too; 0: never.",
    ),
    Declared(
        "MIANYUE_LOG_LEVEL",
        "INFO",
        _level,
        "DEBUG, INFO, WARNING, ERROR or CRITICAL",
        "How much the processes say on standard error.",
    ),
)

_BY_NAME = {declared.name: declared for declared in DECLARED}


def read(name: str, environ: Mapping[str, str] | None = None) -> Any:
    """The value of a declared setting. Where it is unset or empty, ``<NAME>_FILE`` may name a file that holds it.

    Raises SettingError.
    """
    declared = _BY_NAME[name]
    environ = os.environ if environ is None else environ
    text = environ.get(name)
    if not text and (path := environ.get(f"{name}_FILE")):
        try:
            text = Path(path).read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError) as error:
            why = error.strerror if isinstance(error, OSError) else "it is not UTF-8"
            raise SettingError(f"{name}_FILE", path, f"a readable file ({why})") from error
    text = declared.default if text is None else text
    try:
        return declared.parse(text)
    except (ValueError, KeyError) as error:
        raise SettingError(name, "…" if declared.secret else text, declared.expected) from error


def undeclared(environ: Mapping[str, str] | None = None, known: tuple[str, ...] = ()) -> list[str]:
    """``MIANYUE_`` variables that nothing reads: most often a spelling mistake."""
    environ = os.environ if environ is None else environ
    allowed = {*_BY_NAME, *known}
    return sorted(n for n in environ if n.startswith("MIANYUE_") and n.removesuffix("_FILE") not in allowed)
