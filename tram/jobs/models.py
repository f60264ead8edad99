"""What is kept of background work beyond its queue: what broke for good, and the pulse of what runs by the clock."""

from django.db import models


class Parked(models.Model):
    """Việc hỏng: a job that failed at every try and waits for a person."""

    job = models.BigIntegerField(unique=True)
    name = models.CharField(max_length=128)
    title = models.CharField(max_length=200)
    args = models.JSONField(default=dict)
    tries = models.PositiveSmallIntegerField()
    reason = models.TextField()
    parked_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=10, blank=True)

    class Meta:
        indexes = [models.Index(fields=["-parked_at"], name="parked_open", condition=models.Q(settled_at=None))]


class Beat(models.Model):
    """Nhịp: when a periodic job last ran through, and why it last failed."""

    name = models.CharField(max_length=128, primary_key=True)
    ran_at = models.DateTimeField(null=True)
    failed_at = models.DateTimeField(null=True)
    reason = models.TextField(blank=True)
