"""The database itself keeps every revision, every line of the publish log and the bytes of every old file as they were."""

from django.db import migrations

FORBID = """
CREATE FUNCTION news_revision_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'bản đã lưu của bài không được sửa hay xóa (%)', TG_OP;
END $$;
CREATE TRIGGER news_revision_stays BEFORE UPDATE OR DELETE ON news_revision
    FOR EACH ROW EXECUTE FUNCTION news_revision_stays();

CREATE FUNCTION news_publication_stays() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    ended CONSTANT text[] := ARRAY['until_at', 'ended_for'];
BEGIN
    IF TG_OP = 'DELETE' OR OLD.until_at IS NOT NULL OR to_jsonb(OLD) - ended <> to_jsonb(NEW) - ended THEN
        RAISE EXCEPTION 'lượt đăng chỉ được kết thúc một lần, không được sửa hay xóa (%)', OLD.id;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER news_publication_stays BEFORE UPDATE OR DELETE ON news_publication
    FOR EACH ROW EXECUTE FUNCTION news_publication_stays();

CREATE FUNCTION news_oldfile_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' OR (OLD.data, OLD.sha256, OLD.agency_id) IS DISTINCT FROM (NEW.data, NEW.sha256, NEW.agency_id)
       OR (OLD.state = 'taken' AND to_jsonb(OLD) - 'data' <> to_jsonb(NEW) - 'data') THEN
        RAISE EXCEPTION 'tệp bài cũ được giữ nguyên như khi đưa vào (%)', OLD.name;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER news_oldfile_stays BEFORE UPDATE OR DELETE ON news_oldfile
    FOR EACH ROW EXECUTE FUNCTION news_oldfile_stays();

CREATE FUNCTION news_address_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'địa chỉ đã cho một bài thì không đổi, không xóa (%)', OLD.slug;
END $$;
CREATE TRIGGER news_address_stays BEFORE UPDATE OR DELETE ON news_address
    FOR EACH ROW EXECUTE FUNCTION news_address_stays();
"""
ALLOW = """
DROP TRIGGER news_revision_stays ON news_revision;
DROP TRIGGER news_publication_stays ON news_publication;
DROP TRIGGER news_oldfile_stays ON news_oldfile;
DROP TRIGGER news_address_stays ON news_address;
DROP FUNCTION news_revision_stays();
DROP FUNCTION news_publication_stays();
DROP FUNCTION news_oldfile_stays();
DROP FUNCTION news_address_stays();
"""


class Migration(migrations.Migration):
    dependencies = [("news", "0001_initial")]
    operations = [migrations.RunSQL(FORBID, ALLOW)]
