from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("identity", "0002_proofs")]

    operations = [
        migrations.AddField(model_name="signin", name="browser", field=models.BinaryField(max_length=32, null=True)),
        migrations.AddIndex(
            model_name="signin",
            index=models.Index(
                condition=models.Q(("browser__isnull", False)),
                fields=["browser", "-started_at"],
                name="sign_ins_in_a_browser",
            ),
        ),
    ]
