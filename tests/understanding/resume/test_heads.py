"""Heads of résumés as templates and job boards print them: heads.txt has the name above each, in the other file nobody is named."""

from pathlib import Path

import pytest

from mianyue.understanding.resume.facts import read_facts

HERE = Path(__file__).parent
HEADS = [block.partition("\n")[::2] for block in (HERE / "heads.txt").read_text("utf-8").removeprefix("### ").split("\n### ")]
NAMELESS = (HERE / "heads_without_a_name.txt").read_text("utf-8").split("\n\n")


def sure_name(text):
    name = read_facts(text).name
    return name.value if name and name.confidence >= 0.6 else None


@pytest.mark.parametrize(("name", "head"), HEADS)
def test_the_name_is_found(name, head):
    assert sure_name(head) == name


@pytest.mark.parametrize("head", NAMELESS)
def test_nobody_is_named_for_sure(head):
    assert sure_name(head) is None


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Work experience\nLoader, Northgate Stores, 2018 - 2022\ndaniel.kowalski@example.com", "Daniel Kowalski"),
        ("山田太郎\n東京都\nソフトウェアエンジニア", "山田太郎"),
        ("安宁\n四川成都", "安宁"),
        ("Skills\nTrail mapping\nHugo Blanchard", "Hugo Blanchard"),
    ],
)
def test_a_name_that_a_person_should_confirm(text, name):
    found = read_facts(text).name
    assert found.value == name
    assert found.confidence < 0.6


def test_of_a_name_in_two_scripts_the_chinese_one_counts():
    assert sure_name("求职简历\nRESUME\n薛之遥\nXUE ZHIYAO") == "薛之遥"


@pytest.mark.parametrize(
    "theirs", ["证明人：周立  男  45岁", "References\nMs Amy Wong\nHR Manager", "Referees\nJohn Smith\nManager, Acme Ltd"]
)
def test_a_referee_is_never_the_candidate(theirs):
    assert sure_name(theirs) is None
    assert sure_name(f"韩知夏\n13900001111\n\n{theirs}") == "韩知夏"
