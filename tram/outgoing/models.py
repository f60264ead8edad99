"""Outgoing documents from the first draft to the last receipt, with the field names of NĐ 30/2020 Phụ lục VI."""

from django.db import models
from django.db.models import Q

from tram.kernel.refs import ref_of
from tram.outgoing.states import AT_THE_CLERK, Asked, Delivery, Outcome, State


class Outgoing(models.Model):
    """Văn bản đi: a draft, later a signed, numbered and issued letter of an agency."""

    agency = models.ForeignKey("organisation.Unit", models.PROTECT, related_name="+")
    unit = models.ForeignKey("organisation.Unit", models.PROTECT, related_name="+", db_index=False)
    drafter = models.ForeignKey("organisation.Post", models.PROTECT, related_name="+", db_index=False)
    drafter_name = models.CharField(max_length=240)
    state = models.CharField(max_length=20, default=State.DRAFTING.value)
    kind = models.CharField(max_length=30)
    field = models.CharField(max_length=30, blank=True)
    subject = models.CharField(max_length=500, blank=True)
    urgency = models.PositiveSmallIntegerField(default=0)
    due_date = models.DateField(null=True)
    answers = models.ForeignKey("documents.Incoming", models.PROTECT, null=True, related_name="+")
    before = models.ForeignKey("self", models.PROTECT, null=True, related_name="later")
    relation = models.CharField(max_length=10, blank=True)
    original = models.ForeignKey("files.File", models.PROTECT, null=True, related_name="+")
    """Of a copy (sao y, trích sao, sao lục): the PDF that is copied."""
    version = models.PositiveSmallIntegerField(default=0)
    signer = models.ForeignKey("organisation.Post", models.PROTECT, null=True, related_name="+", db_index=False)
    signer_position = models.CharField(max_length=100, blank=True)
    signer_full_name = models.CharField(max_length=50, blank=True)
    authority = models.CharField(max_length=10, blank=True)
    approved_at = models.DateTimeField(null=True)
    proof_code = models.CharField(max_length=12, null=True)
    is_on_paper = models.BooleanField(default=False)
    paper = models.ForeignKey("files.File", models.PROTECT, null=True, related_name="+")
    places = models.JSONField(default=dict)
    """Where on the made page number, day and signatures stand: {field: [page, x0, y0, x1, y1]}, points."""
    signed_at = models.DateTimeField(null=True)
    book_code = models.CharField(max_length=30, blank=True)
    year = models.PositiveSmallIntegerField(null=True)
    number = models.PositiveIntegerField(null=True)
    code_number = models.CharField(max_length=11, blank=True)
    code_notation = models.CharField(max_length=30, blank=True)
    issued_date = models.DateField(null=True)
    numbered_by = models.CharField(max_length=240, blank=True)
    issued_at = models.DateTimeField(null=True)
    issued_amount = models.PositiveSmallIntegerField(null=True)
    ended_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=500, blank=True)
    began_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint("proof_code", name="one_outgoing_a_proof_code"),
            models.UniqueConstraint("agency", "book_code", "year", "number", name="one_outgoing_a_number"),
            models.UniqueConstraint(
                "agency", "year", "code_number", "code_notation", condition=Q(number__isnull=False),
                name="one_outgoing_a_code",
            ),
            models.CheckConstraint(
                condition=Q(number__isnull=True) | Q(year__isnull=False, issued_date__isnull=False, signed_at__isnull=False),
                name="a_numbered_letter_is_signed",
            ),
            models.CheckConstraint(
                condition=Q(before=None, relation="") | (Q(before__isnull=False) & ~Q(relation="")),
                name="a_relation_has_its_letter",
            ),
        ]  # fmt: skip
        indexes = [
            models.Index(fields=["agency", "-id"], name="outgoing_of_an_agency"),
            models.Index(fields=["agency", "book_code", "year", "-number"], name="pages_of_the_outgoing_book"),
            models.Index(
                fields=["agency", "-urgency", "id"], name="outgoing_at_the_clerk",
                condition=Q(state__in=[state.value for state in AT_THE_CLERK]),
            ),
            models.Index(fields=["drafter", "-id"], name="drafts_of_a_post", condition=Q(ended_at=None, issued_at=None)),
        ]  # fmt: skip

    @property
    def ref(self) -> str:
        """How other rooms name it."""
        return ref_of("outgoing", "document", self.pk)

    @property
    def url(self) -> str:
        """Its page."""
        return f"/van-ban-di/{self.pk}"

    @property
    def code(self) -> str:
        """Số, ký hiệu as printed: "45/SKHCN-BCVT"; the notation alone before it has a number."""
        return "/".join(part for part in (self.code_number, self.code_notation) if part)


class Version(models.Model):
    """Bản dự thảo: the whole content as it was saved. The database refuses any later change of the row."""

    document = models.ForeignKey(Outgoing, models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    content = models.JSONField()
    changed = models.CharField(max_length=300)
    source = models.CharField(max_length=255, blank=True)
    by_post = models.ForeignKey("organisation.Post", models.PROTECT, related_name="+", db_index=False)
    by_name = models.CharField(max_length=240)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint("document", "number", name="one_version_a_number")]


