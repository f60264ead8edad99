"""What a signer decided before, the newest first: by when they will have decided the next one."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("outgoing", "0003_letters_bear_a_code")]
    operations = [
        migrations.AddIndex(
            "presentation",
            models.Index(
                fields=["signer", "-decided_at"],
                name="decisions_of_a_signer",
                condition=models.Q(outcome__in=("approved", "returned")),
            ),
        )
    ]
