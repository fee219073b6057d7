"""What interviews have been promised already, as scheduling counts it: blocked spans, minutes, and interviews that fill a cap."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from mianyue.base.interval import Interval
from mianyue.domain.interviews import queries as interviews
from mianyue.domain.interviews.queries import Promised
from mianyue.scheduling.facts import Blocked, Why

_WHOLE_WEEKS = timedelta(days=8)
"""Beyond both ends of a horizon, so that every ISO week it touches is known as a whole on any clock."""


class Promises:
    """The bookings and unexpired holds around a window, by the id of the person or room. One query."""

    def __init__(self, window: Interval, now: datetime, but_of: Iterable[UUID] = ()) -> None:
        """``but_of``: interviews whose claims don't count."""
        self.window = window
        self._of: dict[UUID, list[Promised]] = defaultdict(list)
        around = Interval(window.start - _WHOLE_WEEKS, window.end + _WHOLE_WEEKS)
        for promised in interviews.active_claims(around, now, but_of):
            self._of[promised.resource_id].append(promised)

    def blocked(self, resource_id: UUID, why: Why) -> list[Blocked]:
        """The promised spans, each with the site the resource is at then."""
        return [Blocked(one.interval, why, one.site) for one in self._of.get(resource_id, ())]

    def minutes(self, resource_id: UUID) -> int:
        """The length of all promises that touch the window; three times held for one interview count three times."""
        promised = (one.interval for one in self._of.get(resource_id, ()) if one.interval.overlaps(self.window))
        return sum(int(interval.length.total_seconds()) // 60 for interval in promised)

    def engaged(self, resource_id: UUID) -> tuple[tuple[Interval, ...], ...]:
        """The interviews that count against a cap, each with the times it is booked or held for: any of those may become the one."""
        times: dict[UUID, list[Interval]] = defaultdict(list)
        for one in sorted(self._of.get(resource_id, ()), key=lambda one: one.interval):
            if one.interview_id is not None:
                times[one.interview_id].append(one.interval)
        return tuple(tuple(some) for some in times.values())
