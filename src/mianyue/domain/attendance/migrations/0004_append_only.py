"""Shifts live in their versions now; punches and the leave ledger refuse to be rewritten."""

from django.db import migrations

REFUSE = """
CREATE FUNCTION refuse_attendance_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER punch_append_only BEFORE UPDATE OR DELETE ON attendance_punch
  FOR EACH ROW EXECUTE FUNCTION refuse_attendance_change();
CREATE TRIGGER ledger_append_only BEFORE UPDATE OR DELETE ON attendance_ledgerentry
  FOR EACH ROW EXECUTE FUNCTION refuse_attendance_change();
"""

ALLOW = """
DROP TRIGGER punch_append_only ON attendance_punch;
DROP TRIGGER ledger_append_only ON attendance_ledgerentry;
DROP FUNCTION refuse_attendance_change();
"""


class Migration(migrations.Migration):
    dependencies = [("attendance", "0003_first_versions")]
    operations = [
        migrations.RemoveField(model_name="shift", name="start"),
        migrations.RemoveField(model_name="shift", name="end"),
        migrations.RemoveField(model_name="shift", name="break_start"),
        migrations.RemoveField(model_name="shift", name="break_end"),
        migrations.RemoveField(model_name="shift", name="weekdays"),
        migrations.RunSQL(REFUSE, ALLOW),
    ]
