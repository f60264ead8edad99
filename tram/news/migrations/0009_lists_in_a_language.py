from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("news", "0008_comments_by_article")]

    operations = [
        migrations.RemoveIndex(model_name="publication", name="public_translations"),
        migrations.AddIndex(
            model_name="publication",
            index=models.Index(
                fields=["language", "-since_at", "-id"], name="public_in_a_language",
                condition=models.Q(("until_at", None)),
            ),
        ),
    ]  # fmt: skip
