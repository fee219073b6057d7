import random

import pytest

from training.tagger.__main__ import WORDS, sentences
from training.tagger.grammar import Grammar


@pytest.fixture
def grammar(tmp_path):
    def written(text):
        (tmp_path / "words.txt").write_text(text, "utf-8")
        return Grammar(tmp_path)

    return written


def test_entities_are_labelled_by_character(grammar):
    sentence = grammar("[sentence]\n任<ORG:org><TITLE:title>。\n[org]\n某<kind>\n[kind]\n厂\n[title]\n长\n").sentence(
        random.Random(1)
    )
    assert (sentence.text, sentence.labels) == ("任某厂长。", ("O", "B-ORG", "E-ORG", "S-TITLE", "O"))


def test_an_entity_inside_another_is_part_of_it(grammar):
    sentence = grammar("[sentence]\n<ORG:org>\n[org]\n<LOC:place>厂\n").sentence(random.Random(1))
    assert set(sentence.labels) == {"B-ORG", "M-ORG", "E-ORG"} or set(sentence.labels) == {"B-ORG", "E-ORG"}


def test_weights_options_and_characters(grammar):
    rules = grammar("[sentence]\n9* <a?>甲\n1* 乙\n[a]\n@12\n")
    chance = random.Random(7)
    drawn = [rules.sentence(chance).text for _ in range(1000)]
    assert set(drawn) == {"甲", "1甲", "2甲", "乙"}
    assert 60 < drawn.count("乙") < 150
    assert 380 < drawn.count("甲") < 520


def test_a_rule_that_nobody_wrote_is_named(grammar):
    with pytest.raises(KeyError, match=r"\[sentence\] names <compnay>"):
        grammar("[sentence]\n<compnay>\n")


def test_the_same_seed_writes_the_same():
    assert sentences(50, 3) == sentences(50, 3) != sentences(50, 4)


def test_every_label_is_complete():
    for sentence in sentences(500, 11):
        assert len(sentence.text) == len(sentence.labels)
        for label, following in zip(sentence.labels, (*sentence.labels[1:], "O"), strict=True):
            border, _, kind = label.partition("-")
            assert following[:1] in ("M", "E") if border in ("B", "M") else following[:1] in ("B", "S", "O")
            assert border not in ("B", "M") or following[2:] == kind


def test_every_rule_is_used():
    rules = Grammar(WORDS).rules
    reached, todo = set(), ["sentence"]
    while todo:
        name = todo.pop()
        if name not in reached:
            reached.add(name)
            todo += [piece.text for alternative in rules[name].alternatives for piece in alternative if piece.rule]
    assert set(rules) - reached == set()
