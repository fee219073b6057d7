"""Text in a form that no mail server on the way has a reason to change."""

from __future__ import annotations

import re
from email.charset import BASE64, QP, Charset
from email.header import Header

from mianyue.ports.channel import PermanentFailure


def canonical(text: str) -> str:
    """Lines ended by CRLF, which text must have before it becomes base64 (RFC 2045 §6.8)."""
    return re.sub(r"\r\n|\r|\n", "\r\n", text)


def transport(text: str) -> Charset:
    """UTF-8 in whichever 7-bit form is shorter: quoted-printable for Latin letters, base64 for Chinese ones.

    Never 8 bits: a relay on the way may rewrite those, and break the DKIM signature with it.
    """
    octets = text.encode("utf-8", "replace")
    beyond_ascii = sum(octet > 127 for octet in octets)
    charset = Charset("utf-8")
    charset.body_encoding = QP if len(octets) + 2 * beyond_ascii <= len(octets) * 4 / 3 else BASE64
    return charset


def subject(words: str) -> str:
    """The subject, encoded here if it is not ASCII: Django's own first line has no room for "Subject:", which then stands alone.

    Leaves newlines to be refused by Django. Raises PermanentFailure for half a character.
    """
    if words.isascii() or re.search(r"[\r\n]", words):
        return words
    try:
        return Header(words, "utf-8", header_name="Subject").encode().replace("\n", "")
    except UnicodeError:
        raise PermanentFailure("The message's subject is not Unicode.") from None
