"""The journey of an application on the command line: import, look, invite, judge. The tests build on one another."""

import json
import re

import pytest

from tests.conftest import SAMPLE

OPTION = {"start", "end", "interviewers", "shadow", "room_id", "predicted_day", "reasons"}
ROW = {"application_id", "state", "options", "problem", "relaxations"}
INSTANT = r"2026-12-\d\dT\d\d:\d\d:00[+-]\d\d:\d\d"


@pytest.fixture(scope="module")
def imported(mianyue):
    dry = mianyue("import", SAMPLE, "--dry-run", "--json")
    first = mianyue("import", SAMPLE, "--json")
    return dry, first, mianyue("import", SAMPLE, "--json")


def test_import_says_what_it_did_and_again_changes_nothing(imported):
    dry, first, again = imported
    assert [done.code for done in imported] == [0, 0, 0]
    assert set(first.json) == {"dry_run", "changes", "tables", "problems", "replanned"}
    assert (dry.json["dry_run"], first.json["dry_run"]) == (True, False)
    assert dry.json["changes"] == first.json["changes"] > 400
    assert again.json["changes"] == 0
    assert dry.json["tables"] == first.json["tables"]
    assert {"employees", "jobs", "applications", "rooms"} <= set(first.json["tables"])
    assert {"read"} < set(first.json["tables"]["employees"])


def test_import_names_file_row_and_column_of_every_problem(imported):
    problems = imported[1].json["problems"]
    expected = json.loads((SAMPLE / "expected_problems.json").read_text(encoding="utf-8"))
    assert sorted(problem["code"] for problem in problems) == sorted(problem["code"] for problem in expected)
    assert {"file", "row", "column", "code", "severity", "message", "done"} <= set(problems[0])
    assert set(problems[0]["message"]) == {"zh-CN", "en"}


def test_no_progress_bar_in_a_pipe(imported):
    assert {done.err for done in imported} == {""}


def test_recommend_is_the_example_of_the_requirements_and_promises_nothing(mianyue, imported):
    done = mianyue("recommend", "A039", "--json")
    assert done.code == 0
    assert set(done.json) == ROW
    assert (done.json["application_id"], done.json["state"], done.json["problem"]) == ("A039", "possible", None)
    assert [option["start"] for option in done.json["options"]] == [
        "2026-12-02T14:00:00+08:00",
        "2026-12-03T10:00:00+08:00",
        "2026-12-04T15:00:00+08:00",
    ]
    assert all(set(option) == OPTION for option in done.json["options"])
    assert all(reason["code"] for option in done.json["options"] for reason in option["reasons"])
    assert mianyue("status", "--json").json["claims"] == {}


def test_dry_run_shows_everybodys_times_and_sends_nothing(mianyue, imported, mailbox):
    rows = mianyue("invite", "--all", "--dry-run", "--json").json
    assert len(rows) == 40
    assert sum(len(row["options"]) == 3 for row in rows) == 37
    assert mailbox.received == []
    assert mianyue("status", "--json").json["interviews"] == {}


@pytest.fixture(scope="module")
def ahead(mianyue, imported):
    """When two rounds of an application fit on one day, as a document and as plain lines."""
    asked = ("recommend", "A019", "--with-next", "back-to-back")
    return mianyue(*asked, "--json").json, mianyue(*asked).out


def test_recommend_with_the_next_round_shows_both_and_promises_nothing(mianyue, ahead):
    told, printed = ahead
    assert (set(told), told["state"], len(told["options"])) == (ROW, "possible", 3)
    assert all(set(option) == OPTION | {"then"} for option in told["options"])
    lines = [
        line
        for number, option in enumerate(told["options"], 1)
        for line in (
            f"   {number}. {option['start']} – {option['end'][11:16]}  {'+'.join(option['interviewers'])}",
            *(f"      {o['start']} – {o['end'][11:16]}  {'+'.join(o['interviewers'])}  {o['room_id']}" for o in option["then"]),
        )
    ]
    assert printed.splitlines() == ["A019       possible", *lines]
    assert len(lines) == 6
    assert mianyue("status", "--json").json["claims"] == {}


