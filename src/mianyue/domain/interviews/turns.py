"""Whose turn it is: whoever wants the same people and rooms waits for one another, then looks before anything is written."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db import connection
from django.db.transaction import TransactionManagementError
from psycopg.types.range import TimestamptzRange

from mianyue.domain.interviews.states import LIVE, ClaimState

ACTIVE = [ClaimState.HOLD, ClaimState.BOOKED]
"""The states in which a claim keeps others out: those of the exclusion constraint, whether or not a hold has run out."""

Span = tuple[UUID, TimestamptzRange]
"""A person or room, and when."""

# Taken in one order by everybody, so that claims on the same people wait for one another instead of deadlocking in the
# exclusion constraint.
_WAIT = "SELECT pg_advisory_xact_lock(key) FROM unnest(%s::bigint[]) AS key"

_LOOK = """
SELECT EXISTS (SELECT FROM interviews_interview WHERE application_id = %s AND state = ANY(%s)),
       EXISTS (SELECT FROM unnest(%s::uuid[], %s::tstzrange[]) AS wanted(resource_id, during)
                 JOIN interviews_claim AS claim ON claim.resource_id = wanted.resource_id AND claim.during && wanted.during
                WHERE claim.state IN ('hold', 'booked'))
"""


@dataclass(frozen=True, slots=True)
class Seen:
    """What stands in the way: a live interview of the application, a promise of one of the spans."""

    live: bool
    taken: bool


def take_turn(wanted: Collection[Span], also: Iterable[UUID] = (), application_id: UUID | None = None) -> Seen:
    """Looks at what is wanted, and waits for our turn with all of it (and with ``also``) if nothing stands in the way.

    Looks first, so that whoever comes too late is refused by one read instead of queueing behind those who are writing; looks again
    after the wait, so that what was promised meanwhile is refused before anything is written and rolled back. The constraints of the
    database remain the guard. Raises TransactionManagementError outside a transaction, where a turn would end at once.
    """
    if not connection.in_atomic_block:
        raise TransactionManagementError("a turn lasts as long as a transaction; there is none")
    seen = _look(wanted, application_id)
    if seen.live or seen.taken:
        return seen
    _wait_for({*also, *(resource for resource, _ in wanted)})
    return _look(wanted, application_id)


def _wait_for(resources: Iterable[UUID]) -> None:
    keys = sorted({resource.int >> 64 ^ resource.int & (1 << 64) - 1 for resource in resources})
    with connection.cursor() as cursor:
        cursor.execute(_WAIT, [[key - (1 << 64) if key >> 63 else key for key in keys]])


def _look(wanted: Collection[Span], application_id: UUID | None) -> Seen:
    # A statement of its own, because it must see what was committed during the wait (READ COMMITTED, PostgreSQL 18, §13.2.1).
    resources, spans = [resource for resource, _ in wanted], [during for _, during in wanted]
    with connection.cursor() as cursor:
        cursor.execute(_LOOK, [application_id, LIVE, resources, spans])
        return Seen(*cursor.fetchone())
