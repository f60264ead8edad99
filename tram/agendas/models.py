"""The weekly schedule of an agency's leaders: what stands in it, and which weeks the public may see, as they were published."""

from django.db import models
from django.db.models import F, Q

from tram.kernel.refs import ref_of


class Item(models.Model):
    """Mục lịch: what leaders do at an hour of a day, where, who chairs; `is_public`: outsiders may know of it."""

    agency = models.ForeignKey("organisation.Unit", models.PROTECT, related_name="+", db_index=False)
    day = models.DateField()
    begins = models.TimeField()
    ends = models.TimeField(null=True)
    what = models.CharField(max_length=300)
    place = models.CharField(max_length=200, blank=True)
    chair = models.CharField(max_length=200, blank=True)
    is_public = models.BooleanField()
    dropped_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["agency", "day", "begins"], name="items_of_a_week", condition=Q(dropped_at=None))
        ]

    @property
    def ref(self) -> str:
        """How other rooms name this item."""
        return ref_of("agendas", "item", self.pk)


class Publication(models.Model):
    """Lượt công khai lịch tuần: the public items of a week as they were agreed to, since when and until when, by whom. The
    database lets a row end once and change in nothing else; a week that changed is a new row.
    """

    agency = models.ForeignKey("organisation.Unit", models.PROTECT, related_name="+", db_index=False)
    monday = models.DateField()
    edition = models.PositiveSmallIntegerField()
    items = models.JSONField()
    publisher = models.ForeignKey("identity.Account", models.PROTECT, related_name="+", db_index=False)
    publisher_name = models.CharField(max_length=240)
    since_at = models.DateTimeField()
    until_at = models.DateTimeField(null=True)
    ended_for = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint("agency", "monday", condition=Q(until_at=None), name="one_open_schedule_a_week"),
            models.UniqueConstraint("agency", "monday", "edition", name="one_edition_a_number"),
            models.CheckConstraint(
                condition=Q(until_at=None) | Q(until_at__gte=F("since_at")),
                name="a_schedule_is_public_before_it_is_not",
            ),
        ]
