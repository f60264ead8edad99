from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("files", "0003_look_for_stamps")]

    operations = [migrations.AddField(model_name="blob", name="seconds", field=models.PositiveIntegerField(null=True))]
