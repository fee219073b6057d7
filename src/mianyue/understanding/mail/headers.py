"""Reads what heads of mails say: words in any encoding, addresses, ids."""

from __future__ import annotations

import binascii
import re
from collections.abc import Iterable

from mianyue.understanding.mail.charsets import text_of

MOST_IDS = 50
LONGEST_ID = 250
_ENCODED = re.compile(r"=\?([^?\s]{1,60})\?([bq])\?([^?]*)\?=", re.IGNORECASE)
_BETWEEN = re.compile(r"(\?=)\s+(?==\?[^?\s]{1,60}\?[bq]\?)", re.IGNORECASE)
_ADDRESS = re.compile(r"[^\s@<>()\[\]:;,\"\\]{1,64}@[^\s@<>()\[\]:;,\"\\]{1,253}")


def words_of(value: str, declared: str = "") -> str:
    """A header's words (RFC 2047), in one line without control characters; what can't be decoded stays as it is written.

    ``declared`` is the character set of the mail's own text, since some programs write headers in it without saying so.
    """
    pieces: list[str] = []
    pending, named = b"", ""
    end = 0
    value = _BETWEEN.sub(r"\1", value)
    for found in _ENCODED.finditer(value):
        content = _decoded(found[2], found[3])
        between = value[end : found.start()]
        # Some programs cut a character in two between neighbouring words of one set, so that they are decoded together.
        if between or named.lower() != found[1].lower():
            pieces += [text_of(pending, named), _raw(between, declared)]
            pending = b""
        pending, named = pending + content, found[1].partition("*")[0]
        end = found.end()
    pieces += [text_of(pending, named), _raw(value[end:], declared)]
    return " ".join("".join(character if character.isprintable() else " " for character in "".join(pieces)).split())


def addresses(values: Iterable[str]) -> list[str]:
    """The addresses of headers such as From and To, in lower case: the part in angle brackets, never one inside a display name."""
    found = []
    for value in values:
        # RFC 6532: what is beyond ASCII in an address is UTF-8.
        readable = value.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
        for piece in re.split(r"[,:;]", _without_comments(readable)):
            _, bracket, inside = piece.rpartition("<")
            address = (inside.partition(">")[0] if bracket else piece).strip()
            if _ADDRESS.fullmatch(address):
                found.append(address.lower())
    return found[:MOST_IDS]


def ids(values: Iterable[str]) -> list[str]:
    """Message-IDs in their order, without brackets; one that somebody wrote without them counts as well."""
    found: list[str] = []
    for value in values:
        found += re.findall(r"<([^<>\s]+)>", value) or [word for word in value.split() if "@" in word]
    return [one for one in dict.fromkeys(found) if len(one) <= LONGEST_ID and one.isascii() and one.isprintable()]


def _decoded(encoding: str, content: str) -> bytes:
    octets = content.encode("utf-8", "surrogateescape")
    if encoding in "qQ":
        return binascii.a2b_qp(octets, header=True)
    digits = re.sub(rb"[^A-Za-z0-9+/]", b"", octets)
    digits = digits[: len(digits) - 1] if len(digits) % 4 == 1 else digits
    return binascii.a2b_base64(digits + b"=" * (-len(digits) % 4))


def _raw(value: str, declared: str) -> str:
    """Characters as they stand; bytes beyond ASCII, which RFC 6532 wants to be UTF-8, are whatever they look like."""
    return value if value.isascii() else text_of(value.encode("utf-8", "surrogateescape"), declared)


def _without_comments(value: str) -> str:
    """A structured header less its quoted strings and comments (RFC 5322 §3.2), so that no address in a name is taken for the address."""
    kept: list[str] = []
    depth, quoted, escaped = 0, False, False
    for character in value:
        if escaped:
            escaped = False
        elif character == "\\" and (quoted or depth):
            escaped = True
        elif character == '"' and not depth:
            quoted = not quoted
        elif character == "(" and not quoted:
            depth += 1
        elif character == ")" and depth and not quoted:
            depth -= 1
        elif not quoted and not depth:
            kept.append(character)
    return "".join(kept)
