"""Work files with the names of NĐ 30/2020 Phụ lục VI, the plan that foresees them, hand-overs and disposals."""

from django.db import models
from django.db.models import F, Q

from tram.kernel.refs import ref_of
from tram.workfiles.states import AT_THE_UNIT, Decision, PlanState, Rights, State


class Plan(models.Model):
    """Danh mục hồ sơ: what an agency means to file in a year, drawn up by its units, approved by its head."""

    agency = models.ForeignKey("organisation.Unit", models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, default=PlanState.DRAWING.value)
    begun_by = models.CharField(max_length=240)
    begun_at = models.DateTimeField()
    approved_by = models.CharField(max_length=240, blank=True)
    approved_at = models.DateTimeField(null=True)
    ground = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint("agency", "year", name="one_file_plan_a_year")]

    @property
    def ref(self) -> str:
        """How other rooms name it."""
        return ref_of("workfiles", "plan", self.pk)

    @property
    def url(self) -> str:
        """Its page."""
        return f"/ho-so/danh-muc/{self.year}"


class Heading(models.Model):
    """Đề mục: a unit's part of a plan, its symbol, and the last number given under it."""

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="headings")
    unit = models.ForeignKey("organisation.Unit", models.PROTECT, related_name="+", db_index=False)
    order = models.PositiveIntegerField()
    title = models.CharField(max_length=200)
    symbol = models.CharField(max_length=15)
    last_number = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint("plan", "unit", name="one_heading_a_unit"),
            models.UniqueConstraint("plan", "symbol", name="one_heading_a_symbol"),
        ]


class WorkFile(models.Model):
    """Hồ sơ công việc: the papers of one piece of work, from the plan to the archive."""

    agency = models.ForeignKey("organisation.Unit", models.PROTECT, related_name="+", db_index=False)
    unit = models.ForeignKey("organisation.Unit", models.PROTECT, related_name="+", db_index=False)
    heading = models.ForeignKey(Heading, models.PROTECT, related_name="files")
    year = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField()
    notation = models.CharField(max_length=20)
    title = models.CharField(max_length=500)
    state = models.CharField(max_length=20, default=State.OPEN.value)
    was_planned = models.BooleanField(default=False)
    planned_title = models.CharField(max_length=500, blank=True)
    planned_retention = models.CharField(max_length=30, blank=True)
    """What the approved plan says of it, whatever the file is called later."""
    retention = models.CharField(max_length=30)
    retention_years = models.PositiveSmallIntegerField(null=True)
    """None: for ever."""
    rights = models.CharField(max_length=10, default=Rights.OPEN.value)
    creator = models.ForeignKey("organisation.Post", models.PROTECT, related_name="+", db_index=False)
    creator_name = models.CharField(max_length=240)
    language = models.CharField(max_length=50, default="Tiếng Việt")
    description = models.CharField(max_length=500, blank=True)
    start_date = models.DateField(null=True)
    end_date = models.DateField(null=True)
    doc_total = models.PositiveIntegerField(default=0)
    page_total = models.PositiveIntegerField(default=0)
    due_on = models.DateField(null=True)
    kept_back_until = models.DateField(null=True)
    kept_until = models.DateField(null=True)
    began_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    archived_at = models.DateTimeField(null=True)
    disposed_at = models.DateTimeField(null=True)
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint("agency", "year", "notation", name="one_work_file_a_notation"),
            models.UniqueConstraint("heading", "number", name="one_work_file_a_number"),
            models.CheckConstraint(
                condition=Q(state__in=[State.PLANNED.value, State.OPEN.value])
                | Q(end_date__isnull=False, closed_at__isnull=False),
                name="a_closed_file_has_its_end",
            ),
        ]
        indexes = [
            models.Index(fields=["agency", "year", "-id"], name="work_files_of_an_agency"),
            models.Index(fields=["unit", "-id"], name="work_files_of_a_unit"),
            models.Index(fields=["creator", "-id"], name="work_files_of_a_post"),
            models.Index(
                fields=["due_on", "id"], name="work_files_to_hand_over",
                condition=Q(state__in=[state.value for state in AT_THE_UNIT]),
            ),
            models.Index(
                fields=["agency", "kept_until", "id"], name="work_files_out_of_term",
                condition=Q(state__in=[State.ARCHIVED.value, State.CLOSED.value]),
            ),
        ]  # fmt: skip

    @property
    def ref(self) -> str:
        """How other rooms name it."""
        return ref_of("workfiles", "file", self.pk)

    @property
    def url(self) -> str:
        """Its page."""
        return f"/ho-so/{self.pk}"


