"""Relaxations as plain values: what programs print, tasks keep and the console puts into words."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

from mianyue.base.interval import Interval
from mianyue.scheduling.facts import Recommendation, Step


def relaxed(recommendation: Recommendation | None, zone: str = "UTC") -> list[dict[str, Any]]:
    """What would give more times, the least disturbing first; empty where all options were found. Times are those of ``zone``."""
    if recommendation is None:
        return []
    return [
        {"steps": [_step(step, zone) for step in one.steps], "starts": one.starts, "example": _times(one.example, zone)}
        for one in recommendation.relaxations
    ]


def _step(step: Step, zone: str) -> dict[str, Any]:
    said: dict[str, Any] = {"what": str(step.what), "who": step.who}
    if step.interval is not None:
        said |= {"why": str(step.why), **_times(step.interval, zone)}
    return said


def _times(interval: Interval, zone: str) -> dict[str, str]:
    """ISO 8601 with the offset of the zone."""
    return {name: at.astimezone(ZoneInfo(zone)).isoformat() for name, at in (("start", interval.start), ("end", interval.end))}
