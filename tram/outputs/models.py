"""Files that are made of long lists, by the worker and for a day."""

import uuid

from django.conf import settings
from django.db import models
from django.urls import reverse

from tram.outputs.states import State


class Output(models.Model):
    """Bản kết xuất: a long list on its way into a file, for one person; how far it is, and the file for a day.

    `mark` is the hash of what was asked for. The file lies at <data>/outputs/<id>. Its id is random, for addresses.
    """

    id = models.UUIDField(default=uuid.uuid4, primary_key=True, editable=False)
    maker = models.CharField(max_length=40)
    keys = models.JSONField()
    mark = models.CharField(max_length=64)
    title = models.CharField(max_length=200)
    name = models.CharField(max_length=120)
    media_type = models.CharField(max_length=100)
    back_url = models.CharField(max_length=200)
    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    post = models.BigIntegerField(null=True)
    agency = models.BigIntegerField()
    state = models.CharField(max_length=10, default=State.WAITING.value)
    tries = models.PositiveSmallIntegerField(default=0)
    total = models.PositiveIntegerField()
    done = models.PositiveIntegerField(default=0)
    asked_at = models.DateTimeField()
    begun_at = models.DateTimeField(null=True)
    told_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    size = models.BigIntegerField(null=True)
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account", "mark"], condition=models.Q(ended_at=None), name="one_output_of_the_same_on_its_way"
            ),
            models.CheckConstraint(condition=models.Q(done__lte=models.F("total")), name="no_more_is_done_than_all"),
            models.CheckConstraint(
                condition=models.Q(state__in=("waiting", "making"), ended_at=None)
                | ~models.Q(state__in=("waiting", "making")) & models.Q(ended_at__isnull=False),
                name="an_output_is_on_its_way_or_ended",
            ),
        ]
        indexes = [
            models.Index(
                fields=["asked_at"],
                name="outputs_to_sweep",
                condition=models.Q(state__in=("waiting", "making", "ready")),
            )
        ]

    @property
    def ref(self) -> str:
        """How other rooms name it."""
        return f"outputs.output/{self.pk}"

    @property
    def url(self) -> str:
        """Its page."""
        return reverse("outputs:output", args=[self.pk])
