import pytest

from mianyue.understanding.resume.told_periods import told_periods


def year_and_month(half):
    return half and (half // 24, half // 2 % 12 + 1)


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("从2019年9月一直教到2023年7月,带过两届班主任。", [((2019, 9), (2023, 7))]),
        ("2014年9月进入一家机械公司做设计,待到2019年8月。", [((2014, 9), (2019, 8))]),
        ("2023年8月起我在学校做教研员,目前还在职。", [((2023, 8), None)]),
        ("2022年以后在物流公司做调度到现在。", [((2022, 1), None)]),
        (
            "I joined Firm A in June 2015, moved to Firm B in September 2017, and left in March 2020.",
            [((2015, 6), (2017, 9)), ((2017, 9), (2020, 3))],
        ),
        ("Between April 2020 and July 2021 I travelled.", [((2020, 4), (2021, 7))]),
        ("Since August 2021 I've been a manager.", [((2021, 8), None)]),
        ("我2012年出生在上海,2016年读小学。", []),
    ],
)
def test_periods_told_in_a_sentence(sentence, expected):
    assert [(year_and_month(each.first), year_and_month(each.last)) for each in told_periods(sentence)] == expected
