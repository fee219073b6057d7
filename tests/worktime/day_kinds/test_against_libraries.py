"""China's days as kept here, against both libraries that keep them too, on every single day."""

from datetime import date, timedelta

import chinese_calendar
import holidays
import pytest

from mianyue.worktime.day_kinds import Kind, day_kind, is_make_up_workday, is_public_holiday, is_working_day

WEEK = [1, 2, 3, 4, 5]
DAYS = [date(2004, 1, 1) + timedelta(days=number) for number in range((date(2027, 1, 1) - date(2004, 1, 1)).days)]
RECENT = [day for day in DAYS if day.year >= 2018]
LIBRARY = holidays.country_holidays("CN", years=range(2004, 2027), language="en_US")

# chinesecalendar keeps 2005-12-31 as a weekend; the notice for 2006 (国办发明电〔2005〕35号) says: 12月31日（星期六）上班.
WRONG_IN_CHINESECALENDAR = {date(2005, 12, 31)}


def worked_by_holidays(day):
    return day in LIBRARY.weekend_workdays or (day.isoweekday() <= 5 and day not in LIBRARY)


def test_on_or_off_is_the_same_three_times_over_on_every_day_of_the_last_years():
    ours = {day: is_working_day(day, WEEK, "CN") for day in RECENT}
    assert len(RECENT) == 3287
    assert ours == {day: chinese_calendar.is_workday(day) for day in RECENT}
    assert ours == {day: worked_by_holidays(day) for day in RECENT}
    assert ours == {day: not chinese_calendar.is_holiday(day) for day in RECENT}


def test_on_or_off_is_the_same_in_all_years_but_for_one_day_that_a_library_has_wrong():
    ours = {day: is_working_day(day, WEEK, "CN") for day in DAYS}
    assert {day for day in DAYS if ours[day] != chinese_calendar.is_workday(day)} == WRONG_IN_CHINESECALENDAR
    assert [day for day in DAYS if ours[day] != worked_by_holidays(day)] == []
    assert is_make_up_workday(date(2005, 12, 31), "CN")


def test_make_up_workdays_are_those_of_both_libraries():
    ours = {day for day in DAYS if is_make_up_workday(day, "CN")}
    assert ours == {day for day in LIBRARY.weekend_workdays if day.year >= 2004}
    assert ours - WRONG_IN_CHINESECALENDAR == {d for d in DAYS if chinese_calendar.is_workday(d) and d.isoweekday() > 5}
    assert all(day_kind(day, "CN", WEEK).kind is Kind.MAKE_UP_WORKDAY and not is_public_holiday(day, "CN") for day in ours)


def test_statutory_holidays_are_those_that_holidays_calls_by_name():
    named = {day for day, name in LIBRARY.items() if "Day off" not in name and "observed" not in name}
    # The extension of 2020 (国办发明电〔2020〕1号) prolonged a holiday; it made no day a statutory one.
    extended = {date(2020, 1, 31), date(2020, 2, 1), date(2020, 2, 2)}
    assert {day for day in DAYS if day_kind(day, "CN", WEEK).kind is Kind.STATUTORY_HOLIDAY} == named - extended
    assert {day_kind(day, "CN", [*WEEK, 6, 7]).kind for day in extended} == {Kind.BRIDGE_DAY_OFF}


def test_days_in_lieu_are_bridge_days_off():
    in_lieu = {day for day in DAYS if chinese_calendar.is_in_lieu(day)}
    # By the regulation of 2013 the third day of the year is statutory; 3 February 2022 was that day.
    assert {day for day in in_lieu if day_kind(day, "CN", WEEK).kind is not Kind.BRIDGE_DAY_OFF} == {date(2022, 2, 3)}
    # The other way round the library leaves out what is given back for a festival on a weekend, and the extension of 2020.
    assert day_kind(date(2026, 4, 6), "CN", WEEK).kind is Kind.BRIDGE_DAY_OFF
    assert not chinese_calendar.is_in_lieu(date(2026, 4, 6))


NAMES = {
    "New Year's Day": "New Year's Day",
    "Spring Festival": "Spring Festival",
    "Tomb-sweeping Day": "Qingming Festival",
    "Labour Day": "Labour Day",
    "Dragon Boat Festival": "Dragon Boat Festival",
    "Mid-autumn Festival": "Mid-Autumn Festival",
    "National Day": "National Day",
    "Anti-Fascist 70th Day": "70th anniversary of the victory in the War of Resistance",
}


def test_festivals_have_the_same_name():
    differing = {}
    for day in DAYS:
        theirs, ours = chinese_calendar.get_holiday_detail(day)[1], day_kind(day, "CN", WEEK)
        # Weekends beside a single day off (与周末连休) are ordinary ones here.
        if theirs and not (ours.kind is Kind.WEEKEND and ours.name is None) and ours.name.en != NAMES[theirs]:
            differing[day.isoformat()] = (theirs, ours.name.en)
    # Where Mid-Autumn and National Day are one holiday, each bridge and each worked weekend belongs to either.
    assert set(differing.values()) <= {
        ("Mid-autumn Festival", "National Day"),
        ("National Day", "Mid-Autumn Festival"),
    }
    assert len(differing) < 15


@pytest.mark.parametrize("country", ["AT", "DE-BE", "US", "JP", "SG"])
def test_other_countries_are_the_librarys(country):
    code, _, region = country.partition("-")
    library = holidays.country_holidays(code, subdiv=region or None, years=[2026, 2027])
    days = [date(2026, 1, 1) + timedelta(days=number) for number in range(730)]
    assert {day for day in days if is_public_holiday(day, country)} == set(library)
    kinds = {day: day_kind(day, country, WEEK).kind for day in days}
    assert {day for day, kind in kinds.items() if kind is Kind.STATUTORY_HOLIDAY} == set(library)
    assert set(kinds.values()) == {Kind.STATUTORY_HOLIDAY, Kind.WEEKEND, Kind.PLAIN}
