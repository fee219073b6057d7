"""What follows from what was understood: decided from values alone, so that every rule of safety stands in one table."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from mianyue.domain.replies.states import HeardState
from mianyue.understanding.reply.kind import CERTAIN, Sort
from mianyue.understanding.reply.understand import Reply

SURE_ENOUGH = 0.5
"""Below this certainty of a time nothing is looked for; a person reads the words."""

ANSWERABLE = frozenset({"where", "how_long", "bring", "who", "link", "online", "when"})
"""What an interview's facts can answer."""


class Act(StrEnum):
    """What can follow. Only BOOK, SEARCH and OTHER_TIMES change the interview."""

    BOOK = "book"
    BOOKED_ALREADY = "booked_already"
    NOTED = "noted"
    ASK_WHICH = "ask_which"
    SEARCH = "search"
    OTHER_TIMES = "other_times"
    ASK_MOVE = "ask_move"
    ASK_STEP_BACK = "ask_step_back"
    ANSWER = "answer"
    TELL_PANEL = "tell_panel"
    PERSON = "person"


class Stage(StrEnum):
    """How the interview stands, as far as words can still change it."""

    OFFERED = "offered"
    LAPSED = "lapsed"
    BOOKED = "booked"
    BEGUN = "begun"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do; ``facts`` are numbers and codes."""

    act: Act
    facts: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Standing:
    """Where the words meet the interview. Positions count from 1 the times as the candidate saw them.

    ``open`` are the positions that are still on offer just as they were seen, or that of the booked time. ``today``: the booked time
    is on the day on which the words came. ``trusted``: they came from the candidate for sure. ``counted``: the times they saw were
    numbered 1, 2, 3, so that "the second" can mean only one of them. ``moving``: a tap has already said that none of them suits.
    """

    stage: Stage
    open: frozenset[int] = frozenset()
    today: bool = False
    trusted: bool = True
    counted: bool = True
    moving: bool = False


def decide(reply: Reply, standing: Standing, *, thanks: bool = False, sort: Sort | None = None) -> tuple[Step, ...]:
    """The steps to take, in order. Whatever is unclear changes nothing and comes to a person, unless it is ``thanks`` and no more.

    ``sort``: the kind of reply that an encoder takes the words for, where the grammar read nothing.
    """
    intents = set(reply.intents)
    if thanks and not intents:
        return (Step(Act.NOTED),)
    if sort is not None and says_nothing(reply):
        return _by_likeness(sort, standing)
    if "decline" in intents and standing.stage in (Stage.OFFERED, Stage.LAPSED, Stage.BOOKED):
        return Step(Act.ASK_STEP_BACK), _person("decline")
    if intents & {"late", "ill"}:
        return _hindered(intents, standing)
    if standing.stage in (Stage.BEGUN, Stage.ENDED):
        return (_person("question" if reply.questions else "ended"),)
    steps = [*_about_times(reply, standing), *_about_questions(reply)]
    if standing.today and any(step.act is Act.ASK_MOVE for step in steps):
        # Somebody may be on the way already, or only a few minutes late: a recruiter looks before the tap comes.
        steps.append(_person("today"))
    return tuple(steps) or (_person("unclear"),)


def says_nothing(reply: Reply) -> bool:
    """Whether the grammar found nothing to act upon, so that only what the words resemble is left to go by."""
    return not (reply.intents or reply.fits or reply.windows or reply.excluded or reply.rejected or reply.questions)


def state_after(done: Collection[str]) -> HeardState:
    """The state of what was heard once these things (codes) were done."""
    if any(code.startswith("asked_") for code in done):
        return HeardState.ASKED_BACK
    if "person" in done:
        return HeardState.WITH_PERSON
    return HeardState.NOTHING if set(done) <= {"booked_already", "noted"} else HeardState.ACTED


def _by_likeness(sort: Sort, standing: Standing) -> tuple[Step, ...]:
    """What words only resemble asks back at most, and a person sees them in any case: nothing is booked, looked for or moved."""
    if sort.certainty < CERTAIN:
        return (_person("unclear"),)
    if sort.kind == "decline" and standing.stage in (Stage.OFFERED, Stage.LAPSED, Stage.BOOKED):
        return Step(Act.ASK_STEP_BACK), _person("decline")
    if sort.kind == "schedule" and standing.stage is Stage.OFFERED and not standing.moving:
        return Step(Act.ASK_WHICH, {"numbers": []}), _person("likeness")
    return (_person("question" if sort.kind == "question" else "unclear"),)


def _hindered(intents: set[str], standing: Standing) -> tuple[Step, ...]:
    """Late or ill: on the day the panel hears it at once; whoever is ill may move the interview by one tap."""
    why = "ill" if "ill" in intents else "late"
    on_the_day = standing.trusted and standing.today and standing.stage in (Stage.BOOKED, Stage.BEGUN)
    told = [Step(Act.TELL_PANEL, {"why": why})] if on_the_day else []
    move = [Step(Act.ASK_MOVE)] if why == "ill" and standing.stage is Stage.BOOKED else []
    return (*told, *move, _person(why))


def _about_times(reply: Reply, standing: Standing) -> list[Step]:
    booked = standing.stage is Stage.BOOKED
    if reply.pick is not None:
        return [_picked(reply.pick, standing, any(mention.option for mention in reply.mentions))]
    fits = [number for number in reply.fits if number in standing.open]
    if booked and reply.fits:
        # The booked time is spoken of, but not plainly: nobody guesses what about it.
        return [] if reply.questions and not reply.proposed else [_person("unclear")]
    if fits:
        return [Step(Act.ASK_WHICH, {"numbers": fits})]
    if reply.fits:
        return [_instead(standing)]
    if reply.proposed:
        return [_proposed(reply, standing)]
    if "reschedule" not in reply.intents or standing.moving:
        return []
    if booked:
        return [Step(Act.ASK_MOVE)]
    left = sorted(standing.open - set(reply.rejected))
    if left and reply.rejected:
        # 周三不行 says nothing against the others: they are not given up for it.
        return [Step(Act.ASK_WHICH, {"numbers": left})]
    return [Step(Act.OTHER_TIMES) if standing.trusted else _person("untrusted")]


def _picked(number: int, standing: Standing, by_number: bool) -> Step:
    if standing.stage is Stage.BOOKED:
        if by_number and not standing.counted:
            return _person("unclear")
        return Step(Act.BOOKED_ALREADY) if number in standing.open else Step(Act.ASK_MOVE)
    # What was held has run out, or that time is gone: nothing can be booked by words.
    if standing.stage is not Stage.OFFERED or number not in standing.open:
        return _instead(standing)
    sure = standing.trusted and standing.counted
    return Step(Act.BOOK, {"number": number}) if sure else Step(Act.ASK_WHICH, {"numbers": [number]})


def _instead(standing: Standing) -> Step:
    """The time that was meant is gone: what is on offer now is a question, nothing left is a person's."""
    return Step(Act.ASK_WHICH, {"numbers": [], "why": "gone"}) if standing.stage is Stage.OFFERED else _person("gone")


def _proposed(reply: Reply, standing: Standing) -> Step:
    if any(window.certainty < SURE_ENOUGH for window in reply.proposed):
        return _person("unclear")
    if not standing.trusted:
        return _person("untrusted")
    if standing.stage is Stage.BOOKED and not standing.moving:
        # The whole panel has agreed to the booked time: words may ask for another, only a tap gives it up.
        return Step(Act.ASK_MOVE)
    return Step(Act.SEARCH)


def _about_questions(reply: Reply) -> list[Step]:
    topics = list(dict.fromkeys(question.topic for question in reply.questions))
    known = [topic for topic in topics if topic in ANSWERABLE]
    answer = [Step(Act.ANSWER, {"topics": known})] if known else []
    return [*answer, _person("question")] if len(known) < len(topics) else answer


def _person(why: str) -> Step:
    return Step(Act.PERSON, {"why": why})
