import pytest
from hypothesis import given
from hypothesis import strategies as st

from mianyue.understanding.keywords.evidence import Place, Shown, shown_keywords
from mianyue.understanding.keywords.rank import Rarity, ranked, requirement_weights, strength, to_name


def chosen(keywords, text, description=""):
    return [one.keyword for one in ranked(shown_keywords(keywords, text), requirement_weights(keywords, description), Rarity())]


def sections(keywords, text):
    return {one.keyword: [place.section for place in one.places] for one in shown_keywords(keywords, text)}


RESUME = """张三
求职意向：Kafka 工程师
工作经历
2022.03-至今  青禾示例公司  后端工程师
- 用 Java 与 MySQL 重构订单中心
2012.03-2015.02  木棉示例公司  工程师
- 维护 PHP 站点
教育背景
2008.09-2012.06  江海大学  本科  软件工程  课程：Hadoop
专业技能
Java、Redis、PHP
兴趣爱好
摄影、Rust
"""


def test_only_what_was_done_learned_or_can_be_done_is_evidence():
    assert sections(["Kafka", "Rust", "Hadoop", "Redis", "Java"], RESUME) == {
        "Hadoop": ["education"],
        "Redis": ["skills"],
        "Java": ["work", "skills"],
    }


def test_without_sections_running_text_counts():
    assert sections(["Java"], "熟悉 Java，五年经验") == {"Java": [""]}


def test_a_part_shows_the_whole_but_the_whole_no_part():
    text = "工作经历\n2020.01-至今 某公司 工程师\n- 负责数据挖掘"
    assert [one.keyword for one in shown_keywords(["数据分析"], text)] == ["数据分析"]
    assert shown_keywords(["数据挖掘"], text.replace("数据挖掘", "数据分析")) == []


def test_a_tool_in_a_list_shows_no_field_of_work():
    assert shown_keywords(["数据分析"], "专业技能\nTableau、Excel") == []


def test_two_names_of_one_thing_are_one_keyword():
    assert [one.keyword for one in shown_keywords(["K8s", "Kubernetes"], "技能\nKubernetes")] == ["K8s"]


def test_recent_work_goes_before_what_was_done_long_ago_and_before_a_list():
    assert chosen(["PHP", "Redis", "Java"], RESUME)[0] == "Java"
    dated = {one.keyword: one.places[0].months_ago for one in shown_keywords(["PHP", "Java"], RESUME)}
    assert dated == {"PHP": 84, "Java": 0}


@pytest.mark.parametrize(
    ("description", "first"),
    [
        ("必须精通 Redis；了解 Java", "Redis"),
        ("Java 优先；Redis 为加分项", "Java"),
        ("Java is a plus. Redis is required.", "Redis"),
    ],
)
def test_the_description_says_what_weighs_more(description, first):
    assert chosen(["Java", "Redis"], "技能\nJava、Redis", description)[0] == first


def test_rare_keywords_go_first():
    named = [["Java", "MySQL"]] * 30 + [["Java", "Flink"]]
    assert Rarity(named)("Flink") > Rarity(named)("MySQL") > Rarity(named)("Java")


@pytest.mark.parametrize(
    ("keywords", "named"),
    [
        ([], ()),
        (["Java"], ("Java",)),
        (["K8s", "Kubernetes", "Java"], ("K8s", "Java")),
        (["a" * 25, "Java"], ("Java",)),
        (["Java", "Kafka", "Redis", "MySQL"], ("Java", "Kafka", "Redis")),
        (["Java", "java", "ＪＡＶＡ"], ("Java",)),
    ],
)
def test_three_are_named_none_twice_none_too_long(keywords, named):
    assert to_name(keywords) == named


@given(
    st.lists(
        st.builds(
            Place, st.just(0), st.just(1), st.sampled_from(["work", "skills", "education", ""]), st.none() | st.integers(0, 480)
        )
    )
)
def test_more_evidence_is_never_weaker(found):
    assert 0 <= strength(found) <= 1
    assert strength([*found, Place(5, 6, "education")]) >= strength(found)


@given(st.permutations(["Java", "Kafka", "Redis"]))
def test_equals_stay_in_the_jobs_order(keywords):
    shown = [Shown(keyword, (Place(0, 1, "work"),)) for keyword in keywords]
    assert ranked(shown, {}, Rarity()) == shown
