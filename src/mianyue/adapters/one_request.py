"""Asks a service one question over a connection of its own: TLS checked, no redirect followed, nothing kept open, nothing logged."""

from __future__ import annotations

import os
import socket
import threading
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import HTTPError, ReadTimeoutError
from urllib3.response import BaseHTTPResponse

from mianyue.base.errors import SettingError

EXPECTED = "an https address such as https://llm.example.com/v1 (http only for this machine)"
_HERE = frozenset({"localhost", "127.0.0.1", "::1"})
_PIECE = 8192
TRY_AGAIN = frozenset({408, 425, 429, 500, 502, 503, 504})
"""Statuses after which the same question may be answered."""


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where a service is; ``path`` is the base without a slash at its end."""

    secure: bool
    host: str
    port: int
    path: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back, unread. ``wait``: the seconds the service asked to be left alone, 0 where it didn't."""

    status: int
    body: bytes
    wait: float


class NoAnswer(Exception):
    """Nothing came back. ``reason`` is ``timeout``, ``unreachable`` or ``too_long``; ``kind`` is the network error's, never its text."""

    def __init__(self, reason: str, kind: str = "") -> None:
        super().__init__(reason)
        self.reason, self.kind = reason, kind


def endpoint(setting: str, url: str) -> Endpoint:
    """Reads the address of a service. Raises SettingError; the value is not repeated, since people put keys into addresses."""
    try:
        parts = urlsplit(url.strip())
        port = parts.port
    except ValueError:
        raise SettingError(setting, "…", EXPECTED) from None
    host = parts.hostname or ""
    secure = parts.scheme == "https"
    plain = parts.scheme == "http" and host in _HERE
    odd = parts.query or parts.fragment or parts.username or parts.password or any(c.isspace() or c < " " for c in url.strip())
    if not host or odd or not (secure or plain) or port == 0:
        raise SettingError(setting, "…", EXPECTED)
    return Endpoint(secure, host, port or (443 if secure else 80), parts.path.rstrip("/"))


def key(setting: str, env: Mapping[str, str]) -> str:
    """The key in ``setting``, or in the file that ``<setting>_FILE`` names. Raises SettingError, which never repeats it."""
    told, path = env.get(setting, ""), env.get(f"{setting}_FILE", "")
    if not told and path:
        try:
            told = Path(path).read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError):
            raise SettingError(f"{setting}_FILE", path, "the path of a readable text file") from None
    told = told.strip()
    # It becomes a header: RFC 6750 §2.1 allows no more.
    if not told.isascii() or any(char <= " " or char == "\x7f" for char in told):
        raise SettingError(setting, "…", "a key of visible ASCII characters")
    return told


def post(where: Endpoint, path: str, body: bytes, key: str, *, within: float, longest: int) -> Answer:
    """Posts JSON to ``path`` under the endpoint. Raises NoAnswer, at the latest after ``within`` seconds or ``longest`` bytes.

    A thread of its own waits for the answer: no time-out of a socket covers a name that isn't resolved, or headers that come a
    byte a second. What is still under way at the end is cut off.
    """
    call = _Call(where, path, body, key, within, longest)
    threading.Thread(target=call.run, name="one-request", daemon=True).start()
    if not call.done.wait(within):
        call.cut_off()
        raise NoAnswer("timeout")
    if call.error is not None:
        raise call.error
    return Answer(call.status, call.answer, call.wait)


@dataclass(slots=True)
class _Call:
    """One request under way in a thread; whoever waits for it may cut it off."""

    endpoint: Endpoint
    path: str
    body: bytes
    key: str = field(repr=False)
    within: float
    longest: int
    done: threading.Event = field(default_factory=threading.Event)
    status: int = 0
    answer: bytes = b""
    wait: float = 0.0
    error: NoAnswer | None = None
    _connection: HTTPConnection | None = None

    def run(self) -> None:
        try:
            self._ask()
        except NoAnswer as error:
            self.error = error
        except (TimeoutError, ReadTimeoutError):
            # The socket's own time-out may end a moment before the one who waits.
            self.error = NoAnswer("timeout")
        except (HTTPError, OSError, ValueError, EOFError) as error:
            # Only the kind: the text of a network error names addresses, and that of a refused header its value.
            self.error = NoAnswer("unreachable", type(error).__name__)
        finally:
            if self._connection is not None:
                self._connection.close()
            self.done.set()

    def cut_off(self) -> None:
        """Ends the waiting thread's reading; a connection that is not made yet ends by its own time-out."""
        held = getattr(self._connection, "sock", None)
        if held is not None:
            with suppress(OSError):
                held.shutdown(socket.SHUT_RDWR)

    def _ask(self) -> None:
        where = self.endpoint
        kind: Any = HTTPSConnection if where.secure else HTTPConnection
        more = {"cert_reqs": "CERT_REQUIRED", "ca_certs": os.environ.get("SSL_CERT_FILE")} if where.secure else {}
        self._connection = kind(where.host, where.port, timeout=self.within, **more)
        headers = {"Content-Type": "application/json", "Accept": "application/json", "User-Agent": "mianyue"}
        if self.key:
            headers["Authorization"] = f"Bearer {self.key}"
        self._connection.request(
            "POST", f"{where.path}{self.path}", self.body, headers, preload_content=False, decode_content=False
        )
        response = self._connection.getresponse()
        self.status, self.wait = response.status, _seconds(response.headers.get("Retry-After", ""))
        self.answer = self._limited(response)

    def _limited(self, response: BaseHTTPResponse) -> bytes:
        answer = bytearray()
        while piece := response.read(_PIECE):
            answer += piece
            if len(answer) > self.longest:
                raise NoAnswer("too_long")
        return bytes(answer)


def _seconds(retry_after: str) -> float:
    """RFC 9110 §10.2.3; a date is as good as nothing to somebody who has eight seconds."""
    return float(retry_after) if retry_after.isascii() and retry_after.isdigit() and len(retry_after) < 6 else 0.0
