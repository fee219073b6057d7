from datetime import date

import pytest

from mianyue.understanding.match.meets import meets
from mianyue.understanding.match.requirements import Requirement, requirements
from mianyue.understanding.resume.facts import read_facts

TODAY = date(2026, 12, 1)
RESUME = """李四
性别：女
工作经历
2022.12-至今  青禾示例有限公司  后端工程师
- 用 Java 与 MySQL 重构订单中心
教育背景
2018.09-2022.06  江海大学  本科  软件工程
专业技能
Java、Redis、英语 CET-6
"""


def matched(description="", keywords=(), text=RESUME):
    return meets(requirements(keywords, description), text, read_facts(text, today=TODAY))


def met(description="", keywords=(), text=RESUME):
    return [one.met for one in matched(description, keywords, text).judged]


@pytest.mark.parametrize(
    ("description", "expected"),
    [
        ("3年以上开发经验", ["met"]),
        ("4年以上开发经验", ["met"]),
        ("6年以上开发经验", ["partly"]),
        ("10年以上开发经验", ["not_shown"]),
        ("大专及以上", ["met"]),
        ("本科及以上", ["met"]),
        ("硕士及以上", ["partly"]),
        ("博士", ["not_shown"]),
        ("英语流利", ["met"]),
        ("法语流利", ["not_shown"]),
    ],
)
def test_years_degree_and_language(description, expected):
    assert met(description) == expected


def test_keywords_are_met_partly_met_or_not_shown():
    assert met(keywords=["Java", "数据分析", "Kafka"], text=RESUME.replace("重构", "数据挖掘")) == ["met", "partly", "not_shown"]


def test_the_score_is_the_weighted_share():
    judged = meets([Requirement("keyword", "Java", 3), Requirement("keyword", "Kafka", 1)], RESUME, read_facts(RESUME, today=TODAY))
    assert judged.score == 0.75
    assert matched().score == 0


def test_the_evidence_says_so_in_the_text():
    for judged in matched("3年以上经验，本科，英语流利", ["Java", "Redis"]).judged:
        assert judged.places
        assert all(RESUME[place.start : place.end].strip() for place in judged.places)


def test_a_name_or_a_school_is_no_skill():
    text = "Java Kafka\nEducation\n2018-2022 Redis University, BSc Physics\nSkills\nPython\n"
    assert met(keywords=["Redis"], text=text) == ["not_shown"]
