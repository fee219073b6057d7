"""Shifts and who works them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from mianyue.domain.attendance.models import Shift, ShiftVersion
from mianyue.worktime.shift import Segment


def new_shift(code: str, name: str, segments: Sequence[Segment], weekdays: Iterable[int]) -> Shift:
    """A shift with its first version, which counts since ever. ``segments`` and ``weekdays`` as in ``worktime.shift.ShiftRule``."""
    shift = Shift.objects.create(code=code, name=name)
    ShiftVersion.objects.create(shift=shift, segments=[list(part) for part in segments], weekdays=sorted(weekdays))
    return shift
