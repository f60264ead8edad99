"""The desk finds an article by the words of its title, with or without marks: the database itself keeps them bare."""

from django.db import migrations, models
from django.db.models.functions import Lower

APART = models.Func(models.F("title"), template="normalize(%(expressions)s, NFD)")
BARE = models.Func(
    APART, models.Value("[\u0300-\u036f]"), models.Value(""), models.Value("g"), function="regexp_replace"
)
PLAIN = models.Func(
    Lower(BARE), models.Value("Đđ"), models.Value("dd"), function="translate", output_field=models.TextField()
)


class Migration(migrations.Migration):
    dependencies = [("news", "0011_lists_by_state")]

    operations = [
        migrations.AddField(
            model_name="article",
            name="title_key",
            field=models.GeneratedField(db_persist=True, expression=PLAIN, output_field=models.TextField()),
        )
    ]
