import pytest

from mianyue.understanding.match.requirements import requirements


def told(description, keywords=()):
    return [(one.kind, one.value) for one in requirements(keywords, description)]


@pytest.mark.parametrize(
    ("description", "expected"),
    [
        ("3年以上后端开发经验", [("years", "3")]),
        ("三年及以上相关工作经验", [("years", "3")]),
        ("3-5 年 B 端产品经验", [("years", "3")]),
        ("十年以上管理经验", [("years", "10")]),
        ("5+ years of experience in sales", [("years", "5")]),
        ("at least 2 years' experience", [("years", "2")]),
        ("公司成立 10 年", []),
        ("本科及以上学历", [("degree", "bachelor")]),
        ("大专以上，本科优先", [("degree", "associate")]),
        ("硕士及以上学历", [("degree", "master")]),
        ("Master's degree in statistics", [("degree", "master")]),
        ("Bachelor's degree or above", [("degree", "bachelor")]),
        ("Scrum master wanted", []),
        ("英语流利，可作为工作语言", [("language", "英语")]),
        ("Fluent German required", [("language", "German")]),
        ("负责英语课程的销售", []),
        ("", []),
    ],
)
def test_what_a_description_asks_for(description, expected):
    assert told(description) == expected


def test_keywords_come_first_each_thing_once():
    assert told("英语流利", ["Java", "English", "java"]) == [("keyword", "Java"), ("keyword", "English")]
