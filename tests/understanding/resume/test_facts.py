import pytest
from hypothesis import given
from hypothesis import strategies as st

from mianyue.understanding.resume.facts import read_facts


def value(fact):
    return fact.value if fact else None


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("个人简历\n姓 名：张三丰    性 别：男\n", "张三丰"),
        ("简历\n欧阳明\n产品经理\n", "欧阳明"),
        ("施 俊\n软件工程师 | 5年经验\n", "施俊"),
        ("李雷的个人简历\n求职意向：前端开发\n", "李雷"),
        ("应聘岗位：高级工程师\n高明\n电话：13800000001", "高明"),
        ("求职意向：高级会计\n基本信息\n高级会计师\n王芳\n教育背景\n", "王芳"),
        ("照片\n高级产品经理\n上海 | 5年\n周杰\n", "周杰"),
        ("刘洋 男 1990年生 13800000001", "刘洋"),
        ("何婷婷_Java开发_3年\n", "何婷婷"),
        ("猎头推荐简历 | 候选人：孙悟 | 职位：Java 工程师", "孙悟"),
        ("姓名\t韩梅梅\t性别\t女\n紧急联系人姓名\t李四", "韩梅梅"),
        ("姓名：迪丽热巴·迪力木拉提\n民族：维吾尔族", "迪丽热巴·迪力木拉提"),
        ("姓名：乜㛃\n", "乜㛃"),
        ("赵敏 (Min Zhao)\nminzhao@example.com\n", "赵敏"),
        ("吕志远    手机：0086-13800000014    邮箱：zhiyuan.lv80@example.com\n", "吕志远"),
        ("自我评价\n熟悉Java\n工作经历\n2020.01-至今 某某公司 工程师\n教育背景\n某大学\n基本信息\n钱学\n", "钱学"),
        ("JOHN SMITH\nSenior Software Engineer\n123 Main Street, Boston\n", "JOHN SMITH"),
        ("RESUME\n\nMaria de la Cruz\nMarketing Manager", "Maria de la Cruz"),
        ("Curriculum Vitae – Anna-Lena Müller\nBerlin\n", "Anna-Lena Müller"),
        ("Lebenslauf\nLukas Weber\nlukas.weber@example.at\nWien", "Lukas Weber"),
        ("Photo\nTomás O'Brien\nSales Manager DACH\n", "Tomás O'Brien"),
        ("Tomás Brien\n", "Tomás Brien"),
        ("Name: Wei Chen\nCompany name: Foo Ltd\n", "Wei Chen"),
        ("First name: Xiaoming\nLast name: Chen\n", "Xiaoming Chen"),
        ("Senior Data Analyst\nContact Details\nJane Doe\njane@example.com", "Jane Doe"),
        ("Dr. Petra Novak, PhD\nPrincipal Scientist", "Petra Novak"),
        ("教育背景\n江海大学\n工作经历\n", None),
        ("Work Experience\nSoftware Engineer\nMachine Learning\n", None),
        ("", None),
    ],
)
def test_the_name_is_found(text, name):
    assert value(read_facts(text).name) == name


@pytest.mark.parametrize(
    ("text", "mobile"),
    [
        ("手机：１３８０００００００６", "+8613800000006"),
        ("手机\t0086-13800000007\t邮箱\tx@example.com", "+8613800000007"),
        ("电话：010-88888888  手机：138-0000-0001", "+8613800000001"),
        ("13800000001 | a@example.cn", "+8613800000001"),
        ("13800000001 13900000002", "+8613800000001"),
        ("Mobile: +493023125001", "+493023125001"),
        ("Phone +1 415 555 0100", "+14155550100"),
        ("紧急联系人：王某 13900000000\n手机：13800000001", "+8613800000001"),
        ("身份证号：110101199003077777", None),
        ("QQ：1380000000 微信号：13800000001a", None),
        ("2014.09–2018.06 江海大学\n2018-2022", None),
        ("支撑日均 12000000 次调用", None),
    ],
)
def test_the_mobile_number_is_found(text, mobile):
    assert value(read_facts(text).mobile) == mobile


@pytest.mark.parametrize(
    ("text", "email"),
    [
        ("邮箱：elif.lindqvist15@example.cn", "elif.lindqvist15@example.cn"),
        ("邮箱：ａ.ｂ＠example.com", "a.b@example.com"),
        ("E-mail: a.b @ example.com", "a.b@example.com"),
        ("E-mail: katharina.brandlhuber22@\nexample.org\nLocation: Graz", "katharina.brandlhuber22@example.org"),
        ("E-mail: katharina.brandlhuber22@example.or\ng\nLocation: Graz", "katharina.brandlhuber22@example.org"),
        ("References: boss@corp.example\nE-mail: me@example.org", "me@example.org"),
        ("yuyan.dou91(at)example.cn", None),
    ],
)
def test_the_address_is_found(text, email):
    assert value(read_facts(text).email) == email


def test_a_fact_says_where_and_how_it_was_found():
    text = "个人简历\n姓　名：施　俊\n手机：１３８０００００００６"
    facts = read_facts(text)
    assert text[facts.name.start : facts.name.end] == "施　俊"
    assert (facts.name.value, facts.name.method, facts.name.confidence) == ("施俊", "label", 0.99)
    assert text[facts.mobile.start : facts.mobile.end] == "１３８０００００００６"


@given(st.text(max_size=200))
def test_any_text_is_answered(text):
    facts = read_facts(text)
    for fact in (facts.name, facts.email, facts.mobile):
        assert fact is None or (0 <= fact.start < fact.end <= len(text) and 0 < fact.confidence < 1)
