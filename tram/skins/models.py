"""How the sites of agencies look: the log of it, and what is being tried before it is let out."""

from django.db import models
from django.db.models import F, Q

from tram.kernel.refs import ref_of


class Skin(models.Model):
    """Diện mạo trang: what an agency chose for its site; what is empty is taken from the agency above. Without `since_at` it is
    being tried, and may change; once it was let out the database lets it end once and change in nothing else.
    """

    agency = models.ForeignKey("organisation.Unit", models.PROTECT, related_name="+", db_index=False)
    colour = models.CharField(max_length=6, blank=True)
    slogan = models.CharField(max_length=120, blank=True)
    foot = models.CharField(max_length=200, blank=True)
    logo = models.UUIDField(null=True)
    logo_sha256 = models.CharField(max_length=64, blank=True)
    writer = models.ForeignKey("identity.Account", models.PROTECT, related_name="+", db_index=False)
    writer_name = models.CharField(max_length=240)
    """Who tried it; once it was let out, who did that."""
    made_at = models.DateTimeField()
    since_at = models.DateTimeField(null=True)
    until_at = models.DateTimeField(null=True)
    ended_for = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint("agency", condition=Q(since_at=None), name="one_skin_is_tried_at_a_time"),
            models.UniqueConstraint(
                "agency", condition=Q(until_at=None, since_at__isnull=False), name="one_skin_a_site"
            ),
            models.CheckConstraint(
                condition=Q(colour="") | Q(colour__regex="^[0-9a-f]{6}$"), name="a_colour_is_six_digits"
            ),
            models.CheckConstraint(
                condition=Q(until_at=None) | Q(until_at__gte=F("since_at")), name="a_skin_is_worn_before_it_is_not"
            ),
        ]
        indexes = [
            models.Index(fields=["agency", "-id"], name="skins_worn_before"),
            models.Index(fields=["logo"], name="skins_with_a_picture", condition=Q(logo__isnull=False)),
        ]  # fmt: skip

    @property
    def ref(self) -> str:
        """How other rooms name it."""
        return ref_of("skins", "skin", self.pk)
