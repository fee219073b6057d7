"""Résumés as people really send them, each with a trap, written before the rules that read them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mianyue.understanding.resume.facts import read_facts

TODAY = date(2026, 11, 23)


def read(text, region="CN"):
    facts = read_facts(text, region, TODAY)
    return (
        facts.degree.value if facts.degree else None,
        float(facts.years.value) if facts.years else None,
        {fact.value for fact in facts.skills if fact.confidence >= 0.6},
    )


NO_HEADINGS = """王小明 男 1990年生 本科 8年工作经验
手机 13900001111 邮箱 wxm@example.com
2018/09--2026/10 上海云启网络有限公司 测试工程师
2014/09--2018/06 武昌理工学院 软件工程 本科
熟悉 Selenium、JMeter 和 Postman，会用 Python 写脚本。"""

JOB_SITE = """赵敏
32岁 | 硕士 | 9年经验 | 在职-考虑机会
期望职位：供应链经理
工作经历
宁波海拓物流有限公司
供应链经理
2020.05-至今
内容：
1.负责全国仓网规划，库存周转提升20%。
2.管理12人团队。
杭州顺通贸易有限公司
采购主管
2017.07-2020.04
内容：
负责供应商开发与评估。
项目经历
WMS上线项目
2021.03-2021.12
教育经历
宁江大学
硕士 物流工程
2014-2017
安城学院
本科 物流管理
2010-2014
技能标签
SAP WMS 库存管理 Excel"""

ONE_LINE_JOBS = """个人简历
姓名：孙蕾  性别：女  学历：大专  工作年限：6年
联系方式：15012345678
工作经历：
2020年3月至2026年10月在苏州明达电子有限公司任出纳；
2018年7月—2020年2月，昆山汇丰商贸有限公司，会计助理。
教育经历：2015.9-2018.6 苏城经贸职业技术学院 会计 大专
技能：用友、金蝶、Excel、初级会计证"""

STUDENT = """李想
13711112222 | lixiang@example.edu
教育背景
2024.09 - 2027.06  华北科技大学  计算机技术  硕士（在读）
2020.09 - 2024.06  华北科技大学  软件工程  本科
实习经历
2025.06 - 2025.09  北京字节流科技有限公司  算法实习生
校园经历
2021.09 - 2023.06  学生会  宣传部部长
技能
- 编程语言：Python（熟练）、C++（了解）
- 深度学习框架：PyTorch
- 英语：CET-6 568分"""

OVERLAP = """陈立
工作经验
2015.01-2018.12  甲木软件有限公司  工程师
2017.01-2019.12  乙林咨询有限公司  兼职顾问
2022.01-2024.12  丙森科技有限公司  高级工程师
教育背景
2011.09-2015.06 某某大学 本科"""

SELF_STUDY = """周琴
学历：大专（自考本科在读）
工作经历
2016.3-今 东江区妇幼保健院 护士
技能：静脉输液、心肺复苏、护士执业资格证"""

ABANDONED = """Jonas Richter
Education
2016 - 2018  PhD in Physics (not completed), University of Halden
2013 - 2015  MSc Physics, University of Halden
2010 - 2013  BSc Physics, University of Halden
Experience
Jan. 2019 – Dec. 2023  Data Scientist, Fjord Energy AS
Skills
Python, pandas, SQL"""

LINKEDIN = """Maria Fernanda Lopez
Barcelona · maria.lopez@example.com · +34 612 345 678
Experience
Senior Product Manager
Nubela · Full-time
Mar 2021 - Present · 5 yrs 9 mos
Leading discovery and delivery for the billing squad.
Product Manager
Quorra Systems
Jun 2017 - Feb 2021 · 3 yrs 9 mos
Education
Universidad de Montelar
Master's degree, Business Administration
2015 - 2017
Universidad de Montelar
Bachelor of Arts - BA, Economics
2011 - 2015
Skills
Roadmapping • User Research • SQL • Figma
Languages
Spanish (Native), English (C1)"""

STATED_ONLY = """Tom Baker
Chartered accountant with over 12 years of experience in audit and tax.
Key skills: IFRS, US GAAP, internal audit, Excel
Education: BA (Hons) Accounting, Westfield University
Employers include a large bank and two retailers."""

DEGREE_TRAPS = """何建
教育背景
2008.09-2011.06 江南职业学院 机电一体化 专科
工作经历
2011.07-2021.06 江南博士后科研工作站服务有限公司 行政主管
- 服务博士、硕士研究人员 120 名
- 组织 MBA 学员参访，接待本科院校领导
技能
Word、Excel、公文写作"""

TRADITIONAL = """個人履歷表
姓名：林怡君
學歷：國立東海岸大學 資訊管理學系 碩士
工作經歷
2019/07 ~ 迄今 台灣雲端科技股份有限公司 資深數據分析師
2016/08 ~ 2019/06 數位行銷股份有限公司 數據分析師
專業技能
數據分析、機器學習、Python、SQL、專案管理
語言能力
英語（流利）、日語 N2"""

LEVELS_AND_DENIALS = """钱多多
专业技能
Java ★★★★★ | Spring Boot ★★★★ | MySQL ★★★
精通 TCP/IP 协议、CI/CD；不熟悉 Go、Rust
Kafka：未使用过
了解 R、C
工作经历
2020.1-2024.12 天元数码有限公司 研发经理"""

SENTENCES = """吴桐
自我评价
熟悉互联网产品从 0 到 1 的全流程。
专业技能
1、精通 Photoshop 和 Illustrator，能独立完成海报设计与品牌设计；
2、熟练使用 Figma 进行交互设计，了解 C4D；
3、英语六级，可阅读英文文献。
兴趣爱好：摄影、瑜伽、吉他"""


@pytest.mark.parametrize(
    ("text", "degree", "years", "skills"),
    [
        (NO_HEADINGS, "bachelor", 8.1, {"Selenium", "JMeter", "Postman", "Python"}),
        (JOB_SITE, "master", 9.4, {"SAP", "WMS", "库存管理", "Excel"}),
        (ONE_LINE_JOBS, "associate", 8.3, {"用友", "金蝶", "Excel", "初级会计证"}),
        (STUDENT, "master", None, {"Python", "C++", "PyTorch", "CET-6"}),
        (OVERLAP, "bachelor", 8.0, set()),
        (SELF_STUDY, "bachelor", 10.7, {"静脉输液", "心肺复苏", "护士执业资格证"}),
        (ABANDONED, "master", 5.0, {"Python", "pandas", "SQL"}),
        (LINKEDIN, "master", 9.5, {"Roadmapping", "User Research", "SQL", "Figma", "Spanish", "English (C1)"}),
        (STATED_ONLY, "bachelor", 12.0, {"IFRS", "US GAAP", "internal audit", "Excel"}),
        (DEGREE_TRAPS, "associate", 10.0, {"Word", "Excel", "公文写作"}),
        (TRADITIONAL, "master", 10.3, {"數據分析", "機器學習", "Python", "SQL", "專案管理", "英語", "日語 N2"}),
        (LEVELS_AND_DENIALS, None, 5.0, {"Java", "Spring Boot", "MySQL", "TCP/IP 协议", "CI/CD", "R", "C"}),
        (SENTENCES, None, None, {"Photoshop", "Illustrator", "海报设计", "品牌设计", "Figma", "交互设计", "C4D", "英语六级"}),
    ],
    ids=[
        "no_headings",
        "job_site",
        "one_line",
        "student",
        "overlap",
        "self_study",
        "abandoned",
        "linkedin",
        "stated",
        "traps",
        "traditional",
        "levels",
        "sentences",
    ],
)
def test_degree_years_and_skills(text, degree, years, skills):
    found = read(text)
    assert (found[0], found[2]) == (degree, skills)
    assert (found[1] is None) == (years is None)
    assert years is None or found[1] == pytest.approx(years, abs=0.3)


def test_employers_titles_and_schools():
    facts = read_facts(JOB_SITE, "CN", TODAY)
    assert [(job.employer.value, job.title.value) for job in facts.jobs] == [
        ("宁波海拓物流有限公司", "供应链经理"),
        ("杭州顺通贸易有限公司", "采购主管"),
    ]
    assert [study.school.value for study in facts.studies] == ["宁江大学", "安城学院"]
    facts = read_facts(LINKEDIN, "ES", TODAY)
    assert [(job.employer.value, job.title.value) for job in facts.jobs] == [
        ("Nubela", "Senior Product Manager"),
        ("Quorra Systems", "Product Manager"),
    ]
    assert facts.school.value == "Universidad de Montelar"


def test_who_studies_still_or_stopped_is_told():
    assert [study.status for study in read_facts(STUDENT, "CN", TODAY).studies] == ["studying", "completed"]
    assert [study.status for study in read_facts(ABANDONED, "DE", TODAY).studies] == ["abandoned", "completed", "completed"]
    assert [job.internship for job in read_facts(STUDENT, "CN", TODAY).jobs] == [True]


def test_every_fact_points_at_its_words():
    facts = read_facts(TRADITIONAL, "TW", TODAY)
    assert [TRADITIONAL[fact.start : fact.end] for fact in facts.skills][:2] == ["數據分析", "機器學習"]
    assert TRADITIONAL[facts.degree.start : facts.degree.end] == "碩士"
    assert TRADITIONAL[facts.years.start : facts.years.end] == "2019/07 ~ 迄今"


def test_years_that_contradict_the_stated_ones_are_for_a_person():
    facts = read_facts("张三\n15年工作经验\n工作经历\n2020.01-2022.12 甲木软件有限公司 工程师", "CN", TODAY)
    assert facts.years.confidence < 0.6


_PIECES = st.sampled_from(
    [
        "工作经历",
        "\n",
        "\t",
        "2019.03",
        "-",
        "至今",
        "十",
        "二",
        "年",
        "工作经验",
        "：",
        "某某有限公司",
        "工程师",
        "本科",
        "大学",
        "技能",
        "、",
        "Java",
        "（",
        "Go",
        " ",
        "，",
    ]
)


@given(st.lists(_PIECES, max_size=40).map("".join))
def test_any_order_of_words_is_answered_with_places_inside_the_text(text):
    facts = read_facts(text, "CN", TODAY)
    for fact in (facts.degree, facts.school, facts.years, *facts.skills):
        assert fact is None or (0 <= fact.start < fact.end <= len(text) and 0 <= fact.confidence <= 1)
