"""What many people are to work, read in a fixed number of queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from uuid import UUID

from mianyue.domain.attendance.models import (
    GroupMember,
    RosterDay,
    RotationDay,
    ShiftAssignment,
    ShiftVersion,
)
from mianyue.worktime.attendance import Assignment, Layer
from mianyue.worktime.shift import ShiftRule

SINCE_EVER = date(1, 1, 1)


def assignments_of(employee_ids: Iterable[UUID], within: tuple[date, date] | None = None) -> dict[UUID, list[Assignment]]:
    """What these people are to work: roster, own assignments and groups as layers, by person. ``within``: only dates from, to.

    A fixed number of queries, however many people.
    """
    ids = list(employee_ids)
    versions = _versions()
    found: dict[UUID, list[Assignment]] = defaultdict(list)
    own = ShiftAssignment.objects.filter(employee_id__in=ids).values_list("employee_id", "shift_id", "first_day", "last_day")
    for employee, shift, first, last in own:
        found[employee] += _worked(versions.get(shift, ()), first, last, Layer.PERSON)
    rostered = RosterDay.objects.filter(employee_id__in=ids)
    if within:
        rostered = rostered.filter(day__range=within)
    for employee, shift, day in rostered.values_list("employee_id", "shift_id", "day"):
        found[employee].append(Assignment(_rostered(versions.get(shift, ()), day), day, day, Layer.ROSTER))
    members = GroupMember.objects.filter(employee_id__in=ids).values_list(
        "employee_id", "first_day", "last_day", "group__shift_id", "group__rotation_id", "group__rotation__anchor"
    )
    cycles: dict[UUID, tuple[UUID | None, ...]] | None = None
    for employee, first, last, shift, rotation, anchor in members:
        if rotation is not None:
            cycles = _cycles() if cycles is None else cycles
            found[employee] += _rotating(versions, cycles.get(rotation, ()), first, last, anchor)
        else:
            found[employee] += _worked(versions.get(shift, ()), first, last, Layer.GROUP)
    return found


Versions = list[tuple[date, ShiftRule]]
"""The versions of one shift by the date from which each counts, the oldest first."""


def _versions() -> dict[UUID, Versions]:
    found: dict[UUID, Versions] = defaultdict(list)
    for shift, first, segments, weekdays in ShiftVersion.objects.values_list("shift_id", "first_day", "segments", "weekdays"):
        rule = ShiftRule(tuple((start, end) for start, end in segments), frozenset(weekdays))
        found[shift].append((first or SINCE_EVER, rule))
    return {shift: sorted(some, key=lambda version: version[0]) for shift, some in found.items()}


def _cycles() -> dict[UUID, tuple[UUID | None, ...]]:
    found: dict[UUID, list[UUID | None]] = defaultdict(list)
    for rotation, shift in RotationDay.objects.order_by("rotation", "number").values_list("rotation_id", "shift_id"):
        found[rotation].append(shift)
    return {rotation: tuple(days) for rotation, days in found.items()}


def _worked(versions: Iterable[tuple[date, ShiftRule]], first: date, last: date | None, layer: Layer) -> Iterator[Assignment]:
    """An assignment per version that counts between these dates."""
    versions = list(versions)
    for (begins, rule), following in zip(versions, [*versions[1:], None], strict=True):
        until = following[0] - timedelta(days=1) if following else None
        start = max(first, begins)
        end = min((day for day in (last, until) if day is not None), default=None)
        if end is None or start <= end:
            yield Assignment(rule, start, end, layer)


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
    """The rotation between these dates, anew from each date on which one of its shifts changes."""
    if not cycle:
        return
    changes = {begins for shift in cycle if shift for begins, _ in versions.get(shift, ()) if first < begins}
    starts = sorted({first, *(day for day in changes if last is None or day <= last)})
    for start, following in zip(starts, [*starts[1:], None], strict=True):
        rules = tuple(_rostered(versions.get(shift, ()), start) if shift else None for shift in cycle)
        yield Assignment(None, start, following - timedelta(days=1) if following else last, Layer.GROUP, rules, anchor)
