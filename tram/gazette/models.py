"""What of the letters that left the public may see: the publish log of official documents."""

from django.db import models
from django.db.models import F, Q

from tram.kernel.refs import ref_of


class Publication(models.Model):
    """Lượt công khai: what the public may see of one letter, since when and until when, by whom. The database lets a row
    end once and change in nothing else; a letter is published anew by a new row.
    """

    letter = models.ForeignKey("outgoing.Outgoing", models.PROTECT, related_name="+")
    agency = models.ForeignKey("organisation.Unit", models.PROTECT, related_name="+", db_index=False)
    slug = models.CharField(max_length=160)
    """Its address for good: every row of a letter bears the same."""
    kind = models.CharField(max_length=30)
    code = models.CharField(max_length=45)
    subject = models.CharField(max_length=500)
    issued_date = models.DateField()
    signer = models.CharField(max_length=250)
    effective_on = models.DateField(null=True)
    effective_until = models.DateField(null=True)
    """The last day on which it holds."""
    files = models.JSONField()
    """What was agreed to: [{"id", "sha256"}], the page as signed first."""
    publisher = models.ForeignKey("identity.Account", models.PROTECT, related_name="+", db_index=False)
    publisher_name = models.CharField(max_length=240)
    first_at = models.DateTimeField()
    since_at = models.DateTimeField()
    until_at = models.DateTimeField(null=True)
    ended_for = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint("letter", condition=Q(until_at=None), name="one_open_publication_a_letter"),
            models.UniqueConstraint("slug", condition=Q(until_at=None), name="one_open_publication_an_address"),
            models.CheckConstraint(
                condition=Q(until_at=None) | Q(until_at__gte=F("since_at")), name="a_letter_is_public_before_it_is_not"
            ),
            models.CheckConstraint(
                condition=Q(effective_until=None) | Q(effective_until__gte=F("effective_on")),
                name="an_effect_ends_after_it_began",
            ),
        ]
        indexes = [
            models.Index(fields=["slug", "-id"], name="letters_by_their_address"),
            models.Index(fields=["-since_at", "-id"], name="letters_made_public", condition=Q(until_at=None)),
            models.Index(fields=["-issued_date", "-id"], name="public_letters", condition=Q(until_at=None)),
            models.Index(
                fields=["agency", "-issued_date", "-id"], name="public_letters_of_an_agency", condition=Q(until_at=None)
            ),
            models.Index(
                fields=["kind", "-issued_date", "-id"], name="public_letters_of_a_kind", condition=Q(until_at=None)
            ),
            models.Index(
                fields=["agency", "kind", "-issued_date", "-id"], name="agencys_public_letters_by_kind",
                condition=Q(until_at=None),
            ),
        ]  # fmt: skip

    @property
    def ref(self) -> str:
        """How other rooms name what is public of the letter: by the letter's key, the same for each row."""
        return ref_of("gazette", "document", self.letter_id)
