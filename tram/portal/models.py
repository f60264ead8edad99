"""The sites of the portal: the province's and one for each agency of which something was ever public; what the self-scan saw."""

from django.db import models

from tram.kernel.refs import ref_of


class Site(models.Model):
    """Trang trên cổng: the province's (no agency) or an agency's. `generation` rises with every change of what is public
    there, in the transaction of the change: a page kept under an older one is shown no more.
    """

    agency = models.ForeignKey("organisation.Unit", models.PROTECT, null=True, related_name="+", db_index=False)
    slug = models.CharField(max_length=160, unique=True)
    """Its address for good, from the agency's name on the day of its first article; empty for the province's."""
    generation = models.BigIntegerField(default=1)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agency"], name="one_site_an_agency", nulls_distinct=False)]


class Scan(models.Model):
    """Lượt tự kiểm cổng: one walk through all that is public. `part` (its name, "" for the first) and `after` are where it goes on;
    `looked` how much it has seen.
    """

    began_at = models.DateTimeField()
    part = models.CharField(max_length=30, default="")
    after = models.BigIntegerField(default=0)
    looked = models.PositiveIntegerField(default=0)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(models.Value(1), condition=models.Q(ended_at=None), name="one_scan_at_a_time")
        ]

    @property
    def ref(self) -> str:
        """How other rooms name it."""
        return ref_of("portal", "scan", self.pk)


class Sighting(models.Model):
    """Điều thấy khi tự kiểm: something that stands on the portal without leave, where, what to do. `mark` is of the very thing seen:
    what was settled comes back when it is another. Gone when a scan meets it no more.
    """

    place = models.CharField(max_length=400)
    mark = models.CharField(max_length=64)
    agency = models.BigIntegerField(default=0)
    is_bad = models.BooleanField()
    sentence = models.CharField(max_length=600)
    mend = models.CharField(max_length=400)
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()
    gone_at = models.DateTimeField(null=True)
    settled_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint("place", "mark", name="a_thing_is_seen_once_at_a_place")]
        indexes = [
            models.Index(
                fields=["-is_bad", "id"], name="sightings_not_settled",
                condition=models.Q(gone_at=None, settled_at=None),
            )
        ]  # fmt: skip

    @property
    def ref(self) -> str:
        """How other rooms name it."""
        return ref_of("portal", "sighting", self.pk)
