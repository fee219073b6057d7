import pytest
from hypothesis import given
from hypothesis import strategies as st

from mianyue.understanding.contact import email_key, normal_email, normal_mobile


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("13800000000", "+8613800000000"),
        ("138-0000-0000", "+8613800000000"),
        ("138 0000 0000", "+8613800000000"),
        ("+86 138 0000 0000", "+8613800000000"),
        ("(+86)13800000000", "+8613800000000"),
        ("0086-13800000000", "+8613800000000"),
        ("86 13800000000", "+8613800000000"),
        ("１３８００００００１４", "+8613800000014"),
        (" 13800000000\u200b", "+8613800000000"),
        ("13800000003.0", "+8613800000003"),
        ("13800000000（微信同号）", "+8613800000000"),
        ("手机：13800000000", "+8613800000000"),
        ("13800000000/13900000000", "+8613800000000"),
        ("+493023125001", "+493023125001"),
        ("+49 302312 5014", "+493023125014"),
        ("+44 (0)20 7946 0929", "+442079460929"),
        ("00442079460929", "+442079460929"),
        ("+1 (415) 555-0100", "+14155550100"),
        ("010-88888888", "+861088888888"),
        ("1380000000", None),
        ("138000000000", None),
        ("138****0000", None),
        ("123", None),
        ("abc", None),
        ("a13800000000", None),
        ("", None),
    ],
)
def test_a_number_has_one_spelling(written, number):
    assert normal_mobile(written) == number


def test_a_number_without_country_code_belongs_to_the_region():
    assert normal_mobile("0151 23456789", region="DE") == "+4915123456789"


# Not 179: that is no mobile prefix but the code by which calls over the Internet were dialled, and no part of the number.
_CHINESE_MOBILES = r"1(?:[3-689][0-9]|7[0-8])[0-9]{8}"


@given(
    st.from_regex(_CHINESE_MOBILES, fullmatch=True),
    st.lists(st.sampled_from(["", " ", "-", "\u3000"]), min_size=2, max_size=2),
    st.booleans(),
)
def test_separators_and_width_change_nothing(digits, separators, wide):
    written = digits[:3] + separators[0] + digits[3:7] + separators[1] + digits[7:]
    if wide:
        written = written.translate({ord(digit): 0xFF10 + int(digit) for digit in "0123456789"})
    assert normal_mobile(written) == "+86" + digits


@given(st.text(max_size=40))
def test_any_text_is_answered_and_the_answer_is_stable(written):
    number = normal_mobile(written)
    assert number is None or normal_mobile(number) == number
    address = normal_email(written)
    assert address is None or normal_email(address) == address


@pytest.mark.parametrize(
    ("written", "address"),
    [
        (" a.b@example.cn ", "a.b@example.cn"),
        ("Tianyou.Yan41@EXAMPLE.ORG", "Tianyou.Yan41@EXAMPLE.ORG"),
        ("ａ＠ｂ．ｃｎ", "a@b.cn"),
        ("o'neil+x@mail.example.co.uk", "o'neil+x@mail.example.co.uk"),
        ("用户@例子.中国", "用户@例子.中国"),
        ("yuyan.dou91(at)example.cn", None),
        ("a@b", None),
        ("a..b@c.de", None),
        (".a@c.de", None),
        ("a@-b.cn", None),
        ("a b@c.de", None),
        ("a@b@c.de", None),
        ("a@b.c1", None),
        ("a" * 65 + "@b.cn", None),
        ("", None),
    ],
)
def test_an_address_is_kept_as_written_or_refused(written, address):
    assert normal_email(written) == address


def test_addresses_are_compared_without_case():
    assert email_key("Tianyou.Yan41@EXAMPLE.ORG ") == email_key("tianyou.yan41@example.org")
