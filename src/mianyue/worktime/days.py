"""Local dates as spans of instants, which public holidays, days off and dates by name all are."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from mianyue.base.interval import Interval, union
from mianyue.worktime.day_kinds import is_announced, is_public_holiday, is_working_day

DAY = timedelta(days=1)


def local(day: date, at: time, zone: ZoneInfo) -> datetime:
    """That wall-clock time as an instant. In the gap of a clock change it is the instant the clock jumps over (PEP 495, fold 0)."""
    return datetime.combine(day, at, zone)


def whole_day(day: date, zone: ZoneInfo) -> Interval:
    """From local midnight to local midnight; 23 or 25 hours in a clock change."""
    return Interval(local(day, time(0), zone), local(day + DAY, time(0), zone))


def public_holidays(window: Interval, zones: Iterable[ZoneInfo], country: str) -> list[Interval]:
    """The public holidays within ``window`` as spans of instants, by the date in each of ``zones``."""
    return union(day for zone in zones for day in _holidays(*first_and_last(window, zone), zone, country))


@lru_cache(maxsize=512)
def _holidays(first: date, last: date, zone: ZoneInfo, country: str) -> tuple[Interval, ...]:
    return tuple(whole_day(day, zone) for day in from_to(first, last) if is_public_holiday(day, country))


def unannounced(window: Interval, zones: Iterable[ZoneInfo], country: str) -> list[Interval]:
    """The dates within ``window``, by each of ``zones``, of which it is only predicted whether they are worked there."""
    return union(day for zone in zones for day in _unannounced(*first_and_last(window, zone), zone, country))


@lru_cache(maxsize=512)
def _unannounced(first: date, last: date, zone: ZoneInfo, country: str) -> tuple[Interval, ...]:
    return tuple(whole_day(day, zone) for day in from_to(first, last) if not is_announced(day, country))


def days_off(window: Interval, zone: ZoneInfo, working_week: list[int], country: str) -> list[Interval]:
    """The days within ``window``, by the date in ``zone``, on which the company does not work."""
    return union(whole_day(day, zone) for day in dates(window, zone) if not is_working_day(day, working_week, country))


def on_dates(window: Interval, zone: ZoneInfo, wanted: Iterable[date]) -> list[Interval]:
    """The given dates within ``window``, each from midnight to midnight in ``zone``."""
    named = set(wanted)
    return union(whole_day(day, zone) for day in dates(window, zone) if day in named)


def dates(window: Interval, zone: ZoneInfo) -> list[date]:
    """The local dates that ``window`` touches, that of its end included."""
    return from_to(*first_and_last(window, zone))


def from_to(first: date, last: date) -> list[date]:
    """Every date from ``first`` to ``last``, both included."""
    return [first + timedelta(days=offset) for offset in range((last - first).days + 1)]


def first_and_last(window: Interval, zone: ZoneInfo) -> tuple[date, date]:
    """The local dates of its first instant and of its end."""
    return window.start.astimezone(zone).date(), window.end.astimezone(zone).date()
