"""Which days are holidays, bridge days off, make-up workdays and weekends, by which notice, and whether that is certain yet."""

from mianyue.worktime.day_kinds.answers import (
    LOOK_AHEAD,
    also_read,
    day_kind,
    is_announced,
    is_make_up_workday,
    is_public_holiday,
    is_working_day,
    last_announced,
    notices,
    working_days,
)
from mianyue.worktime.day_kinds.kind import DayKind, Kind, Name, UnknownCountry
from mianyue.worktime.day_kinds.notices import NoticesUnreadable

__all__ = [
    "LOOK_AHEAD",
    "DayKind",
    "Kind",
    "Name",
    "NoticesUnreadable",
    "UnknownCountry",
    "also_read",
    "day_kind",
    "is_announced",
    "is_make_up_workday",
    "is_public_holiday",
    "is_working_day",
    "last_announced",
    "notices",
    "working_days",
]
