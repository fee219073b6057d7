"""Sentences of executives' biographies and of job-seekers, and what must be read in them; all people and companies are invented."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from importlib.resources import files

import pycrfsuite
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mianyue.understanding.resume.tagger import tag
from mianyue.understanding.resume.tagger.features import features
from mianyue.understanding.resume.tagger.tag import entities, spans


def read(sentence):
    return [(entity.label, sentence[entity.start : entity.end]) for entity in entities(sentence)]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "沈嘉禾先生，1971年6月出生，中国国籍，无境外永久居留权，硕士研究生学历，高级经济师。",
            [("NAME", "沈嘉禾"), ("CONT", "中国国籍"), ("EDU", "硕士研究生学历"), ("TITLE", "高级经济师")],
        ),
        (
            "1994年至2003年历任绍兴第三棉纺织厂技术员、设备科副科长、副厂长；",
            [("ORG", "绍兴第三棉纺织厂"), ("TITLE", "技术员"), ("TITLE", "设备科副科长"), ("TITLE", "副厂长")],
        ),
        ("现任公司董事兼总经理。", [("ORG", "公司"), ("TITLE", "董事"), ("TITLE", "总经理")]),
        (
            "曾任湖南省财政厅企业处副处长，长沙银河会计师事务所主任会计师",
            [("ORG", "湖南省财政厅"), ("TITLE", "企业处副处长"), ("ORG", "长沙银河会计师事务所"), ("TITLE", "主任会计师")],
        ),
        (
            "毕业于西北轻工业大学食品工程专业，本科学历",
            [("ORG", "西北轻工业大学"), ("PRO", "食品工程专业"), ("EDU", "本科学历")],
        ),
        (
            "厦门大学管理学院教授、博士生导师，法学博士",
            [
                ("ORG", "厦门大学管理学院"),
                ("TITLE", "教授"),
                ("TITLE", "博士生导师"),
                ("PRO", "法学"),
                ("EDU", "博士"),
            ],
        ),
        ("汉族，中共党员，", [("RACE", "汉族"), ("TITLE", "中共党员")]),
        ("2019.03-2022.08 杭州麦穗网络科技有限公司 高级产品经理", [("ORG", "杭州麦穗网络科技有限公司"), ("TITLE", "高级产品经理")]),
        (
            "我叫顾一鸣，现就职于成都蓝鲸软件有限公司，担任测试工程师",
            [
                ("NAME", "顾一鸣"),
                ("ORG", "成都蓝鲸软件有限公司"),
                ("TITLE", "测试工程师"),
            ],
        ),
        ("最近三年未受过证券交易所公开谴责", []),
        ("负责客户的开发与维护，完成年度销售指标", []),
        ("", []),
    ],
)
def test_the_entities_of_a_sentence(sentence, expected):
    assert read(sentence) == expected


def test_width_and_figures_make_no_difference():
    wide = "２００９年３月至２０１２年５月，任无锡长青电子（集团）有限公司财务部经理；"
    narrow = "2009年3月至2012年5月,任无锡长青电子(集团)有限公司财务部经理;"
    assert entities(wide) == entities(narrow) != []
    assert features("1998年，") == features("2003年,")


def test_each_entity_is_as_sure_as_its_least_sure_character():
    sentence = "曾任东山煤业公司研究所副所长，民盟青年书画组成员"
    tagger, model = pycrfsuite.Tagger(), files("mianyue.understanding.resume.tagger").joinpath(tag.MODEL).read_bytes()
    tagger.open_inmemory(model)
    tagger.set(features(sentence))
    labels = tagger.tag()
    by_character = [tagger.marginal(label, place) for place, label in enumerate(labels)]
    found = entities(sentence)
    assert [entity.confidence for entity in found] == [min(by_character[entity.start : entity.end]) for entity in found]
    assert any(max(by_character[entity.start : entity.end]) > entity.confidence + 0.01 for entity in found)


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet=st.sampled_from("张伟任在公司局长大学博士 ,。、;(12年A\u3400\u0301\n😀"), max_size=60))
def test_any_text_is_answered(text):
    found = entities(text)
    assert all(0 <= entity.start < entity.end <= len(text) for entity in found)
    assert all(before.end <= after.start for before, after in zip(found, found[1:], strict=False))


def test_what_is_longer_than_any_sentence_is_not_read():
    assert entities("现任公司总经理，" * 60) == []


def test_a_piece_that_never_ends_is_no_entity():
    assert list(spans(["B-ORG", "M-ORG", "O", "S-NAME", "B-ORG", "E-TITLE", "B-EDU", "E-EDU"])) == [("NAME", 3, 4), ("EDU", 6, 8)]


def test_the_model_is_small_and_stands_in_the_package():
    model = files("mianyue.understanding.resume.tagger").joinpath(tag.MODEL)
    assert 0 < len(model.read_bytes()) <= 2_000_000


def test_threads_do_not_disturb_each_other():
    several = [
        f"{year}年至今任{town}长青电子有限公司财务部经理、董事会秘书" for year in range(1990, 2020) for town in ("无锡", "宁波")
    ]
    alone = [entities(sentence) for sentence in several]
    with ThreadPoolExecutor(4) as threads:
        assert list(threads.map(entities, several)) == alone


def test_nothing_is_loaded_before_it_is_needed():
    code = (
        "import sys; from mianyue.understanding.resume.facts import read_facts;"
        "print(sorted({'rjieba', 'pycrfsuite'} & set(sys.modules)))"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "[]"
