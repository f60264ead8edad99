"""A thing may be of several topics, as an article stands in several categories."""

from django.contrib.postgres.fields import ArrayField
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("alerts", "0001_initial")]

    operations = [
        migrations.AddField(
            "item", "topics", ArrayField(models.CharField(max_length=40), default=list), preserve_default=False
        ),
        migrations.RunSQL("UPDATE alerts_item SET topics = ARRAY[topic]", migrations.RunSQL.noop),
        migrations.RemoveField("item", "topic"),
    ]
