"""What requests ask for, in words, for a whole page of approvals at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Model
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from mianyue.base.interval import Interval
from mianyue.domain.approvals.models import Approval
from mianyue.domain.attendance.models import Leave, Overtime, PunchCorrection, Trip
from mianyue.domain.interviews.models import InterviewChange
from mianyue.domain.notices.dates import Times
from mianyue.domain.notices.voice import voice_for
from mianyue.domain.rooms.models import RoomBooking
from mianyue.entrypoints.console import attendance_words, words
from mianyue.entrypoints.console.times import hours

Kind = Approval.Kind
_SUBJECTS: dict[str, tuple[type[Model], tuple[str, ...]]] = {
    Kind.LEAVE: (Leave, ("kind",)),
    Kind.OVERTIME: (Overtime, ()),
    Kind.TRIP: (Trip, ()),
    Kind.CORRECTION: (PunchCorrection, ()),
    Kind.ROOM: (RoomBooking, ("room__site",)),
    Kind.INTERVIEW: (InterviewChange, ("interview__application__candidate", "option")),
}


def asked(approvals: Sequence[Approval]) -> dict[UUID, list[str]]:
    """By approval, what it is about: what kind of leave, when (by the asker's clock), how long, where. A query per kind on the page."""
    subjects: dict[UUID, Model] = {}
    for kind, (model, related) in _SUBJECTS.items():
        ids = [approval.subject_id for approval in approvals if approval.kind == kind]
        if ids:
            subjects.update(model._default_manager.select_related(*related).in_bulk(ids))
    return {approval.pk: _said(approval, subjects.get(approval.subject_id)) for approval in approvals}


def times_at(zone: str) -> Times:
    """Speaks the reader's language by the clock of ``zone`` (IANA)."""
    return Times(voice_for(get_language() or "en"), ZoneInfo(zone), settings.CLOCK.now())


def _said(approval: Approval, subject: Any) -> list[str]:
    times = times_at(approval.asker.time_zone)
    if isinstance(subject, Leave):
        name = subject.kind.name if subject.kind else subject.leave_type
        return _filled(name, _span(times, subject.during), _length(subject.minutes))
    if isinstance(subject, Overtime):
        elapsed = subject.during.upper - subject.during.lower
        return _filled(_span(times, subject.during), _length(int(elapsed.total_seconds() // 60)))
    if isinstance(subject, Trip):
        return _filled(subject.destination, _span(times, subject.during))
    if isinstance(subject, PunchCorrection):
        return _filled(words.of(attendance_words.SIDES, subject.side), times.moment(subject.at))
    if isinstance(subject, RoomBooking):
        times = times_at(subject.room.site.time_zone)
        return _filled(subject.room.name, subject.room.site.name, _span(times, subject.during), subject.subject)
    if isinstance(subject, InterviewChange):
        wish = words.of(attendance_words.WISHES, subject.wish)
        return _filled(wish, subject.interview.application.candidate.name, _span(times, subject.option.during))
    return _from_facts(approval.facts, times)


def _from_facts(facts: Mapping[str, Any], times: Times) -> list[str]:
    """Of a request that is no longer kept: when it was for."""
    start, end, at = (_instant(facts, name) for name in ("start", "end", "at"))
    if start and end and start < end:
        return [times.span(Interval(start, end))]
    return [times.moment(at)] if at else []


def _instant(facts: Mapping[str, Any], name: str) -> datetime | None:
    return parse_datetime(str(facts[name])) if facts.get(name) else None


def _span(times: Times, during: Any) -> str:
    said = times.span(Interval(during.lower, during.upper))
    return said if times.zone.key == timezone.get_current_timezone_name() else f"{said} ({times.zone_name(during.lower)})"


def _length(minutes: int | None) -> str:
    return "" if minutes is None else _("%(hours)s h") % {"hours": hours(minutes)}


def _filled(*parts: str | None) -> list[str]:
    return [part for part in parts if part]


def warnings(approval: Approval) -> list[str]:
    """What whoever decides should know: overtime near the month's cap, a long day."""
    over = hours(approval.facts.get("month_minutes", 0))
    return [words.of(attendance_words.WARNINGS, code) % {"hours": over} for code in approval.facts.get("warnings", [])]
