"""A copy names the PDF that it copies; no other letter does."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("files", "0003_look_for_stamps"), ("outgoing", "0004_decisions_of_a_signer")]
    operations = [
        migrations.AddField(
            "outgoing",
            "original",
            models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="files.file"
            ),
        )
    ]
