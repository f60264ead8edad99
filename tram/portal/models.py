"""The sites of the portal: the province's and one for each agency of which something was ever public."""

from django.db import models


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
