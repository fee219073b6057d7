"""A server on this machine that speaks OpenAI's chat completions and embeddings, as strictly as the real ones: for tests, never for a product.

It refuses what they refuse (no or a wrong key 401, an unknown model 404, a malformed body 400, too much 429 with Retry-After) and
otherwise says what it was told to, well or badly.
"""

from __future__ import annotations

import json
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

KEY, MODEL = "sk-twin-0123456789", "twin-small"

Speak = Callable[["_Handler"], None]
"""Writes a whole answer by hand, status line included."""


def completion(content: Any, *, usage: bool = True, finish: str = "stop", **message: Any) -> bytes:
    """The body of an answered request."""
    told: dict[str, Any] = {
        "id": "chatcmpl-1",
        "object": "chat.completion",
        "created": 1,
        "model": MODEL,
        "choices": [{"index": 0, "message": {"role": "assistant", "content": content, **message}, "finish_reason": finish}],
    }
    if usage:
        told["usage"] = {"prompt_tokens": 310, "completion_tokens": 90, "total_tokens": 400}
    return json.dumps(told, ensure_ascii=False).encode()


@dataclass
class Twin:
    """The running server: what it will say, and what it was asked, headers and body."""

    url: str = ""
    answers: list[bytes | Speak] = field(default_factory=list)
    asked: list[dict[str, Any]] = field(default_factory=list)
    most_requests: int = 1_000_000

    def say(self, *answers: bytes | Speak) -> None:
        """Says these in turn, then the last for ever."""
        self.answers = list(answers)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    twin: Twin

    def do_POST(self) -> None:
        twin = self.twin
        raw = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        twin.asked.append({"path": self.path, "headers": dict(self.headers), "raw": raw.decode()})
        if self.headers.get("Authorization") != f"Bearer {KEY}":
            return self.error(401, "invalid_api_key")
        if self.path not in ("/v1/chat/completions", "/v1/embeddings"):
            return self.error(404, "unknown_url")
        try:
            body = json.loads(raw)
            whole = self.path == "/v1/embeddings" and all(isinstance(text, str) for text in body["input"])
            if not whole:
                messages = body["messages"]
                whole = all({"role", "content"} == set(message) for message in messages) and 0 <= body["temperature"] <= 2
        except (ValueError, KeyError, TypeError):
            whole = False
        if not whole:
            return self.error(400, "invalid_request_error")
        if body["model"] != MODEL:
            return self.error(404, "model_not_found")
        if len(twin.asked) > twin.most_requests:
            return self.error(429, "rate_limit_exceeded", {"Retry-After": "1"})
        answer = twin.answers.pop(0) if len(twin.answers) > 1 else twin.answers[0]
        if callable(answer):
            with suppress(OSError):
                answer(self)
            self.close_connection = True
            return None
        return self.send(200, answer)

    def error(self, status: int, code: str, headers: dict[str, str] | None = None) -> None:
        self.send(status, json.dumps({"error": {"message": f"Refused: {code}", "code": code}}).encode(), headers)

    def send(self, status: int, body: bytes, headers: dict[str, str] | None = None) -> None:
        self.send_response(status)
        for name, value in {"Content-Type": "application/json", "Content-Length": str(len(body)), **(headers or {})}.items():
            self.send_header(name, value)
        self.end_headers()
        with suppress(OSError):
            self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        """Says nothing."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that hangs up is expected here."""


@contextmanager
def openai_twin() -> Iterator[Twin]:
    """A running twin on a free port of this machine."""
    twin = Twin()
    server = _Server(("127.0.0.1", 0), type("Handler", (_Handler,), {"twin": twin}))
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    twin.url = f"http://127.0.0.1:{server.server_address[1]}/v1"
    try:
        yield twin
    finally:
        server.shutdown()
        server.server_close()


def status(code: int, body: bytes = b"{}", **headers: str) -> Speak:
    """Answers with that status."""
    return lambda handler: handler.send(code, body, {name.replace("_", "-"): value for name, value in headers.items()})


def drip(body: bytes, every: float, in_headers: bool = False) -> Speak:
    """A byte at a time, with a pause before each: no single read takes long, all of them together do."""

    def speak(handler: _Handler) -> None:
        head = f"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n".encode()
        first, slow = (b"", head + body) if in_headers else (head, body)
        handler.wfile.write(first)
        for byte in slow:
            time.sleep(every)
            handler.wfile.write(bytes([byte]))
            handler.wfile.flush()

    return speak


def silent(seconds: float) -> Speak:
    """Takes the request and says nothing for so long."""
    return lambda handler: time.sleep(seconds)


def cut(body: bytes, after: int) -> Speak:
    """Promises the whole body and hangs up in the middle of it."""

    def speak(handler: _Handler) -> None:
        head = f"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n".encode()
        handler.wfile.write(head + body[:after])
        handler.wfile.flush()
        handler.connection.shutdown(socket.SHUT_RDWR)

    return speak
