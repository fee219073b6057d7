"""Keys for programs: made once, shown once, taken back at any time."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from mianyue.base.errors import NotFound
from mianyue.base.ids import digest, new_token
from mianyue.domain.security.actions import record
from mianyue.domain.security.actor import Actor
from mianyue.domain.security.models import ApiToken


def make_token(name: str, actor: Actor, now: datetime) -> str:
    """A new key for the program of that name, in place of the one it had. It is shown here and never again."""
    token = new_token()
    with transaction.atomic():
        row, _ = ApiToken.objects.update_or_create(
            name=name, defaults={"digest": digest(token), "created_at": now, "revoked_at": None}
        )
        record("token.made", row, actor, now, name=name)
    return token


def revoke_token(name: str, actor: Actor, now: datetime) -> None:
    """Ends the program's access. Raises NotFound."""
    with transaction.atomic():
        row = ApiToken.objects.filter(name=name, revoked_at=None).first()
        if row is None:
            raise NotFound(f"No program named {name} has a key.", "Spell it as it was made.")
        row.revoked_at = now
        row.save(update_fields=["revoked_at"])
        record("token.revoked", row, actor, now, name=name)


def program_of(token: str) -> str | None:
    """The program a key belongs to; None for no key of ours."""
    row = ApiToken.objects.filter(digest=digest(token), revoked_at=None).first()
    return row and row.name
