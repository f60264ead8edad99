"""The database itself files each line of the publish log when it opens, in every category that it names, and takes that away when it
ends: what is closed can stand in no list. Nobody else writes there.
"""

from django.db import migrations

FILE = """
INSERT INTO news_filing (publication_id, category, agency_id, language, since_at)
SELECT id, category, agency_id, language, since_at FROM news_publication WHERE until_at IS NULL;

CREATE FUNCTION news_publication_is_filed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO news_filing (publication_id, category, agency_id, language, since_at)
    SELECT NEW.id, code, NEW.agency_id, NEW.language, NEW.since_at
    FROM unnest(array_prepend(NEW.category, NEW.also)) AS code;
    RETURN NULL;
END $$;
CREATE TRIGGER news_publication_is_filed AFTER INSERT ON news_publication
    FOR EACH ROW WHEN (NEW.until_at IS NULL) EXECUTE FUNCTION news_publication_is_filed();

CREATE FUNCTION news_publication_leaves_its_lists() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM news_filing WHERE publication_id = NEW.id;
    RETURN NULL;
END $$;
CREATE TRIGGER news_publication_leaves_its_lists AFTER UPDATE OF until_at ON news_publication
    FOR EACH ROW WHEN (NEW.until_at IS NOT NULL) EXECUTE FUNCTION news_publication_leaves_its_lists();

CREATE FUNCTION news_filing_follows() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'nơi đăng theo nhật ký đăng, không ai ghi riêng (%)', TG_OP;
END $$;
CREATE TRIGGER news_filing_follows BEFORE INSERT OR UPDATE OR DELETE ON news_filing
    FOR EACH ROW WHEN (pg_trigger_depth() = 0) EXECUTE FUNCTION news_filing_follows();
"""
LEAVE = """
DROP TRIGGER news_filing_follows ON news_filing;
DROP TRIGGER news_publication_is_filed ON news_publication;
DROP TRIGGER news_publication_leaves_its_lists ON news_publication;
DROP FUNCTION news_filing_follows();
DROP FUNCTION news_publication_is_filed();
DROP FUNCTION news_publication_leaves_its_lists();
DELETE FROM news_filing;
"""


class Migration(migrations.Migration):
    dependencies = [("news", "0013_several_categories")]
    operations = [migrations.RunSQL(FILE, LEAVE)]
