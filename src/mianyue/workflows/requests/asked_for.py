"""What an approval is about, read from the request itself: the values from which letters and pages are written."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.dateparse import parse_datetime

from mianyue.base.interval import Interval
from mianyue.domain.approvals.models import Approval
from mianyue.domain.attendance.models import Leave, Overtime, PunchCorrection, Trip
from mianyue.domain.rooms.models import RoomBooking

Kind = Approval.Kind

_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class AskedFor:
    """One request. ``at`` and ``side`` are a correction's; ``minutes`` is working time; ``clock`` (IANA) the zone to say it in.

    ``leave`` is the name of the kind of leave: for its asker and for who decides, on their pages only, never in a letter.
    """

    kind: str
    clock: str
    interval: Interval | None = None
    at: datetime | None = None
    side: str = ""
    minutes: int | None = None
    leave: str = ""
    destination: str = ""
    room: str = ""
    site: str = ""


def asked_for(approval: Approval) -> AskedFor:
    """What the approval's asker wants."""
    return all_asked_for([approval])[approval.pk]


def all_asked_for(approvals: Collection[Approval]) -> dict[UUID, AskedFor]:
    """What the askers of these approvals want, by approval. A query per kind of request, however many there are.

    A request that is no longer kept, and a change of an interview, is read from the approval's own facts.
    """
    by_kind: dict[str, list[UUID]] = defaultdict(list)
    for approval in approvals:
        by_kind[approval.kind].append(approval.subject_id)
    rows = {row.pk: row for kind, ids in by_kind.items() if kind in _ROWS for row in _ROWS[kind]().filter(pk__in=ids)}
    return {approval.pk: _of(approval, rows.get(approval.subject_id)) for approval in approvals}


_ROWS: dict[str, Callable[[], QuerySet[Any]]] = {
    Kind.LEAVE: lambda: Leave.objects.select_related("kind"),
    Kind.OVERTIME: Overtime.objects.all,
    Kind.TRIP: Trip.objects.all,
    Kind.CORRECTION: PunchCorrection.objects.all,
    Kind.ROOM: lambda: RoomBooking.objects.select_related("room__site"),
}


def _of(approval: Approval, row: Any) -> AskedFor:
    kind, clock, facts = approval.kind, approval.asker.time_zone, approval.facts
    match row:
        case Leave():
            return AskedFor(kind, clock, _span(row), minutes=row.minutes, leave=row.kind.name if row.kind else row.leave_type or "")
        case Overtime():
            span = _span(row)
            return AskedFor(kind, clock, span, minutes=span.length // _MINUTE)
        case Trip():
            return AskedFor(kind, clock, _span(row), destination=row.destination or "")
        case PunchCorrection():
            return AskedFor(kind, clock, at=row.at, side=row.side)
        case RoomBooking():
            return AskedFor(kind, row.room.site.time_zone, _span(row), room=row.room.name, site=row.room.site.name)
    return AskedFor(kind, clock, _from_facts(facts), at=_instant(facts, "at"))


def _span(row: Any) -> Interval:
    return Interval(row.during.lower, row.during.upper)


def _from_facts(facts: dict[str, Any]) -> Interval | None:
    start, end = _instant(facts, "start"), _instant(facts, "end")
    return Interval(start, end) if start and end else None


def _instant(facts: dict[str, Any], name: str) -> datetime | None:
    return parse_datetime(str(facts[name])) if facts.get(name) else None
