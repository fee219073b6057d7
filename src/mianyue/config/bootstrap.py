"""From a bare machine to a ready mianyue: embedded database up, schema current, keys made. Every command begins here."""

from __future__ import annotations

import os
from pathlib import Path

import django

from mianyue.base.errors import SettingError
from mianyue.config.embedded import Server
from mianyue.config.environment import read

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mianyue.config.settings")


def start(*, migrate: bool = True) -> Server | None:
    """Makes the database answer and Django ready. Returns the embedded server, or None where DATABASE_URL names another one."""
    home: Path = read("MIANYUE_HOME")
    try:
        home.mkdir(parents=True, exist_ok=True)
        server = None if read("DATABASE_URL") else Server(home)
        if server:
            server.acquire()
        django.setup()
    except OSError as error:  # mkdir, a lock, a key: all of them below the home
        raise SettingError("MIANYUE_HOME", str(home), f"a folder mianyue may write to ({error.strerror})") from error
    if migrate:
        bring_schema_up_to_date()
    return server


def bring_schema_up_to_date() -> bool:
    """Applies missing migrations as the owner, one process at a time. Returns whether there were any. Raises Unavailable."""
    from django.core.management import call_command
    from django.db import OperationalError, ProgrammingError, connection
    from django.db.migrations.exceptions import MigrationSchemaMissing
    from django.db.migrations.executor import MigrationExecutor

    from mianyue.base.errors import Unavailable
    from mianyue.domain.security.roles import as_owner

    with as_owner():
        try:
            connection.ensure_connection()
        except OperationalError as error:
            raise Unavailable(
                f"The database does not answer: {str(error).splitlines()[0]}", "Is it running, and is DATABASE_URL right?"
            ) from error
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(hashtext('mianyue.migrate'))")
            executor = MigrationExecutor(connection)
            plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
            if plan:
                try:
                    call_command("migrate", verbosity=0, interactive=False)
                except (ProgrammingError, MigrationSchemaMissing) as error:
                    raise Unavailable(
                        f"The schema is not up to date, and bringing it there failed: {str(error).splitlines()[0]}",
                        "Run mianyue manage migrate with the DATABASE_URL of the database's owner.",
                    ) from error
            cursor.execute("SELECT pg_advisory_unlock(hashtext('mianyue.migrate'))")
    return bool(plan)
