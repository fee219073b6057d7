"""Step 3: a delivery is claimed, checked once more for truth, handed to its channel, and its outcome written down."""

from __future__ import annotations

import logging
import random
from collections.abc import Callable
from datetime import datetime, timedelta
from email.utils import quote
from uuid import UUID

from django.conf import settings
from django.db import transaction
from icalendar import Calendar

from mianyue.base.errors import MianyueError
from mianyue.base.interval import Interval
from mianyue.domain.desk.actions import ask
from mianyue.domain.desk.models import Task
from mianyue.domain.interviews.models import Interview
from mianyue.domain.interviews.states import LIVE, InterviewState
from mianyue.domain.notices import actions
from mianyue.domain.notices.models import Delivery, Notice
from mianyue.domain.notices.outbox import promise
from mianyue.domain.notices.purposes import Purpose
from mianyue.domain.organization.queries import company
from mianyue.domain.security.actions import record
from mianyue.domain.security.actor import SYSTEM
from mianyue.ports import registry
from mianyue.ports.channel import AnswerLost, Channel, Message, PermanentFailure
from mianyue.workflows.staff import tell as tell_staff
from mianyue.workflows.word import being_worded, word
from mianyue.workflows.write import Letters, version_of, ways

log = logging.getLogger(__name__)

State = Delivery.State


def deliver(delivery_id: UUID, now: datetime) -> str | None:
    """Makes one attempt, if it is due and nobody else makes it. Returns the state it ended in, None when there was nothing to do."""
    now += word(delivery_id, now)
    if being_worded(delivery_id, now):
        return None
    with transaction.atomic():
        delivery = actions.claim(delivery_id, now)
        if delivery is None:
            return None
        notice = delivery.notice
        if reason := stale(notice, now):
            actions.settle(delivery, State.STALE, now, code=reason)
            record("notice.not_sent", notice, SYSTEM, now, application=notice.application_code, why=reason)
            return State.STALE
        message = _message(notice)
    # From here to the next transaction a crash leaves the row "sending": its outcome is unknown and is treated so.
    try:
        channel: Channel = registry.plug("channel", notice.channel)
        receipt = channel.send(message)
    except AnswerLost as error:
        return _lost(delivery, now, error)
    except PermanentFailure as error:
        return _refused(delivery, now, error)
    except MianyueError as error:  # not sent: the server is away, or a setting is missing
        return _failed(delivery, now, error)
    with transaction.atomic():
        if not actions.settle(delivery, State.ACCEPTED, now, reference=receipt.reference):
            # Taken for lost while it was only slow: it did arrive, so its repetition is needless.
            Delivery.objects.filter(pk=delivery.pk).update(state=State.ACCEPTED, settled_at=now, reference=receipt.reference[:200])
            Delivery.objects.filter(notice=notice, state=State.QUEUED).update(
                state=State.STALE, settled_at=now, error_code="arrived"
            )
        record(
            "notice.sent",
            notice,
            SYSTEM,
            now,
            application=notice.application_code,
            purpose=notice.purpose,
            attempt=delivery.attempt,
        )
    return State.ACCEPTED


def stale(notice: Notice, now: datetime) -> str | None:
    """Why a letter must not leave any more; None while every word of it is still true."""
    if notice.useful_until and now >= notice.useful_until:
        return "too_late"
    if notice.recipient_kind == tell_staff.STAFF:
        return tell_staff.untrue(notice)
    interview = Interview.objects.filter(pk=notice.subject_id).first()
    if interview is None:
        return None
    purpose = Purpose(notice.purpose)
    if purpose.offers:
        current = interview.state == InterviewState.OFFERED and interview.offering == notice.version
        return None if current else "offer_replaced"
    if purpose.cancels:
        # That something is off is news only to those who had heard of it.
        return None if actions.was_told(notice.subject_id, notice.recipient_id) else "never_told"
    if purpose is Purpose.CLOSING:
        return None
    if purpose.answers:
        current = interview.state in LIVE and version_of(interview, purpose) == notice.version
        return None if current else "moved_on"
    return None if interview.state == InterviewState.BOOKED and interview.sequence == notice.version else "booking_changed"


def _message(notice: Notice) -> Message:
    sender = company()
    return Message(
        key=actions.message_id(notice),
        to=notice.address,
        to_name=notice.recipient_name,
        subject=notice.title,
        text=notice.text,
        html=notice.html or "",
        language=notice.language,
        headers=notice.headers,
        sender=f'"{quote(sender.name)}" <{sender.contact_email}>' if sender.contact_email else sender.name,
        reply_to=(notice.recipient_kind == "candidate" and settings.MIANYUE_REPLY_TO) or sender.contact_email,
        calendar=notice.calendar or b"",
        calendar_method=notice.calendar_method,
    )


