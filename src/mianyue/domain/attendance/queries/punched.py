"""When many people punched."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from mianyue.base.interval import Interval
from mianyue.domain.attendance.models import Punch
from mianyue.domain.spans import among, instants_by


def punches_of(people: Iterable[UUID] | Iterable[str], window: Interval, by: str = "employee_id") -> dict[Any, list[datetime]]:
    """What phones and clocks recorded within ``window``, by person, in order of time; corrections made later are not among it.

    ``by`` is the field that names a person: the id, or ``employee__code``. One query.
    """
    rows = Punch.objects.filter(
        among(by, people),
        at__gte=window.start,
        at__lt=window.end,
        source__in=[Punch.Source.PHONE, Punch.Source.CLOCK],
    )
    return instants_by(rows, "at", by)
