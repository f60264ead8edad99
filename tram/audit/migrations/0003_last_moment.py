"""The moment of a chain's last row, so that no row after it says an earlier one."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("audit", "0002_append_only")]
    operations = [
        migrations.AddField("chain", "at", models.DateTimeField(null=True)),
        migrations.RunSQL(
            "UPDATE audit_chain c SET at = e.at FROM audit_event e WHERE e.agency = c.agency AND e.seq = c.seq",
            migrations.RunSQL.noop,
        ),
    ]
