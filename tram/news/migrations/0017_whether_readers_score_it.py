from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("news", "0016_where_old_news_stands")]

    operations = [
        migrations.AddField(
            model_name=name, name="takes_ratings", field=models.BooleanField(db_default=True, default=True)
        )
        for name in ("article", "publication")
    ]
