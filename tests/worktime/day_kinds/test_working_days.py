"""Which days are worked, by law."""

from datetime import date, timedelta

import pytest

from mianyue.worktime.day_kinds import (
    UnknownCountry,
    is_make_up_workday,
    is_public_holiday,
    is_working_day,
    working_days,
)

WEEK = [1, 2, 3, 4, 5]


def days(*spans: str) -> set[date]:
    """``"01-01"`` or ``"02-15..02-23"`` of 2026."""
    found: set[date] = set()
    for span in spans:
        first, _, last = span.partition("..")
        day, end = date.fromisoformat(f"2026-{first}"), date.fromisoformat(f"2026-{last or first}")
        while day <= end:
            found.add(day)
            day += timedelta(days=1)
    return found


YEAR = sorted(days("01-01..12-31"))

# 国务院办公厅关于2026年部分节假日安排的通知 (国办发明电〔2025〕7号)
CHINA_OFF = days("01-01..01-03", "02-15..02-23", "04-04..04-06", "05-01..05-05", "06-19..06-21", "09-25..09-27", "10-01..10-07")
CHINA_MAKE_UP = days("01-04", "02-14", "02-28", "05-09", "09-20", "10-10")


def test_china_in_2026_is_what_the_state_council_announced():
    weekends_off = {day for day in CHINA_OFF if day.isoweekday() > 5}
    found = {day for day in YEAR if is_public_holiday(day, "CN")}
    # On a weekend it makes no difference whether the notice or the calendar gives the day off.
    assert found | weekends_off == CHINA_OFF
    assert {day for day in YEAR if is_make_up_workday(day, "CN")} == CHINA_MAKE_UP


def test_china_works_on_weekdays_less_holidays_plus_make_up_workdays():
    worked = {day for day in YEAR if is_working_day(day, WEEK, "CN")}
    assert worked == {day for day in YEAR if day.isoweekday() <= 5} - CHINA_OFF | CHINA_MAKE_UP
    assert len(worked) == 248


def test_berlin_has_a_holiday_more_than_germany():
    germany = days("01-01", "04-03", "04-06", "05-01", "05-14", "05-25", "10-03", "12-25", "12-26")
    assert {day for day in YEAR if is_public_holiday(day, "DE")} == germany
    assert {day for day in YEAR if is_public_holiday(day, "DE-BE")} == germany | days("03-08")


def test_austria():
    known = days(
        "01-01", "01-06", "04-06", "05-01", "05-14", "05-25", "06-04", "08-15", "10-26", "11-01", "12-08", "12-25", "12-26"
    )
    assert {day for day in YEAR if is_public_holiday(day, "AT")} == known


@pytest.mark.parametrize("country", ["AT", "DE-BE", "US", "JP"])
def test_make_up_workdays_are_chinas_alone(country):
    assert not any(is_make_up_workday(day, country) for day in CHINA_MAKE_UP)


@pytest.mark.parametrize("country", ["XX", "DE-XX", "China", "", "C", "中国"])
def test_unknown_country_is_said_so_not_taken_for_one_without_holidays(country):
    with pytest.raises(UnknownCountry, match="No public holidays are known") as refused:
        is_public_holiday(date(2026, 1, 1), country)
    assert "CN or DE-BE" in refused.value.hint


@pytest.mark.parametrize(
    ("day", "country", "working"),
    [
        ("2026-12-01", "CN", True),
        ("2026-12-05", "CN", False),
        ("2026-10-01", "CN", False),
        ("2026-10-10", "CN", True),
        ("2026-10-10", "AT", False),
        ("2026-12-08", "AT", False),
        ("2026-12-08", "CN", True),
    ],
)
def test_working_days(day, country, working):
    assert is_working_day(date.fromisoformat(day), WEEK, country) is working


def test_the_first_working_days_begin_with_today_when_it_is_one():
    assert working_days(date(2026, 9, 30), 3, WEEK, "CN") == [date(2026, 9, 30), date(2026, 10, 8), date(2026, 10, 9)]
    assert working_days(date(2026, 10, 1), 4, WEEK, "CN") == [date(2026, 10, day) for day in (8, 9, 10, 12)]


def test_a_company_that_never_works_has_no_working_days():
    assert working_days(date(2026, 12, 1), 10, [], "AT") == []


@pytest.mark.parametrize("first", [date(2100, 1, 1), date(9999, 12, 30), date(1, 1, 1)])
def test_a_date_far_away_is_no_error(first):
    assert all(day >= first for day in working_days(first, 10, WEEK, "CN"))
