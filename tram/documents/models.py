"""Incoming documents, with the field names of NĐ 30/2020 Phụ lục VI."""

from django.db import models
from django.db.models import Q

from tram.documents.rules import code_of, page_of
from tram.documents.states import Secrecy, State
from tram.kernel.refs import ref_of


class Incoming(models.Model):
    """Văn bản đến: a paper or message that reached an agency, numbered on arrival."""

    agency = models.ForeignKey("organisation.Unit", models.PROTECT, related_name="+")
    state = models.CharField(max_length=20, default=State.ARRIVED.value)
    channel = models.CharField(max_length=10)
    arrived_at = models.DateTimeField()
    book_code = models.CharField(max_length=30, blank=True)
    year = models.PositiveSmallIntegerField(null=True)
    arrival_number = models.PositiveIntegerField(null=True)
    arrival_date = models.DateField(null=True)
    arrival_time = models.TimeField(null=True)
    organ_name = models.CharField(max_length=200, blank=True)
    organ_unit = models.ForeignKey("organisation.Unit", models.PROTECT, null=True, related_name="+")
    code_number = models.CharField(max_length=11, blank=True)
    code_notation = models.CharField(max_length=30, blank=True)
    number_key = models.CharField(max_length=60, blank=True)
    issued_date = models.DateField(null=True)
    type_name = models.CharField(max_length=100, blank=True)
    subject = models.CharField(max_length=1000, blank=True)
    language = models.CharField(max_length=30, default="Tiếng Việt")
    page_amount = models.PositiveSmallIntegerField(null=True)
    issued_amount = models.PositiveSmallIntegerField(null=True)
    description = models.CharField(max_length=500, blank=True)
    signer_position = models.CharField(max_length=100, blank=True)
    signer_full_name = models.CharField(max_length=50, blank=True)
    urgency = models.PositiveSmallIntegerField(default=0)
    secrecy = models.PositiveSmallIntegerField(default=Secrecy.NONE.value)
    keeping_place = models.CharField(max_length=200, blank=True)
    due_date = models.DateField(null=True)
    to_places = models.CharField(max_length=1000, blank=True)
    file_code = models.CharField(max_length=80, blank=True)
    registered_at = models.DateTimeField(null=True)
    registered_by = models.CharField(max_length=240, blank=True)
    ended_at = models.DateTimeField(null=True)
    outcome = models.TextField(blank=True)
    answer_code = models.CharField(max_length=60, blank=True)
    duplicate_of = models.ForeignKey("self", models.PROTECT, null=True, related_name="duplicates")
    duplicate_reason = models.CharField(max_length=300, blank=True)
    origin = models.CharField(max_length=80, blank=True)
    """What sent it, when it came from another agency of this installation: that room is told each status."""
    recall_reason = models.CharField(max_length=500, blank=True)
    """Why its sender recalls it; "" while nobody does."""
    veiled = models.BooleanField(default=False)
    """A stamp of secrecy was seen on the paper and the clerk has not answered: only they know of it."""

    class Meta:
        constraints = [
            models.UniqueConstraint("agency", "book_code", "year", "arrival_number", name="one_arrival_a_number"),
            models.CheckConstraint(
                condition=Q(secrecy__lt=Secrecy.UTMOST.value) | Q(subject=""), name="utmost_secret_has_no_subject"
            ),
            models.CheckConstraint(
                condition=Q(arrival_number__isnull=True) | Q(year__isnull=False, arrival_date__isnull=False),
                name="a_number_has_its_year_and_day",
            ),
        ]
        indexes = [
            models.Index(fields=["agency", "book_code", "year", "-arrival_number"], name="pages_of_the_book"),
            models.Index(fields=["agency", "-id"], name="documents_of_an_agency"),
            models.Index(
                fields=["agency", "channel", "-urgency", "id"],
                name="lanes_of_the_clerk",
                condition=Q(state__in=(State.ARRIVED.value, State.VERIFIED.value)),
            ),
            models.Index(fields=["agency", "number_key"], name="duplicates_by_number"),
            models.Index(fields=["agency", "due_date", "id"], name="documents_not_settled", condition=Q(ended_at=None)),
        ]

    @property
    def ref(self) -> str:
        """How other rooms name this document."""
        return ref_of("documents", "incoming", self.pk)

    @property
    def url(self) -> str:
        """Its page."""
        return page_of(self.pk)

    @property
    def code(self) -> str:
        """Số, ký hiệu as printed: "45/UBND-KT"; the notation alone when there is no number."""
        return code_of(self.code_number, self.code_notation)