def test_recommend_with_the_next_round_is_refused_where_there_is_none(mianyue, imported):
    done = mianyue("recommend", "A039", "--with-next", "same-day", "--json")
    assert (done.code, done.json["error"]["code"]) == (1, "refused")
    assert "J002 has no round after 1" in done.json["error"]["message"]
    assert mianyue("recommend", "A019", "--with-next", "tomorrow").code == 2


def test_days_of_a_year_that_is_not_announced_are_told_to_be_predicted(mianyue, imported):
    asked = ("recommend", "A039", "--earliest", "2026-12-28", "--days", "20")
    told, printed = mianyue(*asked, "--json").json, mianyue(*asked).out
    predicted = [option["start"] >= "2027" for option in told["options"]]
    assert [option["predicted_day"] for option in told["options"]] == predicted
    assert [{"code": "predicted_day"} in option["reasons"] for option in told["options"]] == predicted
    assert printed.count("that it is worked is predicted") == sum(predicted)
    in_january = mianyue("recommend", "A039", "--earliest", "2027-01-04", "--json").json["options"]
    assert [option["predicted_day"] for option in in_january] == [True, True, True]
    ahead = mianyue("recommend", "A019", "--earliest", "2027-01-04", "--with-next", "same-day", "--json").json["options"]
    assert [one["predicted_day"] for option in ahead for one in (option, *option["then"])] == [True] * 2 * len(ahead)
    assert ahead and [option["reasons"] for option in ahead] == [[{"code": "predicted_day"}]] * len(ahead)


def test_days_are_shown_as_announced_by_notice_and_as_predicted_without(mianyue, imported, tmp_path):
    shown = mianyue("days").out.splitlines()
    assert shown[:3] == [
        "国办发明电〔2025〕7号, 2025-11-04",
        "  2026-01-01 Thu  statutory_holiday  元旦 New Year's Day",
        "  2026-01-02 Fri  bridge_day_off     元旦 New Year's Day",
    ]
    assert "  2026-01-04 Sun  make_up_workday    元旦 New Year's Day" in shown
    next_year = mianyue("days", "--year", "2027").out.splitlines()
    assert next_year[1] == "  2027-01-01 Fri  statutory_holiday  元旦 New Year's Day  (predicted)"
    assert "until 2026-12-31" in next_year[-1]
    abroad = mianyue("days", "--country", "DE-BE", "--json").json
    assert (abroad["last_announced"], abroad["days"][1]["name"]["en"], abroad["days"][1]["announced"]) == (
        None,
        "Women's Day",
        True,
    )
    refused = mianyue("days", "--country", "XX", "--json")
    assert (refused.code, refused.json["error"]["code"]) == (1, "unknown_country")


def test_a_companys_own_file_of_notices_counts_and_one_that_cannot_be_read_stops_the_command(mianyue, imported, tmp_path):
    own = tmp_path / "own.toml"
    own.write_text(
        '[[notice]]\nyear = 2027\nnumber = "测试"\ndays = [["元旦", "01-01..01-03", "01-01", "01-09"]]', encoding="utf-8"
    )
    told = mianyue("days", "--year", "2027", "--json", MIANYUE_HOLIDAY_NOTICES=str(own)).json
    assert [(day["day"], day["kind"], day["announced"]) for day in told["days"][:4]] == [
        ("2027-01-01", "statutory_holiday", True),
        ("2027-01-02", "weekend", True),
        ("2027-01-03", "weekend", True),
        ("2027-01-09", "make_up_workday", True),
    ]
    stopped = mianyue("days", "--json", MIANYUE_HOLIDAY_NOTICES=str(tmp_path / "nowhere.toml"))
    assert (stopped.code, stopped.json["error"]["code"]) == (1, "notices_unreadable")


