"""``mianyue plan``: made, looked at and sent from the command line, as docs/cli.md says."""

import pytest


@pytest.fixture(scope="module")
def planned(mianyue, imported):
    return mianyue("plan", "--all", "--seconds", "20", "--json")


def test_a_plan_is_told_as_documented_and_holds_nothing(mianyue, planned, documented):
    example = documented["plan"]
    assert set(planned.json) == set(example)
    assert set(planned.json["options"][0]) == set(example["options"][0])
    assert set(planned.json["options"][0]["options"][0]) == set(example["options"][0]["options"][0])
    assert (planned.json["plan"], planned.json["state"], planned.json["placed"], planned.json["more_possible"]) == (
        1,
        "ready",
        37,
        0,
    )
    assert planned.json["shares"] == {"3": 37}
    assert mianyue("status", "--json").json["claims"] == {}


def test_it_says_in_one_sentence_what_hr_wants_to_know(mianyue, planned):
    said = mianyue("plan", "1").out.splitlines()
    assert said[0] == "Plan 1 (ready): 37 of 37 placed; at most 0 more are possible."
    assert said[-1] == "Nothing is held yet. Send it: mianyue plan 1 --send"


def test_sent_once_and_then_no_more(mianyue, planned, mailbox):
    sent = mianyue("plan", "1", "--send", "--json")
    assert (sent.code, sent.json["state"], sent.json["invited"]) == (0, "sent", 37)
    assert len(mailbox.received) >= 36  # one candidate is reached by text message only
    again = mianyue("plan", "1", "--send")
    assert (again.code, again.out) == (1, "")
    assert "→" in again.err
    assert mianyue("plan", "--all").code == 1  # nobody waits any more


@pytest.mark.parametrize(
    ("arguments", "code"), [((), 2), (("1", "--all"), 2), (("--all", "--send"), 2), (("99",), 1), (("--all", "--options", "4"), 2)]
)
def test_wrong_usage_is_said(mianyue, planned, arguments, code):
    told = mianyue("plan", *arguments)
    assert (told.code, told.out) == (code, "")
    assert told.err
