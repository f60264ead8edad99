"""Certificates, and every act of signing with the proof of who signed, from which post, by what right."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from tram.kernel.refs import ref_of
from tram.signing.states import KEEPERS, ROLES


class Certificate(models.Model):
    """Chứng thư số: whose it is (a person's or an agency's seal), how long it is good, and where its key lies.

    `place` names the key for its keeper: {"file"} below the key folder, {"module", "token", "key"} of a PKCS#11 token,
    nothing for a service far away. `secret` is the file's password or the token's PIN, sealed; empty when the signer
    types it each time.
    """

    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    agency = models.BigIntegerField()
    name = models.CharField(max_length=200)
    issuer = models.CharField(max_length=200)
    serial = models.CharField(max_length=50)
    fingerprint = models.CharField(max_length=64)
    der = models.BinaryField()
    since = models.DateTimeField()
    until = models.DateTimeField()
    is_test = models.BooleanField(default=False)
    keeper = models.CharField(max_length=10, choices=list(KEEPERS.items()))
    place = models.JSONField(default=dict)
    secret = models.BinaryField(default=b"")
    picture = models.ForeignKey("files.File", models.PROTECT, null=True, related_name="+")
    enrolled_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_for = models.CharField(max_length=200, blank=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["account", "-since"], name="certificates_of_a_person"),
            models.Index(fields=["agency", "-since"], name="certificates_of_an_agency"),
        ]
        constraints = [
            models.UniqueConstraint(
                "fingerprint", condition=Q(withdrawn_at=None), name="one_living_row_of_a_certificate"
            ),
            models.CheckConstraint(condition=Q(until__gt=models.F("since")), name="certificate_lasts"),
        ]

    @property
    def ref(self) -> str:
        """How other rooms name it."""
        return ref_of("signing", "certificate", self.pk)

    @property
    def is_seal(self) -> bool:
        """Whether it is an agency's, kept by its clerk."""
        return self.account_id is None


class Act(models.Model):
    """Lượt ký: one signature as it was made. The database refuses any later change of the row.

    `capacity` is what stands before the title (KT., TL., TUQ.…), `authority` the ground for it in words, `evidence` refs
    and texts which the asking room gave; so the right to sign is provable after the signer has left the post.
    """

    about = models.CharField(max_length=80)
    role = models.CharField(max_length=12, choices=list(ROLES.items()))
    agency = models.BigIntegerField()
    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    account_name = models.CharField(max_length=120)
    post = models.BigIntegerField()
    post_title = models.CharField(max_length=200)
    unit_name = models.CharField(max_length=200)
    principal_name = models.CharField(max_length=200, blank=True)
    capacity = models.CharField(max_length=10, blank=True)
    authority = models.TextField(blank=True)
    evidence = models.JSONField(default=list)
    certificate = models.ForeignKey(Certificate, models.PROTECT, related_name="acts")
    fingerprint = models.CharField(max_length=64)
    source = models.ForeignKey("files.File", models.PROTECT, related_name="+")
    result = models.ForeignKey("files.File", models.PROTECT, related_name="+")
    before = models.CharField(max_length=64)
    after = models.CharField(max_length=64)
    field = models.CharField(max_length=80)
    level = models.CharField(max_length=10)
    proved_by = models.CharField(max_length=40)
    signed_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["about", "signed_at"], name="acts_about_a_thing"),
            models.Index(fields=["after"], name="act_of_a_file"),
        ]
        constraints = [models.UniqueConstraint("source", "field", name="a_field_is_signed_once")]

    @property
    def ref(self) -> str:
        """How other rooms name it."""
        return ref_of("signing", "act", self.pk)


class Waiting(models.Model):
    """Lượt ký chờ: a digest that went out to a service far away, and everything needed when its signature comes in."""

    id = models.UUIDField(default=uuid.uuid4, primary_key=True, editable=False)
    about = models.CharField(max_length=80)
    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    certificate = models.ForeignKey(Certificate, models.PROTECT, related_name="+")
    source = models.ForeignKey("files.File", models.PROTECT, related_name="+")
    digest = models.CharField(max_length=64)
    attributes = models.TextField()
    order = models.JSONField()
    words = models.JSONField()
    began_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["expires_at"], condition=Q(ended_at=None), name="signatures_awaited")]

    @property
    def ref(self) -> str:
        """How the audit names it."""
        return f"signing.waiting/{self.pk}"
