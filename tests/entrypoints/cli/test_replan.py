"""``mianyue replan``, and the import that does it by itself: what they say is what docs/cli.md documents."""

import shutil

import pytest

from tests.conftest import SAMPLE


@pytest.mark.slow
def test_leave_in_an_import_is_mended_and_told_as_documented(mianyue, documented, tmp_path):
    folder = tmp_path / "company"
    shutil.copytree(SAMPLE, folder)
    mianyue("import", folder)
    (invited,) = mianyue("invite", "--application", "A039", "--json").json
    times = invited["options"]
    assert mianyue("replan", "--json").json == []
    with (folder / "leave.csv").open("a", encoding="gb18030") as file:
        for time in times[:1]:
            file.write(f"E020,病假,{time['start']},{time['end']},已通过\r\n")
    (row,) = mianyue("import", folder, "--json").json["replanned"]
    (example,) = documented["replan"]
    assert (set(row), set(row["times"][0])) == (set(example), set(example["times"][0]))
    broken = {"start": times[0]["start"], "booked": False, "broken": [{"why": "leave", "who": "E020"}]}
    assert row == {"application_id": "A039", "done": "withdrawn", "times": [broken]}
    said = mianyue("replan")
    assert (said.code, said.out.strip()) == (0, "0 interviews no longer held.")


def test_dry_run_changes_nothing(mianyue):
    before = mianyue("status", "--json").json
    assert mianyue("replan", "--dry-run").out.strip() == "0 interviews no longer held (dry run: nothing was changed)."
    after = mianyue("status", "--json").json
    assert before | {"now": ""} == after | {"now": ""}
