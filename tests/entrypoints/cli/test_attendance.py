"""``mianyue punches`` and ``mianyue timesheet``: what they say is what docs/cli.md documents."""

import csv

import pytest

CLOCK = "考勤机导出\n工号,打卡时间,设备\nE001,2026-11-27 08:58:10,门口\nE001,2026-11-27 18:02,门口\nE999,2026-11-27 09:00,门口\n"


@pytest.fixture(scope="module")
def clock_file(imported, tmp_path_factory):
    path = tmp_path_factory.mktemp("clock") / "clock.csv"
    path.write_bytes(CLOCK.encode("gb18030"))
    return path


def test_a_clocks_file_is_brought_in_once(mianyue, clock_file, documented):
    dry = mianyue("punches", clock_file, "--dry-run", "--json").json
    assert (dry["dry_run"], dry["added"]) == (True, 2)
    first, again = (mianyue("punches", clock_file, "--json").json for _ in range(2))
    assert set(first) == set(documented["punches"])
    assert {key: first[key] for key in ("read", "added", "known")} == {"read": 3, "added": 2, "known": 0}
    assert {key: again[key] for key in ("read", "added", "known")} == {"read": 3, "added": 0, "known": 2}
    (problem,) = first["problems"]
    assert set(problem) == set(documented["punches"]["problems"][0])
    assert (problem["code"], problem["row"], problem["value"]) == ("unknown_employee", 5, "E999")


def test_people_are_told_what_is_wrong_and_what_to_do(mianyue, clock_file):
    said = mianyue("punches", clock_file).out
    assert "ERROR clock.csv:5 [employee_id] 'E999'" in said
    assert said.rstrip().endswith("3 rows read, 0 punches added, 2 known before.")


def test_the_month_of_everybody(mianyue, clock_file, documented, tmp_path):
    mianyue("punches", clock_file)
    table = tmp_path / "november.csv"
    told = mianyue("timesheet", "2026-11", "--csv", table, "--json").json
    example = documented["timesheet"][0]
    assert set(told[0]) == set(example)
    assert list(told[0]["totals"]) == list(example["totals"])
    mine = next(one for one in told if one["employee_id"] == "E001")
    assert mine["totals"]["worked"] > 0
    assert table.read_bytes().startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(table.read_text(encoding="utf-8-sig").splitlines()))
    assert [row["employee_id"] for row in rows] == [one["employee_id"] for one in told]
    department = mine["department"]
    some = mianyue("timesheet", "2026-11", "--department", department, "--json").json
    assert {one["department"] for one in some} == {department}


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("timesheet", "November"), 2),
        (("timesheet", "2026-13"), 2),
        (("timesheet", "2026-11", "--department", "Nobody's"), 1),
        (("punches", "none.csv"), 1),
    ],
)
def test_wrong_usage_is_said(mianyue, clock_file, arguments, code):
    told = mianyue(*arguments)
    assert (told.code, told.out) == (code, "")
    assert told.err
