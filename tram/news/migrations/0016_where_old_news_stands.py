"""What is public already takes its place in the lists: where it was printed elsewhere, or first let out here."""

from django.db import migrations

PLACE = """
ALTER TABLE news_publication DISABLE TRIGGER news_publication_stays;
ALTER TABLE news_filing DISABLE TRIGGER news_filing_follows;
UPDATE news_publication p SET told_at = LEAST(a.first_published_at, a.printed_at)
FROM news_article a
WHERE a.id = p.article_id AND p.until_at IS NULL AND LEAST(a.first_published_at, a.printed_at) < p.since_at;
UPDATE news_filing f SET told_at = p.told_at
FROM news_publication p WHERE p.id = f.publication_id AND p.told_at IS NOT NULL;
ALTER TABLE news_publication ENABLE TRIGGER news_publication_stays;
ALTER TABLE news_filing ENABLE TRIGGER news_filing_follows;
"""


class Migration(migrations.Migration):
    dependencies = [("news", "0015_old_news_in_its_place")]
    operations = [migrations.RunSQL(PLACE, migrations.RunSQL.noop)]
