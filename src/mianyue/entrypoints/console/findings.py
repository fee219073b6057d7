"""What a derived day came to, in words: late 12 min, no clock-out, absent 4:00 h."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from django.utils.translation import gettext as _

from mianyue.domain.attendance.models import AttendanceDay
from mianyue.entrypoints.console import attendance_words, words
from mianyue.entrypoints.console.times import hours

_LENGTHS: Mapping[str, str] = {
    "late": "late",
    "early": "early",
    "absent": "absent",
    "leave": "on_leave",
    "trip": "on_trip",
    "overtime": "overtime",
}
"""The length that goes with a finding."""


def findings_said(row: AttendanceDay, but: Collection[str] = ()) -> list[tuple[str, str]]:
    """Each finding as its tone and its words, with how long where that says something. ``but``: codes to leave out."""
    return [(attendance_words.FINDING_TONES.get(code, "quiet"), _said(code, row)) for code in row.findings if code not in but]


def _said(code: str, row: AttendanceDay) -> str:
    said = words.of(attendance_words.FINDINGS, code)
    length: Any = getattr(row, _LENGTHS[code]) if code in _LENGTHS else 0
    if not length:
        return said
    how_long = _("%(minutes)s min") % {"minutes": length} if length < 60 else _("%(hours)s h") % {"hours": hours(length)}
    return f"{said} {how_long}"
