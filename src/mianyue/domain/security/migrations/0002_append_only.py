"""The application's role, and a journal that refuses to forget."""

from django.db import migrations

from mianyue.domain.security.roles import CREATE_ROLE

REFUSE = """
CREATE FUNCTION refuse_journal_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the journal is append-only' USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER journal_append_only BEFORE UPDATE OR DELETE ON security_journalentry
  FOR EACH ROW EXECUTE FUNCTION refuse_journal_change();
"""

ALLOW = """
DROP TRIGGER journal_append_only ON security_journalentry;
DROP FUNCTION refuse_journal_change();
"""


class Migration(migrations.Migration):
    dependencies = [("security", "0001_initial")]
    operations = [
        migrations.RunSQL(CREATE_ROLE, migrations.RunSQL.noop),
        migrations.RunSQL(REFUSE, ALLOW),
    ]
