"""``mianyue hire`` and ``mianyue reconcile``: what they say is what docs/cli.md documents."""

import pytest

PASSED = "from mianyue.domain.recruiting.models import Application; Application.objects.filter(code='A039').update(state='passed')"
CLOSED = (
    "from mianyue.domain.attendance.models import Account; from django.utils import timezone; "
    "Account.objects.update(closed_at=timezone.now())"
)


@pytest.fixture(scope="module")
def passed(mianyue, imported) -> None:
    assert mianyue("manage", "shell", "-c", PASSED).code == 0


def test_hire_from_beginning_to_undoing(mianyue, documented, passed):
    first_day = ("--first-day", "2026-12-07", "--worked-since", "2015-07-01")
    hired = mianyue("hire", "A039", *first_day, "--json").json
    example = documented["hire"]
    assert (set(hired), set(hired["account"]), set(hired["provisioning"])) == (
        set(example),
        set(example["account"]),
        set(example["provisioning"]),
    )
    assert hired["provisioning"] == {**example["provisioning"], "first_day": "2026-12-07"}
    assert hired["account"]["employee_id"] == "N-A039"
    assert mianyue("hire", "A039", "--json").json == hired

    assert mianyue("manage", "shell", "-c", CLOSED).code == 0
    found = {row["employee_id"]: row for row in mianyue("reconcile", "--json").json}
    assert set(found["N-A039"]) == set(documented["reconcile"][0])
    assert found["N-A039"] == {
        "employee_id": "N-A039",
        "application_id": "A039",
        "first_day": "2026-12-07",
        "why": ["no_account"],
        "mended": True,
        "left": [],
    }
    assert "N-A039" not in mianyue("reconcile").out

    undone = mianyue("hire", "A039", "--undo", "--json").json
    assert (undone["account"], undone["provisioning"]["state"]) == (None, "reversed")
    assert mianyue("hire", "A039", "--undo", "--json").json == undone
    assert mianyue("hire", "A039", "--again", "--undo").code == 2


def test_nobody_is_taken_back_who_was_never_hired(mianyue, passed):
    assert mianyue("hire", "A001", "--undo", "--json").json["error"]["code"] == "not_found"
