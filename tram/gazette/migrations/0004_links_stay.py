"""Of a line of the publish log two derived days may change besides its end; what a document says of others never does."""

from django.db import migrations

FORBID = """
CREATE OR REPLACE FUNCTION gazette_publication_stays() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    ended CONSTANT text[] := ARRAY['until_at', 'ended_for'];
    derived CONSTANT text[] := ARRAY['lapses_on', 'changed_on'];
BEGIN
    IF TG_OP = 'DELETE' OR OLD.until_at IS NOT NULL
        OR to_jsonb(OLD) - ended - derived <> to_jsonb(NEW) - ended - derived THEN
        RAISE EXCEPTION 'lượt công khai chỉ được kết thúc một lần, không được sửa hay xóa (%)', OLD.id;
    END IF;
    RETURN NEW;
END $$;
CREATE FUNCTION gazette_link_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'quan hệ văn bản đã công khai không được sửa hay xóa (%)', OLD.id;
END $$;
CREATE TRIGGER gazette_link_stays BEFORE UPDATE OR DELETE ON gazette_link
    FOR EACH ROW EXECUTE FUNCTION gazette_link_stays();
"""
ALLOW = """
DROP TRIGGER gazette_link_stays ON gazette_link;
DROP FUNCTION gazette_link_stays();
CREATE OR REPLACE FUNCTION gazette_publication_stays() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    ended CONSTANT text[] := ARRAY['until_at', 'ended_for'];
BEGIN
    IF TG_OP = 'DELETE' OR OLD.until_at IS NOT NULL OR to_jsonb(OLD) - ended <> to_jsonb(NEW) - ended THEN
        RAISE EXCEPTION 'lượt công khai chỉ được kết thúc một lần, không được sửa hay xóa (%)', OLD.id;
    END IF;
    RETURN NEW;
END $$;
"""
DERIVE = "UPDATE gazette_publication SET lapses_on = effective_until + 1 WHERE until_at IS NULL AND effective_until IS NOT NULL"
"""What was recalled or replaced before says so by its letter; its derived day is set when it is next touched."""


class Migration(migrations.Migration):
    dependencies = [("gazette", "0003_papers_not_drafted_here")]
    operations = [migrations.RunSQL(FORBID, ALLOW), migrations.RunSQL(DERIVE, migrations.RunSQL.noop)]
