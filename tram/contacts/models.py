"""How agencies and their people may be reached by everybody: the publish log of contacts."""

from django.db import models
from django.db.models import F, Q


class Publication(models.Model):
    """Lượt công bố danh bạ: what the public may know of an agency (no post), or of the person in a post, since when and until
    when, by whom. The database lets a row end once and change in nothing else; what is told anew is a new row.
    """

    agency = models.ForeignKey("organisation.Unit", models.PROTECT, related_name="+", db_index=False)
    post = models.ForeignKey("organisation.Post", models.PROTECT, null=True, related_name="+", db_index=False)
    account = models.ForeignKey("identity.Account", models.PROTECT, null=True, related_name="+", db_index=False)
    """Whose person's act it was to agree: once somebody else holds the post, the row shows nobody."""
    name = models.CharField(max_length=240)
    words = models.CharField(max_length=2000, blank=True)
    """What the agency does; the part of the work that the person answers for."""
    address = models.CharField(max_length=300, blank=True)
    phone = models.CharField(max_length=60, blank=True)
    email = models.CharField(max_length=120, blank=True)
    hours = models.CharField(max_length=300, blank=True)
    """When citizens are received; when the press may call."""
    speaks = models.BooleanField(default=False)
    decision = models.CharField(max_length=200, blank=True)
    publisher = models.ForeignKey("identity.Account", models.PROTECT, related_name="+", db_index=False)
    publisher_name = models.CharField(max_length=240)
    since_at = models.DateTimeField()
    until_at = models.DateTimeField(null=True)
    ended_for = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint("agency", condition=Q(until_at=None, post=None), name="one_open_card_an_agency"),
            models.UniqueConstraint("post", condition=Q(until_at=None), name="one_open_card_a_post"),
            models.CheckConstraint(
                condition=Q(post=None, account=None) | Q(post__isnull=False, account__isnull=False),
                name="a_post_with_its_person",
            ),
            models.CheckConstraint(
                condition=Q(until_at=None) | Q(until_at__gte=F("since_at")), name="a_contact_is_public_before_it_is_not"
            ),
        ]
        indexes = [
            models.Index(fields=["agency"], name="people_public_of_an_agency", condition=Q(until_at=None, post__isnull=False)),
            models.Index(fields=["agency", "post", "-id"], name="contacts_told_before"),
        ]  # fmt: skip
