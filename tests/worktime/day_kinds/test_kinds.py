"""What a date is: its kind, the festival, the notice, and whether that is certain."""

import re
from datetime import date, timedelta

import pytest
from holidays.calendars.chinese import _ChineseLunisolar
from hypothesis import given
from hypothesis import strategies as st

from mianyue.worktime.day_kinds import (
    Kind,
    Name,
    UnknownCountry,
    day_kind,
    is_announced,
    is_make_up_workday,
    is_public_holiday,
    is_working_day,
    last_announced,
    notices,
)
from mianyue.worktime.day_kinds.festivals import festivals
from mianyue.worktime.day_kinds.regulation import statutory_days

WEEK = [1, 2, 3, 4, 5]
SIX_DAYS = [1, 2, 3, 4, 5, 6]
dates = st.dates(date(2001, 1, 1), date(2045, 12, 31))


@pytest.mark.parametrize(
    ("day", "kind", "name", "notice"),
    [
        ("2026-02-17", Kind.STATUTORY_HOLIDAY, "春节", "国办发明电〔2025〕7号, 2025-11-04"),
        ("2026-02-20", Kind.BRIDGE_DAY_OFF, "春节", "国办发明电〔2025〕7号, 2025-11-04"),
        ("2026-02-28", Kind.MAKE_UP_WORKDAY, "春节", "国办发明电〔2025〕7号, 2025-11-04"),
        ("2026-02-22", Kind.WEEKEND, "春节", "国办发明电〔2025〕7号, 2025-11-04"),
        ("2026-03-01", Kind.WEEKEND, None, ""),
        ("2026-03-02", Kind.PLAIN, None, ""),
        # A statutory holiday on a Saturday stays one; the Monday given back for a Sunday is a bridge day off.
        ("2026-10-03", Kind.STATUTORY_HOLIDAY, "国庆节", "国办发明电〔2025〕7号, 2025-11-04"),
        ("2026-04-06", Kind.BRIDGE_DAY_OFF, "清明节", "国办发明电〔2025〕7号, 2025-11-04"),
        # A festival within the bridge of another keeps its name.
        ("2025-10-06", Kind.STATUTORY_HOLIDAY, "中秋节", "国办发明电〔2024〕12号, 2024-11-12"),
        ("2025-10-07", Kind.BRIDGE_DAY_OFF, "国庆节", "国办发明电〔2024〕12号, 2024-11-12"),
        # Given once, by a notice of its own.
        ("2015-09-03", Kind.STATUTORY_HOLIDAY, "抗战胜利70周年纪念日", "国发明电〔2015〕1号, 2015-05-13"),
        ("2015-09-06", Kind.MAKE_UP_WORKDAY, "抗战胜利70周年纪念日", "国发明电〔2015〕1号, 2015-05-13"),
        # Rearranged by a later notice: Labour Day 2019, Spring Festival 2020.
        ("2019-05-02", Kind.BRIDGE_DAY_OFF, "劳动节", "国办发明电〔2019〕3号, 2019-03-22"),
        ("2020-01-31", Kind.BRIDGE_DAY_OFF, "春节", "国办发明电〔2020〕1号, 2020-01-26"),
        ("2020-02-01", Kind.WEEKEND, "春节", "国办发明电〔2020〕1号, 2020-01-26"),
        # The last days of 2007 follow the notice for 2008, New Year's Eve is statutory from then on.
        ("2007-12-29", Kind.MAKE_UP_WORKDAY, "元旦", "国办发明电〔2007〕52号"),
        ("2007-12-31", Kind.BRIDGE_DAY_OFF, "元旦", "国办发明电〔2007〕52号"),
        ("2008-02-06", Kind.STATUTORY_HOLIDAY, "春节", "国办发明电〔2007〕52号"),
        ("2007-05-03", Kind.STATUTORY_HOLIDAY, "劳动节", "国办发明电〔2006〕49号, 2006-12-14"),
        ("2008-05-02", Kind.BRIDGE_DAY_OFF, "劳动节", "国办发明电〔2007〕52号"),
        # Cited by title where the number is not certain.
        ("2009-05-01", Kind.STATUTORY_HOLIDAY, "劳动节", "国务院办公厅关于2009年部分节假日安排的通知"),
    ],
)
def test_what_a_day_in_china_is(day, kind, name, notice):
    found = day_kind(date.fromisoformat(day), "CN", WEEK)
    assert (found.kind, found.name and found.name.zh, found.notice, found.announced) == (kind, name, notice, True)


def test_a_weekend_day_within_a_holiday_is_a_bridge_day_off_for_those_who_work_on_it():
    saturday = date(2026, 10, 17)
    assert day_kind(saturday, "CN", SIX_DAYS).kind is Kind.PLAIN
    within = date(2026, 2, 21)
    assert (day_kind(within, "CN", WEEK).kind, day_kind(within, "CN", SIX_DAYS).kind) == (Kind.WEEKEND, Kind.BRIDGE_DAY_OFF)
    assert not is_working_day(within, SIX_DAYS, "CN")


