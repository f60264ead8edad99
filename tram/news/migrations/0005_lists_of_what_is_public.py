from django.conf import settings
from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [
        ("news", "0004_who_worded_the_correction"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddIndex(
            model_name="publication",
            index=models.Index(
                fields=["agency", "-since_at", "-id"], name="public_of_an_agency", condition=Q(until_at=None)
            ),
        ),
        migrations.AddIndex(
            model_name="publication",
            index=models.Index(
                fields=["category", "-since_at", "-id"], name="public_of_a_category", condition=Q(until_at=None)
            ),
        ),
    ]
