"""Words in a language that the grammar doesn't read: asked back or put before a person, and nothing else."""

from __future__ import annotations

import json
import logging
from importlib.resources import files

import pytest

from mianyue.domain.desk.models import Task
from mianyue.domain.interviews.models import Interview
from mianyue.domain.replies.models import Heard
from mianyue.ports import registry
from mianyue.understanding.phrases import bundled
from mianyue.understanding.phrases.encoder import EncoderUnavailable
from mianyue.understanding.reply.kind import KINDS
from mianyue.workflows import reply
from mianyue.workflows.hear import heard_on_page

numpy = pytest.importorskip("numpy")
ANYTHING = "xyzzy blorp quux"


class Knows:
    """An encoder for which whatever is said lies in the direction of one kind."""

    name = "memory"

    def __init__(self, kind: str) -> None:
        weights = json.loads(files("mianyue.understanding").joinpath("reply/kind.json").read_text("utf-8"))
        row, centre = (
            numpy.asarray(numbers[: bundled.DIMENSIONS], dtype="float32")
            for numbers in (weights["matrix"][KINDS.index(kind)], weights["centre"])
        )
        self.vector = centre + 10 * row / numpy.linalg.norm(row)
        self.asked: list[str] = []
        self.failure: EncoderUnavailable | None = None

    def embed(self, texts):
        from django.db import connection

        assert len(connection.savepoint_ids) <= 1  # the test's own transaction, and none of ours
        self.asked += texts
        if self.failure:
            raise self.failure
        return numpy.stack([self.vector] * len(texts))


@pytest.fixture
def knows(settings, monkeypatch):
    """Sets an encoder up that takes everything for one kind."""

    def set_up(kind: str) -> Knows:
        settings.MIANYUE_ENCODER = "memory"
        encoder = Knows(kind)
        monkeypatch.setitem(registry._loaded, ("encoder", "memory"), encoder)
        return encoder

    return set_up


@pytest.fixture
def says(clock):
    def say(person, words) -> Heard:
        visit = person.opens()
        return heard_on_page(visit, words, reply.standing(visit.interview), clock.now())

    return say


def standing(claims) -> tuple:
    interview = Interview.objects.get()
    return interview.state, interview.offering, interview.booked_id, len(claims())


@pytest.mark.parametrize(
    ("kind", "codes"),
    [
        ("schedule", ["asked_which", "person"]),
        ("decline", ["asked_step_back", "person"]),
        ("question", ["person"]),
        ("other", ["person"]),
    ],
)
def test_each_kind_asks_back_or_reaches_a_person_and_changes_nothing(invited, says, knows, claimed, kind, codes):
    candidate, encoder = invited("A039"), knows(kind)
    before = standing(claimed)
    heard = says(candidate, ANYTHING)
    assert [one["code"] for one in heard.done] == codes
    likeness = heard.understood["likeness"]
    assert (likeness["kind"], likeness["method"], likeness["certainty"] >= 0.6) == (kind, "encoder", True)
    assert (standing(claimed), encoder.asked) == (before, [ANYTHING])
    if kind == "schedule":
        assert len(heard.done[0]["times"]) == 3
    assert Task.objects.filter(kind="question", state="open").count() == 1


@pytest.mark.parametrize("words", ["第二个可以", "谢谢，收到", "请问在哪里面试？"])
def test_what_the_grammar_reads_is_no_business_of_an_encoder(invited, says, knows, words):
    candidate, encoder = invited("A039"), knows("decline")
    heard = says(candidate, words)
    assert (encoder.asked, "likeness" in heard.understood) == ([], False)


@pytest.mark.parametrize("reason", ["timeout", "status_401", "other_model", "unreachable"])
def test_an_encoder_that_fails_leaves_everything_as_without_one(invited, says, knows, caplog, reason):
    candidate, encoder = invited("A039"), knows("decline")
    encoder.failure = EncoderUnavailable("It gave no answer.", reason=reason)
    with caplog.at_level(logging.WARNING, "mianyue"):
        heard = says(candidate, ANYTHING)
    assert ([one["why"] for one in heard.done], heard.understood.get("likeness")) == (["unclear"], None)
    assert [ANYTHING in record.getMessage() for record in caplog.records] == [False]


def test_said_once_more_nothing_is_asked_again(invited, says, knows):
    candidate, encoder = invited("A039"), knows("question")
    first = says(candidate, ANYTHING)
    assert says(candidate, ANYTHING).pk == first.pk
    assert encoder.asked == [ANYTHING]


def test_settings_that_are_wrong_are_a_line_in_the_log(invited, says, settings, caplog):
    settings.MIANYUE_ENCODER = "http"
    with caplog.at_level(logging.WARNING, "mianyue"):
        heard = says(invited("A039"), ANYTHING)
    assert [one["why"] for one in heard.done] == ["unclear"]
    assert "MIANYUE_ENCODER_MODEL" in caplog.text


@pytest.mark.skipif(not bundled.available(), reason="the extra embed is not installed")
@pytest.mark.parametrize(
    ("words", "kind"),
    [("Grazie, ma ho già accettato un'altra offerta di lavoro.", "decline"), ("สถานที่สัมภาษณ์อยู่ที่ไหนคะ", "question")],
)
def test_the_bundled_encoder_hears_italian_and_thai(invited, says, settings, words, kind):
    settings.MIANYUE_ENCODER = "bundled"
    assert says(invited("A039"), words).understood["likeness"]["kind"] == kind
