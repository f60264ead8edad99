from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("news", "0005_lists_of_what_is_public")]

    operations = [
        migrations.AddIndex(
            model_name="publication",
            index=models.Index(
                fields=["agency", "category", "-since_at", "-id"],
                name="public_in_an_agencys_category",
                condition=Q(until_at=None),
            ),
        )
    ]
