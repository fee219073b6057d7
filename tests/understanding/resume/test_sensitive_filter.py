import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mianyue.understanding.resume.sensitive_filter import ALLOWED, judge, passage_verdict, topic_verdict

DATA = Path(__file__).parents[3] / "benchmarks" / "understanding" / "data"
ROWS = [
    json.loads(line)
    for name in ("own", "second", "third", "fourth", "fifth")
    for line in (DATA / f"sensitive_{name}.jsonl").read_text(encoding="utf-8").splitlines()
]
PRIVATE = [row["text"] for row in ROWS if row["block"]]
WORK = [row["text"] for row in ROWS if not row["block"]]

IN_CONTEXT = [
    json.loads(line)
    for name in (
        "other_hand",
        "third_hand",
        "fourth_hand",
        "fifth_hand",
        "sixth_hand",
        "seventh_hand",
        "in_context",
        "in_context_second",
        "in_context_third",
        "in_context_fourth",
        "in_context_fifth",
    )
    for line in (DATA / f"sensitive_{name}.jsonl").read_text(encoding="utf-8").splitlines()
]


@pytest.mark.parametrize("text", PRIVATE)
def test_a_private_matter_is_refused(text):
    assert not judge(text).allowed


@pytest.mark.parametrize("text", WORK)
def test_work_that_sounds_alike_passes(text):
    assert judge(text) == ALLOWED


@pytest.mark.parametrize(
    ("text", "word", "kind"),
    [
        ("专业技能\nJava、MySQL\n健康状况：长期使用 CRM 系统致视力下降", "CRM", "health"),
        ("离职原因：数据分析岗被裁撤", "数据分析", "leave_reason"),
        ("技能：Java、乙肝、Python", "乙肝", "health"),
        ("技能：Java、乙肝、Python", "Python", ""),
        ("Skills: SQL, pregnant, Excel", "pregnant", "health"),
        ("負責員工離職面談與離職率分析", "離職面談", ""),
        ("離職原因：與主管理念不合", "主管", "leave_reason"),
        ("政治面貌：中共党员", "党员", "politics"),
        ("智慧党建系统开发", "党建系统开发", ""),
        ("Implemented Visa card payments for banks", "Visa card payments", ""),
        ("On a Tier 2 visa until 2027", "visa", "visa"),
    ],
)
def test_what_stands_around_a_word_decides(text, word, kind):
    start = text.index(word)
    assert judge(text, start, start + len(word)).kind == kind


@pytest.mark.parametrize("row", IN_CONTEXT, ids=lambda row: row["text"][:40])
def test_the_sentence_around_a_skill_decides(row):
    start = row["text"].index(row["span"])
    assert judge(row["text"], start, start + len(row["span"])).allowed is not row["blocked"]


@pytest.mark.parametrize("row", [row for row in IN_CONTEXT if row["blocked"]], ids=lambda row: row["text"][:40])
def test_a_private_sentence_gives_away_nothing_even_where_a_job_asks_for_it(row):
    start = row["text"].index(row["span"])
    assert not judge(row["text"], start, start + len(row["span"]), asked_for=True).allowed


@pytest.mark.parametrize(
    ("text", "skill", "kind"),
    [
        ("While I was on chemo I learned Python.", "Python", "health"),
        ("Built a chemo dosing calculator in Python.", "Python", ""),
        ("Because my visa runs out in May I need Go jobs.", "Go", "visa"),
        ("Wrote the visa form renderer in Go.", "Go", ""),
        ("我怀孕以后一直在家写Java。", "Java", "health"),
        ("负责孕妇产检预约小程序的Java后端。", "Java", ""),
        ("苗族，做过导游", "导游", "ethnicity"),
        ("苗族服饰电商运营，做过导游", "导游", ""),
        ("Nursed cancer patients, trained in wound care.", "wound care", ""),
        ("I am a cancer patient trained in wound care.", "wound care", "health"),
        ("I keep some strange rule of mine, so no DevOps.", "DevOps", "unknown"),
        ("I built the DevOps pipelines.", "DevOps", ""),
    ],
)
def test_one_subject_is_a_state_of_the_writer_or_a_field_of_work(text, skill, kind):
    start = text.index(skill)
    assert judge(text, start, start + len(skill)).kind == kind


@pytest.mark.parametrize("text", ["婚姻状况：已婚", "Religion: Sikh", "因薪资离职", "I was diagnosed with depression"])
def test_the_first_layer_alone_sees_fields_and_what_is_told(text):
    assert passage_verdict(text, 0, len(text)) is not None


@pytest.mark.parametrize("text", ["HPV", "三胎", "H1B", "union", "visa", "征信", "民族", "gay", "薪资", "党员"])
def test_the_second_layer_alone_sees_bare_words(text):
    verdict = topic_verdict(text, 0, len(text))
    assert verdict is not None
    assert verdict.reason == "topic"


@pytest.mark.parametrize(
    "text", ["HPV 疫苗推广", "三胎政策研究", "H1B visa processing software", "union SQL", "民族音乐数据库", "薪资核算"]
)
def test_the_second_layer_lets_pass_what_is_worked_on(text):
    assert topic_verdict(text, 0, len(text)) is None


def test_a_word_that_nothing_shows_to_be_work_passes_only_where_a_job_asks_for_it():
    assert judge("幸福感").kind == "unknown"
    assert judge("幸福感", asked_for=True) == ALLOWED
    assert judge("备孕", asked_for=True).kind == "health"


@pytest.mark.parametrize("text", ["Java", "Spring Boot", "数据分析", "项目管理", "machine learning", "供应链管理", "Photoshop"])
def test_a_plain_skill_passes(text):
    assert judge(text) == ALLOWED


@given(st.text(max_size=60), st.integers(0, 70), st.integers(0, 70))
def test_any_place_of_any_text_has_a_verdict(text, start, end):
    verdict = judge(text, min(start, end), max(start, end))
    assert verdict.allowed == (verdict.kind == "") == (verdict.reason == "")


@given(st.sampled_from(PRIVATE), st.sampled_from(["熟悉 Java、MySQL", "Skills: Kafka", "- 负责订单中心重构"]))
def test_lines_around_it_make_no_private_matter_work(private, line):
    text = f"{line}\n{private}\n{line}"
    start = text.index(private)
    assert not judge(text, start, start + len(private)).allowed
