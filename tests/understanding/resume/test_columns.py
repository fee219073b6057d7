from mianyue.understanding.folding import fold
from mianyue.understanding.resume.columns import columns_apart
from mianyue.understanding.resume.facts import read_facts

PAGE = """\t\t楼婉清
个人信息\t\t工作经历
手机：13800001323\t\t2020/07-2022/06
专业技能\t\t义乌市诺橙进出口有限公司
Helium 10\t\t亚马逊运营主管
卖家精灵\t\t教育经历
语言\t\t2013/09-2017/06
普通话\t\t婺州外国语学院 本科
"""
FORM = "姓名\t单淑芬\t性别\t女\n工作经历\t2006.08-2011.05\t潍坊恒发纺织有限公司\t出纳\n" * 4


def test_a_page_of_two_columns_is_read_one_after_the_other():
    facts = read_facts(PAGE)
    assert (facts.name.value, facts.school.value, facts.degree.value) == ("楼婉清", "婺州外国语学院", "bachelor")
    assert [(job.employer.value, job.title.value) for job in facts.jobs] == [("义乌市诺橙进出口有限公司", "亚马逊运营主管")]
    assert [fact.value for fact in facts.skills] == ["Helium 10", "卖家精灵", "普通话"]
    assert all(PAGE[fact.start : fact.end] == fact.value for fact in facts.skills)


def test_every_character_keeps_its_place():
    apart = columns_apart(fold(PAGE))
    assert [PAGE[start] for start in apart.starts if PAGE[start] != "\n"] != []
    assert all(character in ("\n", PAGE[apart.starts[at]].casefold(), ":") for at, character in enumerate(apart.text))


def test_a_form_is_left_as_it_is():
    folded = fold(FORM)
    assert columns_apart(folded) is folded
