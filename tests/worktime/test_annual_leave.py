"""Annual leave by cumulative working years, for what is left of the year: against a count of one day after the other."""

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mianyue.worktime.annual_leave import LAW, anniversary, annual_leave, full_days, years_worked

DAYS = st.dates(date(2008, 1, 1), date(2060, 12, 31))
SINCE = st.dates(date(1960, 1, 1), date(2060, 12, 31))


@pytest.mark.parametrize(
    ("first_day", "worked_since", "days"),
    [
        (date(2027, 1, 1), date(2020, 7, 1), 5),
        (date(2027, 1, 4), date(2020, 7, 1), 4),  # 362 × 5 ÷ 365 = 4.96
        (date(2027, 7, 1), date(2020, 7, 1), 2),  # 184 × 5 ÷ 365 = 2.52
        (date(2027, 7, 1), date(2017, 7, 1), 5),  # ten years that very day: 184 × 10 ÷ 365 = 5.04
        (date(2027, 7, 1), date(2017, 7, 2), 5),  # (1 × 5 + 183 × 10) ÷ 365 = 5.03
        (date(2027, 7, 1), date(2007, 7, 1), 7),  # twenty years: 184 × 15 ÷ 365 = 7.56
        (date(2027, 1, 1), date(1990, 1, 1), 15),
        (date(2027, 12, 31), date(1990, 1, 1), 0),
        (date(2028, 1, 1), date(1990, 1, 1), 15),  # 366 days left, and yet no more than the full days
        (date(2028, 1, 2), date(2020, 1, 1), 5),  # 365 of 366 days
        (date(2027, 3, 1), date(2027, 3, 1), 0),  # the first job of all
        (date(2027, 3, 1), date(2026, 6, 1), 2),  # twelve months on 1 June: 214 × 5 ÷ 365 = 2.93
        (date(2028, 2, 29), date(2008, 2, 29), 12),  # 307 × 15 ÷ 365 = 12.6
        (date(2027, 1, 1), date(2030, 1, 1), 0),  # told wrongly: nothing is granted for it
    ],
)
def test_days_of_the_rest_of_the_year(first_day, worked_since, days):
    assert annual_leave(first_day, worked_since).days == days


@pytest.mark.parametrize(("years", "days"), [(0, 0), (1, 5), (9, 5), (10, 10), (19, 10), (20, 15), (45, 15)])
def test_brackets(years, days):
    assert full_days(years) == days


def test_formula_is_told_with_its_numbers():
    assert annual_leave(date(2027, 7, 1), date(2017, 7, 2)).how() == {
        "law": LAW,
        "years": 9,
        "days_full": 5,
        "calendar_days_left": 184,
        "days_of_year": 365,
        "days": 5,
        "parts": [
            {"first": "2027-07-01", "calendar_days": 1, "years": 9, "days_full": 5},
            {"first": "2027-07-02", "calendar_days": 183, "years": 10, "days_full": 10},
        ],
    }
    assert "parts" not in annual_leave(date(2027, 7, 1), date(2017, 7, 1)).how()


def test_nothing_is_granted_while_the_first_job_is_not_known():
    due = annual_leave(date(2027, 1, 1), None)
    assert (due.days, due.known, due.how()["days"]) == (0, False, 0)


def test_year_from_29_february_is_full_on_28_february():
    assert [anniversary(date(2024, 2, 29), years) for years in (1, 4)] == [date(2025, 3, 1), date(2028, 2, 29)]
    assert [years_worked(date(2024, 2, 29), day) for day in (date(2025, 2, 28), date(2025, 3, 1))] == [0, 1]


@given(DAYS, SINCE)
def test_as_counted_day_by_day(first_day, since):
    assert annual_leave(first_day, since).days == _day_by_day(first_day, since)


@given(DAYS, DAYS, SINCE)
def test_whoever_starts_later_in_the_year_never_has_more(one, other, since):
    earlier, later = sorted((one.replace(year=2028), other.replace(year=2028)))  # a leap year has every date
    assert annual_leave(later, since).days <= annual_leave(earlier, since).days


@given(DAYS, SINCE, SINCE)
def test_whoever_worked_longer_never_has_less_and_nobody_more_than_the_full_days(first_day, one, other):
    longer, shorter = sorted((one, other))
    days = annual_leave(first_day, longer)
    assert annual_leave(first_day, shorter).days <= days.days <= max(part.days_full for part in days.parts) <= 15
    assert isinstance(days.days, int)
    assert sum(part.calendar_days for part in days.parts) == (date(first_day.year, 12, 31) - first_day).days + 1


def _day_by_day(first_day: date, since: date) -> int:
    """Each remaining day is worth a 365th of the days of a full year, by the years full on that day."""
    due, day = Fraction(0), first_day
    while day.year == first_day.year:
        years = 0
        while years < 60 and (_after(since, years + 1)) <= day:
            years += 1
        due += Fraction(15 if years >= 20 else 10 if years >= 10 else 5 if years >= 1 else 0, 365)
        day += timedelta(days=1)
    return int(due)


def _after(since: date, years: int) -> date:
    """The day after the last of so many years, each counted to the eve of its day in the calendar."""
    if (since.month, since.day) == (2, 29):
        return date(since.year + years, 2, 28) + timedelta(days=1)
    return since.replace(year=since.year + years)
