"""Files and what they hold. A blob is bytes and is kept once; a file is somebody's act of bringing them; an upload is on its way."""

import uuid

from django.conf import settings
from django.db import models


class Blob(models.Model):
    """Nội dung tệp: bytes kept once under their SHA-256, never changed and never deleted while a file names them."""

    sha256 = models.CharField(max_length=64, primary_key=True)
    size = models.BigIntegerField()
    kind = models.CharField(max_length=8)
    media_type = models.CharField(max_length=100)
    pages = models.PositiveIntegerField(null=True)
    seconds = models.PositiveIntegerField(null=True)
    """How long a sound is."""
    stored_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(sha256__regex=r"^[0-9a-f]{64}$"), name="blob_is_named_by_hash"),
            models.CheckConstraint(condition=models.Q(size__gt=0), name="blob_is_not_empty"),
        ]


class File(models.Model):
    """Tệp: a blob under the name that somebody gave it, on the day they brought it. Its id is random, for addresses."""

    id = models.UUIDField(default=uuid.uuid4, primary_key=True, editable=False)
    name = models.CharField(max_length=255)
    blob = models.ForeignKey(Blob, models.PROTECT, related_name="files")
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    uploaded_at = models.DateTimeField()
    agency = models.BigIntegerField()
    looked_at = models.DateTimeField(null=True)

    @property
    def ref(self) -> str:
        """How other rooms name it."""
        return f"files.file/{self.pk}"


class Upload(models.Model):
    """Tệp tải dở: a file that arrives in pieces; its bytes so far lie in the data folder. Its id is random, for addresses."""

    id = models.UUIDField(default=uuid.uuid4, primary_key=True, editable=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    name = models.CharField(max_length=255)
    size = models.BigIntegerField()
    mark = models.CharField(max_length=40, blank=True)
    begun_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint("owner", "name", "size", "mark", name="one_upload_of_the_same_file"),
            models.CheckConstraint(condition=models.Q(size__gt=0), name="upload_is_not_empty"),
        ]
        indexes = [models.Index(fields=["begun_at"], name="uploads_by_age")]


class Marked(models.Model):
    """Nghi có dấu mật: a machine saw a stamp of secrecy on a file; until a clerk answers, nobody opens it."""

    file = models.OneToOneField(File, models.CASCADE, related_name="marked")
    level = models.CharField(max_length=20)
    found_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    answered_by = models.CharField(max_length=240, blank=True)

    class Meta:
        indexes = [models.Index(fields=["found_at"], name="marks_not_answered", condition=models.Q(answered_at=None))]
