from collections import Counter
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mianyue.understanding.aliases import spellings, squeezed
from mianyue.understanding.keywords.evidence import shown_keywords
from mianyue.understanding.skills.table import concepts


def shown(keywords, text):
    return [(found.keyword, text[found.places[0].start : found.places[0].end]) for found in shown_keywords(keywords, text)]


@pytest.mark.parametrize(
    ("keywords", "text", "evidence"),
    [
        (["Java", "JavaScript"], "JS, JavaScript", [("JavaScript", "JS")]),
        (["Java"], "熟悉Java、MySQL", [("Java", "Java")]),
        (["Java"], "Java Script", []),
        (["SQL"], "MySQL", []),
        (["SQL"], "ＳＱＬ", [("SQL", "ＳＱＬ")]),
        (["C", "C++", "C#"], "C++ / C#", [("C++", "C++"), ("C#", "C#")]),
        (["C"], "C、Python", [("C", "C")]),
        (["C"], "负责 C 端产品，Objective-C", []),
        (["R"], "熟练 R、Python", [("R", "R")]),
        (["R"], "R&D manager, Robert R. Smith", []),
        (["Go"], "we go to market", []),
        (["Go"], "Go to market", []),
        (["Go"], "Go, Rust", [("Go", "Go")]),
        (["Go"], "Golang", [("Go", "Golang")]),
        (["Excel"], "I excel at planning", []),
        (["Excel"], "Microsoft Excel", [("Excel", "Microsoft Excel")]),
        ([".NET", "ASP.NET"], "ASP.NET", [(".NET", ".NET"), ("ASP.NET", "ASP.NET")]),
        ([".NET"], "internet, planet", []),
        (["Node.js"], "nodejs", [("Node.js", "nodejs")]),
        (["Spring Boot"], "springboot", [("Spring Boot", "springboot")]),
        (["Spring Boot"], "spring-\nboot", [("Spring Boot", "spring-\nboot")]),
        (["B 端产品"], "沉淀B端产品规范", [("B 端产品", "B端产品")]),
        (["A/B 测试"], "AB测试", [("A/B 测试", "AB测试")]),
        (["需求分析"], "基于需求\n分析完成", [("需求分析", "需求\n分析")]),
        (["pipeline management"], "pipeline\nmanagement", [("pipeline management", "pipeline\nmanagement")]),
        (["presales"], "Pre-sales", [("presales", "Pre-sales")]),
        (["Kubernetes", "微服务"], "microservices on K8s", [("Kubernetes", "K8s"), ("微服务", "microservices")]),
        (["机器学习"], "machine learning", [("机器学习", "machine learning")]),
        (["German"], "Germany", []),
        (["German"], "Deutsch (C1)", [("German", "Deutsch")]),
        (["Kafka", "Redis"], "无 Kafka 经验; no experience with Redis", []),
        (["Kafka"], "不熟悉 Kafka。后来主导 Kafka 集群", [("Kafka", "Kafka")]),
        (["ＳＱＬ", "SQL"], "SQL", [("ＳＱＬ", "SQL")]),
        (["", " "], "anything", []),
        (["团队管理"], "离职原因：团队管理理念不同", []),
        (["钣金"], "工作经历\n钣金师傅，听力三级残疾", []),
        (["data analysis"], "Work experience\nMember of the Green Party, canvassing and data analysis for the branch", []),
        (["data analysis"], "Work experience\nData analysis for the regional water board", [("data analysis", "Data analysis")]),
        (["团队管理"], "离职原因：团队管理理念不同\n专业技能\n团队管理", [("团队管理", "团队管理")]),
    ],
)
def test_evidence(keywords, text, evidence):
    assert shown(keywords, text) == evidence


def test_keywords_come_in_the_order_and_spelling_of_the_job():
    assert [found.keyword for found in shown_keywords(["微服务", "java", "KAFKA"], "Kafka、Java、微服务")] == [
        "微服务",
        "java",
        "KAFKA",
    ]


def test_a_later_place_counts_where_the_first_is_sensitive():
    text = "健康状况：长期使用 CRM 系统致视力下降\n专业技能\nCRM"
    assert [found.places[0].start for found in shown_keywords(["CRM"], text)] == [text.rindex("CRM")]


@given(st.text(max_size=20), st.text(max_size=80))
def test_any_keyword_and_text_are_answered(keyword, text):
    assert all(0 <= place.start < place.end <= len(text) for found in shown_keywords([keyword], text) for place in found.places)


@given(st.text(st.sampled_from("javscript +#.\n、"), max_size=24))
def test_java_is_found_exactly_where_it_stands_alone(text):
    words = "".join(character if character.isalpha() else " " for character in text).split()
    follows_script = any(now == "java" and then.startswith(("script", "scripts")) for now, then in pairwise(words))
    if not follows_script:
        assert bool(shown_keywords(["Java"], text)) == ("java" in words or "javas" in words)


def test_the_table_is_large_and_names_nothing_twice():
    assert len(concepts()) >= 1500
    assert len({concept.family for concept in concepts().values()}) >= 12
    counted = Counter(name for concept in concepts().values() for name in {squeezed(name) for name in concept.names})
    assert [name for name, times in counted.items() if times > 1] == []


@pytest.mark.slow
def test_every_spelling_of_the_table_is_found_for_every_other():
    for concept in concepts().values():
        for name in concept.names if len(concept.names) > 1 else ():
            keyword = concept.names[0]
            assert [found.keyword for found in shown_keywords([keyword], f"熟悉 {name}、其他")] == [keyword], (keyword, name)


def test_an_unknown_keyword_has_only_its_own_spelling():
    assert spellings("Fooble Bar") == ("Fooble Bar",)
