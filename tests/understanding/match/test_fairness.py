"""Equal evidence is worth equally much, whoever the writer is."""

import random
from datetime import date

import pytest

from mianyue.understanding.match.fairness import differences, swaps
from mianyue.understanding.match.requirements import requirements
from mianyue.understanding.resume.facts import read_facts

TODAY = date(2026, 12, 1)
ZH = """{name}
手机：13800000001
工作经历
{since}.03-至今  青禾示例有限公司  {title}
- 负责{one}与{two}，季度目标完成率 117%
教育背景
2010.09-2014.06  {school}  {degree}  管理学
专业技能
{one}、{three}、英语 CET-6
"""
EN = """{name}
Email: someone@example.org
Experience
{since}.03-present  Harbourlight Software  {title}
- Led {one} and {two} for three regions
Education
2010.09-2014.06  {school}, {degree}
Skills
{one}, {three}, German (B2)
"""
SKILLS = {
    "zh": ["数据分析", "Java", "MySQL", "客户成功", "CRM", "项目管理", "Excel", "供应链管理", "招聘", "SEO"],
    "en": ["data analysis", "Python", "SQL", "account management", "CRM", "project management", "Excel", "recruiting"],
}


def written(count):
    """Résumés by a seeded generator, with the requirements each is held against."""
    chance = random.Random(5)
    for number in range(count):
        language = ("zh", "en")[number % 2]
        one, two, three, wanted = chance.sample(SKILLS[language], 4)
        text = (ZH if language == "zh" else EN).format(
            name=chance.choice(["周佳宁", "马晓东"] if language == "zh" else ["Amelia Hartley", "Tom Becker"]),
            school=chance.choice(
                ["江海大学", "金沙工业大学"] if language == "zh" else ["Northfield University", "Lakeside College"]
            ),
            degree=chance.choice(["本科", "硕士"] if language == "zh" else ["BSc Economics", "MSc Economics"]),
            title=chance.choice(["产品经理", "工程师"] if language == "zh" else ["Consultant", "Account Manager"]),
            since=chance.randint(2015, 2024),
            one=one,
            two=two,
            three=three,
        )
        yield (
            requirements(
                [one, two, wanted],
                "3年以上经验，本科及以上，英语流利" if language == "zh" else "3+ years of experience, master's degree",
            ),
            text,
        )


@pytest.mark.parametrize(("resumes", "least", "scores"), [(6, 100, 2), pytest.param(26, 500, 3, marks=pytest.mark.slow)])
def test_exchanged_writers_change_no_score(resumes, least, scores):
    pairs = [difference for wanted, text in written(resumes) for difference in differences(wanted, text, TODAY)]
    assert len(pairs) >= least
    assert {pair.group for pair in pairs} == {"name", "school", "age", "gender", "marriage", "ethnicity", "address", "looks"}
    assert [pair for pair in pairs if pair.size] == []
    assert len({pair.before for pair in pairs}) >= scores


def test_a_swap_really_changes_what_it_says():
    _, text = next(written(1))
    for swap in swaps(text, read_facts(text, today=TODAY)):
        assert swap.text != text
        assert swap.to in swap.text
