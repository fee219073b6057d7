"""What a résumé claims to know, told in the many ways of lists, tables, sentences and papers."""

import pytest

from mianyue.understanding.resume.facts import read_facts


def skills(text):
    return [fact.value for fact in read_facts(text).skills if fact.confidence >= 0.6]


@pytest.mark.parametrize(
    ("text", "claimed"),
    [
        ("专业技能\n示波器：精通 | 120个月\n电源设计：熟练 | 100个月", ["示波器", "电源设计"]),
        ("语言能力\n英语：读写能力熟练 | 听说能力一般", ["英语"]),
        ("技能\n语言\t程度\t备注\nPython\t精通\t5年，NumPy\nJava\t无\t同事写接口", ["Python", "NumPy"]),
        ("技能\n希沃白板5、Charles抓包、呼吸机操作", ["希沃白板5", "Charles抓包", "呼吸机操作"]),
        ("技能\nR（8 年，维护 2 个 Bioconductor 包）、Excel", ["R", "Excel"]),
        ("技能\n合同审核 尽职调查 公司并购 诉讼仲裁", ["合同审核", "尽职调查", "公司并购", "诉讼仲裁"]),
        ("语言\n英语（CET-6 512分）、韩文 TOPIK 3级", ["英语", "CET-6", "韩文", "TOPIK 3级"]),
        ("Languages\nMandarin (HSK 5), German (C1)", ["Mandarin", "HSK 5", "German (C1)"]),
        ("【语文】日文N2、英文中等", ["日文N2", "英文"]),
        ("证书\n2016/12 大学英语六级\n会计从业资格证", ["大学英语六级", "会计从业资格证"]),
        ("技能\nPython for data treatment, Reaper always", ["Python", "Reaper"]),
        ("Skills\nAutomation    : Selenium, TestNG\nOptics\tfemtosecond lasers, interferometry", ["Selenium", "TestNG", "femtosecond lasers", "interferometry"]),
        ("Skills\nHard-working, team player, Excel\nLauterbrunn, 3 November 2026", ["Excel"]),
        ("技能\n吃苦耐劳、Excel、方言能讲三种、十五年", ["Excel"]),
        ("技能\nPython、SQL、飞书\n第 1 页 / 共 2 页", ["Python", "SQL", "飞书"]),
    ],
)  # fmt: skip
def test_items_of_lists(text, claimed):
    assert skills(text) == claimed


@pytest.mark.parametrize(
    ("text", "claimed"),
    [
        ("自我评价\n熟练操作手套箱、旋涂和热蒸镀。", ["手套箱", "旋涂", "热蒸镀"]),
        ("自我评价\n有高压电工证、低压电工证。", ["高压电工证", "低压电工证"]),
        ("自我评价\n英语可以流利接待外宾，日语我没有学过。", ["英语"]),
        ("工作经历\n2019.01-2021.01 北方科技有限公司 运维\n使用 Qingflow 搭建审批", ["Qingflow"]),
        ("技能\n不做：3D建模、React 写代码", []),
        ("Summary\n12 years in SAP MM. No hands-on in SAP FICO.", ["SAP MM"]),
        ("工作经历\n2019.01-2021.01 北方科技有限公司 前端\n后端同学用 Go 写接口", []),
        ("Experience\nSpring and summer 2020 we were shut, flying to Hong Kong.", []),
    ],
)
def test_claims_in_sentences(text, claimed):
    assert skills(text) == claimed


def test_duties_add_no_trades_to_a_full_list_but_tools():
    listed = "技能\nPython、SQL、Java、Redis\n"
    work = "工作经历\n2019.01-2021.01 北方科技有限公司 数据分析师\n负责成本控制、原理图设计，用 Tableau 做看板"
    assert skills(listed + work) == ["Python", "SQL", "Java", "Redis", "Tableau"]
    assert skills("技能\nPython\n" + work) == ["Python", "成本控制", "原理图设计", "Tableau"]
