"""Hearing: a candidate's own words are kept first, and thought about after that, once: at once for a page, in a job for a mail."""

from __future__ import annotations

import hashlib
import logging
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from mianyue.base.errors import Refused
from mianyue.domain.desk.actions import ask
from mianyue.domain.desk.models import Task
from mianyue.domain.interviews import actions as interviews
from mianyue.domain.interviews.models import Interview
from mianyue.domain.interviews.queries import booked_option, whole
from mianyue.domain.replies import actions
from mianyue.domain.replies.models import Heard
from mianyue.domain.replies.policy import Standing, decide, state_after
from mianyue.domain.replies.queries import left_waiting, said_since
from mianyue.domain.replies.states import HeardState
from mianyue.domain.security.actions import record
from mianyue.domain.security.actor import SYSTEM, Actor
from mianyue.domain.security.sealing import blind_index
from mianyue.understanding.mail.incoming import IncomingMail
from mianyue.understanding.reply.kind import Sort
from mianyue.understanding.thanks import only_thanks
from mianyue.workflows import reply
from mianyue.workflows.encoding import name_of_encoder
from mianyue.workflows.hearing import understood
from mianyue.workflows.hearing.act import Case, carry_out
from mianyue.workflows.hearing.place_mail import Placed, place
from mianyue.workflows.hearing.seen import counts_plainly, in_the_letter, on_the_page, stage_of, still_open
from mianyue.workflows.reply import Visit, standing

log = logging.getLogger(__name__)

MOST_AN_HOUR = 20
"""Things that can be said on one interview's page within an hour."""

GIVEN_UP_AFTER = timedelta(minutes=10)
"""What could not be thought about for so long comes to a person."""

_LONGEST_MARK = 255


class TooMuchSaid(Refused):
    """More was written on one page than anybody reads."""

    code = "too_much_said"


def heard_on_page(visit: Visit, words: str, seen: str, now: datetime, *, wants_others: bool = False) -> Heard:
    """Keeps what was written on the candidate's page, thinks about it and acts at once.

    ``seen`` is the ``standing`` they were looking at: the same words about the same standing are one thing said once, and words about
    one that has passed change nothing. ``wants_others``: a tap said that none of the times suits. Raises TooMuchSaid.
    """
    interview = visit.interview
    mark = f"{interview.pk}:{blind_index('replies.page', f'{seen} {wants_others} {words}').hex()}"
    with transaction.atomic():
        known = Heard.objects.filter(channel=Heard.Channel.PAGE, vendor_id=mark).exists()
        if not known and said_since(interview.pk, now - timedelta(hours=1), Heard.Channel.PAGE) >= MOST_AN_HOUR:
            raise TooMuchSaid("So many messages within an hour can't be read.", "Wait a while, or write to the contact below.")
        current = seen == standing(interview)
        heard, fresh = actions.keep(
            Heard.Channel.PAGE,
            mark,
            interview_id=interview.pk,
            application_code=interview.application.code,
            candidate_id=visit.link.person_id,
            trusted=True,
            received_at=now,
            words=words,
            standing=seen,
            offered=on_the_page(interview, now) if current and not wants_others else [],
            wants_others=wants_others,
            state=HeardState.WAITING if current else HeardState.STALE,
        )
        if fresh:
            record("reply.heard", heard, visit.actor, now, application=heard.application_code, channel=heard.channel)
    return think(heard.pk, now)


def other_times_in_words(visit: Visit, words: str, seen: str, now: datetime) -> Heard:
    """The tap that asks for other times, with words about them: those the words name, else any, as the tap alone does.

    Raises TooMuchSaid, SomebodyWasFirst.
    """
    heard = heard_on_page(visit, words, seen, now, wants_others=True)
    if {one["code"] for one in heard.done} <= {"person", "none_free", "noted"} and reply.other_times(visit, "", now, seen=seen):
        done = {"code": "offered_others"}
        if heard.state != HeardState.NOTHING or not actions.move(heard, HeardState.ACTED, done):
            actions.also(heard, done)
    return heard


def heard_mail(mail: IncomingMail, raw: bytes, now: datetime) -> Heard | None:
    """Keeps a mail that came in, whoever sent it, and promises to think about it. None where the same mail was kept before.

    What a program wrote is kept and left alone. What nobody can place, and what answers a letter from another address than the one it
    went to, comes to a person.
    """
    mark = mail.message_id
    if len(mark) > _LONGEST_MARK or not mark.isprintable():
        mark = hashlib.sha256(mark.encode()).hexdigest()
    with transaction.atomic():
        placed = None if mail.automatic and not mail.in_reply_to else place(mail, now)
        interview = placed and placed.interview
        foreign = placed is not None and placed.notice is not None and not placed.trusted
        heard, fresh = actions.keep(
            Heard.Channel.EMAIL,
            mark,
            interview_id=interview and interview.pk,
            application_code=interview.application.code if interview else "",
            candidate_id=interview and interview.application.candidate_id,
            trusted=placed is not None and placed.trusted,
            received_at=mail.received_at,
            words=mail.words,
            raw=raw,
            standing=standing(interview) if interview else "",
            offered=_offered(placed, now),
            state=HeardState.NOTHING
            if mail.automatic
            else HeardState.WAITING
            if interview and not foreign
            else HeardState.WITH_PERSON,
            done=[{"code": "automatic"}] if mail.automatic else [],
        )
        if not fresh:
            return None
        record("reply.heard", heard, SYSTEM, now, application=heard.application_code, channel=heard.channel)
        if heard.state == HeardState.WITH_PERSON:
            _to_person_unread(heard, interview, f"{mail.sender}\n{mail.subject}\n\n{mail.words}", now)
    return heard


