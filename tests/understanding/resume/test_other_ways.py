"""What other people than we write: each rule that their résumés taught, in one row."""

from datetime import date

import pytest

from mianyue.understanding.resume.education import level_named
from mianyue.understanding.resume.facts import read_facts
from mianyue.understanding.resume.headings import heading_kind

TODAY = date(2026, 11, 23)


def skills(text):
    return [fact.value for fact in read_facts(text, today=TODAY).skills if fact.confidence >= 0.6]


@pytest.mark.parametrize(
    ("text", "region", "mobile"),
    [
        ("Tel 9000 1274 | a@example.com", "SG", "+6590001274"),
        ("Mobile:             0171 3920055", "DE", "+491713920055"),
        ("Mob: 90000 12345 (WhatsApp), Alt: +91-90000-54321 (Father)", "IN", "+919000012345"),
        ("手提电话｜+853 6600 0153", "MO", "+85366000153"),
        ("手机 13800001226 / 13800009926（助理）", "CN", "+8613800001226"),
    ],
)
def test_mobiles_by_country(text, region, mobile):
    assert read_facts(text, region).mobile.value == mobile


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("本人上官雨桐，女", "上官雨桐"),
        ("扎西顿珠 的简历\n电话", "扎西顿珠"),
        ("LIN, PEI-SHAN\nTaipei", "LIN, PEI-SHAN"),
        ("姓名｜龙嘉俊\n性别｜男", "龙嘉俊"),
        ("# Zhaoyang Hou\n\n- phone", "Zhaoyang Hou"),
        ("Krzysztof Lis . Lodz . +48 500 000 317", "Krzysztof Lis"),
        ("Name: Dipl.-Ing. (FH) Jonas Weber\nAddress: x", "Jonas Weber"),
        ("TORONTO, ON\n\nAnna Field\nACTUARY", "Anna Field"),
    ],
)
def test_names(text, name):
    assert read_facts(text).name.value == name


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("过往任职经历", "work"), ("做过的事", "work"), ("## Jobs", "work"), ("TEACHING & RELATED EXPERIENCE", "work"),
        ("上学", "education"), (">>> SCHOOLS", "education"), ("❸ 校内工作", "campus"), ("会什么", "skills"), ("CAREER BREAK", "other"),
    ],
)  # fmt: skip
def test_made_headings(line, kind):
    assert heading_kind(line) == kind


@pytest.mark.parametrize(
    ("words", "level"),
    [
        ("j.d., 2013", "doctor"), ("m.tech structural", "master"), ("b.e. (ece)", "bachelor"), ("mbbs", "bachelor"), ("副学士", "associate"),
        ("higher certificate", "associate"), ("北湾高级工商职业学校", "secondary"), ("高中教师", None),
    ],
)  # fmt: skip
def test_levels(words, level):
    assert level_named(words) == level


@pytest.mark.parametrize(
    ("line", "school"),
    [
        ("教育背景\n目前在江左大学读博士", "江左大学"),
        ("教育背景\n后来在夜校读完了高中（江淮成人中学）", "江淮成人中学"),
        ("教育背景\n2013-2018 皖江工业大学（含预科一年） 本科", "皖江工业大学"),
        ("Education\nMaster, École Supérieure de Commerce du Rhône, 2012-2016", "École Supérieure de Commerce du Rhône"),
        ("Education\nSandstone University School of Law, J.D., 2013", "Sandstone University School of Law"),
    ],
)
def test_schools(line, school):
    assert read_facts(line, today=TODAY).school.value == school


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("工作经历\n2019.01-2020.12 北方科技有限公司 工程师\n2021.01-至今\n职业间隔期，休息、旅行", "2.0"),
        ("教育背景\n2014.09-2018.06 海岸大学 本科\n工作经历\n2016.06-2018.05 海岸茶餐厅 兼职侍应\n2019.01-2020.12 北方科技有限公司 工程师", "2.0"),
        ("工作经历\n2012-2016 北方科技有限公司 工程师", "4.0"),
        ("工作经历\n09.05-12.02 北方模具厂 模具设计工程师", "2.8"),
    ],
)  # fmt: skip
def test_years(text, years):
    assert abs(float(read_facts(text, today=TODAY).years.value) - float(years)) <= 0.1


@pytest.mark.parametrize(
    ("line", "employer", "titles"),
    [
        ("Data Analyst, Odra Retail Sp. z o.o. 2019-2021", "Odra Retail Sp. z o.o.", ["Data Analyst"]),
        ("Product Manager, Bellecour Labs, Lyon 2019-2021", "Bellecour Labs", ["Product Manager"]),
        ("2019.01-2021.01 恒屿国际海运（集团）有限公司 二副主管", "恒屿国际海运（集团）有限公司", ["二副主管"]),
        ("2018.01-2021.01 广州绿洲日化有限公司 历任品牌专员、品牌经理", "广州绿洲日化有限公司", ["品牌专员", "品牌经理"]),
        ("上海衡律律师事务所 2011.07 - 2018.09\n执业律师", "上海衡律律师事务所", ["执业律师"]),
    ],
)
def test_employers_and_titles(line, employer, titles):
    jobs = read_facts(f"工作经历\n{line}", today=TODAY).jobs
    assert ({job.employer.value for job in jobs}, [job.title.value.removeprefix("历任") for job in jobs]) == ({employer}, titles)


def test_jobs_told_in_english_sentences():
    facts = read_facts(
        "Oliver Penn\nI joined The Wharfdale Hotel as a Night Porter in June 2015, moved to Duty Manager there in September 2017, and left "
        "in March 2020. Between April 2020 and July 2021 I was on a career break. Since August 2021 I've been Operations Manager at "
        "Kirkgate Suites.",
        "GB",
        TODAY,
    )
    assert [(job.employer.value, job.title.value) for job in facts.jobs] == [
        ("The Wharfdale Hotel", "Night Porter"),
        ("The Wharfdale Hotel", "Duty Manager"),
        ("Kirkgate Suites", "Operations Manager"),
    ]
    assert facts.years.value == "10.1"


@pytest.mark.parametrize(
    ("text", "claimed"),
    [
        ("技能\nPython、Perl 早年学过，现在不写", ["Python"]),
        ("技能\nPython\nSAS\t无", ["Python"]),
        ("技能\nMySQL、Java，不会 C++", ["MySQL", "Java"]),
        ("自我评价\n熟悉 Redis。未使用过 Java，请不要按 Java 岗准备题目。", ["Redis"]),
        ("张伟\n技能\n中文 精通；英文 中等", ["中文", "英文"]),
        ("技能\nExcel，伤口护理证书", ["Excel", "伤口护理证书"]),
        ("Skills\nSAP IBP, VMI, some Malay", ["SAP IBP", "VMI", "Malay"]),
        ("技能\nPython\n邮箱 java@go.example.com", ["Python"]),
    ],
)
def test_skills(text, claimed):
    assert skills(text) == claimed