class Paper(models.Model):
    """Văn bản trong hồ sơ: a letter that came or one that goes; the same letter may lie in many files, uncopied."""

    file = models.ForeignKey(WorkFile, models.PROTECT, related_name="papers")
    incoming = models.ForeignKey("documents.Incoming", models.PROTECT, null=True, related_name="+")
    outgoing = models.ForeignKey("outgoing.Outgoing", models.PROTECT, null=True, related_name="+")
    dated = models.DateField()
    ordinal = models.PositiveSmallIntegerField(null=True)
    page_amount = models.PositiveIntegerField(default=0)
    digest = models.CharField(max_length=64, blank=True)
    """What the paper was when the file was archived (SHA-256 of its facts and files); "" before."""
    by_name = models.CharField(max_length=240)
    added_at = models.DateTimeField()
    taken_out_at = models.DateTimeField(null=True)
    taken_out_by = models.CharField(max_length=240, blank=True)
    taken_out_for = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(incoming__isnull=False, outgoing=None) | Q(incoming=None, outgoing__isnull=False),
                name="a_paper_is_one_thing",
            ),
            *(
                models.UniqueConstraint(
                    "file", thing, condition=Q(taken_out_at=None, **{f"{thing}__isnull": False}),
                    name=f"one_{thing}_once_in_a_file",
                )
                for thing in ("incoming", "outgoing")
            ),
        ]  # fmt: skip
        indexes = [
            models.Index(fields=["file", "dated", "id"], name="contents_of_a_file", condition=Q(taken_out_at=None))
        ]


class HandOver(models.Model):
    """Giao nộp hồ sơ: closed files that a unit offers to the agency's archive, and what became of them."""

    agency = models.ForeignKey("organisation.Unit", models.PROTECT, related_name="+", db_index=False)
    unit = models.ForeignKey("organisation.Unit", models.PROTECT, related_name="+")
    post = models.ForeignKey("organisation.Post", models.PROTECT, related_name="+", db_index=False)
    by_name = models.CharField(max_length=240)
    at = models.DateTimeField()
    note = models.CharField(max_length=500, blank=True)
    state = models.CharField(max_length=10, default=Decision.WAITING.value)
    decided_by = models.CharField(max_length=240, blank=True)
    decided_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=500, blank=True)

    class Meta:
        indexes = [models.Index(fields=["agency", "-id"], name="hand_overs_of_an_agency")]

    @property
    def ref(self) -> str:
        """How other rooms name it."""
        return ref_of("workfiles", "handover", self.pk)

    @property
    def url(self) -> str:
        """Its page."""
        return f"/ho-so/nop-luu/{self.pk}"


class HandedFile(models.Model):
    """Hồ sơ trong lần giao nộp: a line of the hand-over list (Mục lục hồ sơ nộp lưu)."""

    hand_over = models.ForeignKey(HandOver, models.PROTECT, related_name="lines")
    file = models.ForeignKey(WorkFile, models.PROTECT, related_name="handed")
    place = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint("hand_over", "file", name="a_file_stands_once_in_a_hand_over")]


class Disposal(models.Model):
    """Đề nghị hủy: files whose term has run out, proposed by one person, decided by another."""

    agency = models.ForeignKey("organisation.Unit", models.PROTECT, related_name="+", db_index=False)
    proposer = models.ForeignKey("identity.Account", models.PROTECT, related_name="+", db_index=False)
    proposed_by = models.CharField(max_length=240)
    proposed_at = models.DateTimeField()
    note = models.CharField(max_length=500, blank=True)
    state = models.CharField(max_length=10, default=Decision.WAITING.value)
    decider = models.ForeignKey("identity.Account", models.PROTECT, null=True, related_name="+", db_index=False)
    decided_by = models.CharField(max_length=240, blank=True)
    decided_at = models.DateTimeField(null=True)
    ground = models.CharField(max_length=200, blank=True)
    reason = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(decider=None) | ~Q(decider=F("proposer")), name="disposal_takes_a_second_person"
            ),
            models.CheckConstraint(
                condition=~Q(state=Decision.AGREED.value) | Q(decider__isnull=False), name="a_disposal_is_somebodys"
            ),
        ]
        indexes = [models.Index(fields=["agency", "-id"], name="disposals_of_an_agency")]

    @property
    def ref(self) -> str:
        """How other rooms name it."""
        return ref_of("workfiles", "disposal", self.pk)

    @property
    def url(self) -> str:
        """Its page."""
        return f"/ho-so/huy/{self.pk}"


class DisposedFile(models.Model):
    """Hồ sơ trong đề nghị hủy: a line of the list of files without further value."""

    disposal = models.ForeignKey(Disposal, models.PROTECT, related_name="lines")
    file = models.ForeignKey(WorkFile, models.PROTECT, related_name="disposals")
    place = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint("disposal", "file", name="a_file_stands_once_in_a_disposal")]
