"""Of a book with many numbers the few that are reserved or void are found apart."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("organisation", "0002_no_overlap")]
    operations = [
        migrations.AddIndex(
            "booknumber",
            models.Index(fields=["book", "number"], name="numbers_set_aside", condition=~models.Q(state="used")),
        )
    ]
