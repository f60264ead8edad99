"""Tables of the audit: append-only rows, and the head of each agency's chain."""

from django.conf import settings
from django.db import models


class Event(models.Model):
    """Nhật ký: what one command did, chained to the row before it in the same agency."""

    agency = models.BigIntegerField()
    seq = models.BigIntegerField()
    at = models.DateTimeField()
    what = models.CharField(max_length=80)
    about = models.CharField(max_length=80)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False)
    actor_name = models.CharField(max_length=200)
    post = models.BigIntegerField(null=True)
    principal = models.BigIntegerField(null=True)
    principal_name = models.CharField(max_length=200, blank=True)
    detail = models.JSONField(default=dict)
    prev = models.BinaryField(max_length=32)
    hash = models.BinaryField(max_length=32)

    class Meta:
        constraints = [models.UniqueConstraint("agency", "seq", name="one_row_a_place_in_the_chain")]
        indexes = [
            models.Index(fields=["about", "id"], name="history_of_a_thing"),
            models.Index(fields=["actor", "-id"], name="acts_of_a_person"),
        ]


class Chain(models.Model):
    """Đầu chuỗi: the last place, hash and moment of an agency's chain."""

    agency = models.BigIntegerField(primary_key=True)
    seq = models.BigIntegerField(default=0)
    head = models.BinaryField(max_length=32, default=b"")
    at = models.DateTimeField(null=True)
