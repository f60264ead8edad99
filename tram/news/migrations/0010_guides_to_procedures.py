from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("news", "0009_lists_in_a_language")]

    operations = [
        migrations.AddField(
            model_name="publication", name="procedure", field=models.CharField(blank=True, default="", max_length=120),
            preserve_default=False,
        ),
        migrations.AddIndex(
            model_name="publication",
            index=models.Index(
                fields=["procedure", "-since_at", "-id"], name="guides_to_a_procedure",
                condition=models.Q(("until_at", None), models.Q(("procedure", ""), _negated=True)),
            ),
        ),
    ]  # fmt: skip
