from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mianyue.understanding.resume.periods import months_in_any, periods


def month(half):
    return half and (half // 24, half // 2 % 12 + 1)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2019.03-2021.06", (2019, 3), (2021, 6)),
        ("2019.3—2020.12", (2019, 3), (2020, 12)),
        ("2019年3月至今", (2019, 3), None),
        ("2019年3月 至 2021年6月", (2019, 3), (2021, 6)),
        ("2019/03/15-2021/06/30", (2019, 3), (2021, 6)),
        ("2016-09-01 至 2020-07-01", (2016, 9), (2020, 7)),
        ("2019-03 ~ 2021-06", (2019, 3), (2021, 6)),
        ("2020.01 ～ 现在".replace("～", "~"), (2020, 1), None),
        ("Mar 2019 – Present", (2019, 3), None),
        ("15 March 2019 to 20 June 2021", (2019, 3), (2021, 6)),
        ("Jan '21 – Dec '22", (2021, 1), (2022, 12)),
        ("03/2019 - 06/2021", (2019, 3), (2021, 6)),
        ("since March 2021", (2021, 3), None),
        ("2019 – 2021", (2019, 1), (2021, 1)),
        ("18年6月-20年7月", (2018, 6), (2020, 7)),
        ("民国105年3月-108年6月", (2016, 3), (2019, 6)),
    ],
)
def test_a_period(text, first, last):
    assert [(month(each.first), month(each.last)) for each in periods(text)] == [(first, last)]


@pytest.mark.parametrize(
    "text", ["2020年6月上线新版本", "2021.06-2019.03", "138-0013-8000", "2019", "19 Jan 2020", "覆盖 2019-2", "ISO 9001:2015"]
)
def test_no_period(text):
    assert list(periods(text)) == []


def test_an_open_period_ends_today_and_a_future_one_is_empty():
    (lasting,) = periods("2024.01-至今")
    assert months_in_any([lasting.until(date(2024, 12, 31))]) == 11.5
    (future,) = periods("2030.01-至今")
    assert months_in_any([future.until(date(2024, 12, 31))]) == 0


_INTERVALS = st.lists(st.tuples(st.integers(0, 60), st.integers(1, 30)).map(lambda each: (each[0], each[0] + each[1])), max_size=6)


@given(_INTERVALS)
def test_jobs_side_by_side_count_once(intervals):
    covered = {half for start, end in intervals for half in range(start, end)}
    bridged = {half for half in range(100) if half not in covered and {half - 1, half + 1} <= covered}
    assert months_in_any(intervals) == (len(covered) + len(bridged)) / 2


@given(_INTERVALS, st.randoms())
def test_the_order_of_jobs_makes_no_difference(intervals, chance):
    shuffled = list(intervals)
    chance.shuffle(shuffled)
    assert months_in_any(shuffled) == months_in_any(intervals)
