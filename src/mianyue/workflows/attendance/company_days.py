"""The days on which the company works: as the law has it, unless the attendance source names days of the company's own."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

from mianyue.base.interval import Interval, union
from mianyue.domain.organization.models import Company
from mianyue.ports.attendance import AttendanceUnavailable
from mianyue.workflows.attendance.source import is_built_in, source
from mianyue.worktime import day_kinds as law
from mianyue.worktime.days import days_off, first_and_last, whole_day

_WORKED = {law.Kind.MAKE_UP_WORKDAY: True, law.Kind.STATUTORY_HOLIDAY: False, law.Kind.BRIDGE_DAY_OFF: False}
"""What a kind of day says whatever the weekday."""
_STEP = timedelta(days=30)


def working_days(company: Company, first: date, count: int) -> list[date]:
    """The first ``count`` days from ``first`` on that the company works; fewer where a year holds fewer."""
    if is_built_in():
        return law.working_days(first, count, company.working_week, company.holiday_country)
    return list(islice(_worked(company, first, first + timedelta(days=law.LOOK_AHEAD - 1)), count))


def company_days_off(company: Company, window: Interval, zone: ZoneInfo) -> list[Interval]:
    """The days within ``window``, by the date in ``zone``, on which the company does not work."""
    if is_built_in():
        return days_off(window, zone, company.working_week, company.holiday_country)
    first, last = first_and_last(window, zone)
    worked = set(_worked(company, first, last))
    dates = (first + timedelta(days=offset) for offset in range((last - first).days + 1))
    return union(whole_day(day, zone) for day in dates if day not in worked)


def _worked(company: Company, first: date, last: date) -> Iterator[date]:
    """Asked month by month, since seldom more than one is looked at. While the source says nothing, by law: nobody is known to be
    free then anyway."""
    week, country = company.working_week, company.holiday_country
    while first <= last:
        until = min(first + _STEP, last)
        try:
            kinds = {day: at.kind for day, at in source().day_kinds(country, first, until).items()}
        except AttendanceUnavailable:
            kinds = {}
        while first <= until:
            kind = kinds.get(first)
            if (
                law.is_working_day(first, week, country)
                if kind is None
                else _WORKED.get(law.Kind(kind), first.isoweekday() in week)
            ):
                yield first
            first += timedelta(days=1)
