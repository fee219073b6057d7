"""Before an invitation leaves, a writer may word its greeting and farewell; whatever happens here, a letter leaves in time.

The template's letter is queued with the promise, as ever. The writer is asked outside of any transaction, by the worker that is about
to send, and its sentences take effect only if every check passes and nothing has left meanwhile.
"""

from __future__ import annotations

import logging
import time
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction

from mianyue.base.errors import MianyueError
from mianyue.domain.notices import guard
from mianyue.domain.notices.compose import compose
from mianyue.domain.notices.facts import LetterFacts
from mianyue.domain.notices.letter import Paragraph
from mianyue.domain.notices.models import Notice, Wording
from mianyue.domain.notices.purposes import Purpose
from mianyue.domain.notices.render import Rendered, render
from mianyue.domain.notices.wording import actions
from mianyue.domain.notices.wording.commission import WORDABLE, asked, commission, language_of
from mianyue.domain.notices.wording.frame import same_frame
from mianyue.domain.notices.wording.kept import taken_out
from mianyue.domain.notices.wording.placed import passages_of, placed, subject_matter
from mianyue.domain.notices.wording.queries import writer_state
from mianyue.domain.notices.wording.read_back import ReadBackRefused, read_back, refuse_facts_in
from mianyue.domain.organization.queries import company
from mianyue.domain.security.actions import record
from mianyue.domain.security.actor import SYSTEM, Actor
from mianyue.ports import registry
from mianyue.ports.writer import MOST_TOKENS, Draft, Request, Writer, WriterError, WriterUnavailable
from mianyue.understanding.wording.check import check
from mianyue.understanding.wording.suggestion import Language, Suggestion, SuggestionRefused

log = logging.getLogger(__name__)

LIMIT = 8.0
"""Seconds for all attempts together, by the clock on the wall."""
ATTEMPTS = 2
BREATH = 0.2
"""Seconds between two attempts, where the writer names no time of its own."""
_WORTH_TRYING = 1.0
FORGOTTEN_AFTER = timedelta(days=2)

NO_TIME = timedelta(0)


class _Template(Exception):
    """The letter keeps the template's words: ``why`` is a check's name or a reason."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


def in_use() -> bool:
    """Whether the installation names a writer at all."""
    return settings.MIANYUE_WRITER != "template"


def will_be_worded(notice: Notice, facts: LetterFacts, job_keywords: tuple[str, ...], now: datetime) -> None:
    """Notes, in the transaction that queues the letter, that the writer may be asked: for candidates' invitations by mail only."""
    wordable = notice.purpose in WORDABLE and notice.channel == "email" and notice.recipient_kind == "candidate"
    if in_use() and wordable and language_of(facts) and writer_state().on:
        actions.will_ask(notice, facts, job_keywords, now)


def word(delivery_id: UUID, now: datetime) -> timedelta:
    """Words the letter of this delivery, if it waits for that, or leaves it as it is. Returns the time that took; never raises.

    Must be called outside of any transaction.
    """
    if not in_use():
        return NO_TIME
    begun = time.monotonic()
    wording = actions.begin(delivery_id, now)
    if wording is None:
        return NO_TIME
    job = _Job(wording, delivery_id, now, begun)
    try:
        why = job.do()
    except Exception as error:  # noqa: BLE001  # a trace would print the error's text, which may quote the letter
        # The letter must leave whatever a model's answer does to us.
        log.error("Wording of notice %s failed in an unforeseen way (%s); the template goes out.", wording.pk, type(error).__name__)
        why = "unforeseen"
    spent = timedelta(seconds=time.monotonic() - begun)
    if why:
        with transaction.atomic():
            took = int(spent.total_seconds() * 1000)
            actions.settle(wording, Wording.State.TEMPLATE, now, check=why, model=job.model, attempts=job.attempts, took=took)
            record("notice.template_kept", wording.notice, SYSTEM, now, application=wording.notice.application_code, why=why)
    return spent


def being_worded(delivery_id: UUID, now: datetime) -> bool:
    """Whether another worker is asking about this letter right now; one that has vanished is given up."""
    if not in_use():
        return False
    asking = actions.asking(delivery_id)
    if asking is None:
        return False
    if asking.asked_at and asking.asked_at > now - actions.STILL_ASKING:
        return True
    actions.settle(asking, Wording.State.TEMPLATE, now, check="worker_vanished")
    return False


def switch(on: bool, actor: Actor, now: datetime) -> None:
    """Turns the writer on or off at once, for all workers."""
    with transaction.atomic():
        state = actions.switch(on)
        record("writer.switched_on" if on else "writer.switched_off", state, actor, now)


def drop_forgotten(now: datetime) -> int:
    """Every night: no facts are kept for letters that never came to be sent."""
    return actions.drop_forgotten(now - FORGOTTEN_AFTER, now)


