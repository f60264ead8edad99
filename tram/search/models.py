"""The index: one row for each thing that can be found; and the searches that people keep."""

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models


class Card(models.Model):
    """Thẻ tìm kiếm: what is shown of a thing in a list of hits, and the terms by which it is found and may be seen."""

    kind = models.CharField(max_length=60)
    key = models.BigIntegerField()
    agency = models.BigIntegerField(default=0)
    at = models.DateTimeField()
    title = models.TextField()
    line = models.TextField(blank=True)
    number = models.CharField(max_length=120, blank=True)
    sender = models.CharField(max_length=300, blank=True)
    url = models.CharField(max_length=300)
    due_on = models.DateField(null=True)
    terms = SearchVectorField()

    class Meta:
        # No index on `at`: with one, the planner walks it backwards past everything a reader may not see.
        constraints = [models.UniqueConstraint(fields=["kind", "key"], name="one_card_for_a_thing")]
        indexes = [GinIndex(fields=["terms"], name="cards_by_term", gin_pending_list_limit=512)]


class Saved(models.Model):
    """Tìm đã lưu: the words of a search under a name; `unit` is whose people may use it too."""

    account = models.BigIntegerField()
    owner_name = models.CharField(max_length=240)
    unit = models.BigIntegerField(null=True, db_index=True)
    name = models.CharField(max_length=60)
    text = models.CharField(max_length=300)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "name"], name="one_saved_search_a_name")]
