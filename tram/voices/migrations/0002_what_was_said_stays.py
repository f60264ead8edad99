"""The database itself keeps what was typed, and every line of the publish log of questions, as they were."""

from django.db import migrations

FORBID = """
CREATE FUNCTION voices_voice_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' OR (OLD.typed_title, OLD.typed_text, OLD.asked_at, OLD.mark, OLD.shows_name)
       IS DISTINCT FROM (NEW.typed_title, NEW.typed_text, NEW.asked_at, NEW.mark, NEW.shows_name)
       OR NEW.name NOT IN (OLD.name, '') THEN
        RAISE EXCEPTION 'lời người hỏi đã gõ được giữ nguyên, chỉ họ tên xóa được (%)', OLD.id;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER voices_voice_stays BEFORE UPDATE OR DELETE ON voices_voice
    FOR EACH ROW EXECUTE FUNCTION voices_voice_stays();

CREATE FUNCTION voices_publication_stays() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    ended CONSTANT text[] := ARRAY['until_at', 'ended_for'];
BEGIN
    IF TG_OP = 'DELETE' OR OLD.until_at IS NOT NULL OR to_jsonb(OLD) - ended <> to_jsonb(NEW) - ended THEN
        RAISE EXCEPTION 'lượt đăng chỉ được kết thúc một lần, không được sửa hay xóa (%)', OLD.id;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER voices_publication_stays BEFORE UPDATE OR DELETE ON voices_publication
    FOR EACH ROW EXECUTE FUNCTION voices_publication_stays();
"""
ALLOW = """
DROP TRIGGER voices_voice_stays ON voices_voice;
DROP TRIGGER voices_publication_stays ON voices_publication;
DROP FUNCTION voices_voice_stays();
DROP FUNCTION voices_publication_stays();
"""


class Migration(migrations.Migration):
    dependencies = [("voices", "0001_initial")]
    operations = [migrations.RunSQL(FORBID, ALLOW)]
