"""The database itself keeps every line of the publish log of figures as it was: a row ends once and changes in nothing else."""

from django.db import migrations

FORBID = """
CREATE FUNCTION indicators_publication_stays() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    ended CONSTANT text[] := ARRAY['until_at', 'ended_for'];
BEGIN
    IF TG_OP = 'DELETE' OR OLD.until_at IS NOT NULL OR to_jsonb(OLD) - ended <> to_jsonb(NEW) - ended THEN
        RAISE EXCEPTION 'số liệu đã công bố chỉ được kết thúc một lần, không được sửa hay xóa (%)', OLD.id;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER indicators_publication_stays BEFORE UPDATE OR DELETE ON indicators_publication
    FOR EACH ROW EXECUTE FUNCTION indicators_publication_stays();
"""
ALLOW = """
DROP TRIGGER indicators_publication_stays ON indicators_publication;
DROP FUNCTION indicators_publication_stays();
"""


class Migration(migrations.Migration):
    dependencies = [("indicators", "0001_initial")]
    operations = [migrations.RunSQL(FORBID, ALLOW)]