def think(heard_id: UUID, now: datetime) -> Heard:
    """Understands what was said and does what follows, once: whoever comes second finds it done. Raises DoesNotExist."""
    before = Heard.objects.get(pk=heard_id)
    interview_id, sort = before.interview_id, _sort_of(before)
    with transaction.atomic():
        # The interview first, as everybody does who acts on it.
        interview = interviews.lock(interview_id) if interview_id else None
        heard = actions.waiting(heard_id)
        if heard is not None and interview is not None:
            _think(heard, interview, sort, now)
    return Heard.objects.get(pk=heard_id)


def sweep(now: datetime, late: timedelta = timedelta(seconds=30)) -> int:
    """Thinks about what no job did: its job was lost, or failed too often. Returns how many rows changed.

    What can't be thought about for ``GIVEN_UP_AFTER`` comes to a person as it is.
    """
    changed = 0
    for heard in left_waiting(now - late):
        try:
            changed += think(heard.pk, now).state != HeardState.WAITING
        except Exception:
            # Whatever is wrong with one message, it must neither hold up the others nor be lost.
            log.exception("Could not think about %s.", heard.pk)
            changed += heard.received_at <= now - GIVEN_UP_AFTER and _give_up(heard.pk, now)
    return changed


def _sort_of(heard: Heard) -> Sort | None:
    """Asked before the interview is locked: nobody waits for an encoder there, and what it says depends on nothing that could change."""
    if heard.state != HeardState.WAITING or heard.interview_id is None or not name_of_encoder():
        return None
    interview = whole().get(pk=heard.interview_id)
    return understood.sort_of(heard, understood.read(heard, interview))


def _think(heard: Heard, interview: Interview, sort: Sort | None, now: datetime) -> None:
    seen_now = whole().get(pk=interview.pk)
    said = understood.read(heard, seen_now)
    kept = understood.kept(said, heard.words, sort)
    actor = Actor("candidate", str(heard.candidate_id))
    steps = decide(said, _standing_of(heard, seen_now, now), thanks=only_thanks(heard.words), sort=sort)
    done = carry_out(steps, Case(heard, interview, kept, actor, now))
    state = state_after([one["code"] for one in done])
    heard.standing = standing(interviews.lock(interview.pk))
    heard.save(update_fields=["standing"])
    actions.thought(heard, state, kept, done, now)
    codes = ", ".join(one["code"] for one in done)
    record(
        "reply.understood",
        heard,
        actor,
        now,
        application=heard.application_code,
        intents=kept["intents"],
        did=codes,
        state=str(state),
    )


def _standing_of(heard: Heard, interview: Interview, now: datetime) -> Standing:
    stage, booked = stage_of(interview, now), booked_option(interview)
    zone = understood.zone_of(interview)
    open_ = still_open(heard.offered, interview, now)
    today = booked is not None and booked.during.lower.astimezone(zone).date() == heard.received_at.astimezone(zone).date()
    return Standing(
        stage, open_, today=today, trusted=heard.trusted, counted=counts_plainly(heard.offered), moving=heard.wants_others
    )


def _offered(placed: Placed | None, now: datetime) -> list[dict[str, object]]:
    if placed is None:
        return []
    return in_the_letter(placed.interview, placed.notice, now) if placed.notice else on_the_page(placed.interview, now)


def _to_person_unread(heard: Heard, interview: Interview | None, said: str, now: datetime) -> None:
    why = "other_sender" if interview else "unplaced"
    if interview:
        application = interview.application
        ask(Task.Kind.QUESTION, application.pk, application.code, now, said=said, about=why, heard=str(heard.pk))
    else:
        ask(Task.Kind.UNPLACED_MAIL, heard.pk, "", now, said=said, about=why, heard=str(heard.pk))
    heard.done = [{"code": "person", "why": why}]
    heard.save(update_fields=["done"])


def _give_up(heard_id: UUID, now: datetime) -> bool:
    with transaction.atomic():
        heard = actions.waiting(heard_id)
        if heard is None:
            return False
        interview = Interview.objects.select_related("application").filter(pk=heard.interview_id).first()
        _to_person_unread(heard, interview, heard.words, now)
        return actions.move(heard, HeardState.WITH_PERSON)
