"""Asks a language model at any address that speaks OpenAI's chat completions: a vendor's, or one on a machine of the company's own."""

from __future__ import annotations

import json
import os
import socket
import threading
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, ClassVar
from urllib.parse import urlsplit

from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import HTTPError
from urllib3.response import BaseHTTPResponse

from mianyue.base.errors import SettingError
from mianyue.ports.registry import Setting
from mianyue.ports.writer import LONGEST_ANSWER, MOST_TOKENS, Draft, Request, WriterError, WriterRefused, WriterUnavailable

TEMPERATURE = 0.2
_ADDRESS = "an https address such as https://llm.example.com/v1 (http only for this machine)"
_HERE = frozenset({"localhost", "127.0.0.1", "::1"})
_PIECE = 8192
_TRY_AGAIN = frozenset({408, 425, 429, 500, 502, 503, 504})
_REASONS = {400: "bad_request", 401: "key_refused", 403: "key_refused", 404: "unknown_model", 429: "too_many_requests"}


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where the model is; ``path`` is the base without a slash at its end."""

    secure: bool
    host: str
    port: int
    path: str


class OpenAiWriter:
    """One request a draft over a connection of its own: TLS checked, no redirect followed, nothing kept open, nothing logged."""

    name = "openai"
    settings: ClassVar[tuple[Setting, ...]] = (
        Setting("MIANYUE_WRITER_URL", _ADDRESS),
        Setting("MIANYUE_WRITER_MODEL", "the name of a model that the address knows"),
        Setting("MIANYUE_WRITER_KEY", "the key for that address; empty where it wants none", secret=True),
        Setting("MIANYUE_WRITER_KEY_FILE", "the path of a file that holds MIANYUE_WRITER_KEY"),
    )

    def __init__(self, endpoint: Endpoint, model: str, key: str = "") -> None:
        self.endpoint, self.model, self._key = endpoint, model, key

    @classmethod
    def from_environment(cls, env: Mapping[str, str]) -> OpenAiWriter:
        """Raises SettingError, which never repeats the key."""
        model = env.get("MIANYUE_WRITER_MODEL", "").strip()
        if not model:
            raise SettingError("MIANYUE_WRITER_MODEL", model, "the name of a model")
        return cls(endpoint(env.get("MIANYUE_WRITER_URL", "")), model, _key(env))

    def write(self, request: Request, within: float) -> Draft:
        """One attempt. Raises WriterUnavailable or WriterRefused, at the latest after ``within`` seconds.

        A thread of its own waits for the answer: no time-out of a socket covers a name that isn't resolved, or headers that come a
        byte a second. What is still under way at the end is cut off.
        """
        call = _Call(self.endpoint, self._body(request), self._key, within)
        threading.Thread(target=call.run, name="writer", daemon=True).start()
        if not call.done.wait(within):
            call.cut_off()
            raise WriterUnavailable("The writer took too long.", "Take a faster model, or switch the writer off.", reason="timeout")
        if call.error is not None:
            raise call.error
        return _draft(call.status, call.answer, call.wait)

    def _body(self, request: Request) -> bytes:
        return json.dumps(
            {
                "model": self.model,
                "messages": [
                    {"role": "system", "content": request.instructions},
                    {"role": "user", "content": request.task},
                ],
                "temperature": TEMPERATURE,
                "max_tokens": MOST_TOKENS,
                "response_format": {"type": "json_object"},
                "stream": False,
            },
            ensure_ascii=False,
        ).encode()


def endpoint(url: str) -> Endpoint:
    """Reads MIANYUE_WRITER_URL. Raises SettingError; the value is not repeated, since people put keys into addresses."""
    try:
        parts = urlsplit(url.strip())
        port = parts.port
    except ValueError:
        raise SettingError("MIANYUE_WRITER_URL", "…", _ADDRESS) from None
    host = parts.hostname or ""
    secure = parts.scheme == "https"
    plain = parts.scheme == "http" and host in _HERE
    odd = parts.query or parts.fragment or parts.username or parts.password or any(c.isspace() or c < " " for c in url.strip())
    if not host or odd or not (secure or plain) or port == 0:
        raise SettingError("MIANYUE_WRITER_URL", "…", _ADDRESS)
    return Endpoint(secure, host, port or (443 if secure else 80), parts.path.rstrip("/"))


def _key(env: Mapping[str, str]) -> str:
    key, path = env.get("MIANYUE_WRITER_KEY", ""), env.get("MIANYUE_WRITER_KEY_FILE", "")
    if not key and path:
        try:
            key = Path(path).read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError):
            raise SettingError("MIANYUE_WRITER_KEY_FILE", path, "the path of a readable text file") from None
    key = key.strip()
    # It becomes a header: RFC 6750 §2.1 allows no more.
    if not key.isascii() or any(char <= " " or char == "\x7f" for char in key):
        raise SettingError("MIANYUE_WRITER_KEY", "…", "a key of visible ASCII characters")
    return key


@dataclass(slots=True)
class _Call:
    """One request under way in a thread; whoever waits for it may cut it off."""

    endpoint: Endpoint
    body: bytes
    key: str = field(repr=False)
    within: float
    done: threading.Event = field(default_factory=threading.Event)
    status: int = 0
    answer: bytes = b""
    wait: float = 0.0
    error: WriterError | None = None
    _connection: HTTPConnection | None = None

    def run(self) -> None:
        try:
            self._ask()
        except WriterError as error:
            self.error = error
        except (HTTPError, OSError, ValueError, EOFError) as error:
            # Only the kind: the text of a network error names addresses, and that of a refused header its value.
            self.error = WriterUnavailable(f"The writer could not be reached ({type(error).__name__}).", reason="unreachable")
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
            "POST", f"{where.path}/chat/completions", self.body, headers, preload_content=False, decode_content=False
        )
        response = self._connection.getresponse()
        self.status, self.wait = response.status, _seconds(response.headers.get("Retry-After", ""))
        self.answer = _limited(response)


def _limited(response: BaseHTTPResponse) -> bytes:
    answer = bytearray()
    while piece := response.read(_PIECE):
        answer += piece
        if len(answer) > LONGEST_ANSWER:
            raise WriterRefused("The writer's answer is longer than any letter.", reason="too_long")
    return bytes(answer)


def _seconds(retry_after: str) -> float:
    """RFC 9110 §10.2.3; a date is as good as nothing to somebody who has eight seconds."""
    return float(retry_after) if retry_after.isascii() and retry_after.isdigit() and len(retry_after) < 6 else 0.0


def _draft(status: int, answer: bytes, wait: float) -> Draft:
    """Reads OpenAI's answer strictly. Nothing of it gets into an error."""
    if status in _TRY_AGAIN:
        reason = _REASONS.get(status, "server_error")
        raise WriterUnavailable(f"The writer answered with status {status}.", reason=reason, wait=wait)
    if status != 200:
        reason = "redirect" if 300 <= status < 400 else _REASONS.get(status, "refused")
        hint = "Check MIANYUE_WRITER_URL, MIANYUE_WRITER_MODEL and MIANYUE_WRITER_KEY."
        raise WriterRefused(f"The writer answered with status {status}.", hint, reason=reason)
    try:
        told = json.loads(answer)
        (choice,) = told["choices"]
        message = choice["message"]
        content, ended = message["content"], choice.get("finish_reason")
    except (ValueError, KeyError, TypeError, RecursionError):
        raise WriterRefused("The writer's answer is not a chat completion.", reason="no_completion") from None
    if not isinstance(content, str) or message.get("tool_calls") or message.get("function_call") or ended not in ("stop", None):
        raise WriterRefused("The writer's answer is not one finished text.", reason="no_completion")
    used = told.get("usage")
    return Draft(content, _count(used, "prompt_tokens"), _count(used, "completion_tokens"))


def _count(used: object, name: str) -> int | None:
    told = used.get(name) if isinstance(used, dict) else None
    return told if isinstance(told, int) and not isinstance(told, bool) and 0 <= told < 1_000_000 else None
