"""Writing the journal."""

from __future__ import annotations

import hashlib
import json
import os
from datetime import UTC, datetime
from typing import Any

from mianyue.domain.security.actor import Actor
from mianyue.domain.security.models import JournalEntry


def record(act: str, subject: Any, actor: Actor, now: datetime, **facts: Any) -> JournalEntry:
    """Adds one act to the journal, inside the caller's transaction. ``subject`` is the model instance acted on.

    ``facts`` are ids, codes, counts and instants; personal data doesn't belong here.
    """
    body = {
        "at": now.astimezone(UTC).isoformat(),
        "actor": [actor.kind, actor.id],
        "act": act,
        "subject": [subject._meta.label_lower, str(subject.pk)],
        "facts": json.loads(json.dumps(facts, default=_plain)),
    }
    salt = os.urandom(16)
    leaf = hashlib.sha256(b"\0" + salt + canonical(body)).digest()
    return JournalEntry.objects.create(
        at=now,
        actor_kind=actor.kind,
        actor_id=actor.id,
        act=act,
        subject_kind=body["subject"][0],
        subject_id=body["subject"][1],
        facts=body["facts"],
        salt=salt,
        leaf=leaf,
    )


def canonical(body: dict[str, Any]) -> bytes:
    """The one byte form of an entry (RFC 8785 for the values that occur here: text, integers, lists, objects)."""
    return json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def _plain(value: Any) -> str:
    return value.astimezone(UTC).isoformat() if isinstance(value, datetime) else str(value)
