"""The database itself keeps every version of a draft as it was saved."""

from django.db import migrations

FORBID = """
CREATE FUNCTION outgoing_version_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'bản dự thảo đã lưu không được sửa hay xóa (%)', TG_OP;
END $$;
CREATE TRIGGER outgoing_version_stays BEFORE UPDATE OR DELETE ON outgoing_version
    FOR EACH ROW EXECUTE FUNCTION outgoing_version_stays();
"""
ALLOW = """
DROP TRIGGER outgoing_version_stays ON outgoing_version;
DROP FUNCTION outgoing_version_stays();
"""


class Migration(migrations.Migration):
    dependencies = [("outgoing", "0001_initial")]
    operations = [migrations.RunSQL(FORBID, ALLOW)]
