"""From nothing to ready, as often as you like, and without a word when there is nothing to do."""

from django.core.management import call_command
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from mianyue.config.bootstrap import bring_schema_up_to_date


def test_a_current_schema_is_left_alone(transactional_db, django_assert_max_num_queries):
    before = MigrationRecorder.Migration.objects.count()
    with django_assert_max_num_queries(12):
        assert [bring_schema_up_to_date() for _ in range(2)] == [False, False]
    assert MigrationRecorder.Migration.objects.count() == before


def test_a_missing_migration_is_applied_once(transactional_db):
    call_command("migrate", "timers", "zero", verbosity=0)
    assert [bring_schema_up_to_date() for _ in range(2)] == [True, False]
    with connection.cursor() as cursor:
        assert "timers_timer" in connection.introspection.table_names(cursor)
        cursor.execute("SELECT has_table_privilege('mianyue_app', 'timers_timer', 'UPDATE')")
        assert cursor.fetchone()[0]
