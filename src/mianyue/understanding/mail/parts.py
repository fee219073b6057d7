"""Takes a mail apart into its leaves in one pass with fixed limits: the sender decides how deep and how wide a mail is, we how far we look.

The standard library's parser is not used for bodies: its time grows with depth times lines, and it recurses (thousands of nested parts
end in RecursionError). Its header parser is, one bounded head at a time.
"""

from __future__ import annotations

import binascii
import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import Message
from email.parser import BytesHeaderParser
from email.policy import Compat32

LONGEST_HEAD = 64 * 1024
"""Bytes. Sendmail takes 32 KiB, Exchange 64."""
LONGEST_VALUE = 4000
"""Characters of one header that are looked at; RFC 5322 §2.1.1 allows lines of 998."""
DEEPEST = 8
MOST_PARTS = 100


class _AsWritten(Compat32):
    """Gives header values as they stand, their raw bytes as surrogates, instead of as objects that guess at them."""

    def header_fetch_parse(self, name: str, value: str) -> str:
        return value


_heads = BytesHeaderParser(policy=_AsWritten())


@dataclass(frozen=True, slots=True)
class Part:
    """A head and what follows it, still encoded for transport; line ends are ``\\n``."""

    head: Message
    body: bytes

    def values(self, name: str) -> list[str]:
        """The head's values of that name, each unfolded and cut to a bounded length."""
        found = self.head.get_all(name, [])
        return [re.sub(r"\s*\n\s*", " ", str(value)[:LONGEST_VALUE]).strip() for value in found[:20]]

    def value(self, name: str) -> str:
        """The first value of that name; empty where there is none."""
        return next(iter(self.values(name)), "")

    @property
    def kind(self) -> str:
        """The media type in lower case; ``text/plain`` where none is named or it is no type (RFC 2045 §5.2)."""
        named = self.value("Content-Type").partition(";")[0].strip().lower()
        return named if re.fullmatch(r"[a-z0-9.+-]+/[a-z0-9.+-]+", named) else "text/plain"

    def parameter(self, name: str) -> str:
        """A parameter of Content-Type, unquoted; empty where there is none."""
        return parameter(self.value("Content-Type"), name)

    @property
    def attached(self) -> bool:
        """Whether it is a file rather than something that its sender wrote into the mail."""
        disposition = self.value("Content-Disposition").lower()
        return disposition.startswith("attachment") or "filename" in disposition or bool(self.parameter("name"))

    def content(self) -> bytes:
        """The body without its transfer encoding (RFC 2045 §6); what is wrongly encoded is read as far as it goes."""
        encoding = self.value("Content-Transfer-Encoding").lower()
        if encoding == "base64":
            digits = re.sub(rb"[^A-Za-z0-9+/]", b"", self.body)
            digits = digits[: len(digits) - 1] if len(digits) % 4 == 1 else digits
            return binascii.a2b_base64(digits + b"=" * (-len(digits) % 4))
        return binascii.a2b_qp(self.body) if encoding == "quoted-printable" else self.body


def parameter(value: str, name: str) -> str:
    """A parameter of a header such as ``text/plain; charset="utf-8"`` (RFC 2045 §5.1; of RFC 2231 its unsplit form)."""
    found = re.search(rf';\s*{name}\*?\s*=\s*(?:"([^"]*)"|([^\s;]+))', value, re.IGNORECASE)
    return (found[1] or found[2] or "").strip() if found else ""


def opened(raw: bytes) -> Part:
    """The mail as its head and its whole body."""
    return _part(raw.replace(b"\r\n", b"\n").replace(b"\r", b"\n"))


def leaves(mail: Part) -> list[Part]:
    """The parts that hold something, in their order. Attached mails are leaves too: their words are somebody else's."""
    found: list[Part] = []
    for leaf in _walk(mail, DEEPEST):
        found.append(leaf)
        if len(found) >= MOST_PARTS:
            break
    return found


def _walk(part: Part, deeper: int) -> Iterator[Part]:
    boundary = part.parameter("boundary")
    if not part.kind.startswith("multipart/"):
        yield part
    elif deeper and 0 < len(boundary) <= 200:
        inside = None
        for inside in _split(part.body, boundary):
            yield from _walk(_part(inside), deeper - 1)
        if inside is None:
            yield Part(_heads.parsebytes(b""), part.body)


def _split(body: bytes, boundary: str) -> Iterator[bytes]:
    """What stands between the boundary lines (RFC 2046 §5.1.1); a missing last one is forgiven."""
    line = re.compile(rb"^--" + re.escape(boundary.encode("utf-8", "surrogateescape")) + rb"(--)?[ \t]*$", re.MULTILINE)
    begins = None
    for count, found in enumerate(line.finditer(body)):
        if begins is not None:
            yield body[begins : max(found.start() - 1, begins)]
        begins = found.end() + 1
        if found[1] or count > MOST_PARTS:
            return
    if begins is not None:
        yield body[begins:]


def _part(content: bytes) -> Part:
    if content.startswith(b"\n"):
        return Part(_heads.parsebytes(b""), content[1:])
    head, _, body = content.partition(b"\n\n")
    return Part(_heads.parsebytes(head[:LONGEST_HEAD]), body)
