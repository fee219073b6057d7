"""What a program may ask, and what it hears."""

import json

import pytest

from mianyue.domain.interviews.models import Claim, Interview
from mianyue.domain.notices.models import Notice
from mianyue.domain.plans.models import Part, Plan
from mianyue.domain.security.actor import SYSTEM
from mianyue.domain.security.models import JournalEntry
from mianyue.workflows import plan
from mianyue.workflows.tell import describe_plan
from mianyue.workflows.tokens import make_token, revoke_token

INVITATIONS = "/api/v1/invitations"
RECOMMENDATION = "/api/v1/applications/A039/recommendation"
RESULT = "/api/v1/applications/A039/result"
PLANS = "/api/v1/plans"
EXAMPLE = ["2026-12-02T14:00:00+08:00", "2026-12-03T10:00:00+08:00", "2026-12-04T15:00:00+08:00"]


def post(client, path: str, **body):
    return client.post(path, body, content_type="application/json")


def test_recommendation_is_the_example_of_the_requirements(company, program):
    answer = program.get(RECOMMENDATION)
    assert answer.status_code == 200
    told = answer.json()
    assert set(told) == {"application_id", "state", "options", "problem", "relaxations"}
    assert [option["start"] for option in told["options"]] == EXAMPLE
    assert (told["state"], told["problem"], Claim.objects.count()) == ("possible", None, 0)
    assert program.get(RECOMMENDATION, {"earliest": "2026-12-03", "days": "5"}).json()["options"][0]["start"] >= "2026-12-03"


def test_recommendation_with_the_next_round_says_when_it_follows(company, program):
    path = "/api/v1/applications/A019/recommendation"
    told = program.get(path, {"with_next": "back-to-back", "earliest": "2026-12-02"}).json()
    assert (told["options"][0]["start"], len(told["options"])) == ("2026-12-02T10:00:00+08:00", 3)
    assert all([option["end"]] == [time["start"] for time in option["then"]] for option in told["options"])
    alone = program.get(path).json()
    assert set(told) == set(alone)
    assert {key for option in told["options"] for key in option} - set(alone["options"][0]) == {"then"}
    assert set(told["options"][0]["then"][0]) == set(alone["options"][0]) - {"reasons"}
    assert (program.get(path, {"with_next": "next-week"}).status_code, Claim.objects.count()) == (422, 0)
    refused = program.get(RECOMMENDATION, {"with_next": "same-day"})
    assert (refused.status_code, refused.json()["error"]["code"]) == (409, "refused")


def test_invitation_is_sent_once_and_the_program_is_in_the_journal(company, program, mail, sms):
    first = post(program, INVITATIONS, application_ids=["A039"]).json()
    assert [option["start"] for option in first[0]["options"]] == EXAMPLE
    again = post(program, INVITATIONS, application_ids=["A039"])
    assert again.json() == first
    assert (Interview.objects.count(), Notice.objects.count()) == (1, 1)
    entry = JournalEntry.objects.get(act="interview.offered")
    assert (entry.actor_kind, entry.actor_id) == ("program", "payroll")


def test_dry_run_promises_nothing(company, program):
    rows = post(program, INVITATIONS, job_id="J001", dry_run=True).json()
    assert rows and all(row["state"] in ("possible", "none") for row in rows)
    assert (Interview.objects.count(), Notice.objects.count()) == (0, 0)


def test_result_twice_is_the_result_once(company, program, mail, sms):
    post(program, INVITATIONS, application_ids=["A039"])
    first, again = (post(program, RESULT, result="rejected") for _ in range(2))
    assert first.json() == {"application_id": "A039", "result": "rejected", "state": "rejected", "changed": True}
    assert (again.status_code, again.json()) == (200, first.json() | {"changed": False})
    closing = [post(program, RESULT, result="rejected", closing_letter=True).json()["closing_letter_sent"] for _ in range(2)]
    assert closing == [True, False]
    assert JournalEntry.objects.filter(act="application.rejected").count() == 1


@pytest.mark.parametrize(
    ("path", "body", "status", "code"),
    [
        (INVITATIONS, {"application_ids": ["A999"]}, 404, "not_found"),
        (INVITATIONS, {"job_id": "J999"}, 404, "not_found"),
        ("/api/v1/applications/A999/result", {"result": "passed"}, 404, "not_found"),
        (RESULT, {"result": "passed"}, 409, "refused"),
        (INVITATIONS, {}, 422, "not_understood"),
        (INVITATIONS, {"everyone": True, "job_id": "J001"}, 422, "not_understood"),
        (INVITATIONS, {"everyone": True, "days": 0}, 422, "not_understood"),
        (INVITATIONS, {"everyone": True, "earliest": "tomorrow"}, 422, "not_understood"),
        (INVITATIONS, {"application_ids": "A039"}, 422, "not_understood"),
        (RESULT, {"result": "excellent"}, 422, "not_understood"),
        (RESULT, {"result": "rejected", "hire": True}, 422, "not_understood"),
        (RESULT, {"result": "passed", "closing_letter": True}, 422, "not_understood"),
    ],
)
def test_errors_have_a_status_a_code_and_a_next_step(company, program, path, body, status, code):
    answer = post(program, path, **body)
    assert answer.status_code == status
    assert list(answer.json()) == ["error"]
    assert answer.json()["error"]["code"] == code
    assert all(answer.json()["error"][key] for key in ("message", "hint"))
    assert Interview.objects.count() == 0


@pytest.mark.parametrize("query", ["days=0", "days=-3", "days=251", "days=many", "earliest=tomorrow"])
def test_recommendation_refuses_a_horizon_that_is_none(company, program, query):
    assert program.get(f"{RECOMMENDATION}?{query}").status_code == 422


