"""A requirement in other words than the résumé's: half met, and never named."""

from mianyue.adapters.encoders.memory import MemoryEncoder
from mianyue.understanding.match.meets import meets
from mianyue.understanding.match.requirements import requirements
from mianyue.understanding.phrases.likeness import Likeness
from mianyue.understanding.resume.facts import read_facts

RESUME = "张伟\n\n专业技能\n卖货主播、Java\n\n工作经历\n2020.01-2024.01 示例公司 主播\n"
WANTED = requirements(["live product shows", "Java", "curing skins"], "")


def match(encoder=None):
    return meets(WANTED, RESUME, read_facts(RESUME), Likeness(encoder) if encoder else None)


def test_likeness_is_said_counts_half_and_is_never_shown():
    plain, alike = match(), match(MemoryEncoder([("卖货主播", "live product shows")]))
    assert [(one.met, one.by_likeness) for one in plain.judged] == [("not_shown", False), ("met", False), ("not_shown", False)]
    assert [(one.met, one.by_likeness) for one in alike.judged] == [("partly", True), ("met", False), ("not_shown", False)]
    place = alike.judged[0].places[0]
    assert RESUME[place.start : place.end] == "卖货主播"
    assert alike.score > plain.score
    assert [one.keyword for one in alike.shown] == [one.keyword for one in plain.shown] == ["Java"]


def test_an_encoder_that_finds_everything_alike_gives_no_name_to_a_letter():
    shown = match(MemoryEncoder([("卖货主播", "java", "live product shows", "curing skins")])).shown
    assert [one.keyword for one in shown] == ["Java"]


def test_an_encoder_is_asked_only_about_what_the_table_did_not_find():
    encoder = MemoryEncoder()
    meets(requirements(["Java"], ""), RESUME, read_facts(RESUME), Likeness(encoder))
    assert encoder.asked == []
