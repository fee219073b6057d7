"""Where the mail server is: one URL that says it all, read strictly and never shown with its password."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from mianyue.base.errors import SettingError

Security = Literal["plain", "starttls", "tls"]

SCHEMES: dict[str, tuple[Security, int]] = {"smtp": ("plain", 25), "smtp+tls": ("starttls", 587), "smtps": ("tls", 465)}
USUAL_TIMEOUT = 30.0
"""Seconds. RFC 5321 §4.5.3.2 allows a server ten minutes; the outbox calls an attempt unknown long before."""

EXAMPLE = "a mail server's URL such as smtp+tls://user:password@mail.example.com:587?timeout=30"


@dataclass(frozen=True, slots=True)
class MailServer:
    """A mail server that takes our mail; ``timeout`` in seconds holds for each single answer of it."""

    host: str
    port: int
    security: Security = "plain"
    user: str = ""
    password: str = field(default="", repr=False)
    timeout: float = USUAL_TIMEOUT


class _Wrong(ValueError):
    """What is wrong with the URL, in words that repeat no part of it."""


def from_environment(env: Mapping[str, str]) -> MailServer:
    """The server of ``EMAIL_URL``, or of the file that ``EMAIL_URL_FILE`` names. Raises SettingError."""
    path = env.get("EMAIL_URL_FILE", "")
    if not path:
        return parse(env.get("EMAIL_URL", ""))
    if env.get("EMAIL_URL"):
        raise SettingError("EMAIL_URL_FILE", path, "the only one of EMAIL_URL and EMAIL_URL_FILE that is set")
    try:
        url = Path(path).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        raise SettingError("EMAIL_URL_FILE", path, "the path of a readable text file") from None
    return parse(url, "EMAIL_URL_FILE")


def parse(url: str, name: str = "EMAIL_URL") -> MailServer:
    """Reads ``smtp://``, ``smtp+tls://`` (STARTTLS, RFC 3207) or ``smtps://`` (TLS from the first byte, RFC 8314).

    User and password are percent-decoded. Raises SettingError, which shows the scheme and nothing else of the value.
    """
    try:
        server, wrong = _parsed(url), ""
    except _Wrong as error:
        server, wrong = None, f" ({error})"
    # Raised out here: the errors of urllib quote parts of the URL, and must not hang on this one as its context.
    if server is None:
        raise SettingError(name, _shown(url), EXAMPLE + wrong)
    return server


def _parsed(url: str) -> MailServer:
    # urlsplit silently drops tabs and newlines, so they have to be refused before it sees them.
    if re.search(r"[\s\x00-\x1f\x7f]", url):
        raise _Wrong("white space must be percent-encoded")
    parts, port = _split(url)
    if parts.scheme not in SCHEMES:
        raise _Wrong("the scheme is smtp, smtp+tls or smtps")
    if parts.path not in ("", "/") or parts.fragment:
        raise _Wrong("after host and port only ?timeout= may follow; percent-encode / ? # in a password")
    host = parts.hostname or ""
    if not _is_host(host):
        raise _Wrong("the host is missing or no host name")
    if port == 0:
        raise _Wrong("the port is a number from 1 to 65535")
    user, password = _decoded(parts.username), _decoded(parts.password)
    if bool(user) != bool(password):
        raise _Wrong("user and password come together")
    security, usual_port = SCHEMES[parts.scheme]
    return MailServer(host, port or usual_port, security, user, password, _timeout(parts.query))


def _split(url: str) -> tuple[SplitResult, int | None]:
    try:
        parts = urlsplit(url)
        return parts, parts.port
    except ValueError:
        raise _Wrong("host and port can't be read; percent-encode special characters in a password") from None


def _is_host(host: str) -> bool:
    try:
        return bool(host.encode("idna")) and not host.startswith(".")
    except UnicodeError:
        return False


def _decoded(part: str | None) -> str:
    if part is None:
        return ""
    if re.search(r"%(?![0-9A-Fa-f]{2})", part):
        raise _Wrong("a % in user or password is written %25")
    text = unquote(part, errors="replace")
    # smtplib can only log in with ASCII (RFC 4616 allows more), and a control character would end the command.
    if not text.isascii() or not text.isprintable():
        raise _Wrong("user and password are printable ASCII")
    return text


def _timeout(query: str) -> float:
    if not query:
        return USUAL_TIMEOUT
    match = re.fullmatch(r"[0-9]{1,4}(?:\.[0-9]{1,3})?", dict(parse_qsl(query)).get("timeout", ""))
    if match is None or len(parse_qsl(query, keep_blank_values=True)) != 1 or not 0 < float(match[0]) <= 3600:
        raise _Wrong("the only option is timeout, in seconds up to 3600")
    return float(match[0])


def _shown(url: str) -> str:
    scheme, separator, _ = url.partition("://")
    return f"{scheme}://…" if separator and scheme in SCHEMES else "…" if url else ""
