"""Adding punches. There is no other change: what a clock said stays said."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from mianyue.domain.attendance.models import Punch, PunchCorrection
from mianyue.domain.attendance.queries.days import correction_key

AT_ONCE = 5_000
"""Rows per statement."""


@dataclass(frozen=True, slots=True)
class NewPunch:
    """A punch to add. ``zone`` (IANA name) is the one whose wall clock showed it; ``key`` makes two of them the same punch."""

    employee_id: UUID
    at: datetime
    zone: str
    source: str
    key: str
    device: str = ""
    place_id: UUID | None = None
    field: bool = False


def add_punch(new: NewPunch, now: datetime) -> Punch:
    """The punch; where one with its key is there already, that one."""
    add_punches([new], now)
    return Punch.objects.get(key=new.key)


def add_punches(new: Sequence[NewPunch], now: datetime) -> None:
    """Adds those whose key isn't there yet, two processes at once too."""
    rows = [
        Punch(
            employee_id=one.employee_id,
            at=one.at.astimezone(UTC),
            zone=one.zone,
            wall=f"{one.at.astimezone(ZoneInfo(one.zone)):%Y-%m-%dT%H:%M:%S}",
            source=one.source,
            key=one.key,
            device=one.device,
            place_id=one.place_id,
            field=one.field,
            recorded_at=now,
        )
        for one in new
    ]
    Punch.objects.bulk_create(rows, batch_size=AT_ONCE, ignore_conflicts=True)


def add_corrected(correction: PunchCorrection, now: datetime) -> Punch:
    """The punch that an approved correction (补卡) stands for, on the person's own clock.

    It counts for as long as the correction is approved (``queries.days``): taking an approval back needs no change here.
    """
    return add_punch(
        NewPunch(
            correction.employee_id,
            correction.at,
            correction.employee.time_zone,
            Punch.Source.CORRECTION,
            correction_key(correction.pk),
        ),
        now,
    )
