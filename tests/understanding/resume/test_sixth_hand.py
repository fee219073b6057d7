"""What a sixth hand's résumés taught: strangers' numbers, letter-spaced names, wide columns, levels and purposes beside skills; a row each."""

import pytest

from mianyue.understanding.folding import fold
from mianyue.understanding.resume.columns import columns_apart
from mianyue.understanding.resume.facts import read_facts
from mianyue.understanding.resume.headings import heading_kind
from tests.understanding.resume.jobs_told import TODAY

OWN = "+6580007146"


@pytest.mark.parametrize(
    "theirs",
    [
        "Referees\nMs Loh Hui Min, General Manager, Crest Hotel, +65 8000 7196",
        "R E F E R E N C E S\nMs Loh Hui Min\nCrest Hotel\nMobile: +65 8000 7196",
        "Professional references\nDr Amel Saidi\nLab head\n\nMobile: +65 8000 7196",
        "Emergency contact\nLoh Kah Seng (brother)\nMobile: +65 8000 7196",
        "紧急联系人\n罗家盛\n手机：+65 8000 7196",
        "紧急联系人\t罗家盛\t关系\t兄弟\t手机\t+65 8000 7196",
        "证明人：罗惠敏（仓储部经理，共事五年有余，了解全部情况），手机 +65 8000 7196",
        "担保人 罗惠敏 手机 +65 8000 7196",
        "单位\t职务\t证明人及电话\n鼎新商贸有限公司\t出纳\t罗会计 手机 +65 8000 7196",
        "My supervisor, Dr Saidi, knows of this and gladly answers every question; mobile +65 8000 7196 (supervisor)",
    ],
)
def test_a_strangers_number_is_never_the_candidates(theirs):
    assert read_facts(f"Loh Wei Jie\nContact: +65 8000 7146\n\n{theirs}").mobile.value == OWN
    assert read_facts(f"{theirs}\n\nContact\n+65 8000 7146").mobile.value == OWN
    alone = read_facts(f"Loh Wei Jie\n\n{theirs}").mobile
    assert alone is None or alone.confidence < 0.6


def test_a_strangers_number_is_no_help_where_the_own_one_is_wrong():
    text = "董一鸣\n联系电话：1390000710\n\n证明人\n罗惠敏 手机 13900007196"
    assert read_facts(text).mobile is None


def test_a_strangers_address():
    text = "Loh Wei Jie\n\nReferees\nMs Loh Hui Min, General Manager\nEmail: loh.hm@example.org\n\nContact\nwj@example.net"
    assert read_facts(text).email.value == "wj@example.net"


@pytest.mark.parametrize(
    "text",
    [
        "References available upon request\nMobile: +65 8000 7146",
        "证明人：罗惠敏。本人手机：+65 8000 7146",
        "My supervisor knows of this, but please call me: +65 8000 7146",
        "Night Audit, Crest Hotel, Singapore\n+65 8000 7146",
    ],
)
def test_the_candidates_own_number_beside_words_of_others(text):
    assert (read_facts(text).mobile.value, read_facts(text).mobile.confidence >= 0.6) == (OWN, True)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("A B O U T   M E\nDraws first.\n\nT O M A S   V E I G A\nPACKAGING DESIGNER", "Tomas Veiga"),
        ("代表性论文\n[1] Qin Muyun, Gao L., et al. Zinc anodes. 2024\n\n联系方式\n秦慕云　　qinmuyun@example.org", "秦慕云"),
        ("物理化学 · 博士\n\n联系方式\n秦慕云　　13900007101", "秦慕云"),
    ],
)
def test_names(text, name):
    assert read_facts(text).name.value == name


@pytest.mark.parametrize("text", ["A B O U T", "[1] Zhu M., Gao L., et al.", "Gao L., Qiu H., et al. A study of anodes."])
def test_what_is_no_name(text):
    assert read_facts(text).name is None


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("研究与工作经历", "work"),
        ("实验与软件技能", "skills"),
        ("特长/爱好", "interests"),
        ("Professional Courses", "training"),
        ("A B O U T   M E", "summary"),
    ],
)
def test_headings(title, kind):
    assert heading_kind(title) == kind


def test_columns_set_apart_by_wide_spaces():
    rows = [
        ("工作经历", "技能"),
        ("岳阳云帆信息技术有限公司", "Linux"),
        ("运维工程师", "Ansible"),
        ("2022.10-至今", "Zabbix"),
        ("负责机房搬迁。", "Nginx"),
        ("", "Docker"),
        ("教育背景", "语言"),
        ("湘北科技学院　网络工程　本科", "英语"),
        ("2016.09-2020.06", ""),
        ("　　　　　　封 允 皓", ""),
        ("　　　　　13900007122　feng@example.com", ""),
    ]
    facts = read_facts("\n".join((left + "　" * (22 - len(left)) + right).rstrip() for left, right in rows), today=TODAY)
    assert [(job.employer.value, job.title.value) for job in facts.jobs] == [("岳阳云帆信息技术有限公司", "运维工程师")]
    assert [fact.value for fact in facts.skills] == ["Linux", "Ansible", "Zabbix", "Nginx", "Docker", "英语"]
    assert (facts.name.value, facts.school.value) == ("封允皓", "湘北科技学院")


def test_dates_at_the_right_margin_are_no_column():
    rows = fold("Experience\n" + "Corrib Books, Galway          03/2018 - 08/2018\nBookseller\n" * 7, caseless=False)
    assert columns_apart(rows) is rows


@pytest.mark.parametrize(
    ("text", "skills"),
    [
        ("专业技能\nExcel　熟练　120个月\n叉车驾驶 精通 150个月", {"Excel", "叉车驾驶"}),
        (
            "Technical Skills\nCloud\t: Azure\nScheduling\t: Control-M, Airflow",
            {"Azure", "Control-M", "Airflow"},
        ),
        ("技能\n熟练使用Office办公软件、希沃白板", {"Office", "希沃白板"}),
        ("技能\n日常用Salesforce管客户，Outlook不必多说，商务谈判没有问题", {"Salesforce", "Outlook", "商务谈判"}),
        ("电脑方面会用Word、Excel打报表。", {"Word", "Excel"}),
        ("证书\n全国计算机等级考试二级、普通话二级甲等", {"全国计算机等级考试二级", "普通话二级甲等"}),
        ("我考了低压电工证，后来又考了高压电工证。", {"低压电工证", "高压电工证"}),
        ("我會說國語、台語。", {"國語", "台語"}),
        ("Skills\nFigma, InDesign\nNo web coding, please.", {"Figma", "InDesign"}),
        ("Languages\nPortuguese  native\n\n+86 139 0000 7150\ntv@example.org\nGuangzhou, Tianhe", {"Portuguese"}),
        ("技能\n金蝶KIS、网银\n是否有亲属在本公司任职\t□是　☑否", {"金蝶KIS", "网银"}),
    ],
)
def test_skills(text, skills):
    assert {fact.value for fact in read_facts(text, today=TODAY).skills if fact.confidence >= 0.6} == skills
