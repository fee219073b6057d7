"""The sentence that names what the candidate can do: right for one, two and three keywords, none of them twice."""

from dataclasses import replace

import pytest

from mianyue.domain.notices.compose import compose
from mianyue.domain.notices.guard import check
from mianyue.domain.notices.render import render


@pytest.mark.parametrize(
    ("keywords", "line"),
    [
        ((), "Thank you for applying for Backend Engineer. We would like to meet you for an interview (First interview)."),
        (("Kafka",), "Your work with Kafka is close to what this team does"),
        (("Kafka", "microservices"), "Your work with Kafka and microservices is close to what this team does"),
        (("Kafka", "Java", "SQL"), "Your work with Kafka, Java and SQL is close to what this team does"),
    ],
)
def test_in_english(abroad, keywords, line):
    letter = render(compose(replace(abroad, keywords=keywords), "invitation"))
    assert letter.text.count(line) == 1
    assert [letter.text.count(keyword) for keyword in keywords] == [1] * len(keywords)


@pytest.mark.parametrize(
    ("keywords", "line"),
    [
        ((), "我们看了您投递「后端开发工程师」的简历，想邀请您参加一面。"),
        (("Kafka",), "您在 Kafka 方面的经验与这个岗位很契合"),
        (("微服务",), "您在微服务方面的经验与这个岗位很契合"),
        (("Kafka", "微服务"), "您在 Kafka 与微服务方面的经验与这个岗位很契合"),
        (("微服务", "Kafka", "Redis"), "您在微服务、Kafka 与 Redis 方面的经验与这个岗位很契合"),
    ],
)
def test_in_chinese(onsite, keywords, line):
    letter = render(compose(replace(onsite, keywords=keywords), "invitation"))
    assert letter.text.count(line) == 1
    assert [letter.text.count(keyword) for keyword in keywords] == [1] * len(keywords)


def test_a_portfolio_is_named_by_its_site_and_the_guard_knows_it(onsite, abroad):
    for facts, line in (
        (onsite, "作品集　　请备好您提供给我们的作品集（behance.net）"),
        (abroad, "Your portfolio: Please have the portfolio ready that you gave us (behance.net)"),
    ):
        facts = replace(facts, portfolio="behance.net")
        letter = render(compose(facts, "invitation"))
        assert line in letter.text
        check(letter, facts, facts.keywords, facts.keywords)
        assert "behance.net" not in render(compose(replace(facts, portfolio=""), "invitation")).text