def test_years_without_a_notice_are_predicted_from_the_regulation_and_nothing_is_made_up():
    days = [date(2027, 1, 1) + timedelta(days=number) for number in range(365)]
    kinds = {day: day_kind(day, "CN", WEEK) for day in days}
    assert {str(day) for day, found in kinds.items() if found.kind is Kind.STATUTORY_HOLIDAY} == {
        *("2027-01-01", "2027-02-05", "2027-02-06", "2027-02-07", "2027-02-08", "2027-04-05", "2027-05-01", "2027-05-02"),
        *("2027-06-09", "2027-09-15", "2027-10-01", "2027-10-02", "2027-10-03"),
    }
    # Two days of the Spring Festival, both of Labour Day and two of National Day fall on a weekend and must be given back.
    assert {str(day) for day, found in kinds.items() if found.kind is Kind.BRIDGE_DAY_OFF} == {
        *("2027-02-09", "2027-02-10", "2027-05-03", "2027-05-04", "2027-10-04", "2027-10-05"),
    }
    assert {found.kind for found in kinds.values()} == {*Kind} - {Kind.MAKE_UP_WORKDAY}
    assert [day for day in days if kinds[day].announced or is_make_up_workday(day, "CN")] == []
    assert kinds[date(2027, 2, 6)].notice == "《全国年节及纪念日放假办法》（国务院令第795号）"


def test_until_when_it_is_announced():
    assert (last_announced("CN"), last_announced("DE-BE")) == (date(2026, 12, 31), None)
    assert (is_announced(date(2026, 12, 31), "CN"), is_announced(date(2027, 1, 1), "CN")) == (True, False)
    assert is_announced(date(2035, 12, 25), "DE")


def test_holidays_that_follow_the_moons_sighting_are_only_estimated_elsewhere_too():
    estimated = day_kind(date(2029, 2, 14), "AE", WEEK)
    assert (estimated.kind, estimated.announced) == (Kind.STATUTORY_HOLIDAY, False)
    assert day_kind(date(2029, 1, 1), "AE", WEEK).announced


def test_other_countries_name_their_holidays_and_where_that_is_written():
    found = day_kind(date(2026, 10, 3), "DE-BE", WEEK)
    assert (found.kind, found.name.en, found.announced) == (Kind.STATUTORY_HOLIDAY, "German Unity Day", True)
    assert re.fullmatch(r"holidays [0-9.]+", found.notice)
    assert day_kind(date(2026, 10, 1), "HK", WEEK).name == Name("国庆日", "National Day")


def test_china_before_the_first_notice_that_is_kept_is_the_librarys():
    assert is_public_holiday(date(2003, 10, 1), "CN") and is_make_up_workday(date(2003, 9, 27), "CN")
    assert day_kind(date(2003, 9, 27), "CN", WEEK).kind is Kind.MAKE_UP_WORKDAY
    assert day_kind(date(2003, 10, 1), "CN", WEEK).announced


@pytest.mark.parametrize("country", ["XX", "CN-BJ", "China", ""])
def test_an_unknown_country_is_refused(country):
    for question in (lambda: day_kind(date(2026, 1, 1), country, WEEK), lambda: last_announced(country)):
        with pytest.raises(UnknownCountry):
            question()


@pytest.mark.parametrize("notice", notices(), ids=lambda notice: f"{notice.year} {notice.reference}")
def test_statutory_days_of_every_notice_are_those_of_the_regulation(notice):
    by_law = statutory_days(notice.year)
    told = {day: festival.name.zh for festival in notice.festivals for day in festival.statutory}
    if len(notice.festivals) > 1:
        assert set(told) == set(by_law)
    elif notice.reference.startswith("国发明电"):
        assert told == {date(2015, 9, 3): "抗战胜利70周年纪念日"}
    else:
        (festival,) = notice.festivals
        assert set(told) == {day for day, name in by_law.items() if name == festival.name.zh}


@pytest.mark.parametrize("notice", notices(), ids=lambda notice: f"{notice.year} {notice.reference}")
def test_every_notice_gives_as_many_days_as_it_takes(notice):
    """Every statutory day is a weekday off (itself, or one given back for it), and so is every weekend day worked; else none is."""
    off, worked = (frozenset().union(*(getattr(one, which) for one in notice.festivals)) for which in ("off", "worked"))
    given = {"国办发明电〔2020〕1号, 2020-01-26": 2}.get(notice.reference, 0)
    assert not off & worked
    assert sum(day.isoweekday() <= 5 for day in off) == sum(len(one.statutory) for one in notice.festivals) + len(worked) + given


def test_the_festivals_of_every_year_are_those_of_the_lunar_calendar():
    for year in range(2004, 2041):
        found = festivals(year)
        expected = [
            date(year, *_ChineseLunisolar.LUNAR_NEW_YEAR_DATES[year]),
            date(year, *_ChineseLunisolar.DRAGON_BOAT_DATES[year]),
            date(year, *_ChineseLunisolar.MID_AUTUMN_DATES[year]),
        ]
        assert [found.spring, found.dragon_boat, found.mid_autumn] == expected
        # 清明: the sun at 15°, by the common formula for this century ([Y·0.2422 + 4.81] − [Y/4]).
        assert found.qingming == date(year, 4, int(year % 100 * 0.2422 + 4.81) - year % 100 // 4)
    assert festivals(2041) is None


@given(dates, st.sampled_from(["CN", "DE-BE", "AE", "US"]), st.sets(st.integers(1, 7)))
def test_the_kind_says_what_the_plain_questions_say(day, country, week):
    found = day_kind(day, country, week)
    assert (found.kind is Kind.MAKE_UP_WORKDAY) == is_make_up_workday(day, country)
    assert is_working_day(day, week, country) == (found.kind in (Kind.PLAIN, Kind.MAKE_UP_WORKDAY))
    if found.kind in (Kind.STATUTORY_HOLIDAY, Kind.BRIDGE_DAY_OFF):
        assert is_public_holiday(day, country)
    assert found.announced == is_announced(day, country)
    assert (found.name is None) == (found.notice == "")