def price() -> actions.Price:
    """What a token costs, and what a month may."""
    limit = int(settings.MIANYUE_WRITER_MONTHLY_LIMIT * 1_000_000)
    return actions.Price(float(settings.MIANYUE_WRITER_PRICE_IN), float(settings.MIANYUE_WRITER_PRICE_OUT), limit)


def month_of(now: datetime) -> str:
    """The month by the company's clock: ``2026-12``."""
    return now.astimezone(ZoneInfo(company().time_zone)).strftime("%Y-%m")


@dataclass(slots=True)
class _Job:
    """The wording of one letter; ``do`` returns why the template stays, empty where it does not."""

    wording: Wording
    delivery_id: UUID
    now: datetime
    begun: float
    model: str = ""
    attempts: int = 0

    def do(self) -> str:
        try:
            self._do()
        except _Template as kept:
            return kept.why
        except SuggestionRefused as refused:
            return refused.check
        except guard.GuardRefused as refused:
            return f"guard_{refused.check}"
        except ReadBackRefused as refused:
            return refused.check
        return ""

    def _do(self) -> None:
        notice = self.wording.notice
        facts = taken_out(self.wording.facts["facts"])
        purpose, language = Purpose(notice.purpose), language_of(facts)
        if language is None:
            raise _Template("language_unknown")
        request = commission(facts, purpose, language, settings.MIANYUE_WRITER_TONE)
        draft = self._asked(request)
        try:
            suggestion = check(draft.content, asked(facts, language, request))
        except SuggestionRefused as refused:
            self._outcome(refused.check != "schema")
            raise
        self._outcome(True)
        rendered = finished(facts, purpose, language, suggestion, tuple(self.wording.facts["job_keywords"]))
        with transaction.atomic():
            if not actions.reword(notice, self.delivery_id, rendered.text, rendered.html):
                raise _Template("too_late")
            took = int((time.monotonic() - self.begun) * 1000)
            actions.settle(self.wording, Wording.State.USED, self.now, model=self.model, attempts=self.attempts, took=took)
            actions.count_used(month_of(self.now))
            record("notice.worded", notice, SYSTEM, self.now, application=notice.application_code, model=self.model)

    def _asked(self, request: Request) -> Draft:
        """The writer's draft, within the limit, at the second attempt if the first one met a closed door."""
        try:
            writer: Writer = registry.plug("writer", settings.MIANYUE_WRITER)
        except MianyueError:
            raise _Template("not_set_up") from None
        self.model = writer.model
        costs, month = price(), month_of(self.now)
        # No token is shorter than a byte.
        most = costs.of(len(f"{request.instructions}{request.task}".encode()), MOST_TOKENS)
        while True:
            with transaction.atomic():
                why = actions.may_ask(month, costs, most, self.now)
            if why:
                raise _Template(why)
            self.attempts += 1
            try:
                draft = writer.write(request, self._left())
            except WriterError as error:
                # Whether a call that was cut off is charged is the vendor's secret: it counts in full.
                actions.meter(month, most, most if error.reason == "timeout" else 0, 0, 0)
                self._outcome(False)
                wait = max(BREATH, error.wait) if isinstance(error, WriterUnavailable) else LIMIT
                if self.attempts >= ATTEMPTS or wait + _WORTH_TRYING > self._left():
                    raise _Template(error.reason) from None
                time.sleep(wait)
                continue
            tokens_in, tokens_out = draft.tokens_in, draft.tokens_out
            cost = most if tokens_in is None or tokens_out is None else costs.of(tokens_in, tokens_out)
            actions.meter(month, most, cost, tokens_in or 0, tokens_out or 0)
            return draft

    def _left(self) -> float:
        return max(0.01, LIMIT - (time.monotonic() - self.begun))

    def _outcome(self, answered: bool) -> None:
        with transaction.atomic():
            if actions.note_outcome(answered, self.now):
                log.warning("The writer failed too often and is left alone for a while; templates go out.")


def finished(
    facts: LetterFacts, purpose: Purpose, language: Language, suggestion: Suggestion, job_keywords: tuple[str, ...]
) -> Rendered:
    """The letter with the accepted sentences, past the guard and read back.

    Raises GuardRefused, ReadBackRefused (``back_frame`` where it differs from its template in anything but those sentences).
    """
    template = compose(facts, purpose)
    rendered = render(placed(template, facts, suggestion))
    guard.check(rendered, facts, facts.keywords, job_keywords)
    read_back(rendered, facts, purpose, language)
    refuse_facts_in(passages_of(suggestion, purpose), facts)
    first = template.blocks[1]
    gives_way = purpose is not Purpose.NEW_OPTIONS and isinstance(first, Paragraph)
    given_way = "".join(map(str, first.line)) if gives_way and isinstance(first, Paragraph) else ""
    instead = subject_matter(facts) if gives_way else ""
    if not same_frame(rendered, render(template), passages_of(suggestion, purpose), given_way, instead):
        raise ReadBackRefused("back_frame")
    return rendered
