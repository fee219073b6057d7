"""Times to promise, and the rows a promise consists of: an option, who sits in it, and a claim on everything it needs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from psycopg.types.range import TimestamptzRange

from mianyue.base.interval import Interval
from mianyue.domain.interviews.models import Claim, Interview, Option, Seat
from mianyue.domain.interviews.turns import Span


@dataclass(frozen=True, slots=True)
class Offer:
    """One time to promise: when, who sits in which seat, where, the reasons as the ranking gave them, and who sits in to learn."""

    during: Interval
    employees: tuple[UUID, ...]
    room: UUID | None
    reasons: list[dict[str, Any]]
    shadow: UUID | None = None

    @property
    def attending(self) -> tuple[UUID, ...]:
        """Everybody of the company who will be there: the panel in seat order, then the shadow."""
        return (*self.employees, self.shadow) if self.shadow else self.employees


def wanted(offers: Iterable[Offer], candidate_id: UUID) -> list[Span]:
    """Whom and what these offers need, and when."""
    return [(resource, _range(offer.during)) for offer in offers for _, resource in _resources(offer, candidate_id)]


def rows(
    interview: Interview, offers: Sequence[Offer], candidate_id: UUID, after: int = 0
) -> tuple[list[Option], list[Seat], list[Claim]]:
    """What is to be written to put these offers into the interview's current proposal, held until its offer ends.

    ``after``: the last number of that proposal that was given before.
    """
    options = [
        Option(
            interview=interview,
            proposal=interview.proposal,
            number=number,
            during=_range(offer.during),
            room_id=offer.room,
            reasons=offer.reasons,
        )
        for number, offer in enumerate(offers, after + 1)
    ]
    seats = [
        Seat(option=option, number=number, employee_id=employee, shadow=number >= len(offer.employees))
        for option, offer in zip(options, offers, strict=True)
        for number, employee in enumerate(offer.attending)
    ]
    claims = [
        Claim(
            resource_kind=kind,
            resource_id=resource,
            during=option.during,
            option=option,
            interview=interview,
            expires_at=interview.held_until,
        )
        for option, offer in zip(options, offers, strict=True)
        for kind, resource in _resources(offer, candidate_id)
    ]
    return options, seats, claims


def _resources(offer: Offer, candidate_id: UUID) -> Iterable[tuple[str, UUID]]:
    for employee in offer.attending:
        yield Claim.Resource.EMPLOYEE, employee
    if offer.room is not None:
        yield Claim.Resource.ROOM, offer.room
    yield Claim.Resource.CANDIDATE, candidate_id


def _range(interval: Interval) -> TimestamptzRange:
    return TimestamptzRange(interval.start, interval.end, "[)")
