from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mianyue.domain.notices.purposes import Purpose
from mianyue.domain.notices.sms import render_sms, segments


def test_chinese_invitation_fits_one_message(onsite):
    text = render_sms(onsite, "invitation")
    assert text == "青禾智能科技邀您面试「后端开发工程师」，请选时间：https://m.example.com/p7"
    assert segments(text) == 1


def test_english_invitation_fits_one_message(abroad):
    text = render_sms(abroad, "invitation")
    assert text == (
        "Qinghe: interview for Backend Engineer (First interview). Please pick a time by Tue 1 Dec, 11:00 (Vienna time): https://m.example.com/p7"
    )
    assert segments(text) == 1


def test_booking_says_when_where_and_in_which_zone(onsite):
    assert render_sms(onsite, "confirmation") == "青禾智能科技面试已约好：12 月 2 日 周三 14:00（北京时间）https://m.example.com/p7"


@pytest.mark.parametrize("purpose", Purpose)
def test_every_message_ends_with_the_page_and_holds_no_name_of_the_candidate(purpose, onsite, abroad):
    for facts in (onsite, abroad):
        text = render_sms(facts, purpose)
        assert text.endswith(facts.page_link)
        assert facts.candidate_name not in text
        assert segments(text) == 1


def test_a_long_link_costs_a_second_message_which_is_then_used_well(onsite):
    facts = replace(onsite, page_link="https://interviews.example.com/i/" + "a" * 32)
    text = render_sms(facts, "confirmation")
    assert segments(text) == 2
    assert "上海市示例区云杉路 1 号 8 层 会议室 B" in text


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("a" * 160, 1),
        ("a" * 161, 2),
        ("€" * 80, 1),
        ("€" * 81, 2),
        ("面" * 70, 1),
        ("面" * 71, 2),
        ("面" * 135, 3),
        ("😀" * 35, 1),
        ("😀" * 36, 2),
    ],
)
def test_segments(text, count):
    assert segments(text) == count


@given(st.text())
def test_a_longer_message_never_costs_less(text):
    assert segments(text) <= segments(text + "面")
