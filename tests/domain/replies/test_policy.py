"""What follows from what was understood: nothing that is unclear changes anything."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mianyue.domain.replies.policy import Act, Stage, Standing, Step, decide, state_after
from mianyue.understanding.reply.kind import KINDS, Sort
from mianyue.understanding.reply.said import Mention, Option
from mianyue.understanding.reply.understand import Question, Reply
from mianyue.understanding.reply.window import Window

NOTHING = Reply((), None, (), (), (), (), (), (), (), 0.0)
OFFERED = Standing(Stage.OFFERED, frozenset({1, 2, 3}))
BOOKED = Standing(Stage.BOOKED, frozenset({1}))
START = datetime(2026, 12, 4, 7, tzinfo=UTC)


def window(certainty: float = 0.95) -> Window:
    return Window(START, START + timedelta(hours=3), certainty, True, True, 0)


def reply(*intents: str, **found: object) -> Reply:
    questions = tuple(Question(topic, 0, 1) for topic in found.pop("asks", ()))
    return replace(NOTHING, intents=intents, questions=questions, certainty=0.9, **found)


def person(why: str) -> Step:
    return Step(Act.PERSON, {"why": why})


def which(*numbers: int, **more: object) -> Step:
    return Step(Act.ASK_WHICH, {"numbers": list(numbers), **more})


BOOK_2 = Step(Act.BOOK, {"number": 2})
PICK_2 = reply("pick", pick=2, fits=(2,))
BY_NUMBER = reply("pick", pick=1, fits=(1,), mentions=(Mention(0, 3, option=Option("number", 1)),))
PROPOSE = reply("propose", proposed=(window(),))
MOVE = reply("propose", "reschedule", proposed=(window(),))

CASES = [
    ("a plain pick", PICK_2, OFFERED, [BOOK_2]),
    ("a pick whose time is gone", PICK_2, replace(OFFERED, open=frozenset({1, 3})), [which(why="gone")]),
    ("a pick from times that were all replaced", PICK_2, replace(OFFERED, open=frozenset()), [which(why="gone")]),
    ("a pick when nothing is left", PICK_2, Standing(Stage.LAPSED), [person("gone")]),
    ("a pick by nobody known", PICK_2, replace(OFFERED, trusted=False), [which(2)]),
    ("a pick from times not numbered 1, 2, 3", PICK_2, replace(OFFERED, counted=False), [which(2)]),
    ("a pick of the booked time", reply("pick", pick=1, fits=(1,)), BOOKED, [Step(Act.BOOKED_ALREADY)]),
    ("a number when only the booked time was seen", BY_NUMBER, replace(BOOKED, counted=False), [person("unclear")]),
    ("another of the times than the booked one", PICK_2, BOOKED, [Step(Act.ASK_MOVE)]),
    ("one that fits, not said plainly", reply("pick", fits=(2,)), OFFERED, [which(2)]),
    ("several that fit", reply("pick", fits=(1, 3)), OFFERED, [which(1, 3)]),
    ("fits of which one is gone", reply("pick", fits=(1, 3)), replace(OFFERED, open=frozenset({3})), [which(3)]),
    ("the booked time spoken of", reply("pick", fits=(1,)), BOOKED, [person("unclear")]),
    ("fits and other times too", reply("pick", "propose", fits=(1,), proposed=(window(),)), OFFERED, [which(1)]),
    ("other times", PROPOSE, OFFERED, [Step(Act.SEARCH)]),
    ("other times, not understood for sure", reply("propose", proposed=(window(0.3),)), OFFERED, [person("unclear")]),
    ("other times by nobody known", PROPOSE, replace(OFFERED, trusted=False), [person("untrusted")]),
    ("another time than the booked one", MOVE, BOOKED, [Step(Act.ASK_MOVE)]),
    ("a time beside the booked one", PROPOSE, BOOKED, [Step(Act.ASK_MOVE)]),
    ("a time beside today's", PROPOSE, replace(BOOKED, today=True), [Step(Act.ASK_MOVE), person("today")]),
    ("a time with a tap on other times", PROPOSE, replace(BOOKED, moving=True), [Step(Act.SEARCH)]),
    ("none suits", reply("reschedule"), OFFERED, [Step(Act.OTHER_TIMES)]),
    ("none suits, by nobody known", reply("reschedule"), replace(OFFERED, trusted=False), [person("untrusted")]),
    ("one of three does not suit", reply("reschedule", rejected=(1,)), OFFERED, [which(2, 3)]),
    ("all three do not suit", reply("reschedule", rejected=(1, 2, 3)), OFFERED, [Step(Act.OTHER_TIMES)]),
    ("the booked time does not suit", reply("reschedule", rejected=(1,)), BOOKED, [Step(Act.ASK_MOVE)]),
    ("a question with a fact", reply("question", asks=["where"]), OFFERED, [Step(Act.ANSWER, {"topics": ["where"]})]),
    ("a question without one", reply("question", asks=["other"]), OFFERED, [person("question")]),
    (
        "one of each",
        reply("question", asks=["where", "parking"]),
        OFFERED,
        [Step(Act.ANSWER, {"topics": ["where"]}), person("question")],
    ),
    (
        "a pick and a question",
        replace(PICK_2, intents=("pick", "question"), questions=(Question("where", 0, 1),)),
        OFFERED,
        [BOOK_2, Step(Act.ANSWER, {"topics": ["where"]})],
    ),
    ("stepping back", reply("decline"), OFFERED, [Step(Act.ASK_STEP_BACK), person("decline")]),
    ("late on the day", reply("late"), replace(BOOKED, today=True), [Step(Act.TELL_PANEL, {"why": "late"}), person("late")]),
    ("late on another day", reply("late"), BOOKED, [person("late")]),
    ("late, by nobody known", reply("late"), replace(BOOKED, today=True, trusted=False), [person("late")]),
    (
        "ill on the day",
        reply("ill", "reschedule"),
        replace(BOOKED, today=True),
        [Step(Act.TELL_PANEL, {"why": "ill"}), Step(Act.ASK_MOVE), person("ill")],
    ),
    ("ill before the day", reply("ill"), BOOKED, [Step(Act.ASK_MOVE), person("ill")]),
    (
        "late when it has begun",
        reply("late"),
        Standing(Stage.BEGUN, today=True),
        [Step(Act.TELL_PANEL, {"why": "late"}), person("late")],
    ),
    ("a pick when it is over", PICK_2, Standing(Stage.ENDED), [person("ended")]),
    ("times when what was held has run out", PROPOSE, Standing(Stage.LAPSED), [Step(Act.SEARCH)]),
    ("nothing to act upon", NOTHING, OFFERED, [person("unclear")]),
]


@pytest.mark.parametrize(("said", "standing", "steps"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_what_follows(said, standing, steps):
    assert list(decide(said, standing)) == steps


def test_thanks_are_noted_and_nobody_is_called():
    assert decide(NOTHING, BOOKED, thanks=True) == (Step(Act.NOTED),)
    assert decide(PICK_2, OFFERED, thanks=True) == (BOOK_2,)


CHANGES = {Act.BOOK, Act.SEARCH, Act.OTHER_TIMES}


@given(
    st.builds(
        lambda intents, pick, fits, rejected, proposed, topics: reply(
            *intents, pick=pick, fits=tuple(fits), rejected=tuple(rejected), proposed=tuple(map(window, proposed)), asks=topics
        ),
        st.lists(st.sampled_from(["pick", "propose", "decline", "question", "reschedule", "late", "ill"]), unique=True),
        st.none() | st.integers(1, 3),
        st.sets(st.integers(1, 3)),
        st.sets(st.integers(1, 3)),
        st.lists(st.floats(0, 1), max_size=2),
        st.lists(st.sampled_from(["where", "other", "parking"]), unique=True),
    ),
    st.builds(Standing, st.sampled_from(Stage), st.frozensets(st.integers(1, 3)), st.booleans(), st.booleans(), st.booleans()),
)
def test_whatever_is_said_safety_holds(said, standing):
    steps = decide(said, standing)
    acts = [step.act for step in steps]
    assert steps
    assert sum(act in CHANGES for act in acts) <= 1
    if Act.BOOK in acts:
        assert said.pick in standing.open and standing.trusted and standing.counted and standing.stage is Stage.OFFERED
    if not standing.trusted or standing.stage in (Stage.BEGUN, Stage.ENDED) or "decline" in said.intents:
        assert not CHANGES & set(acts)


@pytest.mark.parametrize(
    ("done", "state"),
    [
        (["booked"], "acted"),
        (["booked", "answered"], "acted"),
        (["booked", "person"], "with_person"),
        (["asked_which"], "asked_back"),
        (["asked_step_back", "person"], "asked_back"),
        (["none_free", "person"], "with_person"),
        (["booked_already"], "nothing"),
        (["noted"], "nothing"),
        (["booked_already", "answered"], "acted"),
    ],
)
def test_state_afterwards(done, state):
    assert state_after(done) == state


LIKENESS = [
    ("schedule", OFFERED, [which(), person("likeness")]),
    ("schedule", replace(OFFERED, moving=True), [person("unclear")]),
    ("schedule", Standing(Stage.LAPSED), [person("unclear")]),
    ("schedule", BOOKED, [person("unclear")]),
    ("decline", OFFERED, [Step(Act.ASK_STEP_BACK), person("decline")]),
    ("decline", BOOKED, [Step(Act.ASK_STEP_BACK), person("decline")]),
    ("decline", Standing(Stage.ENDED), [person("unclear")]),
    ("question", BOOKED, [person("question")]),
    ("other", OFFERED, [person("unclear")]),
]


@pytest.mark.parametrize(("kind", "standing", "steps"), LIKENESS)
def test_what_words_resemble_only_asks_back_and_a_person_sees_it(kind, standing, steps):
    assert list(decide(NOTHING, standing, sort=Sort(kind, 0.6))) == steps
    assert decide(NOTHING, standing, sort=Sort(kind, 0.59)) == (person("unclear"),)


@given(
    sort=st.builds(Sort, st.sampled_from(KINDS), st.floats(0, 1)),
    stage=st.sampled_from(Stage),
    today=st.booleans(),
    trusted=st.booleans(),
    moving=st.booleans(),
)
def test_likeness_never_books_looks_or_moves_and_always_reaches_a_person(sort, stage, today, trusted, moving):
    steps = decide(NOTHING, Standing(stage, frozenset({1, 2, 3}), today=today, trusted=trusted, moving=moving), sort=sort)
    assert {step.act for step in steps} <= {Act.ASK_WHICH, Act.ASK_STEP_BACK, Act.PERSON}
    assert steps[-1].act is Act.PERSON


@pytest.mark.parametrize("said", [PICK_2, PROPOSE, reply("question", asks=("where",)), reply("decline"), reply("late")])
def test_what_the_grammar_read_is_never_overruled_by_likeness(said):
    assert decide(said, OFFERED, sort=Sort("decline", 1.0)) == decide(said, OFFERED)
