"""What strangers ask, or say of an article: as it was typed, as it would be published, how to reach whoever asked; and what of it is public."""

from django.db import models
from django.db.models import F, Q

from tram.kernel.refs import ref_of


class Voice(models.Model):
    """Câu hỏi of a reader to an agency, or ý kiến bạn đọc about an article of it. What was typed stays as it was; the database lets only the name be emptied."""

    agency = models.ForeignKey("organisation.Unit", models.PROTECT, related_name="+", db_index=False)
    article = models.ForeignKey("news.Article", models.PROTECT, null=True, related_name="+", db_index=False)
    """Of which it says something; None for a question."""
    mark = models.CharField(max_length=64, unique=True)
    """The hash of the code by which the asker finds it again."""
    state = models.CharField(max_length=12)
    asked_at = models.DateTimeField()
    due_on = models.DateField()
    typed_title = models.CharField(max_length=300)
    typed_text = models.TextField()
    name = models.CharField(max_length=160, blank=True)
    shows_name = models.BooleanField()
    title = models.CharField(max_length=300)
    """As it would be published: shortened, without personal data."""
    text = models.TextField()
    answer = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=0)
    """Rises with each answer that is saved: who publishes names the one they read."""
    answerer = models.ForeignKey("identity.Account", models.PROTECT, null=True, related_name="+")
    answerer_name = models.CharField(max_length=240, blank=True)
    reason = models.CharField(max_length=500, blank=True)
    """Why it is set aside, as the asker is told."""
    settled_at = models.DateTimeField(null=True)
    """When the asker was answered or told why not."""

    class Meta:
        indexes = [
            models.Index(fields=["agency", "-id"], name="voices_of_an_agency"),
            models.Index(fields=["agency", "asked_at"], name="voices_of_a_day"),
        ]

    @property
    def ref(self) -> str:
        """How other rooms name it."""
        return ref_of("voices", "voice", self.pk)


class Contact(models.Model):
    """Thông tin liên hệ: how to reach whoever asked, apart from the question, so that it can be erased and the question stay."""

    voice = models.OneToOneField(Voice, models.CASCADE, primary_key=True, related_name="contact")
    email = models.CharField(max_length=254, blank=True)
    phone = models.CharField(max_length=30, blank=True)

    def __str__(self) -> str:
        return f"liên hệ của câu hỏi {self.voice_id}"


class Publication(models.Model):
    """Lượt đăng câu hỏi: what everybody may read, since when and until when, by whom. The database lets a row end once and
    change in nothing else. The name stands with the question, so that it can be erased.
    """

    voice = models.ForeignKey(Voice, models.PROTECT, related_name="+")
    agency = models.ForeignKey("organisation.Unit", models.PROTECT, related_name="+", db_index=False)
    article = models.ForeignKey("news.Article", models.PROTECT, null=True, related_name="+", db_index=False)
    """Under which it stands; None for a question, which has a page of its own."""
    slug = models.CharField(max_length=160)
    """Its address for good: every row of a question bears the same."""
    title = models.CharField(max_length=300)
    text = models.TextField()
    answer = models.TextField(blank=True)
    publisher = models.ForeignKey("identity.Account", models.PROTECT, related_name="+", db_index=False)
    publisher_name = models.CharField(max_length=240)
    first_at = models.DateTimeField()
    since_at = models.DateTimeField()
    until_at = models.DateTimeField(null=True)
    ended_for = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint("voice", condition=Q(until_at=None), name="one_open_publication_a_voice"),
            models.UniqueConstraint("slug", condition=Q(until_at=None), name="one_open_voice_an_address"),
            models.CheckConstraint(
                condition=Q(until_at=None) | Q(until_at__gte=F("since_at")), name="a_voice_is_public_before_it_is_not"
            ),
        ]
        indexes = [
            models.Index(fields=["slug", "-id"], name="voices_by_their_address"),
            models.Index(fields=["-first_at", "-id"], name="public_questions", condition=Q(until_at=None, article=None)),
            models.Index(
                fields=["agency", "-first_at", "-id"], name="public_questions_of_an_agency",
                condition=Q(until_at=None, article=None),
            ),
            models.Index(
                fields=["article", "-first_at", "-id"], name="public_comments",
                condition=Q(until_at=None, article__isnull=False),
            ),
        ]  # fmt: skip
