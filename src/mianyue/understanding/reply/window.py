"""The instants that a reply wants or refuses."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from mianyue.base.interval import Interval


@dataclass(frozen=True, slots=True)
class Window:
    """Instants that somebody wants, or (``Reply.excluded``) doesn't.

    ``end`` None means beginning at ``start``, for as long as it takes. ``day_said`` and ``hours_said`` tell what the text itself
    names; whole days run from midnight to midnight. ``certainty`` (0 to 1) is the grammar's own, not a measured probability.
    """

    start: datetime
    end: datetime | None
    certainty: float
    day_said: bool
    hours_said: bool
    mention: int

    def holds(self, interval: Interval) -> bool:
        """Whether that interval begins when this window says, or lies in it."""
        if self.end is None:
            return interval.start == self.start
        return self.start <= interval.start and interval.end <= self.end

    def is_exactly(self, interval: Interval) -> bool:
        """Whether day and time are said, and are those of the interval."""
        exact = self.start == interval.start and (self.end is None or self.end == interval.end)
        return exact and self.day_said and self.hours_said
