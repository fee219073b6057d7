"""Résumés that tell in sentences what others have in tables; all people and companies are invented."""

from datetime import date

import pytest

from mianyue.understanding.resume.facts import read_facts
from mianyue.understanding.resume.prose import read_prose
from mianyue.understanding.resume.sections import read_lines

TODAY = date(2026, 11, 23)

BIOGRAPHY = (
    "孙敬之先生，1968年出生，中国国籍，无境外永久居留权，硕士研究生学历，高级工程师。1990年7月毕业于华东纺织工学院机械设计专业。"
    "1990年7月至1998年5月历任苏州第二纺织机械厂技术员、技术科副科长、副厂长；1998年6月至2008年12月任江苏恒锐机械股份有限公司总经理助理；"
    "2009年1月至今任公司董事兼总经理。\n电话：13800000001\n"
)
LETTER = (
    "自我介绍\n您好，本人赵思源，现就职于北京明德会计师事务所，担任审计经理，有多年审计经验。2012年获中南财经大学会计学硕士学位，注册会计师。\n"
    "2012年7月至2016年8月在天衡会计师事务所工作，历任审计员、高级审计员。2016年9月至今在北京明德会计师事务所任审计经理。"
)


def told(facts):
    return [
        (
            job.employer and job.employer.value,
            job.title and job.title.value,
            (job.period.first // 24, job.period.last and job.period.last // 24),
        )
        for job in facts.jobs
    ]


def test_an_executives_biography():
    facts = read_facts(BIOGRAPHY, today=TODAY)
    assert (facts.name.value, facts.degree.value, facts.school.value) == ("孙敬之", "master", "华东纺织工学院")
    assert told(facts) == [
        ("苏州第二纺织机械厂", "副厂长", (1990, 1998)),
        ("江苏恒锐机械股份有限公司", "总经理助理", (1998, 2008)),
        ("江苏恒锐机械股份有限公司", "董事", (2009, None)),
    ]
    assert facts.years.value == "36.4"


def test_a_letter_that_introduces_somebody():
    facts = read_facts(LETTER, today=TODAY)
    assert facts.name.value == "赵思源"
    assert (facts.degree.value, facts.school.value) == ("master", "中南财经大学")
    assert [employer for employer, _, _ in told(facts)] == ["天衡会计师事务所", "北京明德会计师事务所"]


def test_what_the_tagger_found_says_so_and_is_never_as_sure_as_a_label():
    facts = read_facts(BIOGRAPHY, today=TODAY)
    found = [fact for job in facts.jobs for fact in (job.employer, job.title) if fact]
    assert {fact.method for fact in found} == {"tagger"}
    assert all(0 < fact.confidence <= 0.75 for fact in found)
    assert all(BIOGRAPHY[fact.start : fact.end] == fact.value for fact in found)


def test_a_label_outranks_a_sentence():
    facts = read_facts("姓名：周岚\n我叫陈默，毕业于江南理工大学。\n", today=TODAY)
    assert (facts.name.value, facts.name.method) == ("周岚", "label")


def test_traditional_characters_are_read_and_kept():
    facts = read_facts(
        "自傳\n我叫陳柏翰，畢業於南方科技大學資訊工程專業，2019年3月至今就職於新竹晶曜電子股份有限公司，擔任軟體工程師。",
        today=TODAY,
    )
    assert facts.name.value == "陳柏翰"
    assert told(facts)[0][0] == "新竹晶曜電子股份有限公司"


@pytest.mark.parametrize(
    "sentence",
    [
        "2015年3月至2018年6月，参加了学校组织的志愿服务活动，获得一等奖学金。",
        "项目经历\n2019年1月至2019年12月，为某银行股份有限公司开发信贷管理系统，担任项目经理。",
        "性格开朗，责任心强，有良好的团队合作精神，能承受较大的工作压力。",
    ],
)
def test_sentences_that_tell_no_job(sentence):
    assert read_facts(sentence, today=TODAY).jobs == ()


def test_a_job_of_the_same_paragraph_gives_no_period_to_a_study():
    (study,) = read_facts(BIOGRAPHY, today=TODAY).studies
    assert (study.school.value, study.period) == ("华东纺织工学院", None)


@pytest.mark.parametrize(
    ("sentence", "school"),
    [
        ("我毕业于江南理工大学，做过两年测试工作。", "江南理工大学"),
        ("2012年获中南财经大学会计学硕士学位，性格开朗。", "中南财经大学"),
        ("2010年至今在江南理工大学工作，任讲师。", None),
        ("现任华中农业大学教授，喜欢读书。", None),
        ("2015年获江南大学教授职称，喜欢读书。", None),
    ],
)
def test_a_school_is_where_somebody_studied_not_where_they_work(sentence, school):
    told = read_prose(read_lines(sentence)).school
    assert (told and told.value) == school


def test_a_name_whose_surname_no_list_knows_is_for_a_person_to_confirm():
    told = read_prose(read_lines("我叫努尔兰，毕业于江南理工大学，做过两年测试工作。")).name
    assert (told.value, told.confidence) == ("努尔兰", 0.55)
