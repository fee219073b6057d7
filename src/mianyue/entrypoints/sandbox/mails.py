"""Reads the mails that the sandbox's server kept, whatever is in them: nothing received may break a page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes
from email.errors import HeaderParseError
from email.header import decode_header, make_header
from email.message import Message
from email.parser import BytesHeaderParser
from email.utils import getaddresses, parseaddr, parsedate_to_datetime
from functools import lru_cache
from pathlib import Path

NOBODY = "unknown"
"""Stands for a recipient that the mail does not name."""


@dataclass(frozen=True, slots=True)
class Summary:
    """What a mailbox shows of a mail before it is opened.

    ``arrived``, in nanoseconds, is the file's own time and orders mails; ``sent_at`` is what the mail says.
    """

    name: str
    recipient: str
    recipient_name: str
    sender: str
    subject: str
    sent_at: datetime
    arrived: int


@dataclass(frozen=True, slots=True)
class Mail:
    """One mail as received: its words, its invitation, and the very bytes."""

    summary: Summary
    headers: list[tuple[str, str]]
    text: str
    html: str
    calendar: bytes
    method: str
    raw: bytes


def summaries(folder: Path) -> list[Summary]:
    """All mails of a Maildir, newest first; none if the folder isn't there yet."""
    found = [_summary(path, path.stat().st_mtime_ns) for path in _files(folder)]
    return sorted(found, key=lambda mail: (mail.arrived, mail.name), reverse=True)


def find(folder: Path, name: str) -> Mail | None:
    """The mail of that file name. Only listed names are found, so that a name can't lead out of the folder."""
    for path in _files(folder):
        if path.name == name:
            return _opened(path)
    return None


def _files(folder: Path) -> Iterator[Path]:
    # Maildir: ``tmp`` holds mails that are still being written.
    for place in ("new", "cur"):
        if (folder / place).is_dir():
            yield from (folder / place).iterdir()


@lru_cache(maxsize=10_000)
def _summary(path: Path, arrived: int) -> Summary:
    """Kept, since a mail's file never changes and pages ask every two seconds."""
    with path.open("rb") as file:
        head = BytesHeaderParser().parse(file)
    named, address = parseaddr(str(head.get("To", "")))
    delivered = str(head.get("Delivered-To", "")).strip() or address or NOBODY
    return Summary(
        name=path.name,
        recipient=delivered.lower(),
        recipient_name=_decoded(named) if address.lower() == delivered.lower() else "",
        sender=_people(head, "From"),
        subject=_decoded(head.get("Subject", "")),
        sent_at=_date(head) or datetime.fromtimestamp(arrived / 1e9, UTC),
        arrived=arrived,
    )


def _opened(path: Path) -> Mail:
    raw = path.read_bytes()
    message = message_from_bytes(raw)
    leaves = [part for part in message.walk() if not part.is_multipart()]
    of_kind = {kind: part for part in reversed(leaves) if (kind := part.get_content_type()) and not part.get_filename()}
    invitation = of_kind.get("text/calendar") or next(
        (part for part in leaves if part.get_content_type() == "application/ics"), None
    )
    return Mail(
        summary=_summary(path, path.stat().st_mtime_ns),
        headers=[(name, _decoded(value)) for name, value in message.items()],
        text=_text(of_kind.get("text/plain")),
        html=_text(of_kind.get("text/html")),
        calendar=_content(invitation),
        method=str(invitation.get_param("method") or "") if invitation else "",
        raw=raw,
    )


def _people(head: Message, name: str) -> str:
    """A header's mailboxes, split before they are decoded: a decoded name may hold a comma."""
    people = getaddresses([str(value) for value in head.get_all(name, [])])
    return ", ".join(f"{_decoded(named)} <{address}>" if named else address for named, address in people)


def _decoded(value: object) -> str:
    """A header's words (RFC 2047), or what stands there if they can't be decoded."""
    try:
        return " ".join(str(make_header(decode_header(str(value)))).split())
    except (HeaderParseError, LookupError, ValueError):
        return str(value)


def _date(head: Message) -> datetime | None:
    try:
        date = parsedate_to_datetime(str(head.get("Date", "")))
        return (date if date.tzinfo else date.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _content(part: Message | None) -> bytes:
    content = part.get_payload(decode=True) if part else None
    return content if isinstance(content, bytes) else b""


def _text(part: Message | None) -> str:
    if part is None:
        return ""
    try:
        text = _content(part).decode(str(part.get_content_charset("utf-8")), "replace")
    except LookupError:
        text = _content(part).decode("utf-8", "replace")
    return text.replace("\r\n", "\n")
