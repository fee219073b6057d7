"""Reads one mail as it came over the wire: who answers what, in which words of their own."""

from __future__ import annotations

import re
from datetime import datetime
from hashlib import sha256

from mianyue.understanding.mail.automatic import is_automatic, is_calendar_answer
from mianyue.understanding.mail.charsets import text_of
from mianyue.understanding.mail.flowed import unwrapped
from mianyue.understanding.mail.headers import addresses, ids, words_of
from mianyue.understanding.mail.html_text import text_of_html
from mianyue.understanding.mail.incoming import IncomingMail
from mianyue.understanding.mail.own_part import own_part
from mianyue.understanding.mail.parts import Part, leaves, opened

LONGEST_MAIL = 2 * 1024 * 1024
"""Bytes that are looked at; an answer's words stand before its attachments."""

_ANSWERING = re.compile(
    r"\s*(?:(?:re|aw|sv|回复|回覆|答复|答覆|返信|antw|antwort|r|res|rif|odp|ynt|fwd?|转发|轉寄)\s*(?:\[\d+\])?\s*[:：])",
    re.IGNORECASE,
)


def read(raw: bytes, received_at: datetime) -> IncomingMail:
    """The mail in ``raw`` (RFC 5322, RFC 2045), of which the first ``LONGEST_MAIL`` bytes are looked at.

    Never raises, whatever the bytes are: what can't be read is left out. Attachments and attached mails are not opened.
    """
    mail = opened(raw[:LONGEST_MAIL])
    parts = leaves(mail)
    senders = addresses(mail.values("From"))
    message_ids = ids(mail.values("Message-ID")[:1])
    subject = words_of(mail.value("Subject"), next((set_ for part in parts if (set_ := part.parameter("charset"))), ""))
    return IncomingMail(
        message_id=message_ids[0] if message_ids else f"{sha256(raw).hexdigest()}@without.message-id",
        in_reply_to=tuple(dict.fromkeys(ids(mail.values("In-Reply-To")) + ids(mail.values("References"))[::-1])),
        sender=senders[0] if len(senders) == 1 else "",
        to=tuple(dict.fromkeys(addresses(mail.values("To") + mail.values("Cc")))),
        subject=subject,
        words=_words(parts, subject),
        automatic=is_automatic(mail, parts),
        received_at=received_at,
    )


def _words(parts: list[Part], subject: str) -> str:
    if any(is_calendar_answer(part) for part in parts):
        # A calendar program wrote these, and likes to repeat the meeting's own times.
        return ""
    shown = [part for part in parts if not part.attached]
    written = "\n".join(_plain(part) for part in shown if part.kind == "text/plain")
    if not written.strip():
        written = "\n".join(text_of_html(_text(part)) for part in shown if part.kind == "text/html")
    words = own_part(written)
    # Some write their whole answer into the subject line.
    return words or ("" if _ANSWERING.match(subject) else subject)


def _plain(part: Part) -> str:
    text = _text(part)
    if part.parameter("format").lower() == "flowed":
        return unwrapped(text, without_space=part.parameter("delsp").lower() == "yes")
    return text


def _text(part: Part) -> str:
    return text_of(part.content(), part.parameter("charset"))
