import django.db.models.deletion
from django.db import migrations, models

BEFORE = """
INSERT INTO portal_site (agency_id, slug, generation)
SELECT NULL, '', 1 WHERE EXISTS (SELECT FROM news_publication)
UNION ALL SELECT DISTINCT agency_id, 'co-quan-' || agency_id, 1 FROM news_publication
"""
"""What was public before there was a portal has its sites from the first day."""


class Migration(migrations.Migration):
    initial = True
    dependencies = [("organisation", "0002_no_overlap"), ("news", "0005_lists_of_what_is_public")]

    operations = [
        migrations.CreateModel(
            name="Site",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("slug", models.CharField(max_length=160, unique=True)),
                ("generation", models.BigIntegerField(default=1)),
                (
                    "agency",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisation.unit",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("agency",), name="one_site_an_agency", nulls_distinct=False)
                ]
            },
        ),
        migrations.RunSQL(BEFORE, migrations.RunSQL.noop),
    ]
