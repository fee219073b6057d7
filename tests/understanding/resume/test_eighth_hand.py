"""Ways of writing that résumés of an eighth hand had: Europass, tables with dashes, letters, legal forms, March."""

import pytest

from mianyue.understanding.resume.employer_names import before_town
from mianyue.understanding.resume.facts import read_facts
from mianyue.understanding.resume.headings import heading_kind
from tests.understanding.resume.jobs_told import TODAY, jobs_told

_EUROPASS = """WORK EXPERIENCE
Dates                          02/2018 – 05/2021
Occupation or position held    Purchasing Manager
Main activities                Contracts for steel; audits of
                               vendors; a team of 9.
Name of employer               Ostrava Valve Works s.r.o.
Type of business               Valves and pumps

Dates                          10/2010 – 01/2018
Occupation or position held    Buyer
Name of employer               Moravia Pumps s.r.o.
"""


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (_EUROPASS, [("Ostrava Valve Works s.r.o.", "Purchasing Manager"), ("Moravia Pumps s.r.o.", "Buyer")]),
        ("WORK EXPERIENCE\nDates      02/2018 – 05/2021\nOccupation or position held    Buyer\n", [(None, "Buyer")]),
        (
            "工作經驗\n由\t至\t公司\t職位\t離職原因\n2018.11\t現在\t澳灣酒店管理有限公司\t護士長\t—\n2012.08\t2018.10\t珠江屋宇工程有限公司\t會計\t晉升",
            [("澳灣酒店管理有限公司", "護士長"), ("珠江屋宇工程有限公司", "會計")],
        ),
        (
            "Work Experience\nTeacher\nLakeview School, Leeds  08/2021 – Present\n"
            "• Choir coordinator since 2023; run the summer fair\n• Mark papers",
            [("Lakeview School", "Teacher")],
        ),
        (
            "From August 2009 until May 2013 I worked as a room attendant at the Pearl Bay Resort. "
            "Since March 2018 I have been assistant housekeeper with the Garden Hotel, and I like it.",
            [("Pearl Bay Resort", "room attendant"), ("Garden Hotel", "assistant housekeeper")],
        ),
        (
            "Work Experience\nAudit Trainee\nH. Y. Ko & Partners CPA Limited\n2012 – 2015",
            [("H. Y. Ko & Partners CPA Limited", "Audit Trainee")],
        ),
        ("工作经历\n2019.03-2021.06\t康宁大药房连锁（大同）有限公司\t店员", [("康宁大药房连锁（大同）有限公司", "店员")]),
        (
            "Work Experience\n2019 – 2021  Research Fellow, Yanmar Institute of Advanced Study",
            [("Yanmar Institute of Advanced Study", "Research Fellow")],
        ),
    ],
)
def test_jobs(text, told):
    assert jobs_told(text) == told


@pytest.mark.parametrize(
    ("text", "employer"),
    [
        ("Technische Akademie Oberrhein, Karlsruhe, Germany", "Technische Akademie Oberrhein"),
        ("Nordkap Foods, Norway", "Nordkap Foods"),
        ("Smith, Lyon & Partners, Leeds", "Smith, Lyon & Partners"),
    ],
)
def test_an_employer_without_town_and_country(text, employer):
    assert text[: before_town(text, 0, len(text))] == employer


@pytest.mark.parametrize(
    ("text", "degree"),
    [
        ("I took a course at Seaside College in March 2009.", None),
        ("Education\nMArch, Larkfield University, 2012 – 2014", "master"),
        ("Education\nM.Arch., Larkfield University, March 2012 – June 2014", "master"),
    ],
)
def test_march_is_no_master_of_architecture(text, degree):
    told = read_facts(text, today=TODAY).degree
    assert (told and told.value) == degree


def test_the_label_of_a_form_is_no_school():
    assert read_facts("最高学历\t大专\t毕业学校\t鲁中商业职业学院\t专业\t会计", today=TODAY).school.value == "鲁中商业职业学院"


def test_since_when_a_tool_is_used_is_no_time_at_a_job():
    skills = read_facts("Skills\nPython (since 2019), Excel, Docker", today=TODAY).skills
    assert {fact.value for fact in skills} == {"Python", "Excel", "Docker"}


def test_a_heading_with_a_long_aside():
    assert heading_kind("Selected publications (14 in total, h-index 9)") == heading_kind("Selected publications") == "other"
