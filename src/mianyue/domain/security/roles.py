"""Two database roles: the owner migrates, the application can't rewrite the journal even if its code is made to try."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection

ROLE = "mianyue_app"

CREATE_ROLE = f"""
DO $$ BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{ROLE}') THEN
    BEGIN CREATE ROLE {ROLE} NOLOGIN; EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END;
  END IF;
  BEGIN
    EXECUTE format('GRANT {ROLE} TO %I', current_user);
  EXCEPTION WHEN insufficient_privilege THEN  -- an administrator made the role, and may have made the owner a member
    IF NOT pg_has_role(current_user, '{ROLE}', 'MEMBER') THEN RAISE; END IF;
  END;
END $$;
"""

GRANTS = f"""
GRANT USAGE ON SCHEMA public TO {ROLE};
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {ROLE};
GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {ROLE};
GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA public TO {ROLE};
REVOKE UPDATE, DELETE, TRUNCATE ON security_journalentry FROM {ROLE};
DO $$ BEGIN
  IF to_regclass('attendance_punch') IS NOT NULL THEN
    REVOKE UPDATE, DELETE, TRUNCATE ON attendance_punch, attendance_ledgerentry FROM {ROLE};
  END IF;
END $$;
"""


def grant_to_application(**_: Any) -> None:
    """Gives the application's role what it needs on every table, and only reading and adding on what is append-only. Runs after each migrate."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass('security_journalentry')")
        if cursor.fetchone()[0]:
            cursor.execute(GRANTS)


@contextmanager
def as_owner() -> Iterator[None]:
    """Inside, the default connection acts as the database's owner: for migrations, and for nothing else."""
    options = connection.settings_dict["OPTIONS"]
    role = options.pop("assume_role", None)
    connection.close()
    try:
        yield
    finally:
        connection.close()
        if role:
            options["assume_role"] = role
