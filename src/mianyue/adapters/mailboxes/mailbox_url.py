"""Where answers come to: one URL that says it all, read strictly and never shown with its password."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import SplitResult, parse_qsl

from mianyue.adapters import server_url
from mianyue.adapters.server_url import USUAL_TIMEOUT, Security, Wrong, decoded, host_and_port, seconds, split
from mianyue.ports.registry import Setting

SCHEMES: dict[str, tuple[Security, int]] = {"imaps": ("tls", 993), "imap+tls": ("starttls", 143), "imap": ("plain", 143)}
MAILDIR = "maildir"
HERE = frozenset({"127.0.0.1", "::1", "localhost"})

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


def from_environment(env: Mapping[str, str]) -> ImapAddress | MaildirAddress | None:
    """The mailbox of ``MIANYUE_REPLY_MAILBOX``, or of the file that its ``_FILE`` names; None where neither is set. Raises SettingError."""
    url, name = server_url.url_of(env, NAME)
    return parse(url, name) if url or name != NAME else None


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
    return server_url.read(url, name, EXAMPLE, (*SCHEMES, MAILDIR), _parsed)


def _parsed(url: str) -> ImapAddress | MaildirAddress:
    parts, port = split(url)
    if parts.fragment:
        raise Wrong("percent-encode # in a password")
    if parts.scheme == MAILDIR:
        return _maildir(parts)
    if parts.scheme not in SCHEMES:
        raise Wrong("the scheme is imaps, imap+tls, imap or maildir")
    security, usual_port = SCHEMES[parts.scheme]
    host, port = host_and_port(parts, port, usual_port)
    if security == "plain" and host not in HERE:
        raise Wrong("imap:// would show the password to everybody on the way; use imaps:// or imap+tls://")
    user, password = decoded(parts.username), decoded(parts.password)
    if not user or not password:
        raise Wrong("user and password are needed; @ in a user name is written %40")
    options = _options(parts.query)
    folder = decoded(parts.path.removeprefix("/")) or "INBOX"
    if options["done"].casefold() == folder.casefold():
        raise Wrong("done is another folder than the one that is read")
    return ImapAddress(host, port, security, user, password, folder, options["done"], seconds(options["timeout"]))


def _maildir(parts: SplitResult) -> MaildirAddress:
    if parts.netloc or parts.query or not parts.path.startswith("/"):
        raise Wrong("a Maildir is maildir:/// and the folder's whole path")
    return MaildirAddress(Path(decoded(parts.path)))


def _options(query: str) -> dict[str, str]:
    options = {"done": "", "timeout": str(USUAL_TIMEOUT)}
    given = parse_qsl(query, keep_blank_values=True)
    if query and (not given or len({name for name, _ in given}) != len(given) or not {name for name, _ in given} <= set(options)):
        raise Wrong("the only options are done and timeout, each once")
    options |= {name: decoded(value) for name, value in given}
    return options
