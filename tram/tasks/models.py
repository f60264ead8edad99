"""Work: one row for each duty of one holder, with everything the inbox shows in the row itself."""

from django.db import models
from django.db.models import Q

from tram.kernel.refs import ref_of
from tram.tasks.rules.results import NO_DUE
from tram.tasks.states import OPEN, ExtensionState, State

RUNS = tuple(state.value for state in OPEN)


class Task(models.Model):
    """Việc: one duty, with one holder. `turn_*` says whose move it is: the holder's, or the confirmer's."""

    kind = models.CharField(max_length=12)
    state = models.CharField(max_length=20, default=State.ASSIGNED.value)
    about = models.CharField(max_length=80, db_index=True)
    url = models.CharField(max_length=200)
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="parts")
    agency = models.ForeignKey("organisation.Unit", models.PROTECT, related_name="+")
    unit = models.ForeignKey("organisation.Unit", models.PROTECT, related_name="+")
    post = models.ForeignKey("organisation.Post", models.PROTECT, null=True, related_name="+")
    turn_unit = models.ForeignKey("organisation.Unit", models.PROTECT, related_name="+", db_index=False)
    turn_post = models.ForeignKey("organisation.Post", models.PROTECT, null=True, related_name="+", db_index=False)
    giver_post = models.ForeignKey("organisation.Post", models.PROTECT, null=True, related_name="+", db_index=False)
    giver_name = models.CharField(max_length=240)
    handed_by = models.ForeignKey("organisation.Post", models.PROTECT, null=True, related_name="+", db_index=False)
    title = models.CharField(max_length=1000)
    line = models.CharField(max_length=300, blank=True)
    note = models.TextField(blank=True)
    product = models.CharField(max_length=300, blank=True)
    urgency = models.PositiveSmallIntegerField(default=0)
    is_key = models.BooleanField(default=False)
    due_on = models.DateField(null=True)
    due_key = models.DateField(default=NO_DUE)
    given_due_on = models.DateField(null=True)
    first_due_on = models.DateField(null=True)
    hidden_until = models.DateField(null=True)
    progress = models.PositiveSmallIntegerField(default=0)
    last_word = models.CharField(max_length=300, blank=True)
    result = models.TextField(blank=True)
    given_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    submitted_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_at=None, state__in=RUNS) | (Q(ended_at__isnull=False) & ~Q(state__in=RUNS)),
                name="a_task_is_open_or_ended",
            ),
            models.CheckConstraint(condition=Q(progress__lte=100), name="progress_is_a_percentage"),
        ]
        indexes = [
            models.Index(
                fields=["turn_post", "-urgency", "due_key", "id"], name="inbox_of_a_post", condition=Q(ended_at=None)
            ),
            models.Index(
                fields=["turn_unit", "-urgency", "due_key", "id"],
                name="inbox_of_a_unit",
                condition=Q(ended_at=None, turn_post=None),
            ),
            models.Index(fields=["unit", "due_key", "id"], name="open_work_of_a_unit", condition=Q(ended_at=None)),
            models.Index(fields=["giver_post", "-id"], name="work_given_by_a_post"),
            models.Index(
                fields=["giver_post", "due_key", "id"], name="open_work_of_a_giver", condition=Q(ended_at=None)
            ),
            models.Index(fields=["unit", "-ended_at"], name="done_work_of_a_unit", condition=Q(ended_at__isnull=False)),
            models.Index(fields=["post", "-ended_at"], name="done_work_of_a_post", condition=Q(ended_at__isnull=False)),
        ]

    @property
    def ref(self) -> str:
        """How other rooms name this task."""
        return ref_of("tasks", "task", self.pk)

    @property
    def was_ended(self) -> bool:
        """Whether its giver ended it unfinished, as against taking it back."""
        return self.state == State.CLOSED_UNFINISHED


class Holding(models.Model):
    """Ai đang giữ: a task lay with a unit or a person for a time, and when they first read it."""

    task = models.ForeignKey(Task, models.PROTECT, related_name="holdings")
    unit = models.ForeignKey("organisation.Unit", models.PROTECT, related_name="+")
    post = models.ForeignKey("organisation.Post", models.PROTECT, null=True, related_name="+")
    holder_name = models.CharField(max_length=240)
    how = models.CharField(max_length=20)
    word = models.CharField(max_length=500, blank=True)
    since_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    until_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint("task", condition=Q(until_at=None), name="a_task_lies_with_one_holder")]


class DueChange(models.Model):
    """Lịch sử hạn: every deadline a task has had, and why it changed."""

    task = models.ForeignKey(Task, models.PROTECT, related_name="due_changes")
    before = models.DateField(null=True)
    after = models.DateField(null=True)
    reason = models.CharField(max_length=500)
    by_name = models.CharField(max_length=240)
    at = models.DateTimeField()


class Extension(models.Model):
    """Xin gia hạn: a wish for a later day, with its reason and its answer."""

    task = models.ForeignKey(Task, models.PROTECT, related_name="extensions")
    request = models.OneToOneField(Task, models.PROTECT, related_name="extension_asked")
    wanted_on = models.DateField()
    reason = models.CharField(max_length=500)
    state = models.CharField(max_length=10, default=ExtensionState.WAITING.value)
    answer = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "task", condition=Q(state=ExtensionState.WAITING.value), name="one_extension_waits_for_an_answer"
            )
        ]


class Progress(models.Model):
    """Báo cáo tiến độ: how far a task is, in words, in percent, with evidence."""

    task = models.ForeignKey(Task, models.PROTECT, related_name="reports")
    percent = models.PositiveSmallIntegerField()
    text = models.TextField()
    evidence = models.ForeignKey("files.File", models.PROTECT, null=True, related_name="+")
    by_name = models.CharField(max_length=240)
    at = models.DateTimeField()
