from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("portal", "0002_what_the_self_scan_saw")]

    operations = [
        migrations.RemoveField(model_name="scan", name="part"),
        migrations.AddField(model_name="scan", name="part", field=models.CharField(default="", max_length=30)),
        migrations.RunSQL("UPDATE portal_scan SET after = 0 WHERE ended_at IS NULL", migrations.RunSQL.noop),
    ]
