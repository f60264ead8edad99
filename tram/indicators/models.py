"""Figures by indicator and period, and what of them the public may see."""

from django.db import models
from django.db.models import F, Q

from tram.indicators.rules.catalogue import Indicator, indicators
from tram.indicators.rules.entry import is_public_place
from tram.indicators.rules.reading import Amount, Period
from tram.indicators.states import State
from tram.kernel.refs import ref_of


class Series(models.Model):
    """Dãy số liệu: one indicator about one agency's area, entered and approved by one agency."""

    code = models.CharField(max_length=60)
    """Of the indicator, in the catalogue."""
    about = models.ForeignKey("organisation.Unit", models.PROTECT, related_name="+", db_index=False)
    agency = models.ForeignKey("organisation.Unit", models.PROTECT, related_name="+", db_index=False)
    slug = models.CharField(max_length=160, unique=True)
    """Its address for good."""
    begun_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint("code", "about", name="one_series_an_indicator_and_area")]
        indexes = [models.Index(fields=["agency", "id"], name="series_of_an_agency")]

    @property
    def ref(self) -> str:
        """How other rooms name it."""
        return ref_of("indicators", "series", self.pk)

    @property
    def indicator(self) -> Indicator | None:
        """What it is of; None where the catalogue has it no more."""
        return indicators().get(self.code)

    @property
    def name(self) -> str:
        """As lists name it."""
        return self.indicator.name if self.indicator else self.code


class Told(models.Model):
    """Nội dung số liệu: what a figure says, of which period, by whom it was published."""

    period = models.CharField(max_length=12)
    ends_on = models.DateField()
    value = models.DecimalField(max_digits=20, decimal_places=4)
    comparator = models.CharField(max_length=1, default="=")
    rank_total = models.PositiveIntegerField(null=True)
    """Of a rank: among how many; the value is the place."""
    publisher = models.CharField(max_length=200)
    document = models.CharField(max_length=300, blank=True)
    link = models.CharField(max_length=300, blank=True)
    note = models.CharField(max_length=300, blank=True)
    """Shown beside the figure."""
    reason = models.CharField(max_length=500, blank=True)
    """Why it is another than what was public before."""

    class Meta:
        abstract = True

    @property
    def amount(self) -> Amount:
        """The figure."""
        return Amount(self.value, self.comparator, self.rank_total)

    @property
    def leads(self) -> bool:
        """Whether pages may make its link one that is followed; else it is words alone."""
        return is_public_place(self.link)

    @property
    def when(self) -> Period:
        """Its period."""
        return Period(self.ends_on, self.period)


TOLD = ("period", "ends_on", "value", "comparator", "rank_total", "publisher", "document", "link", "note", "reason")
"""What of a figure everybody may read."""


class Sheet(models.Model):
    """Bảng số liệu: a sheet that somebody brought to an agency, as it was read. Its lines are looked at before they are taken;
    its figures wait together for another person.
    """

    agency = models.ForeignKey("organisation.Unit", models.PROTECT, related_name="+", db_index=False)
    bringer = models.ForeignKey("identity.Account", models.PROTECT, related_name="+", db_index=False)
    bringer_name = models.CharField(max_length=240)
    name = models.CharField(max_length=255)
    """Of the file."""
    sha256 = models.CharField(max_length=64)
    document = models.CharField(max_length=300, blank=True)
    """For lines that name none."""
    columns = models.JSONField()
    lines = models.JSONField()
    """[[number, {column: [kind, text]}]]."""
    blanks = models.JSONField()
    """Numbers of lines without a figure."""
    brought_at = models.DateTimeField()
    taken_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "agency", "bringer", condition=Q(taken_at=None), name="one_sheet_looked_at_a_person_and_agency"
            )
        ]

    @property
    def ref(self) -> str:
        """How other rooms name it."""
        return ref_of("indicators", "sheet", self.pk)


class Figure(Told):
    """Số liệu của một kỳ: as it is being worked on. What the public sees is the open row of `Publication`."""

    series = models.ForeignKey(Series, models.PROTECT, related_name="figures", db_index=False)
    state = models.CharField(max_length=12)
    version = models.PositiveIntegerField(default=1)
    """Rises with each saving: who approves names the one they read."""
    entered_at = models.DateTimeField()
    writer = models.ForeignKey("identity.Account", models.PROTECT, related_name="+", db_index=False)
    writer_name = models.CharField(max_length=240)
    sheet = models.ForeignKey(Sheet, models.PROTECT, null=True, related_name="+")
    """With which it waits; none once it goes its own way."""

    class Meta:
        constraints = [models.UniqueConstraint("series", "ends_on", "period", name="one_figure_a_period")]
        indexes = [models.Index(fields=["id"], name="figures_that_wait", condition=Q(state=State.SUBMITTED.value))]

    @property
    def ref(self) -> str:
        """How other rooms name it."""
        return ref_of("indicators", "figure", self.pk)

    @property
    def turn(self) -> str:
        """What the work about it is about: its sheet while it waits with that."""
        return ref_of("indicators", "sheet", self.sheet_id) if self.sheet_id else self.ref

    @property
    def agency_id(self) -> int:
        """The agency that answers for it."""
        return self.series.agency_id


class Publication(Told):
    """Lượt công bố: what everybody may read of a figure, since when and until when, by whom. The database lets a row end
    once and change in nothing else; a correction is a new row with its reason.
    """

    figure = models.ForeignKey(Figure, models.PROTECT, related_name="+")
    series = models.ForeignKey(Series, models.PROTECT, related_name="+", db_index=False)
    approver = models.ForeignKey("identity.Account", models.PROTECT, related_name="+", db_index=False)
    approver_name = models.CharField(max_length=240)
    since_at = models.DateTimeField()
    until_at = models.DateTimeField(null=True)
    ended_for = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint("figure", condition=Q(until_at=None), name="one_open_publication_a_figure"),
            models.CheckConstraint(
                condition=Q(until_at=None) | Q(until_at__gte=F("since_at")), name="a_figure_is_public_before_it_is_not"
            ),
        ]
        indexes = [
            models.Index(fields=["series", "-ends_on", "-id"], name="figures_of_a_series"),
            models.Index(fields=["-since_at", "-id"], name="figures_made_public", condition=Q(until_at=None)),
        ]
