"""The database itself keeps every line of the publish log of weekly schedules as it was: a row ends once and changes in nothing else."""

from django.db import migrations

FORBID = """
CREATE FUNCTION agendas_publication_stays() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    ended CONSTANT text[] := ARRAY['until_at', 'ended_for'];
BEGIN
    IF TG_OP = 'DELETE' OR OLD.until_at IS NOT NULL OR to_jsonb(OLD) - ended <> to_jsonb(NEW) - ended THEN
        RAISE EXCEPTION 'lượt công khai lịch tuần chỉ được kết thúc một lần, không được sửa hay xóa (%)', OLD.id;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER agendas_publication_stays BEFORE UPDATE OR DELETE ON agendas_publication
    FOR EACH ROW EXECUTE FUNCTION agendas_publication_stays();
"""
ALLOW = """
DROP TRIGGER agendas_publication_stays ON agendas_publication;
DROP FUNCTION agendas_publication_stays();
"""


class Migration(migrations.Migration):
    dependencies = [("agendas", "0001_initial")]
    operations = [migrations.RunSQL(FORBID, ALLOW)]