class IncomingFile(models.Model):
    """Tệp của văn bản: the paper itself first, then what came with it."""

    document = models.ForeignKey(Incoming, models.PROTECT, related_name="files")
    file = models.ForeignKey("files.File", models.PROTECT, related_name="+")
    place = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint("document", "place", name="one_file_a_place")]
        indexes = [models.Index(fields=["file"], name="documents_of_a_file")]


class Proposal(models.Model):
    """Đề xuất đọc được: what the machine read from the paper, with confidence and place; the clerk decides."""

    document = models.OneToOneField(Incoming, models.PROTECT, related_name="proposal")
    fields = models.JSONField()
    text = models.TextField(blank=True)
    engine = models.CharField(max_length=30)
    read_at = models.DateTimeField()


class SplitProposal(models.Model):
    """Đề xuất tách: where letters seem to begin in a file and which pages fall away; {"page": why}; the clerk decides."""

    document = models.OneToOneField(Incoming, models.PROTECT, related_name="split_proposal")
    starts = models.JSONField()
    drops = models.JSONField()
    letters = models.PositiveSmallIntegerField()
    read_at = models.DateTimeField()


class Part(models.Model):
    """Phần tách: the letter made of some pages of a file that held several; the original stays as it came."""

    document = models.OneToOneField(Incoming, models.PROTECT, related_name="part")
    original = models.ForeignKey(Incoming, models.PROTECT, related_name="parts")
    original_sha256 = models.CharField(max_length=64)
    pages = models.TextField()


class Direction(models.Model):
    """Ý kiến chỉ đạo (bút phê): who leads, who helps, who is told, and by when."""

    document = models.ForeignKey(Incoming, models.PROTECT, related_name="directions")
    by_post = models.ForeignKey("organisation.Post", models.PROTECT, null=True, related_name="+")
    by_name = models.CharField(max_length=240)
    note = models.TextField(blank=True)
    due_date = models.DateField(null=True)
    at = models.DateTimeField()
    recalled_at = models.DateTimeField(null=True)
    recall_reason = models.CharField(max_length=500, blank=True)


class Share(models.Model):
    """Phân xử lý: one unit's or person's part in a direction, and the task that carries it."""

    direction = models.ForeignKey(Direction, models.PROTECT, related_name="shares")
    task = models.OneToOneField("tasks.Task", models.PROTECT, related_name="+")
    part = models.CharField(max_length=15)


class Access(models.Model):
    """Quyền xem: why a post or unit may read a document."""

    document = models.ForeignKey(Incoming, models.PROTECT, related_name="access")
    key = models.CharField(max_length=40)
    cause = models.CharField(max_length=80)
    since_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint("document", "key", name="one_cause_a_key")]
        indexes = [models.Index(fields=["key", "-document"], name="documents_open_to_a_key")]


class Correction(models.Model):
    """Chữa sổ: what a row of the book said before, struck through with who and why; nothing is overwritten unseen."""

    document = models.ForeignKey(Incoming, models.PROTECT, related_name="corrections")
    field = models.CharField(max_length=30)
    before = models.CharField(max_length=1000, blank=True)
    after = models.CharField(max_length=1000, blank=True)
    reason = models.CharField(max_length=300)
    by_name = models.CharField(max_length=240)
    at = models.DateTimeField()
