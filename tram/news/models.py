"""Articles and their revisions, what of them the public may see, and the old files that articles come from."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Func, GeneratedField, Q, TextField, Value
from django.db.models.functions import Coalesce, Lower

from tram.kernel.refs import ref_of
from tram.news.states import OldState, State

APART = Func(F("title"), template="normalize(%(expressions)s, NFD)")
BARE = Func(APART, Value("[\u0300-\u036f]"), Value(""), Value("g"), function="regexp_replace")
PLAIN = Func(Lower(BARE), Value("Đđ"), Value("dd"), function="translate", output_field=TextField())
"""A title as `vietnamese.text.fold` has it, kept by the database itself."""


class Article(models.Model):
    """Tin bài: one report or announcement of an agency, from the draft to its withdrawal. `title` and `number` are of its
    newest revision; what the public sees is the open row of `Publication`.
    """

    agency = models.ForeignKey("organisation.Unit", models.PROTECT, related_name="+", db_index=False)
    category = models.CharField(max_length=30)
    also = ArrayField(models.CharField(max_length=30), default=list)
    """Further categories in which it is listed; its place is `category`."""
    title = models.CharField(max_length=300)
    title_key = GeneratedField(expression=PLAIN, output_field=TextField(), db_persist=True)
    """By what it is found at the desk."""
    slug = models.CharField(max_length=160, unique=True)
    state = models.CharField(max_length=20, default=State.DRAFT.value)
    number = models.PositiveIntegerField(default=0)
    writer = models.ForeignKey("identity.Account", models.PROTECT, related_name="+", db_index=False)
    writer_name = models.CharField(max_length=240)
    began_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    first_published_at = models.DateTimeField(null=True)
    printed_at = models.DateTimeField(null=True)
    """When it was published on the portal that it was taken from."""
    publish_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField(null=True)
    takes_comments = models.BooleanField(null=True)
    """Whether readers may say something of it, as whoever lets it out chose; None: as its category does."""
    takes_ratings = models.BooleanField(default=True, db_default=True)
    """Whether readers may give it a score: nobody asks for one under an obituary."""
    scheduled_by = models.ForeignKey("identity.Account", models.PROTECT, null=True, related_name="+", db_index=False)
    correction = models.CharField(max_length=500, blank=True)
    """What is being corrected since it was last public; shown under the article with its time."""
    corrected_by = models.ForeignKey("identity.Account", models.PROTECT, null=True, related_name="+", db_index=False)
    """Who worded the correction: the public reads their words, so another person lets them out."""
    locked_by = models.ForeignKey("identity.Account", models.PROTECT, null=True, related_name="+", db_index=False)
    locked_name = models.CharField(max_length=240, blank=True)
    locked_until = models.DateTimeField(null=True)
    language = models.CharField(max_length=12, default="vi")
    original = models.ForeignKey("self", models.PROTECT, null=True, related_name="translations", db_index=False)
    """Of what it is the translation: an article of its own, with its own revisions and its own two persons."""

    class Meta:
        constraints = [
            models.UniqueConstraint("original", "language", name="one_translation_a_language"),
            models.CheckConstraint(
                condition=Q(language="vi", original=None) | (~Q(language="vi") & Q(original__isnull=False)),
                name="a_translation_has_its_original",
            ),
            models.CheckConstraint(
                condition=~Q(state=State.SCHEDULED.value) | Q(publish_at__isnull=False, scheduled_by__isnull=False),
                name="a_scheduled_article_has_its_hour",
            ),
        ]
        indexes = [
            models.Index(fields=["agency", "-id"], name="articles_of_an_agency"),
            models.Index(fields=["writer", "-id"], name="articles_of_a_writer"),
            models.Index(fields=["agency", "state", "-id"], name="articles_of_a_state"),
            models.Index(
                fields=["publish_at"], name="articles_to_appear", condition=Q(state=State.SCHEDULED.value)
            ),
        ]  # fmt: skip

    @property
    def ref(self) -> str:
        """How other rooms name it."""
        return ref_of("news", "article", self.pk)


class Revision(models.Model):
    """Bản của bài: what an article said when somebody saved it. Never changed, never deleted; the database sees to it."""

    article = models.ForeignKey(Article, models.PROTECT, related_name="revisions")
    number = models.PositiveIntegerField()
    content = models.JSONField()
    digest = models.CharField(max_length=64)
    account = models.ForeignKey("identity.Account", models.PROTECT, related_name="+", db_index=False)
    by_name = models.CharField(max_length=240)
    at = models.DateTimeField()
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint("article", "number", name="one_revision_a_number")]


class Attachment(models.Model):
    """Tệp của bài: a file that some revision shows."""

    article = models.ForeignKey(Article, models.PROTECT, related_name="attachments")
    file = models.ForeignKey("files.File", models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint("article", "file", name="a_file_stands_once_in_an_article")]


class Comment(models.Model):
    """Góp ý trong tòa soạn: what a colleague says of a revision; the public never sees it."""

    article = models.ForeignKey(Article, models.PROTECT, related_name="comments")
    number = models.PositiveIntegerField()
    text = models.CharField(max_length=2000)
    account = models.ForeignKey("identity.Account", models.PROTECT, related_name="+", db_index=False)
    by_name = models.CharField(max_length=240)
    at = models.DateTimeField()
    settled_by = models.CharField(max_length=240, blank=True)
    settled_at = models.DateTimeField(null=True)


class Address(models.Model):
    """Địa chỉ của bài: every address that an article ever had leads to it for ever; nobody else is given it."""

    slug = models.CharField(max_length=160, primary_key=True)
    article = models.ForeignKey(Article, models.PROTECT, related_name="addresses")
    since_at = models.DateTimeField()


HEARD = (Coalesce("told_at", "since_at").desc(), F("id").desc())
"""The order of lists: what readers heard of last first, and not what was let out anew last."""


class Publication(models.Model):
    """Lượt đăng: one revision that the public may see, since when and until when, by whom. A line of the publish log."""

    article = models.ForeignKey(Article, models.PROTECT, related_name="publications")
    revision = models.ForeignKey(Revision, models.PROTECT, related_name="+")
    agency = models.ForeignKey("organisation.Unit", models.PROTECT, related_name="+", db_index=False)
    category = models.CharField(max_length=30)
    also = ArrayField(models.CharField(max_length=30), default=list)
    digest = models.CharField(max_length=64)
    correction = models.CharField(max_length=500, blank=True)
    language = models.CharField(max_length=12, default="vi")
    procedure = models.CharField(max_length=120, blank=True)
    """That of the revision, to be found by."""
    takes_comments = models.BooleanField(null=True)
    takes_ratings = models.BooleanField(default=True, db_default=True)
    publisher = models.ForeignKey("identity.Account", models.PROTECT, related_name="+", db_index=False)
    publisher_name = models.CharField(max_length=240)
    since_at = models.DateTimeField()
    told_at = models.DateTimeField(null=True)
    """When readers first heard of it, where that was before this row: an old article, a corrected one. There it stands in lists."""
    expires_at = models.DateTimeField(null=True)
    until_at = models.DateTimeField(null=True)
    ended_for = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint("article", condition=Q(until_at=None), name="one_open_publication_an_article"),
            models.CheckConstraint(
                condition=Q(until_at=None) | Q(until_at__gte=F("since_at")), name="a_publication_ends_after_it_began"
            ),
        ]
        indexes = [
            models.Index(fields=["-since_at", "-id"], name="what_is_public", condition=Q(until_at=None)),
            models.Index("agency", *HEARD, name="public_of_an_agency", condition=Q(until_at=None)),
            models.Index(
                "agency", "category", *HEARD, name="public_in_an_agencys_category", condition=Q(until_at=None)
            ),
            models.Index("category", *HEARD, name="public_of_a_category", condition=Q(until_at=None)),
            models.Index(
                fields=["expires_at"], name="publications_to_expire",
                condition=Q(until_at=None, expires_at__isnull=False),
            ),
            models.Index("language", *HEARD, name="public_in_a_language", condition=Q(until_at=None)),
            models.Index(
                fields=["procedure", "-since_at", "-id"], name="guides_to_a_procedure",
                condition=Q(until_at=None) & ~Q(procedure=""),
            ),
        ]  # fmt: skip


class Filing(models.Model):
    """Nơi đăng: a category in whose lists an open line of the publish log stands, by what lists are read.

    The database writes it when the line opens and takes it away when that ends (migration 0015); nobody else may.
    """

    pk = models.CompositePrimaryKey("publication_id", "category")
    publication = models.ForeignKey(Publication, models.PROTECT, related_name="filings", db_index=False)
    category = models.CharField(max_length=30)
    agency = models.ForeignKey("organisation.Unit", models.PROTECT, related_name="+", db_index=False)
    language = models.CharField(max_length=12)
    told_at = models.DateTimeField()
    """When readers first heard of the article."""

    class Meta:
        indexes = [
            models.Index(fields=["language", "category", "-told_at", "-publication"], name="filed_in_a_category"),
            models.Index(
                fields=["agency", "language", "category", "-told_at", "-publication"], name="filed_by_an_agency"
            ),
        ]


class OldFile(models.Model):
    """Tệp bài cũ: the very bytes of an old article, the changes agreed to so far, and the draft that came of it."""

    agency = models.ForeignKey("organisation.Unit", models.PROTECT, related_name="+", db_index=False)
    name = models.CharField(max_length=255)
    source = models.CharField(max_length=120, blank=True)
    category = models.CharField(max_length=30, default="archive")
    also = ArrayField(models.CharField(max_length=30), default=list)
    """Where its article is to stand, as was told when it was brought, or chosen since."""
    sha256 = models.CharField(max_length=64)
    data = models.BinaryField()
    title = models.CharField(max_length=300)
    taken = models.JSONField(default=list)
    """Keys of the changes that are agreed to."""
    proposals = models.PositiveIntegerField(default=0)
    plain = models.TextField(default="")
    """The words of the article as it was first read: what sentences of other files are compared with."""
    alike = models.JSONField(default=list)
    """Sentences that stand nearly alike in other files of the agency."""
    state = models.CharField(max_length=10, default=OldState.WAITING.value)
    brought_by = models.CharField(max_length=240)
    brought_at = models.DateTimeField()
    decided_by = models.CharField(max_length=240, blank=True)
    decided_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=500, blank=True)
    article = models.OneToOneField(Article, models.PROTECT, null=True, related_name="old_file")

    class Meta:
        constraints = [
            models.UniqueConstraint("agency", "sha256", name="an_old_file_is_taken_in_once"),
            models.CheckConstraint(
                condition=Q(state=OldState.TAKEN.value, article__isnull=False)
                | (~Q(state=OldState.TAKEN.value) & Q(article=None)),
                name="an_old_file_is_taken_when_it_has_an_article",
            ),
        ]
        indexes = [models.Index(fields=["agency", "-id"], name="old_files_of_an_agency")]

    @property
    def ref(self) -> str:
        """How other rooms name it."""
        return ref_of("news", "old_file", self.pk)
