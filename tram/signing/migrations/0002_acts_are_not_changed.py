"""The database itself keeps the acts of signing as they were made."""

from django.db import migrations

FORBID = """
CREATE FUNCTION signing_act_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'lượt ký không được sửa hay xóa (%)', TG_OP;
END $$;
CREATE TRIGGER signing_act_stays BEFORE UPDATE OR DELETE ON signing_act
    FOR EACH ROW EXECUTE FUNCTION signing_act_stays();
CREATE TRIGGER signing_act_is_not_emptied BEFORE TRUNCATE ON signing_act
    FOR EACH STATEMENT EXECUTE FUNCTION signing_act_stays();
"""
ALLOW = """
DROP TRIGGER signing_act_is_not_emptied ON signing_act;
DROP TRIGGER signing_act_stays ON signing_act;
DROP FUNCTION signing_act_stays();
"""


class Migration(migrations.Migration):
    dependencies = [("signing", "0001_initial")]
    operations = [migrations.RunSQL(FORBID, ALLOW)]
