"""What a fourth hand's résumés taught: sidebars that break everything, forms in capitals, work told in sentences; each rule in one row."""

import pytest

from mianyue.understanding.resume.facts import read_facts
from mianyue.understanding.resume.headings import heading_kind
from mianyue.understanding.resume.sections import read_lines
from tests.understanding.resume.jobs_told import TODAY, jobs_told


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("2021.03\n—\n至今", ["2021.03 —至今"]),
        ("2018.05\n–\n2021.02", ["2018.05 – 2021.02"]),
        ("Chartered Building Surveyor –\nFellow", ["Chartered Building Surveyor – Fellow"]),
        ("Portuguese (Brazil) (Limited\nWorking)", ["Portuguese (Brazil) (Limited Working)"]),
        ("Conservatoire des Métiers\nde Lausanne", ["Conservatoire des Métiers de Lausanne"]),
        ("Figma\nSketch\nMiro", ["Figma", "Sketch", "Miro"]),
        ("◦ Wrote the plan for spare parts and for the stock of two plants\n◦ Led the audit", None),
        ("一级注册建筑师，注册在郑州中原长风建筑设计有限公司\n二级建造师（机电）\n安全员C证", None),
    ],
)
def test_what_a_page_broke(text, lines):
    bare = [line.strip("◦ ") for line in text.replace("，", ",").replace("（", "(").replace("）", ")").split("\n")]
    assert [line.text for line in read_lines(text).lines] == (lines or bare)


@pytest.mark.parametrize(("line", "kind"), [("HELLO", "summary"), ("FIND ME", "personal"), ("执业资格与证书", "certificates")])
def test_headings(line, kind):
    assert heading_kind(line) == kind


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("TOOLS\nFigma\n\nFIND ME\nodile.marchetti@example.net\n\nODILE\nMARCHETTI\nArt Director", "ODILE MARCHETTI"),
        ("ODILE\nMARCHETTI\nArt Director", "ODILE MARCHETTI"),
        ("TOOLS\nFigma\n\nFIND ME\nstudio@example.net\n\nBLENDER\nKRITA", None),
    ],
)
def test_a_name_set_on_two_lines(text, name):
    found = read_facts(text).name
    assert (found.value if found else None) == name


@pytest.mark.parametrize(
    ("text", "jobs"),
    [
        # Above all headings, as a sidebar puts them.
        (
            "2021.03\n—\n至今\n宁波远帆供应链有限公司\n仓储经理\n带 20 人\n2018.05\n—\n2021.02\n绍兴越秀纺织有限公司\n仓库主管\n工作经历\n教育经历",
            [("宁波远帆供应链有限公司", "仓储经理"), ("绍兴越秀纺织有限公司", "仓库主管")],
        ),
        (
            "WORK EXPERIENCE\n\n01/02/2020 – CURRENT   Graz, Austria\nSENIOR QUALITY ENGINEER   STEINFELD OPTIK GMBH\n"
            "01/09/2015 – 31/01/2020   Linz, Austria\nTEST ENGINEER   MOOSER & TILL PUMPENBAU",
            [("STEINFELD OPTIK GMBH", "SENIOR QUALITY ENGINEER"), ("MOOSER & TILL PUMPENBAU", "TEST ENGINEER")],
        ),
        ("Experience\nKaveri Switchgear, Pune\nGraduate Engineer Trainee      Aug 2013 to Jun 2014", [("Kaveri Switchgear", "Graduate Engineer Trainee")]),
        ("Experience\nSelf-employed      09/2016 – 01/2018\nFreelance Motion Designer", [("Self-employed", "Freelance Motion Designer")]),
        ("Experience\nVienna, Austria      09/2016 – 01/2018\nHead Chef", [("Vienna", "Head Chef")]),
        (
            "我叫宋知远。2016 年 3 月我去了武汉江汉软件有限公司，担任测试工程师，负责回归测试。2019 年 5 月公司搬迁，我离开了公司。\n"
            "2019 年 6 月至今我是自由摄影师，给五家杂志社拍照片，也教课。",
            [("武汉江汉软件有限公司", "测试工程师"), (None, "自由摄影师")],
        ),
    ],
)  # fmt: skip
def testjobs_told(text, jobs):
    assert jobs_told(text) == jobs


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("Work\n01/04/2016 – 30/09/2019   Logistics Clerk, Hansen GmbH", "3.5"),
        ("我2016年6月从江夏师范学院毕业，当年7月进了襄阳汉水食品有限公司，做质检员，一直到2020年6月。", "4.0"),
        ("2016 年 3 月我去了武汉江汉软件有限公司，担任测试工程师，负责回归测试。2019 年 2 月公司搬迁，我离开了公司。", "3.0"),
    ],
)
def test_years(text, years):
    assert abs(float(read_facts(text, today=TODAY).years.value) - float(years)) <= 0.1


def test_a_subject_beside_its_degree_is_no_heading():
    facts = read_facts(
        "教育经历\n2017.09 — 2020.06\n齐鲁信息大学\n计算机技术    硕士\n2013.09 — 2017.06\n海右大学\n软件工程    本科"
    )
    assert (facts.degree.value, facts.school.value) == ("master", "齐鲁信息大学")


def test_certificates_below_one_that_names_where_it_is_registered():
    text = "执业资格与证书\n一级建造师（市政），注册在兰州天路建设集团有限公司\n二级建造师（建筑）\n安全生产考核B证"
    assert [skill.value for skill in read_facts(text).skills] == ["一级建造师", "二级建造师", "安全生产考核B证"]
