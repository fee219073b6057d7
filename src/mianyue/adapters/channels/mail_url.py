"""Where the mail server is: one URL that says it all, read strictly and never shown with its password."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import parse_qsl

from mianyue.adapters import server_url
from mianyue.adapters.server_url import USUAL_TIMEOUT, Security, Wrong, decoded, host_and_port, seconds, split

SCHEMES: dict[str, tuple[Security, int]] = {"smtp": ("plain", 25), "smtp+tls": ("starttls", 587), "smtps": ("tls", 465)}
EXAMPLE = "a mail server's URL such as smtp+tls://user:password@mail.example.com:587?timeout=30"


@dataclass(frozen=True, slots=True)
class MailServer:
    """A mail server that takes our mail; ``timeout`` in seconds holds for each single answer of it.

    RFC 5321 §4.5.3.2 allows a server ten minutes; the outbox calls an attempt unknown long before.
    """

    host: str
    port: int
    security: Security = "plain"
    user: str = ""
    password: str = field(default="", repr=False)
    timeout: float = USUAL_TIMEOUT


def from_environment(env: Mapping[str, str]) -> MailServer:
    """The server of ``EMAIL_URL``, or of the file that ``EMAIL_URL_FILE`` names. Raises SettingError."""
    return parse(*server_url.url_of(env, "EMAIL_URL"))


def parse(url: str, name: str = "EMAIL_URL") -> MailServer:
    """Reads ``smtp://``, ``smtp+tls://`` (STARTTLS, RFC 3207) or ``smtps://`` (TLS from the first byte, RFC 8314).

    User and password are percent-decoded. Raises SettingError, which shows the scheme and nothing else of the value.
    """
    return server_url.read(url, name, EXAMPLE, SCHEMES, _parsed)


def _parsed(url: str) -> MailServer:
    parts, port = split(url)
    if parts.scheme not in SCHEMES:
        raise Wrong("the scheme is smtp, smtp+tls or smtps")
    if parts.path not in ("", "/") or parts.fragment:
        raise Wrong("after host and port only ?timeout= may follow; percent-encode / ? # in a password")
    security, usual_port = SCHEMES[parts.scheme]
    host, port = host_and_port(parts, port, usual_port)
    user, password = (_ascii(decoded(part)) for part in (parts.username, parts.password))
    if bool(user) != bool(password):
        raise Wrong("user and password come together")
    return MailServer(host, port, security, user, password, _timeout(parts.query))


def _ascii(text: str) -> str:
    # smtplib can only log in with ASCII (RFC 4616 allows more).
    if not text.isascii():
        raise Wrong("user and password are printable ASCII")
    return text


def _timeout(query: str) -> float:
    given = parse_qsl(query, keep_blank_values=True)
    if query and [name for name, _ in given] != ["timeout"]:
        raise Wrong("the only option is timeout, in seconds up to 3600")
    return seconds(given[0][1]) if given else USUAL_TIMEOUT
