"""Notices that people write by hand: read as they are meant, refused where they can't be."""

from datetime import date

import pytest

from mianyue.worktime.day_kinds import NoticesUnreadable, also_read, day_kind, notices
from mianyue.worktime.day_kinds.china import China
from mianyue.worktime.day_kinds.kind import Kind
from mianyue.worktime.day_kinds.notices import read_notices

# Invented: what the notice for 2027 might say.
NEXT_YEAR = """
[[notice]]
year = 2027
number = "国办发明电〔2026〕99号"
dated = 2026-11-20
days = [
    ["元旦", "2026-12-31..2027-01-02", "01-01", "2026-12-26"],
    ["春节", "02-05..02-11", "02-05..02-08", "01-31 02-14"],
    ["清明节", "04-03..04-05", "04-05", ""],
    ["劳动节", "05-01..05-05", "05-01..05-02", "05-08"],
    ["端午节", "06-09", "06-09", ""],
    ["中秋节", "09-15", "09-15", ""],
    ["国庆节", "10-01..10-07", "10-01..10-03", "10-09"],
]
"""


def test_a_new_years_notice_counts_at_once_and_the_year_is_announced():
    china = China([*notices(), *read_notices(NEXT_YEAR, "own.toml")])
    kinds = {day: special.kind for day in (date(2026, 12, 31), date(2027, 2, 9)) if (special := china.special(day))}
    assert kinds == {date(2026, 12, 31): Kind.BRIDGE_DAY_OFF, date(2027, 2, 9): Kind.BRIDGE_DAY_OFF}
    assert china.is_made_up(date(2026, 12, 26)) and china.is_made_up(date(2027, 2, 14))
    assert china.announced(date(2027, 12, 31)) and not china.announced(date(2028, 1, 1))
    assert china.last_announced == date(2027, 12, 31)
    assert china.is_off(date(2028, 10, 1))


def test_a_year_that_is_left_out_or_written_down_in_part_stays_predicted():
    two_ahead = '[[notice]]\nyear = 2028\ndays = [["元旦", "01-01..01-03", "01-01", "2027-12-26"]]'
    china = China([*notices(), *read_notices(two_ahead, "own.toml")])
    assert china.is_off(date(2027, 10, 1)) and not china.announced(date(2027, 10, 1))
    assert china.announced(date(2027, 12, 26)) and china.is_made_up(date(2027, 12, 26))
    assert china.announced(date(2028, 1, 3)) and not china.announced(date(2028, 5, 1)) and china.is_off(date(2028, 5, 1))
    assert china.last_announced == date(2026, 12, 31)


@pytest.fixture
def own(tmp_path):
    path = tmp_path / "own.toml"
    yield path
    path.write_text("notice = []", encoding="utf-8")
    also_read(path)


def test_a_companys_own_file_is_read_beside_ours(own):
    assert not day_kind(date(2027, 2, 9), "CN").announced
    own.write_text(NEXT_YEAR, encoding="utf-8")
    assert [notice.year for notice in also_read(own)] == [2027]
    found = day_kind(date(2027, 2, 9), "CN")
    assert (found.kind, found.notice, found.announced) == (Kind.BRIDGE_DAY_OFF, "国办发明电〔2026〕99号, 2026-11-20", True)
    assert day_kind(date(2026, 2, 17), "CN").notice == "国办发明电〔2025〕7号, 2025-11-04"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("[[notice]]", "[[notice]"), "is not TOML"),
        (("[[notice]]", "[[notices]]"), "something other"),
        (("year = 2027", 'year = "2027"'), "can't be understood"),
        (("year = 2027", "year = 2047"), "not in the table"),
        (("dated = 2026-11-20", 'dated = "soon"'), "can't be understood"),
        (("number", "numbr"), "numbr"),
        (("元旦", "圣诞节"), "not a known festival"),
        ((', "2026-12-26"]', "]"), "three columns"),
        (("02-05..02-11", "02-05..02-30"), "no date"),
        (("02-05..02-11", "02-11..02-05"), "no span"),
        (("02-05..02-11", "02-06..02-11"), "not among its days off"),
        (("02-14", "02-15"), "no Saturday or Sunday"),
        (("2026-12-26", "2016-12-24"), "no span of days of 2027"),
        (('"02-05..02-11"', "205"), "three columns"),
    ],
)
def test_what_cannot_be_meant_is_refused_with_the_place(change, said):
    with pytest.raises(NoticesUnreadable, match=said) as refused:
        read_notices(NEXT_YEAR.replace(*change), "own.toml")
    assert "own.toml" in str(refused.value)
    assert "docs/day-kinds.md" in refused.value.hint


def test_a_file_that_is_not_there_is_said_so(tmp_path):
    with pytest.raises(NoticesUnreadable, match="can't be read"):
        also_read(tmp_path / "nowhere.toml")
