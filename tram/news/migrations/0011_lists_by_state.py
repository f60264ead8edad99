"""The list of an agency's articles is read by state: what is on its way lies under years of what was told."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("news", "0010_guides_to_procedures")]

    operations = [
        migrations.AddIndex(
            model_name="article", index=models.Index(fields=["agency", "state", "-id"], name="articles_of_a_state")
        )
    ]
