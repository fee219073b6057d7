import pytest
from hypothesis import given
from hypothesis import strategies as st

from mianyue.understanding.resume.sensitive_filter import judge
from mianyue.understanding.resume.sensitive_trade import is_of_a_trade, without_label


@pytest.mark.parametrize(
    ("sentence", "trade"),
    [
        ("护理技能:胰岛素注射、血糖监测", True),
        ("护理技能:照顾瘫痪丈夫时学的翻身拍背", False),
        ("经手案件:离婚财产分割、监护权变更", True),
        ("经手案件:我的工伤索赔", False),
        ("服务对象:听障儿童、单亲家庭", True),
        ("服务对象:自己的瘫痪父亲", False),
        ("casework: asylum appeals, deportation orders", True),
        ("casework: my son's custody, ongoing", False),
        ("publications edited: a sikh cookery book", True),
        ("marital status: married, two sons", False),
        ("health: diabetes, asthma", False),
    ],
)
def test_a_label_that_names_a_kind_of_work_makes_its_items_work_unless_one_is_a_state_of_the_writer(sentence, trade):
    assert is_of_a_trade(sentence) is trade


@pytest.mark.parametrize(
    ("sentence", "trade"),
    [
        ("laid bricks for a new mosque, six months on site", True),
        ("laid carpets in mosques and community halls", True),
        ("typeset ballot papers for a trade union election", True),
        ("took minutes for the works council of a steel plant", True),
        ("fitted with a pacemaker in 2021", False),
        ("drafted my own divorce papers", False),
        ("built furniture in prison for two years", False),
        ("held in immigration detention for nine weeks", False),
        ("ran the picket line rota during our strike", False),
        ("made redundant in march", False),
        ("sold cakes to keep the bailiffs out", False),
    ],
)
def test_a_deed_with_an_object_is_work_and_what_befell_its_writer_is_none(sentence, trade):
    assert is_of_a_trade(sentence) is trade


@pytest.mark.parametrize(
    ("sentence", "trade"),
    [
        ("编写《新婚家庭财务指南》,印数两万", True),
        ("孤儿药注册申报", True),
        ("eviction notice template drafting", True),
        ("离婚后在家学的网页设计", False),
        ("unemployed since june", False),
    ],
)
def test_a_title_or_a_compound_is_a_thing_whatever_it_is_called(sentence, trade):
    assert is_of_a_trade(sentence) is trade


@pytest.mark.parametrize(
    "text",
    [
        "blacklisted for speaking up",
        "Fined twice for driving without insurance",
        "Suspended on full pay pending investigation",
        "Disciplined for refusing Sunday shifts",
        "Expelled from university for a protest",
        "Ran for parliament on the Green ticket",
    ],
)
def test_what_others_did_to_the_writer_is_refused(text):
    assert not judge(text, asked_for=True).allowed


@pytest.mark.parametrize(
    "text",
    ["Banned 4,000 spam accounts with a Python classifier", "Treated timber against woodworm"],
)
def test_the_same_verbs_with_an_object_are_work(text):
    assert judge(text).allowed


def test_a_field_above_outweighs_a_label_that_names_work():
    text = "健康状况\n临床技能：腰椎穿刺"
    start = text.index("腰椎")
    assert judge(text, start, len(text)).allowed is judge("健康状况\n腰椎穿刺", 5, 9).allowed


@pytest.mark.parametrize(
    ("sentence", "told"), [("岗位职责:签证材料审核", "签证材料审核"), ("病史:乙肝", "病史:乙肝"), ("负责审核", "负责审核")]
)
def test_only_the_label_of_a_line_about_work_is_taken_off(sentence, told):
    assert without_label(sentence) == told


@given(st.text(max_size=120))
def test_any_sentence_is_answered(sentence):
    assert is_of_a_trade(sentence) in (True, False)
