"""The index: one row for each thing that can be found."""

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