def test_body_that_is_no_json_is_refused(company, program):
    answer = program.post(INVITATIONS, "{", content_type="application/json")
    assert (answer.status_code, list(answer.json())) == (400, ["error"])


def test_before_any_import_the_door_says_what_to_do(program, now):
    answer = program.get(RECOMMENDATION)
    assert (answer.status_code, answer.json()["error"]["code"]) == (404, "not_found")


@pytest.mark.parametrize(
    "headers", [{}, {"Authorization": "Bearer nonsense"}, {"Authorization": "Basic cGF5cm9sbDp4"}, {"Authorization": "Bearer "}]
)
def test_without_a_key_nothing_is_told_and_nothing_done(company, stranger, headers):
    for answer in (
        stranger.get(RECOMMENDATION, headers=headers),
        stranger.post(INVITATIONS, {"everyone": True}, content_type="application/json", headers=headers),
    ):
        assert answer.status_code == 401
        assert answer.json()["error"]["code"] == "no_key"
        assert "mianyue token" in answer.json()["error"]["hint"]
    assert Interview.objects.count() == 0


def test_key_that_was_replaced_or_revoked_opens_nothing(company, program, stranger, now):
    new = make_token("payroll", SYSTEM, now)
    assert program.get(RECOMMENDATION).status_code == 401
    assert stranger.get(RECOMMENDATION, headers={"Authorization": f"Bearer {new}"}).status_code == 200
    revoke_token("payroll", SYSTEM, now)
    assert stranger.get(RECOMMENDATION, headers={"Authorization": f"Bearer {new}"}).status_code == 401


def test_recruiters_session_opens_the_api_and_writing_needs_the_pages_token(company, recruiter, mail, sms):
    assert recruiter.get(RECOMMENDATION).status_code == 200
    forged = post(recruiter, INVITATIONS, application_ids=["A039"])
    assert (forged.status_code, Interview.objects.count()) == (403, 0)
    own = recruiter.post(
        INVITATIONS, {"application_ids": ["A039"]}, content_type="application/json", headers={"X-CSRFToken": recruiter.csrf}
    )
    assert (own.status_code, Interview.objects.count()) == (200, 1)
    assert JournalEntry.objects.get(act="interview.offered").actor_kind == "user"


def test_somebody_who_is_no_recruiter_is_a_stranger(company, stranger, django_user_model):
    stranger.force_login(django_user_model.objects.create_user("visitor"))
    assert stranger.get(RECOMMENDATION).status_code == 401


def searched(number: int, now) -> None:
    for part in Part.objects.filter(plan__number=number):
        plan.search(part.pk, now)


def test_plan_is_begun_searched_and_sent(company, program, now):
    begun = post(program, PLANS, application_ids=["A039", "A001"], options=2, seconds=5)
    told = begun.json()
    assert (begun.status_code, told["state"], told["applications"], told["more_possible"]) == (200, "searching", 2, None)
    searched(told["plan"], now)
    found = program.get(f"{PLANS}/{told['plan']}").json()
    assert found == json.loads(json.dumps(describe_plan(Plan.objects.get())))
    assert (found["state"], found["placed"], found["shares"]) == ("ready", 2, {"2": 2})
    assert [row["application_id"] for row in found["options"]] == ["A001", "A039"]
    sending = post(program, f"{PLANS}/{told['plan']}/send").json()
    assert (sending["state"], sending["invited"], Interview.objects.count()) == ("sending", 0, 0)
    entry = JournalEntry.objects.get(act="plan.sending")
    assert (entry.actor_kind, entry.actor_id) == ("program", "payroll")
    plan.go_on_sending(Plan.objects.get().pk, SYSTEM, now)
    sent = program.get(f"{PLANS}/{told['plan']}").json()
    assert (sent["state"], sent["invited"], Interview.objects.count()) == ("sent", 2, 2)


def test_plan_is_stopped_and_discarded_once(company, program):
    number = post(program, PLANS, everyone=True, days=2).json()["plan"]
    assert post(program, f"{PLANS}/{number}/stop").json()["state"] == "searching"
    assert post(program, f"{PLANS}/{number}/discard").json()["state"] == "discarded"
    for act in ("stop", "send", "discard"):
        answer = post(program, f"{PLANS}/{number}/{act}")
        assert (answer.status_code, answer.json()["error"]["code"]) == (409, "somebody_was_first")


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        (PLANS, {}, 422),
        (PLANS, {"everyone": True, "options": 4}, 422),
        (PLANS, {"everyone": True, "seconds": 0}, 422),
        (PLANS, {"application_ids": ["A999"]}, 404),
        (f"{PLANS}/99/send", {}, 404),
        (f"{PLANS}/99/explode", {}, 422),
    ],
)
def test_plan_that_can_t_be_is_refused(company, program, path, body, status):
    answer = post(program, path, **body)
    assert (answer.status_code, list(answer.json())) == (status, ["error"])
    assert not Plan.objects.exists()


def test_nobody_to_plan_for_is_refused(company, program):
    post(program, INVITATIONS, application_ids=["A039"])
    answer = post(program, PLANS, application_ids=["A039"])
    assert (answer.status_code, answer.json()["error"]["code"]) == (409, "nothing_to_plan")


def test_plans_are_not_for_strangers(company, stranger):
    answers = (
        stranger.post(PLANS, {"everyone": True}, content_type="application/json"),
        stranger.get(f"{PLANS}/1"),
        stranger.post(f"{PLANS}/1/send"),
    )
    assert [answer.status_code for answer in answers] == [401, 401, 401]
