"""Where attendance comes from in this installation, and what is wrong with it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import cast

from django.conf import settings

from mianyue.base.errors import MianyueError
from mianyue.base.interval import Interval
from mianyue.ports import registry
from mianyue.ports.attendance import Attendance


def source() -> Attendance:
    """The plug that MIANYUE_ATTENDANCE names."""
    return cast(Attendance, registry.plug("attendance", settings.MIANYUE_ATTENDANCE))


def is_built_in() -> bool:
    """Whether attendance is kept in mianyue's own tables, which answer whenever the database does."""
    return bool(settings.MIANYUE_ATTENDANCE == "builtin")


def unanswered(now: datetime) -> MianyueError | None:
    """Why the source leaves everybody's time, or every room's, unknown, its settings included; None while it answers."""
    if is_built_in():
        return None
    today = Interval(now, now + timedelta(days=1))
    try:
        plug = source()
        plug.shifts([], today)
        plug.away([], today)
        plug.overtime([], today)
        plug.rooms_busy([], today)
    except MianyueError as error:
        return error
    return None
