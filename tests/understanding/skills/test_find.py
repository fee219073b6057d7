import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mianyue.understanding.skills.find import find_skills
from mianyue.understanding.skills.table import concepts


def found(text):
    return [(skill.concept, text[skill.start : skill.end]) for skill in find_skills(text)]


@pytest.mark.parametrize(
    ("text", "skills"),
    [
        ("熟悉Java、MySQL", [("java", "Java"), ("mysql", "MySQL")]),
        ("JavaScript", [("javascript", "JavaScript")]),
        ("Spring-\nBoot 与 springboot", [("spring-boot", "Spring-\nBoot"), ("spring-boot", "springboot")]),
        ("nodejs, Node.js, node js", [("node-js", "nodejs"), ("node-js", "Node.js"), ("node-js", "node js")]),
        ("C++ / C# / C", [("c-plus-plus", "C++"), ("c-sharp", "C#"), ("c-language", "C")]),
        ("负责 C 端产品", [("b2c-product", "C 端产品")]),
        ("vitamin C is good", []),
        ("R、Python", [("r-language", "R"), ("python", "Python")]),
        ("R&D department, Robert R. Smith", []),
        ("we go to market in spring; Go, Rust", [("go-to-market", "go to market"), ("golang", "Go"), ("rust", "Rust")]),
        ("Access to word of mouth. I excel at it", []),
        ("Word, Excel", [("word", "Word"), ("excel", "Excel")]),
        ("ＳＱＬ　Ｅｘｃｅｌ", [("sql", "ＳＱＬ"), ("excel", "Ｅｘｃｅｌ")]),
        ("機器學習與數據分析", [("machine-learning", "機器學習"), ("data-analysis", "數據分析")]),
        ("数据\n分析", [("data-analysis", "数据\n分析")]),
        ("微服务架构设计", [("microservice", "微服务架构")]),
        ("CI/CD、A/B测试、TCP/IP", [("ci-cd", "CI/CD"), ("a-b-testing", "A/B测试"), ("tcp-ip", "TCP/IP")]),
        ("不熟悉 Kafka、Redis，熟悉 Java", [("java", "Java")]),
        ("Kafka：不会；MySQL：精通", [("mysql", "MySQL")]),
        ("no experience with Redis or Kafka. Docker daily", [("docker", "Docker")]),
        ("haven't used Terraform, want to learn Ansible", []),
        ("希望学习 Flutter", []),
        ("I have never learned Docker, never learnt Kafka; MySQL daily", [("mysql", "MySQL")]),
        ("不会写Java，不会做PPT，会用Excel", [("excel", "Excel")]),
        ("尚未学会 Docker、Redis，尚未掌握 Kafka，熟悉 MySQL", [("mysql", "MySQL")]),
        ("MySQL2 and PreSQL", []),
        ("internet, planet", []),
        ("SAP WMS", [("sap", "SAP"), ("wms", "WMS")]),
        ("", []),
    ],
)
def test_names_in_a_text(text, skills):
    assert found(text) == skills


@pytest.mark.parametrize("text", ["前端开发工程师", "UI设计师", "项目管理部", "marketing manager"])
def test_a_trade_in_a_job_title_is_weak(text):
    assert [skill.confidence < 0.6 for skill in find_skills(text)] == [True]


def test_every_name_of_the_table_is_found_in_a_list():
    for concept in concepts().values():
        for name in concept.names:
            assert [skill.concept for skill in find_skills(f"熟悉 {name}、其他")] == [concept.id], name


@given(st.text(max_size=120))
def test_any_text_is_answered_in_order_and_without_overlaps(text):
    places = [place for skill in find_skills(text) for place in (skill.start, skill.end)]
    assert places == sorted(places)
    assert all(0 <= place <= len(text) for place in places)


@given(st.text(st.sampled_from("goGO rust-\n、,c+#r&d"), max_size=30))
def test_a_latin_name_never_stands_inside_a_longer_word(text):
    for skill in find_skills(text):
        around = text[max(0, skill.start - 1) : skill.start], text[skill.end : skill.end + 1]
        inside = text[skill.start], text[skill.end - 1]
        assert not any(beside.isalnum() and own.isalnum() for beside, own in zip(around, inside, strict=True))


def test_three_pages_take_less_than_ten_milliseconds_of_processor_time():
    text = (
        "负责订单中心重构，基于 Kubernetes 与 Spring Boot 完成方案设计，单元测试覆盖率提升。Built the core with Excel and Linux.\n"
        * 45
    )
    find_skills(text)
    taken = []
    for _ in range(7):
        start = time.process_time()
        find_skills(text)
        taken.append(time.process_time() - start)
    assert len(text) > 4000
    assert min(taken) < 0.010 * 2
