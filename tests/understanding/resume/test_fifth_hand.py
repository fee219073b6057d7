"""What a fifth hand's résumés taught: numbers shared with a chat, names anywhere, jobs out of order, in tables and sentences; a row each."""

import pytest

from mianyue.understanding.resume.facts import read_facts
from tests.understanding.resume.jobs_told import TODAY, jobs_told


@pytest.mark.parametrize(
    "text",
    [
        "电话（微信同号）：13900007101",
        "电话（同微信）：13900007101",
        "微信同步 13900007101",
        "手机/微信：13900007101",
        "电话/微信：13900007101",
        "微信/电话：13900007101",
        "Tel (WeChat same): 13900007101",
        "WeChat/phone 13900007101",
        "139 0000 7101（微信同号）",
    ],
)
def test_a_number_that_is_also_a_chat_account(text):
    assert read_facts(f"董一鸣\n{text}").mobile.value == "+8613900007101"


def test_an_account_with_the_form_of_a_number_is_no_telephone():
    assert read_facts("董一鸣\n微信：13900007101").mobile is None


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("麥詠詩 MAK Wing Sze\n電話：5123 4502", "麥詠詩"),
        ("我是溫若蘋，一九九七年生於台南。", "溫若蘋"),
        ("我叫扎西多吉，今年34岁，想应聘导游。", "扎西多吉"),
        ("My name is Vikram Thirunal and I am writing about the post.", "Vikram Thirunal"),
        ("技能\nFigma\n广州 · 天河\n\n简书瑶\nJIAN SHUYAO\nUI设计师", "简书瑶"),
        ("教育\n2014–2018 本科\n\n联系\n花蓓蕾  女  1996\n手机 13900007101", "花蓓蕾"),
        ("您好，我想应聘行政。\n此致\n敬礼\n施美琳\n2026年11月1日", "施美琳"),
        ("申请人：柏一鸣　　出生：1999年2月", "柏一鸣"),
    ],
)
def test_names(text, name):
    assert read_facts(text).name.value == name


@pytest.mark.parametrize("text", ["广州 · 天河\n运营", "安徽人\n运营", "畢業後，我進了公司", "速卖通与 Shopee 两个平台"])
def test_what_is_no_name(text):
    found = read_facts(text).name
    assert found is None or found.confidence < 0.6


@pytest.mark.parametrize("text", ["紧急联系人\n王强  男  1960", "证明人：周立  男  45岁"])
def test_somebody_elses_name_beside_sex_and_age(text):
    assert read_facts(text).name is None or read_facts(text).name.confidence < 0.6


def test_a_product_in_a_sidebar_is_no_name():
    text = "SKILLS\nAutodesk Revit\nAutoCAD\n\nCONTACT\ntara.okafor@example.com\n\nTARA OKAFOR\nBIM Coordinator"
    assert read_facts(text).name.value == "TARA OKAFOR"


