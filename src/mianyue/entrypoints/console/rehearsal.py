"""Shows the letter before it is sent: the real invitation is made, read, and undone in the same breath."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from mianyue.domain.notices.models import Notice
from mianyue.domain.security.actor import Actor
from mianyue.workflows.invite import Wish, invite


def letter_to(application_code: str, actor: Actor, now: datetime) -> Notice | None:
    """The invitation the candidate would get now, unsaved; None where there would be none.

    Because it is the real one, the guard has passed it and not a word differs; its link leads nowhere once the transaction is undone.
    """
    with transaction.atomic():
        invited = invite(Wish(applications=[application_code]), actor, now)[0]
        notice = None
        if invited.fresh and invited.interview:
            notice = Notice.objects.filter(subject_id=invited.interview.pk, recipient_kind="candidate").first()
        transaction.set_rollback(True)
    return notice
