"""Asks a language model at any address that speaks OpenAI's chat completions: a vendor's, or one on a machine of the company's own."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import ClassVar

from mianyue.adapters.one_request import EXPECTED, TRY_AGAIN, Endpoint, NoAnswer, endpoint, key, post
from mianyue.base.errors import SettingError
from mianyue.ports.registry import Setting
from mianyue.ports.writer import LONGEST_ANSWER, MOST_TOKENS, Draft, Request, WriterError, WriterRefused, WriterUnavailable

TEMPERATURE = 0.2
_REASONS = {400: "bad_request", 401: "key_refused", 403: "key_refused", 404: "unknown_model", 429: "too_many_requests"}


class OpenAiWriter:
    """One request a draft."""

    name = "openai"
    settings: ClassVar[tuple[Setting, ...]] = (
        Setting("MIANYUE_WRITER_URL", EXPECTED),
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
        where = endpoint("MIANYUE_WRITER_URL", env.get("MIANYUE_WRITER_URL", ""))
        return cls(where, model, key("MIANYUE_WRITER_KEY", env))

    def write(self, request: Request, within: float) -> Draft:
        """One attempt. Raises WriterUnavailable or WriterRefused, at the latest after ``within`` seconds."""
        try:
            answer = post(self.endpoint, "/chat/completions", self._body(request), self._key, within=within, longest=LONGEST_ANSWER)
        except NoAnswer as none:
            raise _failure(none) from None
        return _draft(answer.status, answer.body, answer.wait)

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


def _failure(none: NoAnswer) -> WriterError:
    if none.reason == "timeout":
        return WriterUnavailable("The writer took too long.", "Take a faster model, or switch the writer off.", reason="timeout")
    if none.reason == "too_long":
        return WriterRefused("The writer's answer is longer than any letter.", reason="too_long")
    return WriterUnavailable(f"The writer could not be reached ({none.kind}).", reason="unreachable")


def _draft(status: int, answer: bytes, wait: float) -> Draft:
    """Reads OpenAI's answer strictly. Nothing of it gets into an error."""
    if status in TRY_AGAIN:
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
