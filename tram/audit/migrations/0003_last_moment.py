"""The moment of a chain's last row, so that no row after it says an earlier one."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("audit", "0002_append_only")]
    operations = [
        migrations.AddField("chain", "at", models.DateTimeField(null=True)),
        migrations.RunSQL(
            "ALTER TABLE audit_chain DISABLE TRIGGER audit_chain_moves_on;"
            "UPDATE audit_chain c SET at = e.at FROM audit_event e WHERE e.agency = c.agency AND e.seq = c.seq;"
            "ALTER TABLE audit_chain ENABLE TRIGGER audit_chain_moves_on",
            migrations.RunSQL.noop,
        ),
    ]
