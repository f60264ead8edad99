"""Who gets mail of which topics, who asked and has not confirmed, what there is to tell, and when it was told."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from tram.kernel.refs import ref_of


class Request(models.Model):
    """Yêu cầu nhận tin: somebody gave an address; nobody knows yet whether it is theirs. Once it lapsed the address is gone, and only the
    two marks stay a while, so that a stranger's mailbox is not asked without end.
    """

    mark = models.BinaryField(max_length=32, unique=True)
    box = models.BinaryField(max_length=32, db_index=True)
    """Of the mailbox, as far as it can be guessed."""
    address = models.BinaryField()
    """Sealed; empty once it lapsed."""
    seed = models.BinaryField(max_length=16)
    """From which its link is made, with the installation's secret."""
    hash = models.BinaryField(max_length=32, unique=True)
    topics = models.JSONField()
    is_hourly = models.BooleanField()
    asked_at = models.DateTimeField(db_index=True)
    mailed_at = models.DateTimeField(null=True)
    mails = models.PositiveSmallIntegerField(default=0)


class Subscriber(models.Model):
    """Người nhận tin: an address whose owner confirmed it, and what they chose. Erased whole when they stop."""

    mark = models.BinaryField(max_length=32, unique=True)
    address = models.BinaryField()
    """Sealed."""
    seed = models.BinaryField(max_length=16)
    hash = models.BinaryField(max_length=32, unique=True)
    """Of the link by which they choose and stop."""
    confirmed_by = models.BinaryField(max_length=32, unique=True)
    """The hash of the link that was confirmed last: it leads to the page of the other once it was used."""
    topics = models.JSONField()
    is_hourly = models.BooleanField()
    confirmed_at = models.DateTimeField()
    told_item = models.BigIntegerField()
    """Everything up to this was told, or does not concern them."""
    told_at = models.DateTimeField(null=True)
    failing_since = models.DateTimeField(null=True)
    """Since when their server takes nothing."""

    class Meta:
        indexes = [models.Index(fields=["is_hourly", "id"], name="readers_by_mail")]

    @property
    def ref(self) -> str:
        """How records name them."""
        return ref_of("alerts", "subscriber", self.pk)


class Item(models.Model):
    """Mục tin: one thing that was made public, in the order in which it was found. What it says is read anew for each mail."""

    mark = models.CharField(max_length=60, unique=True)
    """By which it is told once: "article/12", "correction/77"."""
    kind = models.CharField(max_length=12)
    key = models.BigIntegerField()
    topics = ArrayField(models.CharField(max_length=40))
    """An article may stand in several categories."""
    agency = models.BigIntegerField()
    public_at = models.DateTimeField()
    found_at = models.DateTimeField(db_index=True)


class Round(models.Model):
    """Lượt gửi: what went out at one hour to those who read each hour, or once a day."""

    slot = models.DateTimeField()
    is_hourly = models.BooleanField()
    last_item = models.BigIntegerField()
    opened_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    sent = models.PositiveIntegerField(default=0)
    unsent = models.PositiveIntegerField(default=0)
    ended = models.PositiveIntegerField(default=0)
    """Addresses that were none, and are erased."""

    class Meta:
        constraints = [models.UniqueConstraint(fields=["slot", "is_hourly"], name="one_round_an_hour")]

    @property
    def ref(self) -> str:
        """How other rooms name it."""
        return ref_of("alerts", "round", self.pk)


class Switch(models.Model):
    """Lần bật, tắt: who offered mail to readers, or ended it, and when. The last one holds; before the first it is offered."""

    is_on = models.BooleanField()
    at = models.DateTimeField()
    by_name = models.CharField(max_length=240)
