"""One source of "now", handed down as an argument, so that thinking and rooms never read a clock."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from typing import Protocol

from mianyue.base.errors import SettingError


class Clock(Protocol):
    """Tells the current instant, always aware and in UTC."""

    def now(self) -> datetime: ...


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        return datetime.now(UTC)


class ShiftedClock:
    """A clock that showed ``at`` when the machine's clock showed ``since``, and runs at normal speed (demo and tests)."""

    def __init__(self, at: datetime, since: datetime) -> None:
        self.at, self.since = at.astimezone(UTC), since.astimezone(UTC)

    def now(self) -> datetime:
        return self.at + (datetime.now(UTC) - self.since)

    def spelled(self) -> str:
        """The value of ``MIANYUE_CLOCK`` with which another process shows the same time."""
        return f"{self.at.isoformat()}@{self.since.timestamp():.6f}"


class ManualClock:
    """A clock that stands still until it is moved: the in-memory twin for tests."""

    def __init__(self, at: datetime) -> None:
        self.at = at.astimezone(UTC)

    def now(self) -> datetime:
        return self.at

    def forward(self, by: timedelta) -> None:
        self.at += by


def from_setting(value: str) -> Clock:
    """The clock of ``MIANYUE_CLOCK``: empty is the machine's, otherwise ``<ISO instant>[@<unix seconds when it showed that>]``.

    Raises SettingError.
    """
    if not value:
        return SystemClock()
    instant, shown, since = value.strip().partition("@")
    try:
        at = datetime.fromisoformat(instant)
        if at.tzinfo is None:
            raise ValueError("an instant needs an offset")
        return ShiftedClock(at, datetime.fromtimestamp(float(since) if shown else time.time(), UTC))
    except (ValueError, OverflowError) as error:
        expected = "an ISO 8601 instant with offset, such as 2026-11-30T08:00:00+08:00"
        raise SettingError("MIANYUE_CLOCK", value, expected) from error
