"""docs/operations.md, "The database's two roles", done to the letter: an owner who is no superuser, and a login that can't migrate."""

import json
import os
import subprocess
import sys

import psycopg
import pytest
from django.db import connection

SETUP = [
    "CREATE ROLE two_owner LOGIN",
    "CREATE ROLE two_web LOGIN",
    "GRANT mianyue_app TO two_owner, two_web",
    "CREATE DATABASE two_logins OWNER two_owner",
]
CLEAN = ["DROP DATABASE IF EXISTS two_logins WITH (FORCE)", "DROP ROLE IF EXISTS two_owner", "DROP ROLE IF EXISTS two_web"]


@pytest.fixture
def administrator(transactional_db):
    """A connection that may make databases and roles; the role mianyue_app is there already, made by another company's owner."""
    place = connection.get_connection_params()
    with psycopg.connect(
        host=place["host"], user=place["user"], port=place.get("port"), dbname="postgres", autocommit=True
    ) as admin:
        if not admin.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user").fetchone()[0]:
            pytest.skip("DATABASE_URL's user may not make databases")
        for sql in [*CLEAN, *SETUP]:
            admin.execute(sql)
        yield admin
        for sql in CLEAN:
            admin.execute(sql)


@pytest.mark.slow
def test_owner_migrates_and_the_other_login_runs_but_cannot_rewrite_history(administrator, tmp_path):
    def mianyue(login: str, *arguments: str) -> subprocess.CompletedProcess[str]:
        url = f"postgresql://{login}@/two_logins?host={administrator.info.host}&port={administrator.info.port}"
        inherited = {name: value for name, value in os.environ.items() if not name.startswith(("DJANGO_", "MIANYUE_", "TESTS_"))}
        environ = inherited | {"DATABASE_URL": url, "MIANYUE_HOME": str(tmp_path), "MIANYUE_LOG_LEVEL": "ERROR"}
        done = subprocess.run(
            [sys.executable, "-m", "mianyue", *arguments], env=environ, capture_output=True, text=True, check=False
        )
        assert "Traceback" not in done.stderr, done.stderr
        return done

    too_early = mianyue("two_web", "status", "--json")
    assert (too_early.returncode, json.loads(too_early.stdout)["error"]["code"]) == (1, "unavailable")
    assert "mianyue manage migrate" in too_early.stdout
    assert mianyue("two_owner", "manage", "migrate").returncode == 0
    assert json.loads(mianyue("two_web", "status", "--json").stdout)["applications"] == {}
    (database,) = [
        check for check in json.loads(mianyue("two_web", "doctor", "--json").stdout)["checks"] if check["name"] == "database"
    ]
    assert (database["state"], "mianyue_app" in database["message"]) == ("ok", True)
    with psycopg.connect(
        host=administrator.info.host, port=administrator.info.port, user="two_web", dbname="two_logins", autocommit=True
    ) as web:
        for sql in (
            "UPDATE security_journalentry SET act = 'x'",
            "RESET ROLE; DELETE FROM security_journalentry",
            "SET ROLE two_owner",
        ):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                web.execute(sql)
