"""What strangers ask, or say of an article or a draft: as it was typed, as it would be published, how to reach whoever asked; and what of it is public."""

from django.db import models
from django.db.models import F, Q

from tram.kernel.refs import ref_of


class Voice(models.Model):
    """Câu hỏi of a reader to an agency, or ý kiến bạn đọc about an article or a draft of it. What was typed stays as it was; the database lets only the name be emptied."""

    agency = models.ForeignKey("organisation.Unit", models.PROTECT, related_name="+", db_index=False)
    article = models.ForeignKey("news.Article", models.PROTECT, null=True, related_name="+", db_index=False)
    """Of which it says something; None for a question."""
    draft = models.ForeignKey("voices.Draft", models.PROTECT, null=True, related_name="+", db_index=False)
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
            models.Index(fields=["draft", "-id"], name="voices_of_a_draft", condition=Q(draft__isnull=False)),
        ]

    @property
    def ref(self) -> str:
        """How other rooms name it."""
        return ref_of("voices", "voice", self.pk)

    @property
    def is_opinion(self) -> bool:
        """Whether it says something of what is public; a question stands for itself."""
        return self.article_id is not None or self.draft_id is not None


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
    draft = models.ForeignKey("voices.Draft", models.PROTECT, null=True, related_name="+", db_index=False)
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
            models.Index(
                fields=["-first_at", "-id"], name="public_questions",
                condition=Q(until_at=None, article=None, draft=None),
            ),
            models.Index(
                fields=["agency", "-first_at", "-id"], name="public_questions_of_an_agency",
                condition=Q(until_at=None, article=None, draft=None),
            ),
            models.Index(
                fields=["article", "-first_at", "-id"], name="public_comments",
                condition=Q(until_at=None, article__isnull=False),
            ),
            models.Index(
                fields=["draft", "-first_at", "-id"], name="public_opinions_on_drafts",
                condition=Q(until_at=None, draft__isnull=False),
            ),
        ]  # fmt: skip


class Draft(models.Model):
    """Dự thảo lấy ý kiến: what an agency would put into force, told to everybody beforehand, and what it made of their opinions."""

    agency = models.ForeignKey("organisation.Unit", models.PROTECT, related_name="+", db_index=False)
    state = models.CharField(max_length=12)
    kind = models.CharField(max_length=30)
    title = models.CharField(max_length=300)
    purpose = models.TextField()
    text = models.TextField(blank=True)
    file = models.ForeignKey("files.File", models.PROTECT, null=True, related_name="+")
    days = models.PositiveSmallIntegerField()
    """For so long opinions are taken after the day on which it is let out."""
    short_reason = models.CharField(max_length=500, blank=True)
    """Why for fewer than the catalogue asks, as everybody is told."""
    summary = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1)
    """Rises with each saving: who publishes names the one they read."""
    begun_at = models.DateTimeField()
    writer = models.ForeignKey("identity.Account", models.PROTECT, related_name="+", db_index=False)
    writer_name = models.CharField(max_length=240)
    summer = models.ForeignKey("identity.Account", models.PROTECT, null=True, related_name="+", db_index=False)
    """Who worded the summary."""

    class Meta:
        indexes = [models.Index(fields=["agency", "-id"], name="drafts_of_an_agency")]

    @property
    def ref(self) -> str:
        """How other rooms name it."""
        return ref_of("voices", "draft", self.pk)


class DraftPublication(models.Model):
    """Lượt đăng dự thảo: what everybody may read of a draft, since when and until when, by whom. The database lets a row end
    once and change in nothing else; the summary comes with a new row.
    """

    draft = models.ForeignKey(Draft, models.PROTECT, related_name="+")
    agency = models.ForeignKey("organisation.Unit", models.PROTECT, related_name="+", db_index=False)
    slug = models.CharField(max_length=160)
    """Its address for good: every row of a draft bears the same."""
    kind = models.CharField(max_length=30)
    title = models.CharField(max_length=300)
    purpose = models.TextField()
    text = models.TextField(blank=True)
    file = models.UUIDField(null=True)
    file_sha256 = models.CharField(max_length=64, blank=True)
    first_on = models.DateField()
    last_on = models.DateField()
    """The last day on which opinions are taken."""
    short_reason = models.CharField(max_length=500, blank=True)
    summary = models.TextField(blank=True)
    publisher = models.ForeignKey("identity.Account", models.PROTECT, related_name="+", db_index=False)
    publisher_name = models.CharField(max_length=240)
    first_at = models.DateTimeField()
    since_at = models.DateTimeField()
    until_at = models.DateTimeField(null=True)
    ended_for = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint("draft", condition=Q(until_at=None), name="one_open_publication_a_draft"),
            models.UniqueConstraint("slug", condition=Q(until_at=None), name="one_open_draft_an_address"),
            models.CheckConstraint(condition=Q(last_on__gte=F("first_on")), name="opinions_begin_before_they_end"),
        ]
        indexes = [
            models.Index(fields=["slug", "-id"], name="drafts_by_their_address"),
            models.Index(fields=["-last_on", "-id"], name="public_drafts", condition=Q(until_at=None)),
            models.Index(
                fields=["agency", "-last_on", "-id"], name="public_drafts_of_an_agency", condition=Q(until_at=None)
            ),
            models.Index(fields=["file"], name="drafts_that_show_a_file", condition=Q(until_at=None, file__isnull=False)),
        ]  # fmt: skip
