"""Reads the résumés that are pictures, after the import that brought them: seconds a page, where the extra for it is installed."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction

from mianyue.domain.recruiting.models import Application, Resume
from mianyue.domain.recruiting.resume_fields import keep, read
from mianyue.domain.security.actions import record
from mianyue.domain.security.actor import SYSTEM
from mianyue.understanding.resume import ocr
from mianyue.understanding.resume.extract import extract
from mianyue.workflows.bring_in.candidates import ask_about, closed_by_hand
from mianyue.workflows.matching import defer_match

log = logging.getLogger(__name__)


def can_look() -> bool:
    """Whether pictures of text are read here."""
    return settings.MIANYUE_READ_SCANS and ocr.available()


def read_scan(resume_id: UUID, now: datetime) -> bool:
    """Reads the pictures of one résumé, if nobody has yet, and keeps what they say: whoever comes second changes nothing.

    What a person was asked because of the picture is settled, and asked is what was read unsurely. Returns whether it was read.
    """
    resume = Resume.objects.filter(pk=resume_id, unseen=True).first() if can_look() else None
    if resume is None:
        return False
    today = now.date()
    extracted = extract(resume.file_name, bytes(resume.content), look=True)
    facts = read(extracted.text, today, seen=extracted.seen)
    with transaction.atomic():
        with connection.cursor() as cursor:  # an import writes the same rows
            cursor.execute("SELECT pg_advisory_xact_lock_shared(hashtext('mianyue.import'))")
        row = Resume.objects.defer("content").select_for_update().get(pk=resume_id)
        if not row.unseen or bytes(row.sha256) != bytes(resume.sha256):
            return False
        row.text, row.problem, row.unseen = extracted.text or None, extracted.problem or "", False
        row.facts = keep(facts, today, seen=extracted.seen, looked=True)
        row.save(update_fields=["text", "problem", "unseen", "facts"])
        application = Application.objects.select_related("candidate").filter(resume=row).first()
        if application is not None:
            application.to_match = True
            application.save(update_fields=["to_match"])
            ask_about(application, row, closed_by_hand(), now)
            record("resume.scan_read", application, SYSTEM, now, application=application.code, why=row.problem)
            defer_match()
    return True


def read_waiting(now: datetime, progress: Callable[[str], None] = lambda name: None) -> int:
    """Reads every résumé that waits for it, where no worker does. Returns how many were read."""
    done = 0
    for resume_id in list(Resume.objects.filter(unseen=True).values_list("pk", flat=True)) if can_look() else ():
        try:
            done += read_scan(resume_id, now)
        except Exception:
            # One picture that the recogniser chokes on must not hold up the others; its task stands.
            log.exception("Could not read the pictures of résumé %s.", resume_id)
        progress("")
    return done
