"""An article stands in lists where readers first heard of it: an old one where it was printed, a corrected one where it stood."""

from django.db import migrations, models
from django.db.models.functions import Coalesce

HEARD = (Coalesce("told_at", "since_at").desc(), models.F("id").desc())
OPEN = models.Q(until_at=None)
FILED = """
CREATE OR REPLACE FUNCTION news_publication_is_filed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO news_filing (publication_id, category, agency_id, language, {column})
    SELECT NEW.id, code, NEW.agency_id, NEW.language, {moment}
    FROM unnest(array_prepend(NEW.category, NEW.also)) AS code;
    RETURN NULL;
END $$;
"""


def lists(*fields: str, name: str) -> list[migrations.AddIndex | migrations.RemoveIndex]:
    """An index of the publish log in the new order instead of the old one."""
    index = models.Index(*fields, *HEARD, name=name, condition=OPEN)
    return [migrations.RemoveIndex("publication", name), migrations.AddIndex("publication", index)]


class Migration(migrations.Migration):
    dependencies = [("news", "0014_filed_when_let_out")]

    operations = [
        migrations.AddField("publication", "told_at", models.DateTimeField(null=True)),
        *lists("agency", name="public_of_an_agency"),
        *lists("agency", "category", name="public_in_an_agencys_category"),
        *lists("category", name="public_of_a_category"),
        *lists("language", name="public_in_a_language"),
        migrations.RemoveIndex("filing", "filed_in_a_category"),
        migrations.RemoveIndex("filing", "filed_by_an_agency"),
        migrations.RenameField("filing", "since_at", "told_at"),
        migrations.AddIndex(
            "filing",
            models.Index(fields=["language", "category", "-told_at", "-publication"], name="filed_in_a_category"),
        ),
        migrations.AddIndex(
            "filing",
            models.Index(
                fields=["agency", "language", "category", "-told_at", "-publication"], name="filed_by_an_agency"
            ),
        ),
        migrations.RunSQL(
            FILED.format(column="told_at", moment="COALESCE(NEW.told_at, NEW.since_at)"),
            FILED.format(column="since_at", moment="NEW.since_at"),
        ),
    ]
