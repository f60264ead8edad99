"""What was done about late work: reminders, and the weekly letters that urge."""

from django.conf import settings
from django.db import models


class Reminder(models.Model):
    """Lần nhắc: somebody was reminded of a piece of work; `told` names whom a notice reached that day."""

    task = models.ForeignKey("tasks.Task", models.PROTECT, related_name="+")
    on = models.DateField()
    at = models.DateTimeField()
    by_name = models.CharField(max_length=240)
    told = models.CharField(max_length=60, null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["task", "on"], name="one_reminder_of_a_task_a_day"),
            models.UniqueConstraint(fields=["told", "on"], name="nobody_is_reminded_twice_a_day"),
        ]


class Urging(models.Model):
    """Đợt đôn đốc: the letter drafted for an agency in a week (its Monday) to the units whose work is late."""

    agency = models.ForeignKey("organisation.Unit", models.PROTECT, related_name="+")
    week = models.DateField()
    letter = models.OneToOneField("outgoing.Outgoing", models.PROTECT, related_name="+")
    late = models.PositiveIntegerField()
    soon = models.PositiveIntegerField()
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agency", "week"], name="one_urging_letter_a_week")]


class Feed(models.Model):
    """Lịch hạn: the secret address under which a person's calendar reads their deadlines; only its digest is kept."""

    account = models.OneToOneField(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    digest = models.CharField(max_length=64, unique=True)
    shows_titles = models.BooleanField(default=False)
    opened_at = models.DateTimeField()
