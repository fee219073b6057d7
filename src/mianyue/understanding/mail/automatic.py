"""Tells what a program sent from what a person wrote: answering a program would make two machines write to each other for ever."""

from __future__ import annotations

import re
from functools import cache

from mianyue.understanding.mail.headers import addresses, words_of
from mianyue.understanding.mail.parts import Part
from mianyue.understanding.wordlists import sections

_PROGRAMS = re.compile(r"(?:mailer-?daemon|postmaster|no-?reply|do-?not-?reply|bounces?|auto-?reply)(?:[+._-].*)?@.*")
_AUTOREPLY_HEADERS = ("X-Autoreply", "X-Auto-Reply", "X-Autorespond", "X-AutoReply-From", "X-Mail-Autoreply", "X-Failed-Recipients")


def is_automatic(mail: Part, parts: list[Part]) -> bool:
    """Whether the mail says, or shows, that no person wrote it.

    RFC 3834 (Auto-Submitted, an empty Return-Path), RFC 3462 and 3464 (reports of delivery), RFC 2369 and 2919 (lists), and what programs
    wrote before there were rules. A calendar program's "accepted" is one too: nothing is left to do about it.
    """
    submitted = re.match(r"[\w-]+", mail.value("Auto-Submitted"))
    return (
        (submitted is not None and submitted[0].lower() != "no")
        or any(mail.value(name).lower() not in ("", "no") for name in _AUTOREPLY_HEADERS)
        or mail.value("Precedence").lower() in ("bulk", "junk", "list", "auto_reply", "auto-reply")
        or any(value.replace(" ", "") == "<>" for value in mail.values("Return-Path"))
        or bool(mail.value("List-Id") or mail.value("List-Unsubscribe"))
        or any(_PROGRAMS.fullmatch(address) for address in addresses(mail.values("From")))
        or mail.kind == "multipart/report"
        or any(part.kind in ("message/delivery-status", "message/disposition-notification") for part in parts)
        or _subject().match(words_of(mail.value("Subject"))) is not None
        or any(_accepted(part) for part in parts)
    )


def is_calendar_answer(part: Part) -> bool:
    """Whether the part is an iTIP reply (RFC 6047 §2.4): a button was pressed, and the words around it are a program's."""
    return part.kind == "text/calendar" and part.parameter("method").lower() == "reply"


def _accepted(part: Part) -> bool:
    if not is_calendar_answer(part):
        return False
    unfolded = re.sub(rb"\n[ \t]", b"", part.content().replace(b"\r\n", b"\n"))
    said = re.search(rb"^ATTENDEE[^\n]{0,2000}?PARTSTAT=([A-Z-]+)", unfolded, re.MULTILINE)
    return said is not None and said[1] == b"ACCEPTED"


@cache
def _subject() -> re.Pattern[str]:
    beginnings = "|".join(re.escape(line) for line in sections("mail/automatic.txt")["subjects"])
    return re.compile(rf"\s*[\[(（【]?\s*(?:{beginnings})", re.IGNORECASE)
