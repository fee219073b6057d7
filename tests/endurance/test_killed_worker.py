"""A worker killed at any moment: nothing promised is lost, nothing is said twice without being marked so."""

from __future__ import annotations

import random
import time

import pytest

STATES = "SELECT state, count(*) FROM notices_delivery GROUP BY state"


def _run(installation, company_of, sink, *, notices: int, kills: int, seed: int) -> None:
    chance = random.Random(seed)
    company_of(notices)
    sink.delay = 0.01
    worker = installation.start_worker()
    installation.wait_until(lambda: bool(installation.rows("SELECT 1 FROM procrastinate_workers")), 30, "the worker lives")
    installation.mianyue("invite", "--all")
    for _ in range(kills):
        time.sleep(chance.uniform(0.05, 1.2))
        installation.kill(worker)
        worker = installation.start_worker()
    settled = lambda: {state for state, _ in installation.rows(STATES)} <= {"accepted", "unknown", "failed"}  # noqa: E731
    installation.wait_until(settled, 120, "every letter has left or is known to be unclear")

    [(applications,)] = installation.rows("SELECT count(*) FROM recruiting_application")
    assert applications == notices
    per_candidate = installation.rows("SELECT recipient_id, channel, count(*) FROM notices_notice GROUP BY 1, 2")
    assert len(per_candidate) == notices
    assert {count for _, _, count in per_candidate} == {1}

    sent = installation.rows(
        "SELECT n.id, bool_or(d.repeats_unknown), count(*) FROM notices_notice n JOIN notices_delivery d ON d.notice_id = n.id GROUP BY 1"
    )
    arrived = {str(key).strip("<>").partition("@")[0]: count for key, count in sink.arrived.items()}
    assert set(arrived) == {str(notice) for notice, _, _ in sent}
    assert max(arrived.values()) <= 2
    repeated = {str(notice) for notice, repeats, _ in sent if repeats}
    assert {notice for notice, count in arrived.items() if count > 1} <= repeated

    interviews = installation.rows("SELECT id FROM interviews_interview WHERE state = 'offered'")
    assert len(interviews) == notices
    followed = installation.rows("SELECT count(*) FROM timers_timer WHERE kind = 'follow_up' AND state = 'pending'")
    assert followed == [(notices,)]
    orphans = installation.rows(
        "SELECT count(*) FROM interviews_claim c JOIN interviews_interview i ON i.id = c.interview_id"
        " WHERE c.state = 'hold' AND i.state NOT IN ('offered', 'tentative')"
    )
    assert orphans == [(0,)]


def test_every_candidate_has_one_notice_after_two_kills(installation, company_of, sink):
    _run(installation, company_of, sink, notices=60, kills=2, seed=1)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(5))
def test_every_candidate_has_one_notice_after_many_kills(installation, company_of, sink, seed):
    _run(installation, company_of, sink, notices=200, kills=8, seed=seed)


@pytest.mark.slow
def test_mail_server_down_loses_nothing(installation, company_of, sink):
    company_of(10)
    sink.refuse = True
    worker = installation.start_worker()
    installation.mianyue("invite", "--all")
    installation.wait_until(
        lambda: len(installation.rows("SELECT 1 FROM notices_delivery WHERE state = 'failed'")) >= 10, 60, "it was tried in vain"
    )
    assert sink.arrived == {}
    sink.refuse = False
    installation.wait_until(lambda: len(sink.arrived) == 10, 90, "the letters arrive after all")
    assert set(sink.arrived.values()) == {1}
    worker.terminate()
    assert worker.wait(30) == 0
