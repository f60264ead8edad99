"""What people are told, what they do not want to be told, and which mails went out."""

from django.db import models
from django.db.models import Q


class Notice(models.Model):
    """Thông báo: one sentence for whoever holds a post, or for one account."""

    post = models.BigIntegerField(null=True)
    account = models.BigIntegerField(null=True)
    kind = models.CharField(max_length=80)
    sentence = models.TextField()
    url = models.CharField(max_length=300)
    about = models.CharField(max_length=80)
    at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(post=None, account__isnull=False) | Q(post__isnull=False, account=None),
                name="one_addressee",
            )
        ]
        indexes = [
            models.Index(fields=["post", "-id"], name="notices_of_a_post", condition=Q(post__isnull=False)),
            models.Index(fields=["account", "-id"], name="notices_of_an_account", condition=Q(account__isnull=False)),
            models.Index(fields=["post"], name="unread_of_a_post", condition=Q(read_at=None, post__isnull=False)),
            models.Index(
                fields=["account"], name="unread_of_an_account", condition=Q(read_at=None, account__isnull=False)
            ),
            models.Index(fields=["about"], name="unread_about", condition=Q(read_at=None)),
        ]


class Silence(models.Model):
    """Tắt nhận: a kind of notice that a person does not want on one channel."""

    account = models.BigIntegerField()
    kind = models.CharField(max_length=80)
    channel = models.CharField(max_length=10)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "kind", "channel"], name="one_switch")]


class Quiet(models.Model):
    """Giờ yên tĩnh: hours in which a person gets no mail and no push, possibly over midnight."""

    account = models.BigIntegerField(primary_key=True)
    since = models.TimeField()
    until = models.TimeField()


class Hour(models.Model):
    """Giờ nhận thư gộp: the one hour of the day that a person chose, in place of morning and afternoon."""

    account = models.BigIntegerField(primary_key=True)
    hour = models.PositiveSmallIntegerField()


class Device(models.Model):
    """Thiết bị nhận đẩy: a browser in which a person wants to be told at once. It lives with their sign-in there.

    `browser` is the hash that identity keeps of it; `point` and `auth` are the browser's half of the sealing.
    `failures` counts notices in a row that its push service did not take.
    """

    account = models.BigIntegerField(db_index=True)
    browser = models.BinaryField(max_length=32, unique=True)
    endpoint = models.CharField(max_length=1000, unique=True)
    point = models.BinaryField(max_length=65)
    auth = models.BinaryField(max_length=16)
    name = models.CharField(max_length=120)
    created_at = models.DateTimeField()
    told_at = models.DateTimeField(null=True)
    failures = models.PositiveSmallIntegerField(default=0)


class Digest(models.Model):
    """Thư gộp: the one mail to a person at one hour of the day, and what became of it."""

    account = models.BigIntegerField()
    slot = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)
    lines = models.PositiveSmallIntegerField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "slot"], name="one_digest_an_hour")]
