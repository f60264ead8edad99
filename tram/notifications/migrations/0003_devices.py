from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("notifications", "0002_own_hour_of_the_digest")]

    operations = [
        migrations.CreateModel(
            name="Device",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("account", models.BigIntegerField(db_index=True)),
                ("browser", models.BinaryField(max_length=32, unique=True)),
                ("endpoint", models.CharField(max_length=1000, unique=True)),
                ("point", models.BinaryField(max_length=65)),
                ("auth", models.BinaryField(max_length=16)),
                ("name", models.CharField(max_length=120)),
                ("created_at", models.DateTimeField()),
                ("told_at", models.DateTimeField(null=True)),
                ("failures", models.PositiveSmallIntegerField(default=0)),
            ],
        )
    ]
