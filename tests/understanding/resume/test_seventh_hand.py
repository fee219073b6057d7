"""Ways of writing that résumés of a seventh hand had: dates, stated years, forms, titles, tools, referees."""

import re

import pytest

from mianyue.understanding.resume.employer_names import title_named
from mianyue.understanding.resume.facts import read_facts
from mianyue.understanding.resume.periods import periods
from mianyue.understanding.wordlists import alternatives
from tests.understanding.resume.jobs_told import TODAY, jobs_told


def month(half):
    return half and (half // 24, half // 2 % 12 + 1)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("Spring 2019 – Fall 2021", (2019, 3), (2021, 9)),
        ("Summer 2019 – Winter 2021", (2019, 6), (2021, 12)),
        ("Q1 2020 – Q3 2021", (2020, 1), (2021, 7)),
        ("2019年初-2021年底", (2019, 1), (2021, 12)),
        ("2019年年初至2021年年末", (2019, 1), (2021, 12)),
        ("2018年下半年-2020年春", (2018, 7), (2020, 3)),
        ("2018年上半年-2020年秋季", (2018, 1), (2020, 9)),
        ("2016年-2019年初中", (2016, 1), (2019, 1)),
        ("2017年至2019年底薪制", (2017, 1), (2019, 1)),
        ("2017年至2019年春秋电子", (2017, 1), (2019, 1)),
        ("03/19 - 06/21", (2019, 3), (2021, 6)),
        ("201903-202106", (2019, 3), (2021, 6)),
        ("Mar-19 – Jun-21", (2019, 3), (2021, 6)),
        ("Mar-2019 to Jun-2021", (2019, 3), (2021, 6)),
        ("2019-Mar – 2021-Jun", (2019, 3), (2021, 6)),
        ("2018-Sep 2020", (2018, 1), (2020, 9)),
        ("1st March 2019 to 20th June 2021", (2019, 3), (2021, 6)),
        ("二〇一九年三月至二〇二一年十二月", (2019, 3), (2021, 12)),
        ("二零零九年十月至今", (2009, 10), None),
        ("From: March 2019 To: June 2021", (2019, 3), (2021, 6)),
        ("From: March 2019", (2019, 3), None),
        ("2019-21", (2019, 1), (2021, 1)),
        ("2019/21", (2019, 1), (2021, 1)),
        ("2019年3月起至今", (2019, 3), None),
        ("2021.06起 任主管", (2021, 6), None),
        ("2019→ Nordkap Foods", (2019, 1), None),
        ("2019→ Mar 2021", (2019, 1), (2021, 3)),
        ("2021.03 –\n宁波海启食品有限公司", (2021, 3), None),
    ],
)
def test_a_period(text, first, last):
    assert [(month(each.first), month(each.last)) for each in periods(text)] == [(first, last)]


@pytest.mark.parametrize(
    "text", ["12/03/19 - 13/03/19", "2019-21年", "2019-20-21", "2019年3月起草合同", "201903", "03/19", "2019→", "no year: 3-4"]
)
def test_no_period(text):
    assert list(periods(text)) == []


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("工作年限：5年6个月", "5.5"),
        ("工龄：7年半", "7.5"),
        ("我有5年半的测试经验", "5.5"),
        ("从事软件测试8年", "8.0"),
        ("做了六年半护士", "6.5"),
        ("当了二十多年电工", "20.0"),
        ("Experience: 6 years 4 months", "6.3"),
        ("Experience\tseven years", "7.0"),
        ("Barrister, 12 years' practice at the bar", "12.0"),
        ("从事会计第十年", None),
        ("从事3年级教学", None),
        ("从事会计，2019年初离开", None),
    ],
)
def test_years_that_only_a_sentence_states(text, years):
    told = read_facts(f"谭小军\n{text}", today=TODAY).years
    assert (told and told.value) == years


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Work Experience\nFrom: March 2019\nTo: June 2021\nLarkfield Foods Ltd\nBuyer", [("Larkfield Foods Ltd", "Buyer")]),
        (
            "I have spent the last four years, since June 2022, at Larkfield Dental as a Dental Nurse and like it there.",
            [("Larkfield Dental", "Dental Nurse")],
        ),
        (
            "Work Experience\nPemberley & Kwong, Solicitors\nParalegal\nMar 2019 – Jun 2021",
            [("Pemberley & Kwong, Solicitors", "Paralegal")],
        ),
        ("Work Experience\nPemberley & Kwong, Leeds\nParalegal\nMar 2019 – Jun 2021", [("Pemberley & Kwong", "Paralegal")]),
        ("工作经历\n晶曜科技（半导体业）\n设备工程师\n2019.03-2021.06", [("晶曜科技", "设备工程师")]),
    ],
)
def test_jobs(text, told):
    assert jobs_told(text) == told


