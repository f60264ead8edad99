"""A unit has one name and one parent a day; a seat has one holder a day. The database itself keeps it."""

from django.db import migrations

SQL = """
ALTER TABLE organisation_unitversion ADD CONSTRAINT versions_do_not_overlap EXCLUDE USING gist (
    int8range(unit_id, unit_id, '[]') WITH &&, daterange(since, until, '[]') WITH &&);
ALTER TABLE organisation_appointment ADD CONSTRAINT one_holder_a_day EXCLUDE USING gist (
    int8range(post_id, post_id, '[]') WITH &&, daterange(since, until, '[]') WITH &&);
"""
UNDO = """
ALTER TABLE organisation_appointment DROP CONSTRAINT one_holder_a_day;
ALTER TABLE organisation_unitversion DROP CONSTRAINT versions_do_not_overlap;
"""


class Migration(migrations.Migration):
    dependencies = [("organisation", "0001_initial")]
    operations = [migrations.RunSQL(SQL, UNDO)]
