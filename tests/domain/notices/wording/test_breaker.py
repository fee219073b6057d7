"""A writer that keeps failing is left alone for a minute, and then one worker tries."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from mianyue.domain.notices.wording.breaker import MOST_IN_A_ROW, REST, Health

NOW = datetime(2026, 12, 1, tzinfo=UTC)


def after(outcomes: str, health: Health | None = None) -> Health:
    health = health or Health()
    for outcome in outcomes:
        health = health.after(outcome == "+", NOW)
    return health


@pytest.mark.parametrize(
    ("outcomes", "open_"),
    [
        ("", False),
        ("----", False),
        ("-----", True),
        ("----+----", False),
        ("+-" * 10, False),
        ("-+" * 10, False),
        ("-+" * 9 + "--", True),
        ("+--" * 6 + "+-", True),
        ("+" * 40, False),
        ("--+" * 6, False),
    ],
)
def test_when_it_opens(outcomes, open_):
    assert (after(outcomes).opened_at is not None) == open_


def test_one_is_let_through_after_the_rest():
    health = after("-" * MOST_IN_A_ROW)
    assert health.may_ask(NOW)[0] is False
    assert health.may_ask(NOW + REST - timedelta(seconds=1))[0] is False
    allowed, trying = health.may_ask(NOW + REST)
    assert allowed
    assert trying.may_ask(NOW + REST)[0] is False, "two were let through"
    assert trying.may_ask(NOW + 2 * REST)[0] is True, "the one who tried has died"


def test_an_answer_closes_it_and_a_failure_keeps_it_open():
    _, trying = after("-" * MOST_IN_A_ROW).may_ask(NOW + REST)
    assert trying.after(True, NOW + REST) == Health()
    again = trying.after(False, NOW + REST)
    assert again.may_ask(NOW + REST + timedelta(seconds=59))[0] is False
    assert again.may_ask(NOW + 2 * REST)[0] is True
