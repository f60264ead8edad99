"""A code by which outsiders prove a letter (docs/decisions/0018-proofs.md); what was carried is found by its day."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("outgoing", "0002_versions_are_not_changed")]
    operations = [
        migrations.AddField("outgoing", "proof_code", models.CharField(max_length=12, null=True)),
        migrations.AddConstraint("outgoing", models.UniqueConstraint("proof_code", name="one_outgoing_a_proof_code")),
        migrations.AddIndex(
            "recipient",
            models.Index(fields=["sent_at"], name="recipients_carried", condition=models.Q(way__in=["post", "hand"])),
        ),
    ]
