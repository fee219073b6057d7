"""A phone network made of files, so that the demo can show text messages: a sandbox, no real SMS ever leaves."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import ClassVar

from mianyue.base import clock
from mianyue.base.ids import digest
from mianyue.ports.channel import Message, PermanentFailure, Receipt, TemporaryFailure
from mianyue.ports.registry import Setting

HOME = "~/.mianyue"

LONGEST_TEXT = 500
"""Characters: what Chinese SMS providers carry in one long message, signature included."""


@dataclass(frozen=True, slots=True)
class Sms:
    """One text message as the sandbox's phone got it, ``times`` times, the last time at ``sent_at``."""

    to: str
    to_name: str
    text: str
    times: int
    sent_at: datetime


class SmsSandbox:
    """Writes every SMS as one JSON file, named after the message's key so that a repeat is recognisable."""

    name = "sms"
    settings: ClassVar[tuple[Setting, ...]] = (
        Setting("MIANYUE_HOME", "mianyue's folder; the sandbox keeps text messages in its sandbox/sms and sends none", HOME),
    )

    def __init__(self, folder: Path, now: clock.Clock | None = None) -> None:
        self.folder = folder
        self._clock = now or clock.SystemClock()

    @classmethod
    def from_environment(cls, env: Mapping[str, str]) -> SmsSandbox:
        """Raises SettingError."""
        home = Path(env.get("MIANYUE_HOME", HOME)).expanduser().absolute()
        return cls(folder_in(home), clock.from_setting(env.get("MIANYUE_CLOCK", "")))

    def send(self, message: Message) -> Receipt:
        """Writes the file; its own time is the time of sending. One attempt per key at a time, as the outbox grants.

        Raises PermanentFailure for a number that is not E.164 or a text that is empty or too long, TemporaryFailure if the
        disk refuses.
        """
        if not re.fullmatch(r"\+[1-9][0-9]{6,14}", message.to):
            raise PermanentFailure("The phone number is not in E.164 form.", "Write it with country code: +8613800138000.")
        if not 0 < len(message.text) <= LONGEST_TEXT:
            raise PermanentFailure(f"The text has {len(message.text)} characters; an SMS holds 1 to {LONGEST_TEXT}.")
        path = self.folder / f"{digest(message.key).hex()[:32]}.json"
        try:
            self._write(path, message)
        except OSError as error:
            raise TemporaryFailure(f"The sandbox's folder takes no file ({type(error).__name__}).") from None
        return Receipt(path.stem)

    def close(self) -> None:
        """Nothing is kept open here."""

    def _write(self, path: Path, message: Message) -> None:
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        earlier = _read(path)
        content = {
            "key": message.key,
            "to": message.to,
            "to_name": message.to_name,
            "text": message.text,
            "times": earlier.times + 1 if earlier else 1,
        }
        now = self._clock.now().timestamp()
        with NamedTemporaryFile("w", encoding="utf-8", dir=self.folder, suffix=".tmp", delete=False) as file:
            json.dump(content, file, ensure_ascii=False, indent=1)
        os.utime(file.name, (now, now))
        os.replace(file.name, path)


def folder_in(home: Path) -> Path:
    """Where the sandbox's text messages lie in mianyue's folder."""
    return home / "sandbox" / "sms"


def received(folder: Path) -> list[Sms]:
    """All text messages in the sandbox, oldest first; none if the folder isn't there yet."""
    messages = [message for path in folder.glob("*.json") if (message := _read(path))]
    return sorted(messages, key=lambda message: message.sent_at)


def _read(path: Path) -> Sms | None:
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        sent_at = datetime.fromtimestamp(path.stat().st_mtime, UTC)
    except FileNotFoundError:
        return None
    return Sms(content["to"], content["to_name"], content["text"], content["times"], sent_at)
