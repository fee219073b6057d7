"""Letters tell their facts and nothing else: unchanged ones are read back in every language, changed ones are refused by name."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from benchmarks.understanding import letters
from mianyue.domain.notices.compose import compose
from mianyue.domain.notices.facts import OptionFact, Recipient
from mianyue.domain.notices.guard import GuardRefused
from mianyue.domain.notices.render import render
from mianyue.domain.notices.wording.commission import WORDABLE, language_of
from mianyue.domain.notices.wording.frame import same_frame
from mianyue.domain.notices.wording.kept import kept, taken_out
from mianyue.domain.notices.wording.placed import passages_of, placed
from mianyue.domain.notices.wording.read_back import READABLE, ReadBackRefused, read_back
from mianyue.understanding.wording.suggestion import Suggestion
from mianyue.workflows.word import finished

READERS = [
    ("zh-CN", "Asia/Shanghai"),
    ("zh-CN", "Europe/Vienna"),
    ("zh-SG", "UTC"),
    ("en", "Europe/Vienna"),
    ("en-US", "America/New_York"),
    ("en-AU", "Asia/Kolkata"),
    ("en-CA", "America/St_Johns"),
    ("de", "Etc/GMT+5"),
]
SUGGESTION = Suggestion("感谢您关注我们的岗位。", "我们想听您讲讲 Kafka 与微服务。", "如有任何问题，请直接回信。")


def refusal(letter, facts, purpose="invitation") -> str:
    with pytest.raises(ReadBackRefused) as refused:
        read_back(letter, facts, purpose, language_of(facts))
    return refused.value.check


@pytest.mark.parametrize("mode", ["onsite", "video"])
@pytest.mark.parametrize(("language", "zone"), READERS)
@pytest.mark.parametrize("purpose", sorted(READABLE))
def test_every_letter_is_read_back(purpose, language, zone, mode, onsite):
    facts = replace(onsite, mode=mode, recipient=Recipient("唐浩然", language, zone))
    read_back(render(compose(facts, purpose)), facts, purpose, language_of(facts))


@pytest.mark.parametrize("part", ["text", "html"])
@pytest.mark.parametrize(
    ("old", "new", "check"),
    [
        ("14:00–15:00", "14:00–16:00", "back_times"),
        ("12 月 2 日 周三", "12 月 9 日 周三", "back_times"),
        ("12 月 2 日 周三", "12 月 2 日 周四", "back_times"),
        ("12 月 1 日 周二 18:00", "12 月 1 日 周二 19:00", "back_times"),
        ("北京时间", "东京时间", "back_zone"),
        ("北京时间", "格林尼治标准时间", "back_zone"),
        ("唐浩然", "唐浩燃", "back_facts"),
        ("后端开发工程师", "后端开发工程狮", "back_facts"),
        ("云杉路 1 号", "云杉路 7 号", "back_facts"),
        ("李四", "季四", "back_facts"),
        ("纸质简历 1 份", "纸质简历 2 份", "back_facts"),
        ("https://m.example.com/o1", "https://m.example.com/o2", "back_options"),
        ("https://m.example.com/p7", "https://evil.example/p7", "back_links"),
        ("请在", "请\u200b在", "back_characters"),
        ("14:00", "１4:00", "back_characters"),
        ("Kafka", "Каfka", "back_characters"),
    ],
)
def test_a_changed_letter_is_refused(part, old, new, check, onsite):
    letter = render(compose(onsite, "invitation"))
    changed = replace(letter, **{part: getattr(letter, part).replace(old, new)})
    assert changed != letter
    assert refusal(changed, onsite) == check


@pytest.mark.parametrize(("old", "new"), [("07:00–08:00", "07:00–08:00 PM"), ("Vienna time", "London time")])
def test_a_changed_english_letter_is_refused(old, new, abroad):
    letter = render(compose(abroad, "invitation"))
    assert refusal(replace(letter, text=letter.text.replace(old, new)), abroad) in ("back_times", "back_zone", "back_options")


def test_options_whose_rooms_differ_keep_their_rooms(onsite):
    options = tuple(replace(option, room_name=f"会议室 {letter}") for option, letter in zip(onsite.options, "ABC", strict=True))
    facts = replace(onsite, options=options, chosen=None)
    letter = render(compose(facts, "invitation"))
    read_back(letter, facts, "invitation", "zh")
    exchanged = letter.text.replace("会议室 A", "\0").replace("会议室 B", "会议室 A").replace("\0", "会议室 B")
    assert refusal(replace(letter, text=exchanged), facts) == "back_options"


def test_a_room_that_is_called_like_a_number_or_a_time_is_read_back(onsite):
    for room in ("2", "15:30 厅", "12 月 5"):
        facts = replace(onsite, options=tuple(replace(option, room_name=room) for option in onsite.options), round_name="8:30 晨面")
        read_back(render(compose(facts, "invitation")), facts, "invitation", "zh")


def test_a_time_in_the_hidden_line_counts(onsite):
    letter = render(compose(onsite, "invitation"))
    head, middle, rest = letter.html.partition("已为您保留至 12 月 1 日 周二 18:00")
    assert middle
    assert refusal(replace(letter, html=f"{head}已为您保留至 12 月 1 日 周二 17:00{rest}"), onsite) == "back_times"


def test_letters_in_a_language_without_a_reader_are_refused(onsite):
    with pytest.raises(ReadBackRefused):
        read_back(render(compose(onsite, "invitation")), onsite, "invitation", "ja")


@pytest.mark.parametrize("purpose", WORDABLE)
def test_a_worded_letter_is_its_template_with_three_sentences(purpose, onsite):
    letter = finished(onsite, purpose, "zh", SUGGESTION, onsite.keywords)
    template = render(compose(onsite, purpose))
    added = [line for line in letter.text.splitlines() if line not in template.text.splitlines()]
    expected = list(passages_of(SUGGESTION, purpose))
    assert [line for line in added if line not in ("想邀请您参加「后端开发工程师」的一面。",)] == expected
    assert letter.subject == template.subject


@pytest.mark.parametrize(
    ("closing", "error", "check"),
    [
        ("12 月 8 日 周二 15:00–16:00 也可以。", GuardRefused, "stray_time"),
        ("请打 138 0000 1234。", GuardRefused, "phone"),
        ("时间都按（东京时间）。", ReadBackRefused, "back_zone"),
        ("请直接回信\u200b。", ReadBackRefused, "back_characters"),
        ("李四也会来。", ReadBackRefused, "back_facts"),
        ("会议室 B 见。", ReadBackRefused, "back_facts"),
        ("请直接回信。\n地点　　别处", ReadBackRefused, "back_frame"),
    ],
)
def test_even_a_sentence_that_slipped_past_its_own_rules_is_stopped(closing, error, check, onsite):
    suggestion = replace(SUGGESTION, closing=closing)
    with pytest.raises(error) as refused:
        finished(onsite, "invitation", "zh", suggestion, onsite.keywords)
    assert refused.value.check == check


def test_a_placed_letter_that_lost_a_line_is_noticed(onsite):
    template = compose(onsite, "invitation")
    worded = placed(template, onsite, SUGGESTION)
    shorter = replace(worded, blocks=tuple(block for block in worded.blocks if type(block).__name__ != "Quiet"))
    passages = passages_of(SUGGESTION, "invitation")
    first, instead = template.blocks[1].line[0], "想邀请您参加「后端开发工程师」的一面。"
    assert same_frame(render(worded), render(template), passages, first, instead)
    assert not same_frame(render(shorter), render(template), passages, first, instead)


def test_markup_in_a_suggestion_could_not_become_markup(onsite):
    letter = render(placed(compose(onsite, "invitation"), onsite, replace(SUGGESTION, closing="<b>x</b>")))
    assert "&lt;b&gt;x" in letter.html
    assert "<b>" not in letter.html


def test_kept_facts_are_the_facts(onsite, abroad):
    for facts in (
        onsite,
        replace(abroad, held_until=None, chosen=None, place=None),
        replace(onsite, options=(OptionFact(1, onsite.interval),)),
    ):
        assert taken_out(json.loads(json.dumps(kept(facts)))) == facts


def test_six_hundred_changed_letters_are_refused_and_unchanged_ones_are_not():
    figures = letters.run(600)
    assert (figures["passed"], figures["unchanged_refused"]) == ([], [])
    kinds = figures["kinds"]
    assert set(kinds) == set(letters.MUTATIONS)
    # The two that look at the facts alone, without comparing with the template, miss few.
    assert sum(counts["either"] for counts in kinds.values()) > 0.88 * 600


@pytest.mark.slow
def test_ten_thousand_changed_letters_are_refused():
    figures = letters.run(10_000, seed=1)
    assert (figures["passed"], figures["unchanged_refused"]) == ([], [])
