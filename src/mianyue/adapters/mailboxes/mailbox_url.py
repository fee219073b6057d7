"""Where answers come to: one URL that says it all, read strictly and never shown with its password."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from mianyue.base.errors import SettingError
from mianyue.ports.registry import Setting

Security = Literal["plain", "starttls", "tls"]

SCHEMES: dict[str, tuple[Security, int]] = {"imaps": ("tls", 993), "imap+tls": ("starttls", 143), "imap": ("plain", 143)}
MAILDIR = "maildir"
HERE = frozenset({"127.0.0.1", "::1", "localhost"})
USUAL_TIMEOUT = 30.0
"""Seconds that a server may take for each single answer."""

ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63})+")
"""An address that can stand in a Reply-To as it is: printable ASCII without what a header's syntax uses (RFC 5322 §3.2.3)."""

NAME = "MIANYUE_REPLY_MAILBOX"
EXAMPLE = "a mailbox's URL such as imaps://user:password@mail.example.com:993/INBOX?done=mianyue/done&timeout=30"
SETTINGS = (
    Setting(NAME, EXAMPLE + "; imap+tls:// is STARTTLS, maildir:///folder a local Maildir", "no answers by mail", secret=True),
    Setting(f"{NAME}_FILE", f"the path of a file that holds {NAME}"),
)


@dataclass(frozen=True, slots=True)
class ImapAddress:
    """A folder on an IMAP server; mails that were dealt with are moved to ``done``, or only marked where it is empty."""

    host: str
    port: int
    security: Security
    user: str
    password: str = field(repr=False)
    folder: str = "INBOX"
    done: str = ""
    timeout: float = USUAL_TIMEOUT


@dataclass(frozen=True, slots=True)
class MaildirAddress:
    """A Maildir on this machine."""

    folder: Path


class _Wrong(ValueError):
    """What is wrong with the URL, in words that repeat no part of it."""


def from_environment(env: Mapping[str, str]) -> ImapAddress | MaildirAddress | None:
    """The mailbox of ``MIANYUE_REPLY_MAILBOX``, or of the file that its ``_FILE`` names; None where neither is set. Raises SettingError."""
    if url := env.get(NAME, ""):
        return parse(url)
    path = env.get(f"{NAME}_FILE", "")
    if not path:
        return None
    try:
        url = Path(path).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        raise SettingError(f"{NAME}_FILE", path, "the path of a readable text file") from None
    return parse(url, f"{NAME}_FILE")


def kind(env: Mapping[str, str]) -> str:
    """The name of the plug that the environment asks for; empty where no mailbox is set. Raises SettingError."""
    address = from_environment(env)
    return "" if address is None else MAILDIR if isinstance(address, MaildirAddress) else "imap"


def reply_address(env: Mapping[str, str]) -> str:
    """The mailbox's own address where its user is one; else empty. Raises SettingError."""
    address = from_environment(env)
    user = address.user if isinstance(address, ImapAddress) else ""
    return user if ADDRESS.fullmatch(user) else ""


def parse(url: str, name: str = NAME) -> ImapAddress | MaildirAddress:
    """Reads ``imaps://`` (TLS, RFC 8314), ``imap+tls://`` (STARTTLS, RFC 2595), ``imap://`` (this machine only) or ``maildir:///``.

    User, password and folder are percent-decoded. Raises SettingError, which shows the scheme and nothing else of the value.
    """
    try:
        address, wrong = _parsed(url), ""
    except _Wrong as error:
        address, wrong = None, f" ({error})"
    # Raised out here: the errors of urllib quote parts of the URL, and must not hang on this one as its context.
    if address is None:
        raise SettingError(name, _shown(url), EXAMPLE + wrong)
    return address


def _parsed(url: str) -> ImapAddress | MaildirAddress:
    # urlsplit silently drops tabs and newlines, so they have to be refused before it sees them.
    if re.search(r"[\s\x00-\x1f\x7f]", url):
        raise _Wrong("white space must be percent-encoded")
    parts, port = _split(url)
    if parts.fragment:
        raise _Wrong("percent-encode # in a password")
    if parts.scheme == MAILDIR:
        return _maildir(parts)
    if parts.scheme not in SCHEMES:
        raise _Wrong("the scheme is imaps, imap+tls, imap or maildir")
    security, usual_port = SCHEMES[parts.scheme]
    host = parts.hostname or ""
    if not _is_host(host):
        raise _Wrong("the host is missing or no host name")
    if security == "plain" and host not in HERE:
        raise _Wrong("imap:// would show the password to everybody on the way; use imaps:// or imap+tls://")
    if port == 0:
        raise _Wrong("the port is a number from 1 to 65535")
    user, password = _decoded(parts.username), _decoded(parts.password)
    if not user or not password:
        raise _Wrong("user and password are needed; @ in a user name is written %40")
    options = _options(parts.query)
    folder = _decoded(parts.path.removeprefix("/")) or "INBOX"
    if options["done"].casefold() == folder.casefold():
        raise _Wrong("done is another folder than the one that is read")
    return ImapAddress(host, port or usual_port, security, user, password, folder, options["done"], _seconds(options["timeout"]))


def _maildir(parts: SplitResult) -> MaildirAddress:
    if parts.netloc or parts.query or not parts.path.startswith("/"):
        raise _Wrong("a Maildir is maildir:/// and the folder's whole path")
    return MaildirAddress(Path(_decoded(parts.path)))


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
        raise _Wrong("a % is written %25")
    text = unquote(part, errors="replace")
    # A control character would end the IMAP command, and what follows would be the next one.
    if not text.isprintable():
        raise _Wrong("user, password and folder are printable")
    return text


def _options(query: str) -> dict[str, str]:
    options = {"done": "", "timeout": str(USUAL_TIMEOUT)}
    given = parse_qsl(query, keep_blank_values=True)
    if query and (not given or len({name for name, _ in given}) != len(given) or not {name for name, _ in given} <= set(options)):
        raise _Wrong("the only options are done and timeout, each once")
    options |= {name: _decoded(value) for name, value in given}
    return options


def _seconds(text: str) -> float:
    if not re.fullmatch(r"[0-9]{1,4}(?:\.[0-9]{1,3})?", text) or not 0 < float(text) <= 3600:
        raise _Wrong("timeout is in seconds, up to 3600")
    return float(text)


def _shown(url: str) -> str:
    scheme, separator, _ = url.partition("://")
    return f"{scheme}://…" if separator and scheme in (*SCHEMES, MAILDIR) else "…" if url else ""