@pytest.fixture(scope="module")
def short(mianyue, imported):
    """Within the first three days, the example's application has one time only."""
    return mianyue("recommend", "A039", "--days", "3", "--json").json, mianyue("recommend", "A039", "--days", "3").out


def test_fewer_times_than_wanted_come_with_what_would_give_more(short):
    told, printed = short
    assert len(told["options"]) == 1
    first = told["relaxations"][0]
    (step,) = first["steps"]
    assert step["what"] == "moved"
    assert f"? moved {step['who']} {step['start']}: {first['starts']} more starts, the first {first['example']['start']}" in printed


@pytest.fixture(scope="module")
def invited(mianyue, imported, short):
    return mianyue("invite", "--all", "--json")


def test_invite_prints_per_application_what_became_of_it_and_the_letters_leave(invited, mailbox, home):
    assert (invited.code, invited.err) == (0, "")
    rows = invited.json
    assert all(set(row) == ROW for row in rows)
    assert [row["application_id"] for row in rows] == sorted(row["application_id"] for row in rows)
    for option in (option for row in rows for option in row["options"]):
        assert set(option) == OPTION
        assert re.fullmatch(INSTANT, option["start"]) and re.fullmatch(INSTANT, option["end"])
        assert option["interviewers"] and all(re.fullmatch(r"E\d+", code) for code in option["interviewers"])
    problems = {row["application_id"]: row["problem"] for row in rows if row["problem"]}
    assert {frozenset(problem) for problem in problems.values()} == {frozenset({"code", "message", "hint", "facts"})}
    assert len(rows) - len(problems) == 37
    # One of them has no e-mail address that works: the letter goes to the mobile.
    assert (len(mailbox.received), len(list((home / "sandbox" / "sms").glob("*.json")))) == (36, 1)


def test_inviting_again_changes_nothing_and_shows_what_is_on_offer(mianyue, invited, mailbox):
    again = mianyue("invite", "--application", "A039", "--json").json
    assert again == [row for row in invited.json if row["application_id"] == "A039"]
    assert again[0]["state"] == "offered"
    assert len(mailbox.received) == 36


def test_status_counts_by_state(mianyue, invited):
    told = mianyue("status", "--json").json
    assert set(told) == {
        "now",
        "worker_alive",
        "applications",
        "interviews",
        "claims",
        "deliveries",
        "open_tasks",
        "timers_pending",
        "timers_overdue",
    }
    assert told["now"].startswith("2026-11-30T00:0")
    assert told["interviews"] == {"offered": 37}
    assert told["deliveries"] == {"accepted": 37}
    assert told["worker_alive"] is False
    assert told["timers_overdue"] == 0


def test_people_read_plain_lines(mianyue, invited):
    done = mianyue("recommend", "A039")
    assert re.match(r"A039 +offered\n   1\. 2026-12-02T14:00:00\+08:00 – 15:00  E\d+", done.out)
    assert "worker alive     False" in mianyue("status").out
    assert mianyue("invite", "--all").out.endswith("\n0 invited now, 3 need a person.\n")


def test_result_is_recorded_once(mianyue, invited):
    rejected = mianyue("result", "A039", "rejected", "--json")
    assert rejected.json == {"application_id": "A039", "result": "rejected", "state": "rejected", "changed": True}
    again = mianyue("result", "A039", "rejected", "--json")
    assert (again.code, again.json["changed"]) == (0, False)
    closed = mianyue("result", "A039", "rejected", "--closing-letter", "--json")
    assert closed.json["closing_letter_sent"] is True


def test_result_that_is_not_possible_is_refused_with_the_next_step(mianyue, invited):
    done = mianyue("result", "A001", "passed", "--json")
    assert (done.code, done.err) == (1, "")
    assert done.json["error"]["code"] == "refused"
    assert set(done.json["error"]) == {"code", "message", "hint"}


