"""What a third hand's résumés, mostly of common templates, taught: each rule in one row."""

from datetime import date

import pytest

from mianyue.understanding.resume.facts import read_facts
from mianyue.understanding.resume.headings import heading_kind

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("宿  明  远\n博士 | 药物化学", "宿明远"),
        ("我叫牛二宝，男，38岁。\n干过的：\n仓储主管", "牛二宝"),
        ("专业技能\nPython\n\n符雅楠\n女 / 1996.02 / 西安", "符雅楠"),
        ("專業\n鄺寶儀（KWONG Po Yee, Bowie）\n電話", "鄺寶儀"),
        ("语言\t程度\nPython\t精通", None),
    ],
)
def test_names(text, name):
    found = read_facts(text).name
    assert (found.value if found else None) == name


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("证书技能", "skills"), ("三、科研技能", "skills"), ("三 资质", "certificates"), ("Working Experience", "work"), ("六、基金", "other"),
        ("Certificates & Skills", "skills"), ("Self Assessment", "summary"), ("希望待遇", "objective"), ("■ 聯絡我", "personal"),
    ],
)  # fmt: skip
def test_headings(line, kind):
    assert heading_kind(line) == kind


@pytest.mark.parametrize(
    ("text", "jobs"),
    [
        (
            "工作经验\n2021/3-2022/3　成都岷川数字科技有限公司（1年）\n计算机软件 | 150-500人 | 民营公司\n职位：Java高级开发工程师",
            [("成都岷川数字科技有限公司", "Java高级开发工程师")],
        ),
        (
            "Experience\nTidewell Commerce\n5 years 8 months\nSenior Software Engineer\nJanuary 2019 - February 2022 (3 years 2 months)\n"
            "Moved settlement to streams.\nSoftware Engineer\nJuly 2016 - December 2018",
            [("Tidewell Commerce", "Senior Software Engineer"), ("Tidewell Commerce", "Software Engineer")],
        ),
        (
            "Work\nMarlowe & Finch Foods (China) Ltd.                                   Shanghai\n"
            "Finance Manager                                             Aug 2019 – Jan 2021",
            [("Marlowe & Finch Foods (China) Ltd.", "Finance Manager")],
        ),
        ("Work\nNorthbridge Annuities Inc.\nManager, Longevity Pricing\n07/2023-08/2025", [("Northbridge Annuities Inc.", "Manager, Longevity Pricing")]),
        ("Jobs\nSoftware Engineer II @ Evergreen Autonomy — 2023-01 → 2024-03", [("Evergreen Autonomy", "Software Engineer II")]),
        ("Work\n01/2020 – 12/2021  Logistics Coordinator\n  Norrbo Freight AB\n  Business or sector  Manufacturing", [("Norrbo Freight AB", "Logistics Coordinator")]),
    ],
)  # fmt: skip
def test_employers_and_titles(text, jobs):
    assert [(job.employer.value, job.title.value) for job in read_facts(text, today=TODAY).jobs] == jobs


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("我2015年6月毕业，同年7月进入三亚海棠酒店，2018年1月升任前台主管，一直做到2020年9月。", "5.2"),
        ("Positions\n10/2020 - 10/2022  Senior Scientist, Photonics Institute\n11/2013 – 01/2018  Doctoral Assistant, Marienfels University", "2.0"),
        (
            "My name is Oliver Penhaligon. Before that, from September 2017 to July 2021, I worked as an English Teacher for Trevanion Academy.",
            "3.9",
        ),
    ],
)  # fmt: skip
def test_years(text, years):
    assert abs(float(read_facts(text, today=TODAY).years.value) - float(years)) <= 0.2


@pytest.mark.parametrize(
    ("text", "school"),
    [
        ("教育背景\n荆江科技大学      2022年09月 - 2026年06月\n计算机科学与技术 本科 信息学院", "荆江科技大学"),
        ("技工学校毕业（大同矿务技工学校，机电专业，1999年，中专）", "大同矿务技工学校"),
        ("学历是龙岗高级工商职业学校资讯科毕业。", "龙岗高级工商职业学校"),
    ],
)
def test_schools(text, school):
    assert read_facts(text, today=TODAY).school.value == school


def test_a_plain_hong_kong_number_in_a_cell_of_its_own():
    assert read_facts("張家豪\n香港九龍 | 9123 4567 | kaho@example.com", "HK").mobile.value == "+85291234567"
