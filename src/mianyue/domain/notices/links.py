"""Links as capabilities: made for one person and one interview, kept as digests, ended together."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from mianyue.base.ids import digest, new_token
from mianyue.domain.notices.models import Link


def new_link(scope: str, subject_id: UUID, person_id: UUID, expires_at: datetime) -> str:
    """A fresh token that opens the subject for that person until ``expires_at``. The token itself is in no table."""
    token = new_token()
    Link.objects.create(digest=digest(token), scope=scope, subject_id=subject_id, person_id=person_id, expires_at=expires_at)
    return token


def find_link(token: str) -> Link | None:
    """The link behind a token, if it was ever made; ask ``is_open`` whether it still opens."""
    return Link.objects.filter(digest=digest(token)).first()


def end_links(scope: str, person_id: UUID, now: datetime) -> None:
    """Closes every link of that scope that this person holds."""
    Link.objects.filter(scope=scope, person_id=person_id, revoked_at=None).update(revoked_at=now)


def is_open(link: Link, now: datetime) -> bool:
    """Whether the link is neither expired nor revoked."""
    return link.revoked_at is None and now < link.expires_at
