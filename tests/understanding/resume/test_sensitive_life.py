import pytest
from hypothesis import given
from hypothesis import strategies as st

from mianyue.understanding.resume.sensitive_filter import judge
from mianyue.understanding.resume.sensitive_life import life_outside, tells_nothing_of_work


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("女儿出生后那两年边带娃边考下了 pmp", "family"),
        ("our boys were at school when i learnt sql", "family"),
        ("在里面那两年考下了电工证", "crime"),
        ("picked up welding on the inside", "crime"),
        ("挺着肚子做完了最后一批翻译", "health"),
        ("sponsored until august, go and grpc", "visa"),
        ("跟合伙人翻脸后出来,当过两年产品经理", "leave_reason"),
        ("那阵子闲着,写了几个网页", "unknown"),
        ("taught myself rust after midnight to escape", "unknown"),
        ("妈妈社群运营,三个月拉新两万", None),
        ("在校期间自学 python,做过两个课程项目", None),
        ("learned sql during my internship", None),
        ("dementia ward nursing, 24 beds", None),
        ("java, kafka, mysql", None),
    ],
)
def test_a_life_is_told_by_people_events_and_manner(sentence, kind):
    assert life_outside(sentence) == kind


@pytest.mark.parametrize(
    ("sentence", "phrase", "nothing"),
    [
        ("从两百斤减下来,考了健身教练", "健身教练", True),
        ("a lazy winter by the sea, ableton", "ableton", True),
        ("在消费金融公司做征信数据建模,变量两千多个", "征信数据建模", False),
        ("负责订单中心重构,错分率降了一半", "重构", False),
        ("kalman filtering for gps-denied hover", "kalman filtering", False),
        ("i led the migration, the rest was routine", "migration", False),
    ],
)
def test_a_clause_that_tells_something_and_nothing_of_work_gives_it_away(sentence, phrase, nothing):
    assert tells_nothing_of_work(sentence, phrase) is nothing


@pytest.mark.parametrize(
    ("text", "skill", "allowed"),
    [
        ("妈妈住院半年。期间自学了 SQL。", "SQL", False),
        ("自学了 SQL。那时妈妈住院，走不开。", "SQL", False),
        ("The company folded and nobody called for a year. That is when Rust came along.", "Rust", False),
        ("负责订单中心重构。期间引入 SQL 审计。", "SQL", True),
        ("妈妈社群运营。负责 SQL 报表。", "SQL", True),
        ("Rewrote the parser in Rust. Then shipped it to 40 clients.", "Rust", True),
    ],
)
def test_a_sentence_that_goes_on_about_another_belongs_to_it(text, skill, allowed):
    start = text.index(skill)
    assert judge(text, start, start + len(skill), asked_for=True).allowed is allowed


@given(st.text(max_size=120), st.text(max_size=8))
def test_any_sentence_is_answered(sentence, phrase):
    assert life_outside(sentence) is None or life_outside(sentence)
    assert tells_nothing_of_work(sentence, phrase) in (True, False)
