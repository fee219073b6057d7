"""What the settings share that name a server, a user and a password in one URL: read strictly, never shown with the password."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from pathlib import Path
from typing import Literal, TypeVar
from urllib.parse import SplitResult, unquote, urlsplit

from mianyue.base.errors import SettingError

Security = Literal["plain", "starttls", "tls"]
USUAL_TIMEOUT = 30.0
"""Seconds a server may take for each single answer."""

T = TypeVar("T")


class Wrong(ValueError):
    """What is wrong with the URL, in words that repeat no part of it."""


def url_of(env: Mapping[str, str], name: str) -> tuple[str, str]:
    """The URL of the setting ``name`` or of the file that its ``_FILE`` names, and which of the two was read. Raises SettingError."""
    path = env.get(f"{name}_FILE", "")
    if not path:
        return env.get(name, ""), name
    if env.get(name):
        raise SettingError(f"{name}_FILE", path, f"the only one of {name} and {name}_FILE that is set")
    try:
        return Path(path).read_text(encoding="utf-8").strip(), f"{name}_FILE"
    except (OSError, UnicodeDecodeError):
        raise SettingError(f"{name}_FILE", path, "the path of a readable text file") from None


def read(url: str, name: str, example: str, schemes: Collection[str], parsed: Callable[[str], T]) -> T:
    """What ``parsed`` makes of ``url``. Raises SettingError, which shows the scheme and nothing else of the value."""
    try:
        found, wrong = parsed(url), ""
    except Wrong as error:
        found, wrong = None, f" ({error})"
    # Raised out here: the errors of urllib quote parts of the URL, and must not hang on this one as its context.
    if found is None:
        scheme, separator, _ = url.partition("://")
        shown = f"{scheme}://…" if separator and scheme in schemes else "…" if url else ""
        raise SettingError(name, shown, example + wrong)
    return found


def split(url: str) -> tuple[SplitResult, int | None]:
    """The parts and the port. Raises Wrong."""
    # urlsplit silently drops tabs and newlines, so they have to be refused before it sees them.
    if re.search(r"[\s\x00-\x1f\x7f]", url):
        raise Wrong("white space must be percent-encoded")
    try:
        parts = urlsplit(url)
        return parts, parts.port
    except ValueError:
        raise Wrong("host and port can't be read; percent-encode special characters in a password") from None


def host_and_port(parts: SplitResult, port: int | None, usual: int) -> tuple[str, int]:
    """The host's name and the port, the usual one where none is given. Raises Wrong."""
    host = parts.hostname or ""
    try:
        there = bool(host.encode("idna")) and not host.startswith(".")
    except UnicodeError:
        there = False
    if not there:
        raise Wrong("the host is missing or no host name")
    if port == 0:
        raise Wrong("the port is a number from 1 to 65535")
    return host, port or usual


def decoded(part: str | None, what: str = "user, password and folder") -> str:
    """``part`` without percent-encoding. Raises Wrong where a % is none, or a control character would end the server's command."""
    if part is None:
        return ""
    if re.search(r"%(?![0-9A-Fa-f]{2})", part):
        raise Wrong("a % in user or password is written %25")
    text = unquote(part, errors="replace")
    if not text.isprintable():
        raise Wrong(f"{what} are printable")
    return text


def seconds(text: str) -> float:
    """A timeout. Raises Wrong."""
    if not re.fullmatch(r"[0-9]{1,4}(?:\.[0-9]{1,3})?", text) or not 0 < float(text) <= 3600:
        raise Wrong("timeout is in seconds, up to 3600")
    return float(text)
