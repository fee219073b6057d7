"""The API describes itself, to recruiters and the programmers they let in, without asking anybody else's server."""

import re

from mianyue.entrypoints.api.api import api

CALLS = {
    "/api/v1/invitations": {"post"},
    "/api/v1/applications/{application_id}/recommendation": {"get"},
    "/api/v1/applications/{application_id}/result": {"post"},
    "/api/v1/plans": {"post"},
    "/api/v1/plans/{number}": {"get"},
    "/api/v1/plans/{number}/{act}": {"post"},
}


def test_schema_has_every_call_with_a_summary_and_a_description(recruiter):
    schema = recruiter.get("/api/v1/openapi.json").json()
    assert schema["openapi"].startswith("3.1")
    assert {path: set(calls) for path, calls in schema["paths"].items()} == CALLS
    for calls in schema["paths"].values():
        for call in calls.values():
            assert call["summary"] and call["description"] and call["security"]


def test_documentation_page_loads_nothing_from_elsewhere(recruiter):
    page = recruiter.get("/api/v1/docs").content.decode()
    loaded = re.findall(r"""(?:src|href)=["']([^"']+)""", page)
    assert loaded
    assert [address for address in loaded if not address.startswith(("/static/", "/api/"))] == []
    assert not re.search(r"https?://", page)


def test_strangers_are_led_to_the_login(stranger):
    for path in ("/api/v1/docs", "/api/v1/openapi.json"):
        answer = stranger.get(path)
        assert (answer.status_code, answer.headers["Location"]) == (302, f"/console/login/?next={path}")


def test_every_call_asks_for_a_key():
    assert all(
        operation.auth_callbacks
        for _, router in api._routers
        for view in router.path_operations.values()
        for operation in view.operations
    )
