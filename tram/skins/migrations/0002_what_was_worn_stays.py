"""The database itself keeps every skin that was let out as it was: it ends once and changes in nothing else."""

from django.db import migrations

FORBID = """
CREATE FUNCTION skins_skin_stays() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    ended CONSTANT text[] := ARRAY['until_at', 'ended_for'];
BEGIN
    IF OLD.since_at IS NULL THEN
        IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
        RETURN NEW;
    END IF;
    IF TG_OP = 'DELETE' OR OLD.until_at IS NOT NULL OR to_jsonb(OLD) - ended <> to_jsonb(NEW) - ended THEN
        RAISE EXCEPTION 'diện mạo đã cho hiện chỉ được kết thúc một lần, không được sửa hay xóa (%)', OLD.id;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER skins_skin_stays BEFORE UPDATE OR DELETE ON skins_skin
    FOR EACH ROW EXECUTE FUNCTION skins_skin_stays();
"""
ALLOW = """
DROP TRIGGER skins_skin_stays ON skins_skin;
DROP FUNCTION skins_skin_stays();
"""


class Migration(migrations.Migration):
    dependencies = [("skins", "0001_initial")]
    operations = [migrations.RunSQL(FORBID, ALLOW)]
