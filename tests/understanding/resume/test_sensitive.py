import pytest
from hypothesis import given
from hypothesis import strategies as st

from mianyue.understanding.resume.sensitive import kinds, sensitive_spans


def covered(text):
    places = {place for span in sensitive_spans(text) for place in range(span.start, span.end)}
    return "".join(character if place in places else " " for place, character in enumerate(text))


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("婚育状况：已婚未育，计划明年备孕", "family"),
        ("婚 否：是", "family"),
        ("Marital status: married, two children (4 and 7)", "family"),
        ("老公在上海工作，所以想回上海", "family"),
        ("孩子今年 3 岁", "family"),
        ("家中独子，父母年迈需要照顾", "family"),
        ("I am a single mother of two", "family"),
        ("my husband was relocated", "family"),
        ("宗教信仰：天主教", "religion"),
        ("Religion: Sikh", "religion"),
        ("信仰佛教", "religion"),
        ("政治面貌：中共党员", "politics"),
        ("现任公司党支部宣传委员", "politics"),
        ("Memberships: local Green Party branch secretary", "politics"),
        ("shop steward of the metalworkers' union", "union"),
        ("民族：维吾尔族", "ethnicity"),
        ("健康状况：2022 年做过腰椎手术，已康复", "health"),
        ("目前怀孕 5 个月，预产期明年三月", "health"),
        ("去年因焦虑症休养三个月", "health"),
        ("因为生病休息了半年", "health"),
        ("Health: type 1 diabetes, well controlled", "health"),
        ("looking for part-time options while expecting my second child", "health"),
        ("I was diagnosed with depression in 2020", "health"),
        ("出生年月：1994 年 9 月（32 岁）", "birth"),
        ("Date of birth: 16 June 1995 (age 31)", "birth"),
        ("出生于1990年5月", "birth"),
        ("性别：男", "gender"),
        ("身份证号：99999919940919121X", "identity_number"),
        ("110101199003077777", "identity_number"),
        ("Passport no.: X07000032", "identity_number"),
        ("期望薪资（税前）：28K×15 薪", "salary"),
        ("不低于 35K/月", "salary"),
        ("税前年薪 42 万元", "salary"),
        ("离职原因：绩效考核结果存在争议", "leave_reason"),
        ("因举报财务问题与原公司产生劳动仲裁", "leave_reason"),
        ("2021 年因公司裁员离开", "leave_reason"),
        ("Reason for leaving: dispute with line manager over overtime", "leave_reason"),
        ("Left the company because of a conflict with the CEO", "leave_reason"),
        ("空窗期：照顾父母", "gap"),
        ("gap year travelling", "gap"),
        ("家庭住址：南京市某路 1 号", "address"),
        ("有犯罪记录", "crime"),
        ("曾因打架被拘留", "crime"),
        ("个人征信：逾期两次", "credit"),
        ("I need visa sponsorship", "visa"),
        ("身高：178cm", "appearance"),
        ("照片", "photo"),
    ],
)
def test_the_whole_of_what_is_told_is_covered(text, kind):
    assert covered(text) == text
    assert kind in {span.kind for span in sensitive_spans(text)}


@pytest.mark.parametrize(
    "text",
    [
        "负责员工离职面谈与离职率分析",
        "为离职员工办理手续",
        "健康管理平台的后端开发",
        "在客户健康度体系中结合续约",
        "薪酬体系设计、绩效管理",
        "Compensation benchmarking for 40 roles",
        "主导糖尿病管理 App 的产品设计",
        "肿瘤药物临床试验数据分析",
        "手术机器人控制软件",
        "负责婚恋交友平台架构",
        "智慧党建平台前端开发",
        "开发残疾人就业服务平台",
        "民族音乐数据库建设",
        "Worked on cancer research data pipelines",
        "Implemented Visa card payments",
        "Led union-find optimisation",
        "Party planning platform",
        "Location based services in Go",
        "Race condition debugging: fixed",
        "Family office reporting tool",
        "信用卡风控模型，医保与征信系统对接",
        "负责 地址 解析 服务",
        "年龄预测模型，照片墙功能",
        "性能优化使耗时从 30K 次降到 20K 次",
        "2014.09–2018.06  江海大学  大专  自动化",
        "2022 年 3 月起任产品经理",
    ],
)
def test_work_that_only_sounds_alike_is_not_covered(text):
    assert sensitive_spans(text) == []


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("熟悉Java，已婚已育，熟悉Kafka。", "熟悉Java，    ，熟悉Kafka。"),
        ("姓名：张三  性别：男  手机：13800000001", "姓名：张三        手机：13800000001"),
        ("姓名 张三 性别 男 手机 13800000001", "姓名 张三      手机 13800000001"),
        ("张三 | 男 | 28岁 | 本科", "张三 |   |    | 本科"),
        ("婚姻状况\n已婚\n手机\n138", "\n手机\n138"),
        ("家庭成员\n父亲 张三 工人\n母亲 李四 教师\n\n教育背景\n大学", "\n\n教育背景\n大学"),
        ("Health\nasthma\nSkills\nJava", "\nSkills\nJava"),
        ("离职原因：与直属上级在管理理念上存在\n分歧\n专业技能\nVite", "\n专业技能\nVite"),
        ("健康状况：2022 年做过腰椎手术，已康\n复\n离职", "\n离职"),
        ("Memberships: local Green Party branch\nsecretary\nSkills", "\nSkills"),
    ],
)
def test_what_stands_beside_is_left(text, left):
    rest = "".join(
        character if kept == " " or character == "\n" else " " for character, kept in zip(text, covered(text), strict=True)
    )
    assert rest.split() == left.split()


def test_spans_are_sorted_and_of_known_kinds():
    spans = sensitive_spans("民族：回族\n性别：男\n已婚，信佛，党员")
    assert spans == sorted(spans)
    assert {span.kind for span in spans} <= set(kinds())


@given(st.text(max_size=200))
def test_any_text_is_answered_with_places_inside_it(text):
    assert all(0 <= span.start < span.end <= len(text) for span in sensitive_spans(text))


_BLOCKS = st.sampled_from(
    ["熟悉Java，沟通主动。", "婚育状况：已婚", "教育背景", "Skills: Kafka", "- 负责订单中心重构", "宗教信仰\t天主教", "Vue"]
)


@given(st.lists(_BLOCKS, max_size=6), st.lists(_BLOCKS, max_size=6))
def test_a_labelled_field_is_covered_whatever_stands_around_it(before, after):
    field = "健康状况：听力二级残疾，佩戴助听器"
    text = "\n".join([*before, field, *after])
    start = text.index(field)
    assert covered(text)[start : start + len(field)] == field
