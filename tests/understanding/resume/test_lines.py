import pytest
from hypothesis import given
from hypothesis import strategies as st

from mianyue.understanding.folding import fold
from mianyue.understanding.resume.lines import in_paragraphs

LETTER = (
    "毕业后我在乌鲁木齐市一所双语学校当初中语文教师，从2019年9月教到2023年7月，带过两届班\n"
    "主任，主要写作文课的讲义，也给新老师做培训。2023\n"
    "年8月起换了学校。"
)
ENGLISH = (
    "I've spent eleven years in hotels. I joined the first one as a Night\n"
    "Porter in June 2015, moved to the desk there in September 2017, and\n"
    "left in March 2020 when it closed."
)
JOBS = "工作经历\n北京某某支付技术有限公司  2019.03-2021.06\n产品经理\n负责钱包账户体系、对账系统与清结算，并维护风控规则\n上海某某信息技术有限公司"


def test_a_sentence_broken_by_the_page_is_one_line():
    assert in_paragraphs(fold(LETTER, caseless=False)).text.count("\n") == 0
    assert "带过两届班主任" in in_paragraphs(fold(LETTER, caseless=False)).text
    assert "as a Night Porter in June 2015" in in_paragraphs(fold(ENGLISH, caseless=False)).text


@pytest.mark.parametrize("text", [JOBS, "Python\nSQL\nGo", "姓名：张三\n电话：13800000000", "a\tb\nc\td"])
def test_lists_forms_and_headings_keep_their_lines(text):
    assert in_paragraphs(fold(text, caseless=False)).text.split("\n") == fold(text, caseless=False).text.split("\n")


@given(st.text(alphabet="我在，。 aI\n2019年\t", max_size=300))
def test_every_character_still_knows_its_place(text):
    joined = in_paragraphs(fold(text, caseless=False))
    assert len(joined.text) == len(joined.starts) == len(joined.ends)
    for place, character in enumerate(joined.text):
        if character.strip():
            assert fold(text[joined.starts[place] : joined.ends[place]], caseless=False).text[:1] == character
