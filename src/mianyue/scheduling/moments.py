"""How good a time is in itself, on the candidate's clock, whoever sits in and wherever."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from mianyue.scheduling.facts import Need
from mianyue.scheduling.search import Space
from mianyue.scheduling.timeline import Grid, cells

DAY_LATER = 60
AT_ONCE = 720
UNCOMFORTABLE = 600
AT_LUNCH = 240
ODD_START = 15
COMFORTABLE = (9 * 60, 18 * 60)
LUNCH = (12 * 60, 13 * 60)
MORNING, AFTERNOON = 1, 2


@dataclass(frozen=True, slots=True)
class Moment:
    """A possible start as the candidate's clock shows it; ``points`` is the part of its value that depends on time alone."""

    cell: int
    day: date
    half: int
    comfortable: bool
    points: int


def moments(found: Space, grid: Grid) -> dict[int, Moment]:
    """The valid starts of a need by cell, in order of time.

    Later days cost points, so do starts within 24 hours of the window's beginning (nobody should be rushed), times outside
    09:00–18:00, times that touch the hour from 12:00, and starts that are not on a full or half hour.
    """
    need = found.need
    zone = ZoneInfo(need.zone)
    today = need.window.start.astimezone(zone).date()
    return {cell: _moment(cell, grid.at(cell), need, zone, today) for cell in cells(found.starts)}


def _moment(cell: int, start: datetime, need: Need, zone: ZoneInfo, today: date) -> Moment:
    local, end = start.astimezone(zone), (start + timedelta(minutes=need.minutes)).astimezone(zone)
    begins = local.hour * 60 + local.minute
    ends = end.hour * 60 + end.minute
    comfortable = local.date() == end.date() and COMFORTABLE[0] <= begins and ends <= COMFORTABLE[1]
    points = -DAY_LATER * (local.date() - today).days
    points -= AT_ONCE * (start - need.window.start < timedelta(days=1))
    points -= UNCOMFORTABLE * (not comfortable)
    points -= AT_LUNCH * (begins < LUNCH[1] and (ends > LUNCH[0] or end.date() > local.date()))
    points -= ODD_START * (local.minute % 30 != 0)
    return Moment(cell, local.date(), MORNING if begins < 12 * 60 else AFTERNOON, comfortable, points)