@pytest.mark.parametrize(
    ("text", "jobs"),
    [
        (
            "技能\nExcel、PPC\n\n2020.03–2023.05\n跨境电商运营，宁波桥越进出口有限公司\n每天回复客户邮件。",
            [("宁波桥越进出口有限公司", "跨境电商运营")],
        ),
        (
            "教育\n江南大学 本科 2012.09-2016.06\n\n2018.07-2022.08\n总账会计，合肥天成建材有限公司",
            [("合肥天成建材有限公司", "总账会计")],
        ),
        ("教育\n2012.09-2016.06\n江南大学，工商管理，本科", []),
        (
            "Positions\nFrom\tTo\tPosition\tInstitution\nFeb 2023\tpresent\tAssociate Researcher\tTaihu Materials Laboratory",
            [("Taihu Materials Laboratory", "Associate Researcher")],
        ),
        (
            "工作经历\n开始时间\t结束时间\t单位\t职位\n2018.05\t至今\t洛阳恒力轴承有限公司\t设备主管",
            [("洛阳恒力轴承有限公司", "设备主管")],
        ),
        (
            "毕业后，2019年8月我进了高雄晨光广告股份有限公司当广告文案，写过饮料和建案。2022年3月底离开。",
            [("高雄晨光广告股份有限公司", "广告文案")],
        ),
        ("2018年3月来到昆山正峰电子厂，一直干到现在，还是维修电工，带两个徒弟。", [("昆山正峰电子厂", "维修电工")]),
        ("2014年8月到2019年12月在拉萨雪莲国际旅行社做导游，带团很多。", [("拉萨雪莲国际旅行社", "导游")]),
        (
            "In January 2017 I joined Sundara Textiles Private Limited in Coimbatore as Supply Chain Manager and stayed until August 2026.",
            [("Sundara Textiles Private Limited", "Supply Chain Manager")],
        ),
        (
            "工作经历\n2022.08-至今  天津启明机械有限公司  语文教师兼班主任",
            [("天津启明机械有限公司", "语文教师"), ("天津启明机械有限公司", "班主任")],
        ),
        ("工作经历\n苏州朗维生物科技股份有限公司  法务部  2023/01-至今\n法务主管", [("苏州朗维生物科技股份有限公司", "法务主管")]),
    ],
)
def testjobs_told(text, jobs):
    assert jobs_told(text) == jobs


def test_the_years_of_jobs_told_in_sentences():
    text = (
        "2019年8月我进了高雄晨光广告股份有限公司当文案，2022年3月底离开。\n2022年4月起，我在台南禾日选品有限公司担任行销企划至今。"
    )
    assert read_facts(text, today=TODAY).years.value == "7.3"


def test_a_student_assistant_worked_beside_studies():
    text = "Work experience\n01/10/2012 – 31/03/2014\nStudent assistant\nHarzer Maschinenbau AG, Goslar"
    assert [job.internship for job in read_facts(text, today=TODAY).jobs] == [True]


@pytest.mark.parametrize(
    ("text", "school", "degree"),
    [
        ("我2011年从阜县职业高级中学毕业，学的是机电。", "阜县职业高级中学", "secondary"),
        ("Education\nPhD, Chemistry\tDelta University of Science\t2016–2020", "Delta University of Science", "doctor"),
        ("Education\nEscola Superior de Design do Tejo\nBA Design\n2014 – 2017", "Escola Superior de Design do Tejo", "bachelor"),
        ("2012年6月自竹塹科技大學電子工程系畢業，取得學士學位。", "竹塹科技大學", "bachelor"),
    ],
)
def test_studies(text, school, degree):
    facts = read_facts(text, today=TODAY)
    assert (facts.school.value, facts.degree.value) == (school, degree)


@pytest.mark.parametrize(
    ("text", "skills"),
    [
        ("技能\n仪器：HPLC、LC-MS/MS、DLS（冷冻电镜操作由平台完成，本人不会）", {"HPLC", "LC-MS/MS", "DLS"}),
        ("证书\nBEC中级、教师资格证", {"BEC中级", "教师资格证"}),
        ("技能\nPhotoshop、剪映、Excel\n没做过直播带货。", {"Photoshop", "剪映", "Excel"}),
        ("Languages\nArabic\tmother tongue\nEnglish\tC2\nFrench\tB2", {"Arabic", "English", "French"}),
        ("Techniques\nStructure\tXRD, SEM\nNot done myself\tsynchrotron", {"XRD", "SEM"}),
        ("自我评价\n熟悉湖北、湖南、江西三省三级医院与经销商", set()),
        ("技能\nPython（pandas、NumPy）、SQL；兴趣爱好 吉他", {"Python", "pandas", "NumPy", "SQL"}),
        ("我有低压电工证，去年复审过。高压电工证没有。", {"低压电工证"}),
    ],
)
def test_skills(text, skills):
    assert {fact.value for fact in read_facts(text, today=TODAY).skills if fact.confidence >= 0.6} == skills
