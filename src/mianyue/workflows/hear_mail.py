"""Answers by mail: taken from the mailbox one by one, kept, and only then marked as done, so that a crash between loses none."""

from __future__ import annotations

import logging
from dataclasses import asdict, dataclass
from datetime import datetime
from hashlib import sha256
from traceback import format_tb
from uuid import NAMESPACE_URL, UUID, uuid5

from django.conf import settings
from django.db import InterfaceError, OperationalError, transaction

from mianyue.base.errors import MianyueError
from mianyue.domain.desk.actions import ask
from mianyue.domain.desk.models import Task
from mianyue.domain.security.actions import record
from mianyue.domain.security.actor import SYSTEM
from mianyue.domain.timers.actions import note_done
from mianyue.ports import registry
from mianyue.ports.mailbox import Mailbox, MailboxError, OpenMailbox, Received
from mianyue.understanding.mail.read import LONGEST_MAIL, read
from mianyue.workflows.hear import heard_mail

log = logging.getLogger(__name__)

TRIES = 3
"""How often a mail that can't be dealt with is tried before it is a person's."""

MOST_AT_ONCE = 200
"""Mails of one look; what is left waits for the next."""


class NoMailbox(MianyueError):
    """Answers by mail are not read here."""

    code = "no_mailbox"


@dataclass
class Look:
    """What one look into the mailbox came to, in mails."""

    heard: int = 0
    known: int = 0
    """Kept before: the crash of a worker, or another worker, was between keeping and marking."""
    failed: int = 0
    put_aside: int = 0

    def as_dict(self) -> dict[str, int]:
        return asdict(self)


def hear_mail(now: datetime) -> Look:
    """Keeps every mail that waits and promises to think about it. Several workers may do so at once: each mail is heard once.

    A mail that nothing can be done about is tried again at the next looks, never holds up the others, and becomes a person's task after
    the third. Raises NoMailbox, MailboxError, and what a database raises that doesn't answer.
    """
    look = Look()
    with mailbox().open() as opened:
        for key in opened.waiting(MOST_AT_ONCE):
            received = opened.read(key, LONGEST_MAIL)
            if received is not None:
                _deal_with(opened, key, received, look, now)
    return look


def mailbox() -> Mailbox:
    """The mailbox that answers come to. Raises NoMailbox."""
    if not settings.MIANYUE_MAILBOX:
        raise NoMailbox("No mailbox is set that answers come to.", "Set MIANYUE_REPLY_MAILBOX, see docs/operations.md.")
    found: Mailbox = registry.plug("mailbox", settings.MIANYUE_MAILBOX)
    return found


def sweep(now: datetime) -> int:
    """The same for a worker, which looks again in a minute whatever happens. Returns how many mails were new."""
    try:
        return hear_mail(now).heard if settings.MIANYUE_MAILBOX else 0
    except MailboxError as error:
        log.warning("The mailbox for answers: %s %s", error, error.hint)
        return 0


def _deal_with(opened: OpenMailbox, key: str, received: Received, look: Look, now: datetime) -> None:
    # A mail says itself when it was written, and may say anything; when it came in, our own mail server says.
    arrived_at = min(received.arrived_at or now, now)
    try:
        heard = heard_mail(read(received.raw, arrived_at), received.raw, now)
    except (OperationalError, InterfaceError):
        raise  # the database does not answer: that is not the mail's fault
    except Exception as error:  # noqa: BLE001 - whatever is wrong with one mail, it must not hold up the others
        # Where and of what kind, but not in its words: what a database says of a value it refuses repeats the value.
        log.error("A mail could not be kept (%s).\n%s", type(error).__name__, "".join(format_tb(error.__traceback__)))
        look.failed += 1
        if _tried_enough(received.raw, now):
            opened.put_aside(key)
            look.put_aside += 1
        return
    look.heard += heard is not None
    look.known += heard is None
    opened.done(key)


def _tried_enough(raw: bytes, now: datetime) -> bool:
    """Remembers one more try; with the last one, a person is asked to read the mail in the mailbox."""
    digest = sha256(raw).hexdigest()
    with transaction.atomic():
        for number in range(1, TRIES):
            if note_done(_mark(digest, number), "mail_tried", now):
                return False
        if note_done(_mark(digest, TRIES), "mail_tried", now):
            task = ask(Task.Kind.UNPLACED_MAIL, _mark(digest, 0), "", now, about="unreadable")
            record("mail.put_aside", task, SYSTEM, now, application="", tries=TRIES)
    return True


def _mark(digest: str, number: int) -> UUID:
    return uuid5(NAMESPACE_URL, f"mianyue:mail:{digest}:{number}")