class Attachment(models.Model):
    """Tệp kèm: an annex, or the Word file that a version was brought in (`version` > 0)."""

    document = models.ForeignKey(Outgoing, models.PROTECT, related_name="attachments")
    file = models.ForeignKey("files.File", models.PROTECT, related_name="+")
    version = models.PositiveSmallIntegerField(default=0)
    place = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint("document", "place", name="one_attachment_a_place")]


class Opinion(models.Model):
    """Ý kiến góp ý: a unit is asked about a version by a day, and what it answered; all are kept (Phụ lục VI.III.5a)."""

    document = models.ForeignKey(Outgoing, models.PROTECT, related_name="opinions")
    version = models.PositiveSmallIntegerField()
    unit = models.ForeignKey("organisation.Unit", models.PROTECT, related_name="+", db_index=False)
    task = models.OneToOneField("tasks.Task", models.PROTECT, related_name="+")
    due_on = models.DateField()
    state = models.CharField(max_length=10, default=Asked.WAITING.value)
    stance = models.CharField(max_length=20, blank=True)
    text = models.TextField(blank=True)
    marked = models.ForeignKey("files.File", models.PROTECT, null=True, related_name="+")
    by_name = models.CharField(max_length=240, blank=True)
    given_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "document", "unit", condition=Q(state=Asked.WAITING.value), name="a_unit_is_asked_once_at_a_time"
            )
        ]


class Initial(models.Model):
    """Ký tắt: who answers for the content and who for the form of one version (NĐ 30/2020 Điều 12)."""

    document = models.ForeignKey(Outgoing, models.PROTECT, related_name="initials")
    version = models.PositiveSmallIntegerField()
    part = models.CharField(max_length=10)
    by_post = models.ForeignKey("organisation.Post", models.PROTECT, related_name="+", db_index=False)
    by_name = models.CharField(max_length=240)
    note = models.CharField(max_length=500, blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint("document", "version", "part", name="one_initial_a_version_and_part")]


class Presentation(models.Model):
    """Lần trình ký: a version lay before a signer, in what authority, and what became of it."""

    document = models.ForeignKey(Outgoing, models.PROTECT, related_name="presentations")
    version = models.PositiveSmallIntegerField()
    signer = models.ForeignKey("organisation.Post", models.PROTECT, related_name="+", db_index=False)
    signer_name = models.CharField(max_length=240)
    authority = models.CharField(max_length=10, blank=True)
    ground = models.CharField(max_length=300, blank=True)
    evidence = models.JSONField(default=list)
    lines = models.JSONField(default=list)
    rule = models.CharField(max_length=200)
    task = models.OneToOneField("tasks.Task", models.PROTECT, related_name="+")
    by_name = models.CharField(max_length=240)
    at = models.DateTimeField()
    outcome = models.CharField(max_length=10, default=Outcome.WAITING.value)
    note = models.TextField(blank=True)
    marks = models.JSONField(default=list)
    decided_by = models.CharField(max_length=240, blank=True)
    decided_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "document", condition=Q(outcome=Outcome.WAITING.value), name="a_draft_lies_before_one_signer"
            )
        ]
        indexes = [
            models.Index(
                fields=["signer", "-decided_at"], name="decisions_of_a_signer",
                condition=Q(outcome__in=(Outcome.APPROVED.value, Outcome.RETURNED.value)),
            )
        ]  # fmt: skip


class Access(models.Model):
    """Quyền xem: why a post, unit or role may read a document."""

    document = models.ForeignKey(Outgoing, models.PROTECT, related_name="access")
    key = models.CharField(max_length=40)
    cause = models.CharField(max_length=80)
    since_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint("document", "key", name="one_cause_a_key_of_an_outgoing")]
        indexes = [models.Index(fields=["key", "-document"], name="outgoing_open_to_a_key")]


class Recipient(models.Model):
    """Nơi nhận: one place a letter goes to, by which way, and how far it came."""

    document = models.ForeignKey(Outgoing, models.PROTECT, related_name="recipients")
    place = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=200)
    unit = models.ForeignKey("organisation.Unit", models.PROTECT, null=True, related_name="+", db_index=False)
    way = models.CharField(max_length=10)
    work = models.CharField(max_length=10)
    address = models.CharField(max_length=300, blank=True)
    copies = models.PositiveSmallIntegerField(default=1)
    state = models.CharField(max_length=20, default=Delivery.QUEUED.value)
    task = models.OneToOneField("tasks.Task", models.PROTECT, null=True, related_name="+")
    letter = models.OneToOneField("documents.Incoming", models.PROTECT, null=True, related_name="+")
    sent_at = models.DateTimeField(null=True)
    delivered_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint("document", "place", name="one_recipient_a_place")]
        indexes = [
            models.Index(
                fields=["document"], name="recipients_to_be_carried", condition=Q(state=Delivery.QUEUED.value)
            ),
            models.Index(fields=["sent_at"], name="recipients_carried", condition=Q(way__in=["post", "hand"])),
        ]

    @property
    def ref(self) -> str:
        """How the room that received the letter names where it came from."""
        return ref_of("outgoing", "recipient", self.pk)


class Report(models.Model):
    """Báo trạng thái: what a place told of a letter, or what the clerk noted; rows are only added."""

    recipient = models.ForeignKey(Recipient, models.PROTECT, related_name="reports")
    code = models.CharField(max_length=10)
    note = models.CharField(max_length=1000, blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint("recipient", "code", "at", name="a_report_is_kept_once")]