def _lost(delivery: Delivery, now: datetime, error: MianyueError) -> str:
    with transaction.atomic():
        if actions.settle(delivery, State.UNKNOWN, now, code=error.code, error=str(error)):
            after_unknown(delivery, now)
    return State.UNKNOWN


def after_unknown(delivery: Delivery, now: datetime) -> None:
    """Repeats a letter of unknown outcome once, under the same Message-ID; after that a person decides."""
    notice = delivery.notice
    record("notice.unknown", notice, SYSTEM, now, application=notice.application_code, attempt=delivery.attempt)
    if delivery.repeats_unknown or stale(notice, now):
        ask(Task.Kind.DELIVERY_UNKNOWN, notice.pk, notice.application_code, now, purpose=notice.purpose, channel=notice.channel)
        return
    promise(actions.try_again(delivery, now, repeats_unknown=True))


def _failed(delivery: Delivery, now: datetime, error: MianyueError) -> str:
    """Surely not sent: tried again after a wait that doubles, until it has been tried long enough."""
    notice = delivery.notice
    with transaction.atomic():
        if not actions.settle(delivery, State.FAILED, now, code=error.code, error=f"{error} {error.hint}"):
            return State.FAILED
        if now - notice.created_at >= settings.MIANYUE_RETRY_FOR:
            _elsewhere(notice, now, error)
        else:
            actions.try_again(delivery, now + backoff(delivery.attempt))
    log.warning("%s of %s failed: %s", notice.purpose, notice.application_code, error)
    return State.FAILED


def backoff(attempt: int) -> timedelta:
    """How long to wait after that many failures: doubling, an hour at most, with a tenth of chance so that retries spread."""
    wait = min(settings.MIANYUE_RETRY_FIRST * 2 ** min(attempt - 1, 20), max(settings.MIANYUE_RETRY_FIRST, timedelta(hours=1)))
    return wait * random.uniform(0.9, 1.1)


def _refused(delivery: Delivery, now: datetime, error: MianyueError) -> str:
    with transaction.atomic():
        if actions.settle(delivery, State.REFUSED, now, code=error.code, error=f"{error} {error.hint}"):
            _elsewhere(delivery.notice, now, error)
    return State.REFUSED


def _elsewhere(notice: Notice, now: datetime, error: MianyueError) -> None:
    """The channel won't carry it: the candidate's next channel does, or a person is asked; unless it is no longer true anyway."""
    record("notice.refused", notice, SYSTEM, now, application=notice.application_code, code=error.code, channel=notice.channel)
    interview = Interview.objects.select_for_update(of=("self",)).filter(pk=notice.subject_id).first()
    if stale(notice, now):
        return
    if interview is not None and notice.recipient_kind == "candidate" and not Purpose(notice.purpose).answers:
        further = [way for way in ways(interview.application.candidate) if way.channel != notice.channel]
        tried = set(
            Notice.objects.filter(
                subject_id=notice.subject_id, purpose=notice.purpose, version=notice.version, recipient_id=notice.recipient_id
            ).values_list("channel", flat=True)
        )
        for way in further:
            if way.channel not in tried and Letters(interview, now).to_candidate(
                Purpose(notice.purpose), way=way, previous=_called_off(notice, interview)
            ):
                return
    ask(
        Task.Kind.NOT_DELIVERED,
        notice.pk,
        notice.application_code,
        now,
        purpose=notice.purpose,
        channel=notice.channel,
        code=error.code,
    )


def _called_off(notice: Notice, interview: Interview) -> Interval | None:
    """The time a cancelling letter speaks of: the one in its calendar entry, or the first that was on offer."""
    if notice.calendar_method == "CANCEL" and notice.calendar:
        (event,) = Calendar.from_ical(bytes(notice.calendar)).walk("VEVENT")
        return Interval(event.decoded("dtstart"), event.decoded("dtend"))
    if not Purpose(notice.purpose).cancels:
        return None
    offered = interview.options.get(proposal=interview.proposal, number=1)
    return Interval(offered.during.lower, offered.during.upper)


def sweep(now: datetime, late: timedelta = timedelta(seconds=5), progress: Callable[[str], None] = lambda name: None) -> int:
    """Brings every delivery on that no job will: retries that are due, jobs that were lost, sendings whose worker vanished.

    ``late``: how long a job has had its chance. Returns how many deliveries changed.
    """
    moved = 0
    with transaction.atomic():
        for delivery in actions.give_up_lost(now - settings.MIANYUE_ANSWER_LOST_AFTER, now):
            after_unknown(delivery, now)
            moved += 1
    for delivery in actions.overdue(now - late):
        try:
            moved += deliver(delivery.pk, now) is not None
        except Exception:
            # One letter that a channel chokes on must not hold up the others; it stays "sending" and becomes unknown in a minute.
            log.exception("Delivery %s failed in an unforeseen way.", delivery.pk)
        progress("")
    return moved
