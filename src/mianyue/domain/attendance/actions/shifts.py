"""Shifts and who works them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from mianyue.base.errors import Refused
from mianyue.domain.attendance.actions.days import forget_days_of
from mianyue.domain.attendance.models import Shift, ShiftVersion
from mianyue.worktime.shift import PunchRule, Segment


class InThePast(Refused):
    """What was worked already stays as it was."""

    code = "in_the_past"


def new_shift(
    code: str, name: str, segments: Sequence[Segment], weekdays: Iterable[int], punching: PunchRule = PunchRule()
) -> Shift:
    """A shift with its first version, which counts since ever. ``segments`` and ``weekdays`` as in ``worktime.shift.ShiftRule``."""
    shift = Shift.objects.create(code=code, name=name)
    ShiftVersion.objects.create(shift=shift, **_worked(segments, weekdays, punching))
    return shift


def new_version(
    shift: Shift,
    first_day: date,
    segments: Sequence[Segment],
    weekdays: Iterable[int],
    today: date,
    punching: PunchRule = PunchRule(),
) -> ShiftVersion:
    """How the shift is worked and punched from ``first_day`` on. A version that was to begin on that day is replaced.

    Shifts that began before ``today`` stay as they are: raises InThePast for an earlier ``first_day``.
    """
    if first_day < today:
        raise InThePast(f"A shift can't be changed from {first_day} on: it has been worked.", "Choose today or a later day.")
    version, _ = ShiftVersion.objects.update_or_create(
        shift=shift,
        first_day=first_day,
        defaults=_worked(segments, weekdays, punching),
    )
    forget_days_of(None, first_day, None)
    return version


def _worked(segments: Sequence[Segment], weekdays: Iterable[int], punching: PunchRule) -> dict[str, object]:
    return {
        "segments": [list(part) for part in segments],
        "weekdays": sorted(weekdays),
        "late_grace": punching.late_grace,
        "early_grace": punching.early_grace,
        "punches_before": punching.before,
        "punches_after": punching.after,
        "punch_breaks": punching.breaks,
    }