def test_token_is_shown_once_and_ended_by_name(mianyue, imported):
    made = mianyue("token", "payroll", "--json").json
    assert (made["name"], len(made["token"])) == ("payroll", 32)
    assert mianyue("token", "payroll").out.strip() != made["token"]
    assert mianyue("token", "payroll", "--revoke", "--json").json == {"name": "payroll", "revoked": True}
    gone = mianyue("token", "payroll", "--revoke", "--json")
    assert (gone.code, gone.json["error"]["code"]) == (1, "not_found")


def test_doctor_looks_at_everything(mianyue, imported):
    done = mianyue("doctor", "--json", MIANYUE_FOLOW_UP_AFTER="1h")
    assert set(done.json) == {"healthy", "checks"}
    states = {check["name"]: check["state"] for check in done.json["checks"]}
    assert states == {
        "python": "ok",
        "settings": "warn",
        "database": "ok",
        "keys": "ok",
        "time zones": "ok",
        "company": "ok",
        "holidays": "warn",
        "attendance": "ok",
        "mail": "ok",
        "answers": "ok",
        "writer": "ok",
        "extras": "ok",
        "worker": "warn",
    }
    assert all(set(check) == {"name", "state", "message", "hint"} for check in done.json["checks"])
    assert "MIANYUE_FOLOW_UP_AFTER" in str(done.json)
    assert (done.code, done.json["healthy"]) == (0, True)
    assert "mianyue_app" in str(done.json)


def test_manage_reaches_django_as_the_owner_where_the_schema_is_meant(mianyue, imported):
    assert mianyue("manage", "migrate", "--check").code == 0
    assert mianyue("manage", "no-such-command").code == 1


def test_documentation_shows_exactly_the_keys_that_are_printed(mianyue, imported, ahead, short, invited, documented):
    problem = next(row["problem"] for row in invited.json if row["problem"])
    printed = {
        "import": imported[1].json,
        "invite": invited.json,
        "problem": problem,
        "then": ahead[0]["options"][0]["then"],
        "relaxation": short[0]["relaxations"][0],
        "status": mianyue("status", "--json").json,
        "days": mianyue("days", "--json").json,
        "result": mianyue("result", "A002", "rejected", "--json").json,
        "token": mianyue("token", "documentation", "--json").json,
        "doctor": mianyue("doctor", "--json").json,
        "error": mianyue("recommend", "A999", "--json").json,
    }
    # These have tests of their own.
    elsewhere = {"plan", "replan", "hire", "reconcile", "punches", "timesheet", "staff_link", "hear", "fairness"}
    assert set(documented) == set(printed) | elsewhere
    for name, found in printed.items():
        assert keys(documented[name]) == keys(found), name


OPEN = {"tables", "reasons", "facts", "applications", "interviews", "claims", "deliveries", "open_tasks"}
"""Keys whose content depends on the company: only that they are there is documented."""


def keys(value, under: str = "") -> set[str]:
    """Every key of a document with the way to it; lists count as one of their members, the first with all its parts."""
    if isinstance(value, list):
        return set().union(*(keys(member, under) for member in value)) if value else set()
    if not isinstance(value, dict):
        return set()
    return {f"{under}/{key}" for key in value} | {
        place for key, member in value.items() if key not in OPEN and key != "problem" for place in keys(member, f"{under}/{key}")
    }


@pytest.mark.slow
def test_letters_that_can_not_leave_are_said_to_wait(mianyue, invited):
    mianyue("result", "A001", "rejected")
    mianyue("result", "A002", "rejected")
    closing = mianyue("result", "A001", "rejected", "--closing-letter", "--json", EMAIL_URL="smtp://127.0.0.1:9")
    assert closing.json["closing_letter_sent"] is True
    told = mianyue("invite", "--all", EMAIL_URL="smtp://127.0.0.1:9").out
    assert "1 letters could not be handed over and wait to be tried again" in told
    assert mianyue("worker", "--once").code == 0
