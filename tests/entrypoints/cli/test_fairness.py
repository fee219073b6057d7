"""``mianyue fairness``: what it says is what docs/cli.md documents."""

import pytest


@pytest.mark.slow
def test_the_sample_is_fair_and_told_as_documented(mianyue, imported, documented):
    said = mianyue("fairness", "--job", "J002", "--json")
    assert said.code == 0
    assert set(said.json) == set(documented["fairness"])
    assert set(said.json["groups"]["name"]) == set(documented["fairness"]["groups"]["name"])
    assert (said.json["largest"], said.json["differing"]) == (0.0, [])
    assert "largest difference is 0.0000" in mianyue("fairness", "--job", "J002").out


def test_an_unknown_job_is_named(mianyue):
    assert mianyue("fairness", "--job", "nonsense").code == 1
