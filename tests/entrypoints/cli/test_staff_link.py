"""``mianyue staff-link``: what it says is what docs/cli.md documents, and the link is shown once."""


def test_link_is_shown(mianyue, documented, imported):
    told = mianyue("staff-link", "E001", "--json").json
    assert set(told) == set(documented["staff_link"])
    assert told["employee_id"] == "E001"
    assert "/m/" in told["link"]
    assert mianyue("staff-link", "E001").out.strip() != told["link"]


def test_link_is_sent_once_a_minute(mianyue, imported):
    assert mianyue("staff-link", "E002", "--send", "--json").json == {"employee_id": "E002", "sent": True}


def test_unknown_person(mianyue, imported):
    failed = mianyue("staff-link", "nobody", "--json")
    assert (failed.code, failed.json["error"]["code"]) == (1, "not_found")
