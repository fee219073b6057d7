"""What many people are to work, read in a fixed number of queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import DateField, Q, QuerySet, UUIDField, Value
from django.db.models.functions import Cast

from mianyue.domain.attendance.models import (
    GroupMember,
    RosterDay,
    RotationDay,
    ShiftAssignment,
    ShiftVersion,
)
from mianyue.domain.spans import among
from mianyue.worktime.attendance import Assignment, Layer
from mianyue.worktime.shift import PunchRule, ShiftRule

SINCE_EVER = date(1, 1, 1)


def assignments_of(
    people: Iterable[UUID] | Iterable[str], within: tuple[date, date] | None = None, by: str = "employee_id"
) -> dict[Any, list[Assignment]]:
    """What these people are to work: roster, own assignments and groups as layers, by person. ``within``: only dates from, to.

    ``by`` is the field that names a person: the id, or ``employee__code``. Three queries, however many people.
    """
    versions, cycles = _versions(), _cycles()
    found: dict[Any, list[Assignment]] = defaultdict(list)
    for person, layer, shift, rotation, anchor, first, last in _planned(list(people), within, by):
        if layer == Layer.ROSTER:
            found[person].append(Assignment(_rostered(versions.get(shift, ()), first), first, last, Layer.ROSTER))
        elif rotation is not None:
            found[person] += _rotating(versions, cycles.get(rotation, ()), first, last, anchor)
        else:
            found[person] += _worked(versions.get(shift, ()), first, last, Layer(layer))
    return found


def _planned(people: Sequence[Any], within: tuple[date, date] | None, by: str) -> QuerySet[Any, tuple[Any, ...]]:
    """Roster, own assignments and groups in one query: person, layer, shift, rotation and its anchor, first and last day."""
    first, last = within or (date.min, date.max)
    open_ended = Q(last_day=None) | Q(last_day__gte=first)
    no_rotation = Cast(None, UUIDField()), Cast(None, DateField())
    whose = among(by, people)
    own = ShiftAssignment.objects.filter(whose, open_ended, first_day__lte=last)
    members = GroupMember.objects.filter(whose, open_ended, first_day__lte=last)
    roster = RosterDay.objects.filter(whose, day__range=(first, last)).order_by()
    return members.values_list(
        by, Value(int(Layer.GROUP)), "group__shift", "group__rotation", "group__rotation__anchor", "first_day", "last_day"
    ).union(
        own.values_list(by, Value(int(Layer.PERSON)), "shift", *no_rotation, "first_day", "last_day"),
        roster.values_list(by, Value(int(Layer.ROSTER)), "shift", *no_rotation, "day", "day"),
        all=True,
    )


Versions = list[tuple[date, ShiftRule]]
"""The versions of one shift by the date from which each counts, the oldest first."""


def _versions() -> dict[UUID, Versions]:
    found: dict[UUID, Versions] = defaultdict(list)
    rows = ShiftVersion.objects.values_list(
        *("shift_id", "first_day", "segments", "weekdays"),
        *("pk", "late_grace", "early_grace", "punches_before", "punches_after", "punch_breaks"),
    )
    for shift, first, segments, weekdays, *punching in rows:
        rule = ShiftRule(tuple((start, end) for start, end in segments), frozenset(weekdays), PunchRule(*punching))
        found[shift].append((first or SINCE_EVER, rule))
    return {shift: sorted(some, key=lambda version: version[0]) for shift, some in found.items()}


def _cycles() -> dict[UUID, tuple[UUID | None, ...]]:
    found: dict[UUID, list[UUID | None]] = defaultdict(list)
    for rotation, shift in RotationDay.objects.order_by("rotation", "number").values_list("rotation_id", "shift_id"):
        found[rotation].append(shift)
    return {rotation: tuple(days) for rotation, days in found.items()}


def _worked(
    versions: Iterable[tuple[date, ShiftRule | None]], first: date, last: date | None, layer: Layer
) -> Iterator[Assignment]:
    """An assignment per version that counts between these dates; rest where there is no shift: it goes before what was said earlier."""
    versions = list(versions) or [(first, None)]
    for (begins, rule), following in zip(versions, [*versions[1:], None], strict=True):
        until = following[0] - timedelta(days=1) if following else None
        start = max(first, begins)
        end = min((day for day in (last, until) if day is not None), default=None)
        if end is None or start <= end:
            yield Assignment(rule, start, end, layer, since=first if first < start else None)


def _rostered(versions: Iterable[tuple[date, ShiftRule]], day: date) -> ShiftRule | None:
    """The shift as it is worked on that day, whatever the weekday: a roster names the dates itself."""
    rule = None
    for begins, version in versions:
        if begins <= day:
            rule = version.every_day()
    return rule


def _rotating(
    versions: dict[UUID, Versions], cycle: tuple[UUID | None, ...], first: date, last: date | None, anchor: date
) -> Iterator[Assignment]:
    """The rotation between these dates, anew from each date on which one of its shifts changes; one without days is rest."""
    changes = {begins for shift in cycle if shift for begins, _ in versions.get(shift, ()) if first < begins}
    starts = sorted({first, *(day for day in changes if last is None or day <= last)})
    for start, following in zip(starts, [*starts[1:], None], strict=True):
        rules = tuple(_rostered(versions.get(shift, ()), start) if shift else None for shift in cycle)
        until = following - timedelta(days=1) if following else last
        yield Assignment(None, start, until, Layer.GROUP, rules, anchor, since=first if first < start else None)
