"""No sentence of the console is left without Chinese words, and no Chinese words without a sentence."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.extract import extract_python
from babel.messages.pofile import read_po
from django.utils.translation.template import templatize

import mianyue.entrypoints.console as console
from mianyue.base.errors import MianyueError
from mianyue.domain.desk.models import Task
from mianyue.domain.interviews.models import Interview, Option, Seat
from mianyue.domain.interviews.states import InterviewState
from mianyue.domain.notices.models import Delivery
from mianyue.domain.notices.purposes import Purpose
from mianyue.domain.notices.staff.purposes import StaffPurpose
from mianyue.domain.plans.models import Plan
from mianyue.domain.recruiting.models import Application, Job, Resume, Round
from mianyue.entrypoints.console import words
from mianyue.scheduling.facts import Loosened, Why
from mianyue.scheduling.relax import MOVABLE
from mianyue.workflows import watch
from mianyue.workflows.invite import HINDERING

HERE = Path(console.__file__).parent
CALLS = {
    **dict.fromkeys(("_", "gettext", "gettext_lazy", "gettext_noop")),
    "ngettext": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
}


def sentences() -> set[str]:
    found = set()
    for path in [*HERE.rglob("*.py"), *HERE.rglob("*.html")]:
        source = path.read_text(encoding="utf-8")
        source = templatize(source) if path.suffix == ".html" else source
        for _line, call, message, _comments in extract_python(BytesIO(source.encode()), CALLS, [], {}):
            parts = message if isinstance(message, tuple) else (message,)
            spoken = parts[-1] if call.startswith("p") else parts[0]
            found |= {spoken} if spoken else set()
    return found


def test_every_sentence_is_translated():
    with (HERE / "locale/zh_Hans/LC_MESSAGES/django.po").open("rb") as file:
        catalogue = read_po(file, locale="zh_Hans")
    # The words of django-unfold's own pages stand at the end, under a comment of their own.
    source = (HERE / "locale/zh_Hans/LC_MESSAGES/django.po").read_text(encoding="utf-8")
    _ours, _, unfold = source.partition("# Words of django-unfold's own pages")
    known = {
        message.id[0] if isinstance(message.id, tuple) else message.id for message in catalogue if message.id and message.string
    }
    with_translation = {message for message in known if f'msgid "{message}"' not in unfold}
    assert sentences() == with_translation
    assert [(message.id, errors) for message, errors in catalogue.check()] == []


@pytest.mark.parametrize(
    ("said", "codes"),
    [
        (words.INTERVIEW_STATES, InterviewState.values),
        (words.STATE_TONES, InterviewState.values),
        (words.PLAN_STATES, Plan.State.values),
        (words.PLAN_TONES, Plan.State.values),
        (words.RESULTS, Interview.Result.values),
        (words.OPTION_STATES, [*dict(Option._meta.get_field("state").choices)]),
        (words.SEAT_ANSWERS, Seat.Answer.values),
        (words.APPLICATION_STATES, Application.State.values),
        (words.MODES, Round.Mode.values),
        (words.FAMILIES, Job.Family.values),
        (words.PURPOSES, [*Purpose, *StaffPurpose]),
        (words.DELIVERY_STATES, Delivery.State.values),
        (words.DELIVERY_TONES, Delivery.State.values),
        (words.TASKS, Task.Kind.values),
        (words.RESUME_PROBLEMS, Resume.Problem.values),
        (words.EXCLUDED, [*Why]),
        (words.MOVED, MOVABLE),
        (words.LOOSENED, {*Loosened} - {Loosened.MOVED}),
        (words.TIMERS, [*watch.FIRE]),
    ],
)
def test_every_code_has_words_and_no_other(said, codes):
    assert set(said) == set(codes)


def test_what_hinders_an_invitation_has_words():
    assert set(HINDERING) <= set(words.PROBLEMS)


def test_a_code_without_words_is_shown_and_not_hidden():
    assert words.of(words.ACTS, "comet.seen") == "comet.seen"


def test_errors_say_what_happened_in_the_reader_s_language():
    from django.utils import translation

    class Refusal(MianyueError):
        code = "refused"

    refused = Refusal("A001 is active, not passed.", "Record the result first.")
    with translation.override("en"):
        assert words.error(refused) == "A001 is active, not passed. Record the result first."
    with translation.override("zh-hans"):
        assert words.error(refused) == "当前状态下无法执行，未做任何更改。"
