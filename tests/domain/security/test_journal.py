"""The journal remembers every act, and nobody can make it forget."""

import hashlib
import json
from datetime import UTC, datetime, timedelta, timezone

import psycopg
import pytest
from django.db import ProgrammingError, connection, transaction
from django.db.utils import ConnectionHandler

from mianyue.base.ids import new_id
from mianyue.config.database import APPLICATION_ROLE
from mianyue.domain.recruiting.models import Candidate
from mianyue.domain.security.actions import record
from mianyue.domain.security.actor import Actor
from mianyue.domain.security.models import JournalEntry
from mianyue.domain.security.roles import ROLE

AT = datetime(2026, 12, 1, 8, 30, 15, 123456, tzinfo=timezone(timedelta(hours=8)))

APPEND_ONLY = {"security_journalentry", "attendance_punch", "attendance_ledgerentry"}


@pytest.fixture
def entry(transactional_db) -> JournalEntry:
    return record(
        "candidate.asked", Candidate(pk=new_id()), Actor("program", "cli"), AT, about="时间", at=AT, count=3, ids=[new_id()]
    )


@pytest.fixture
def application(transactional_db):
    """A connection as web and worker have it."""
    production = {**connection.settings_dict, "OPTIONS": {**connection.settings_dict["OPTIONS"], "assume_role": APPLICATION_ROLE}}
    handler = ConnectionHandler({"default": production})
    yield handler["default"]
    handler["default"].close()


def test_roles_of_settings_and_migrations_are_one():
    assert APPLICATION_ROLE == ROLE


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE security_journalentry SET act = 'nothing.happened'",
        "DELETE FROM security_journalentry",
        "TRUNCATE security_journalentry",
        "ALTER TABLE security_journalentry DISABLE TRIGGER journal_append_only",
        "DROP TABLE security_journalentry",
        "SET session_replication_role = replica",
    ],
)
def test_application_cannot_change_the_journal(entry, application, sql):
    with application.cursor() as cursor:
        cursor.execute("SELECT current_user")
        assert cursor.fetchone()[0] == "mianyue_app"
        with pytest.raises(ProgrammingError) as refused:
            cursor.execute(sql)
    assert isinstance(refused.value.__cause__, psycopg.errors.InsufficientPrivilege)
    assert JournalEntry.objects.get().act == "candidate.asked"


def test_application_adds_to_the_journal_and_reads_it(entry, application):
    with application.cursor() as cursor:
        cursor.execute(
            "INSERT INTO security_journalentry (at, actor_kind, actor_id, act, subject_kind, subject_id, facts, salt, leaf)"
            " SELECT at, actor_kind, actor_id, act, subject_kind, subject_id, facts, salt, leaf FROM security_journalentry"
        )
    assert JournalEntry.objects.count() == 2


def test_application_writes_every_other_table(application):
    with application.cursor() as cursor:
        for table in application.introspection.table_names(cursor):
            cursor.execute("SELECT has_table_privilege(%s, 'SELECT') AND has_table_privilege(%s, 'INSERT')", [table, table])
            assert cursor.fetchone()[0], table
            cursor.execute("SELECT has_table_privilege(%s, 'UPDATE') AND has_table_privilege(%s, 'DELETE')", [table, table])
            assert cursor.fetchone()[0] == (table not in APPEND_ONLY), table


@pytest.mark.parametrize("sql", ["UPDATE security_journalentry SET act = 'x'", "DELETE FROM security_journalentry"])
def test_not_even_the_owner_changes_a_row(entry, sql):
    with pytest.raises(ProgrammingError, match="append-only"), connection.cursor() as cursor:
        cursor.execute(sql)
    assert JournalEntry.objects.get().act == "candidate.asked"


def test_changing_an_entry_in_the_program_is_refused_too(entry):
    entry.act = "nothing.happened"
    with pytest.raises(ProgrammingError, match="append-only"):
        entry.save()
    with pytest.raises(ProgrammingError, match="append-only"):
        entry.delete()


def test_leaf_can_be_recomputed_from_the_row_alone(entry):
    row = JournalEntry.objects.get()
    body = {
        "act": row.act,
        "actor": [row.actor_kind, row.actor_id],
        "at": row.at.astimezone(UTC).isoformat(),
        "facts": row.facts,
        "subject": [row.subject_kind, row.subject_id],
    }
    canonical = json.dumps(body, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()
    assert bytes(row.leaf) == hashlib.sha256(b"\0" + bytes(row.salt) + canonical).digest()
    assert body["at"] == "2026-12-01T00:30:15.123456+00:00"
    assert body["subject"][0] == "recruiting.candidate"
    assert body["facts"]["at"] == "2026-12-01T00:30:15.123456+00:00"


def test_two_equal_acts_have_different_leaves(transactional_db):
    subject = Candidate(pk=new_id())
    one, other = (record("candidate.asked", subject, Actor("system"), AT) for _ in range(2))
    assert bytes(one.salt) != bytes(other.salt)
    assert bytes(one.leaf) != bytes(other.leaf)


def test_what_did_not_happen_is_not_remembered(transactional_db):
    with pytest.raises(RuntimeError), transaction.atomic():
        record("candidate.asked", Candidate(pk=new_id()), Actor("system"), AT)
        raise RuntimeError
    assert not JournalEntry.objects.exists()
