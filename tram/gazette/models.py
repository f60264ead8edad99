"""Official documents: those not drafted here, what of all of them the public may see, what they say of each other."""

from django.db import models
from django.db.models import F, Q

from tram.gazette.rules import Days
from tram.kernel.refs import ref_of


class Paper(models.Model):
    """Văn bản đưa lên: a document that was not drafted here, as a legal text or a letter of a higher agency, brought by the
    clerk with what is told of it. What the public sees is the open row of `Publication`.
    """

    agency = models.ForeignKey("organisation.Unit", models.PROTECT, related_name="+", db_index=False)
    kind = models.CharField(max_length=30, blank=True)
    code = models.CharField(max_length=45, blank=True)
    issued_date = models.DateField(null=True)
    issuer = models.CharField(max_length=200, blank=True)
    subject = models.CharField(max_length=500, blank=True)
    signer_position = models.CharField(max_length=100, blank=True)
    signer_full_name = models.CharField(max_length=50, blank=True)
    topic = models.CharField(max_length=30, blank=True)
    effective_on = models.DateField(null=True)
    effective_until = models.DateField(null=True)
    relations = models.TextField(blank=True)
    """One line a document: "Thay thế 12/2019/QĐ-UBND ngày 05/03/2019"."""
    unsure = models.JSONField(default=list)
    """Fields that a machine read and was not sure of, until a person has saved them."""
    source = models.CharField(max_length=80, blank=True)
    """The incoming document that it was made from."""
    brought_by = models.CharField(max_length=240)
    brought_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint("agency", "source", condition=~Q(source=""), name="a_letter_is_brought_once")
        ]
        indexes = [models.Index(fields=["agency", "-id"], name="papers_of_an_agency")]

    @property
    def ref(self) -> str:
        """How other rooms name it."""
        return ref_of("gazette", "paper", self.pk)


class PaperFile(models.Model):
    """Tệp của văn bản đưa lên: the document itself first, then its annexes, with the words that stand in each."""

    paper = models.ForeignKey(Paper, models.PROTECT, related_name="files")
    file = models.OneToOneField("files.File", models.PROTECT, related_name="+")
    place = models.PositiveSmallIntegerField()
    words = models.TextField(blank=True)
    """Empty for a picture: it is not read by a machine, and the page says so."""

    class Meta:
        constraints = [models.UniqueConstraint("paper", "place", name="one_paper_file_a_place")]


class Publication(models.Model):
    """Lượt công khai: what the public may see of one letter or paper, since when and until when, by whom. The database lets
    a row end once; besides, only the two days change that are derived from other documents. It is published anew by a new row.
    """

    letter = models.ForeignKey("outgoing.Outgoing", models.PROTECT, null=True, related_name="+")
    paper = models.ForeignKey(Paper, models.PROTECT, null=True, related_name="+")
    agency = models.ForeignKey("organisation.Unit", models.PROTECT, related_name="+", db_index=False)
    slug = models.CharField(max_length=160)
    """Its address for good: every row of a letter bears the same."""
    kind = models.CharField(max_length=30)
    code = models.CharField(max_length=45)
    subject = models.CharField(max_length=500)
    issued_date = models.DateField()
    signer = models.CharField(max_length=250)
    issuer = models.CharField(max_length=200, blank=True)
    """Of a paper; a letter is its agency's."""
    topic = models.CharField(max_length=30, blank=True)
    effective_on = models.DateField(null=True)
    effective_until = models.DateField(null=True)
    """The last day on which it holds."""
    lapses_on = models.DateField(null=True)
    """Derived: the first day on which it holds no more, by its own days, its agency's act and later documents."""
    changed_on = models.DateField(null=True)
    """Derived: the first day on which a part of it does not."""
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
            models.UniqueConstraint("paper", condition=Q(until_at=None), name="one_open_publication_a_paper"),
            models.CheckConstraint(
                condition=Q(letter=None, paper__isnull=False) | Q(letter__isnull=False, paper=None),
                name="a_publication_is_of_a_letter_or_of_a_paper",
            ),
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
            models.Index(
                fields=["topic", "-issued_date", "-id"], name="public_letters_of_a_topic", condition=Q(until_at=None)
            ),
            models.Index(
                fields=["-issued_date", "-id"], name="public_letters_that_lapse",
                condition=Q(until_at=None, lapses_on__isnull=False),
            ),
            models.Index(
                fields=["-issued_date", "-id"], name="public_letters_changed",
                condition=Q(until_at=None, changed_on__isnull=False),
            ),
            models.Index(fields=["-effective_on"], name="public_letters_to_come", condition=Q(until_at=None)),
        ]  # fmt: skip

    @property
    def ref(self) -> str:
        """How other rooms name what is public of it: by the key of the letter or paper, the same for each row."""
        return ref_of("gazette", "paper" if self.paper_id else "document", self.paper_id or self.letter_id or 0)

    @property
    def about(self) -> str:
        """Of what the record tells: the letter in its own room, or the paper."""
        return self.ref if self.paper_id else ref_of("outgoing", "document", self.letter_id or 0)

    @property
    def days(self) -> Days:
        """When it holds."""
        return Days(self.effective_on, self.effective_until, self.lapses_on, self.changed_on)


class Link(models.Model):
    """Quan hệ văn bản: what a public document says of an earlier one, in force as long as its row is open. Never changed.

    `slug`: the address of the earlier one where it was public; else it is known by number and day, and found when it becomes so.
    """

    publication = models.ForeignKey(Publication, models.PROTECT, related_name="links")
    agency = models.ForeignKey("organisation.Unit", models.PROTECT, related_name="+", db_index=False)
    how = models.CharField(max_length=20)
    code = models.CharField(max_length=45)
    issued_date = models.DateField()
    slug = models.CharField(max_length=160, blank=True)
    from_on = models.DateField()
    """Since when: the day from which the later document holds."""

    class Meta:
        indexes = [
            models.Index(fields=["slug"], name="links_to_an_address", condition=~Q(slug="")),
            models.Index(fields=["agency", "issued_date"], name="links_to_a_number", condition=Q(slug="")),
        ]
