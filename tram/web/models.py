"""What the skin remembers: the answer given to each POST, so that a repeat has no second effect."""

from django.db import models


class Answer(models.Model):
    """Trả lời đã gửi: the answer to one POST, kept so that the same key always gets the same answer."""

    owner = models.CharField(max_length=80)
    key = models.UUIDField()
    path = models.CharField(max_length=500)
    given_at = models.DateTimeField()
    status = models.PositiveSmallIntegerField(default=0)
    headers = models.JSONField(default=dict)
    body = models.BinaryField(default=b"")

    class Meta:
        constraints = [models.UniqueConstraint("owner", "key", name="one_answer_for_a_key")]
        indexes = [models.Index(fields=["given_at"], name="answers_by_age")]


class Draft(models.Model):
    """Bản nháp: what a person had typed into a form, kept until it is sent or dropped."""

    account = models.BigIntegerField()
    name = models.CharField(max_length=120)
    content = models.JSONField()
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint("account", "name", name="one_draft_a_form")]