def test_two_lines_of_a_form_are_one_period():
    (job,) = read_facts("Work Experience\nFrom: March 2019\nTo: June 2021\nLarkfield Foods Ltd\nBuyer", today=TODAY).jobs
    assert (month(job.period.first), month(job.period.last)) == ((2019, 3), (2021, 6))


@pytest.mark.parametrize(
    "title",
    [
        *(
            "仓库管理员",
            "網絡管理員",
            "护理长",
            "行政总厨师长",
            "护理员",
            "康复师",
            "面点师",
            "茶艺师",
            "话务员",
            "催收员",
            "外卖员",
        ),
        *(
            "育儿嫂",
            "月嫂",
            "Senior Solicitor",
            "Barrister",
            "Plumber",
            "Carer",
            "Labourer",
            "Joiner",
            "Carpenter",
            "Deckhand",
            "SRE",
        ),
    ],
)
def test_titles(title):
    assert jobs_told(f"工作经历\n2019.03-2021.06\t宁波海启食品有限公司\t{title}") == [("宁波海启食品有限公司", title)]


def test_a_solicitor_of_a_court_is_no_title():
    assert title_named("Solicitor of the Senior Courts") is None


def test_each_title_of_the_second_table_has_a_word_that_is_looked_for_first():
    word = re.compile(alternatives("resume/titles.txt", "words"))
    assert [
        title
        for title in re.split(r"[|\n]", alternatives("resume/titles.txt", "titles"))
        if not word.search(title) and "[A-Z]" not in title
    ] == []


@pytest.mark.parametrize(
    ("title", "internship"),
    [
        ("本科生助教", True),
        ("本科生助研", True),
        ("Undergraduate Assistant", True),
        ("Undergraduate Research Assistant", True),
        ("Research Assistant", False),
    ],
)
def test_work_beside_studies(title, internship):
    (job,) = read_facts(f"工作经历\n2019.03-2021.06\t华东海洋大学\t{title}", today=TODAY).jobs
    assert job.internship is internship


@pytest.mark.parametrize(
    ("text", "skills"),
    [
        ("技能\nFigma输出原型、Axure绘制流程图、Photoshop常用", {"Figma", "Axure", "Photoshop"}),
        ("技能\nCharles抓包、Figma", {"Charles抓包", "Figma"}),
        ("技能\nSAP FI/CO、用友U8", {"SAP FI/CO", "用友U8"}),
        ("Skills\nOracle GL/AP, Python/Java, LC-MS/MS", {"Oracle GL/AP", "Python", "Java", "LC-MS/MS"}),
        ("Skills\nAzure (ADF, Synapse), Excel (Pivot)", {"Azure", "ADF", "Synapse", "Excel"}),
        ("Skills\nAzure (used daily, often), Excel", {"Azure", "Excel"}),
        ("Skills\nteamwork (Scouts, Choir), Excel", {"Excel"}),
    ],
)
def test_skills(text, skills):
    assert {fact.value for fact in read_facts(text, today=TODAY).skills if fact.confidence >= 0.6} == skills


@pytest.mark.parametrize(
    ("text", "mobile"),
    [
        ("Referees\nMs Loh Hui Min\nCrest Hotel\nContact\n+65 8000 7196", None),
        ("Referees\nMs Loh Hui Min\nCrest Hotel\nContact\n+65 8000 7196\n\nContact\n+65 8000 7146", "+6580007146"),
        ("Referees\nMs Loh Hui Min, +65 8000 7196\n\nContact\n+65 8000 7146", "+6580007146"),
        ("Referees\n\nContact\n+65 8000 7146", "+6580007146"),
    ],
)
def test_the_number_below_contact_is_a_referees_where_none_was_told_of_them(text, mobile):
    told = read_facts(f"Loh Wei Jie\n\n{text}").mobile
    assert (told.value if told and told.confidence >= 0.6 else None) == mobile
