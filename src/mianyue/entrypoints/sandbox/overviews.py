"""Who got how much: the lists that the sandbox's first page shows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from mianyue.adapters.channels.sandbox import Sms
from mianyue.entrypoints.sandbox.mails import Summary


@dataclass(frozen=True, slots=True)
class Recipient:
    """A mail address or a phone number, with what came last."""

    address: str
    name: str = ""
    count: int = 0
    latest: str = ""
    latest_at: datetime | None = None


def by_recipient(mails: Iterable[Summary]) -> list[Recipient]:
    """One entry per address, the one with the newest mail first; ``mails`` come newest first."""
    boxes: dict[str, Recipient] = {}
    for mail in mails:
        box = boxes.get(mail.recipient, Recipient(mail.recipient, "", 0, mail.subject, mail.sent_at))
        boxes[mail.recipient] = Recipient(box.address, box.name or mail.recipient_name, box.count + 1, box.latest, box.latest_at)
    return list(boxes.values())


def by_number(texts: list[Sms]) -> list[Recipient]:
    """One entry per phone number, the one with the newest text first; ``texts`` come oldest first."""
    phones: dict[str, Recipient] = {}
    for text in reversed(texts):
        phone = phones.get(text.to, Recipient(text.to, "", 0, text.text, text.sent_at))
        phones[text.to] = Recipient(
            phone.address, phone.name or text.to_name, phone.count + text.times, phone.latest, phone.latest_at
        )
    return list(phones.values())
