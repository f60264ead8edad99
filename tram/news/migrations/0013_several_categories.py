"""An article stands in several categories; where an open line of the publish log stands is a narrow table of its own."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models


def also() -> models.Field:
    return django.contrib.postgres.fields.ArrayField(models.CharField(max_length=30), default=list, size=None)


class Migration(migrations.Migration):
    dependencies = [("news", "0012_found_by_their_titles"), ("organisation", "0003_numbers_set_aside")]

    operations = [
        migrations.AddField(model_name="article", name="also", field=also()),
        migrations.AddField(model_name="publication", name="also", field=also()),
        migrations.AddField(
            model_name="oldfile", name="category", field=models.CharField(default="archive", max_length=30)
        ),
        migrations.AddField(model_name="oldfile", name="also", field=also()),
        migrations.CreateModel(
            name="Filing",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "publication_id", "category", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("category", models.CharField(max_length=30)),
                ("language", models.CharField(max_length=12)),
                ("since_at", models.DateTimeField()),
                (
                    "agency",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+",
                        to="organisation.unit",
                    ),
                ),
                (
                    "publication",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="filings",
                        to="news.publication",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        fields=["language", "category", "-since_at", "-publication"], name="filed_in_a_category"
                    ),
                    models.Index(
                        fields=["agency", "language", "category", "-since_at", "-publication"],
                        name="filed_by_an_agency",
                    ),
                ]
            },
        ),
    ]  # fmt: skip
