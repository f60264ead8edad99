"""What the public may see of questions: open rows of the publish log and nothing else; and the questions, for the house."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from tram.kernel.actors import Actor
from tram.kernel.clock import local_day
from tram.kernel.refs import parse_ref
from tram.kernel.verdicts import Hidden
from tram.news.queries.public import Public as Article
from tram.organisation.models import Appointment, RoleGrant, Unit
from tram.organisation.queries import lasting
from tram.tasks.models import Task
from tram.voices.models import Contact, Draft, DraftPublication, Publication, Voice
from tram.voices.policy import DESK
from tram.voices.rules import code_typed, digest_of, in_fours, mark_of
from tram.voices.rules import longest as longest
from tram.voices.rules import settled as settled
from tram.voices.states import NAMES, OPEN, State
from tram.web.rows import all_of, newest_first, page
from tram.web.rows import months as months_of

PAGE, MOST_COMMENTS = 25, 50
NEWEST = """
SELECT p.*, v.id AS "voice.id", v.asked_at AS "voice.asked_at", v.name AS "voice.name", v.shows_name AS "voice.shows_name"
FROM voices_publication p JOIN voices_voice v ON v.id = p.voice_id
WHERE p.until_at IS NULL AND p.article_id IS NULL AND p.draft_id IS NULL {}
ORDER BY p.first_at DESC, p.id DESC LIMIT %(limit)s
"""
OLDER = " AND (p.first_at, p.id) < (%(after)s, %(key)s)"
OPEN_DRAFTS = "SELECT {} FROM voices_draftpublication WHERE until_at IS NULL AND last_on >= %(on)s {{}} ORDER BY last_on, id LIMIT %(limit)s".format(
    ", ".join("'' AS text" if one.name == "text" else one.attname for one in DraftPublication._meta.concrete_fields)
)  # the words of a draft are long, and no list shows them
Place = tuple[datetime, int]
"""Where a page of a public list ends."""


@dataclass(frozen=True, slots=True)
class Line:
    """Câu hỏi đã trả lời, một dòng trên cổng. `name`: as whoever asked chose to be called; "" for none."""

    publication: int
    voice: int
    slug: str
    title: str
    text: str
    answer: str
    agency: int
    name: str
    asked_at: datetime
    first_at: datetime
    since_at: datetime


@dataclass(frozen=True, slots=True)
class Gone:
    """Câu hỏi không còn trên cổng: it was public at this address until then; why is told to the house alone."""

    agency: int
    until_at: datetime


@dataclass(frozen=True, slots=True)
class Followed:
    """Câu hỏi, ý kiến tìm theo mã: what whoever has the code is told. Not one word that a stranger typed."""

    number: int
    code: str
    agency: str
    is_open: bool
    is_set_aside: bool
    asked_at: datetime
    due_on: date
    reason: str
    slug: str
    """Of the question, or of the article under which it stands; empty while it is not public."""
    about: str
    """"article" or "draft" for what says something of one; "" for a question."""
    has_contact: bool


def takers(on: date) -> list[Unit]:
    """The agencies that somebody may ask: those where somebody sits who would answer, in the order of the organisation."""
    roles = [role for group in settled()["receivers"] for role in group]
    lasts = Q(until=None) | Q(until__gte=on)
    seated = Exists(Appointment.objects.filter(lasts, post=OuterRef("post"), since__lte=on))
    held = RoleGrant.objects.filter(lasts, seated, role__in=roles, since__lte=on).values("unit")
    return list(Unit.objects.filter(lasting(on), is_agency=True, pk__in=held).order_by("order", "search_key"))


def takes_comments(article: Article, at: datetime) -> bool:
    """Whether readers may say something of a public article: as whoever let it out chose, else by its category; and for how long
    (catalogue/voices.yaml)."""
    told = settled()["comments"]
    age = local_day(at) - local_day(article.first_published_at)
    takes = article.category in told["categories"] if article.takes_comments is None else article.takes_comments
    return takes and age.days <= told["open_for"]


def comments_of(article: int, limit: int = MOST_COMMENTS) -> list[Line]:
    """What readers said of an article that was let out, the last first. One query."""
    found = Publication.objects.filter(until_at=None, article=article).select_related("voice")
    return [_line(row) for row in found.order_by("-first_at", "-pk")[:limit]]


def followed(typed: str) -> Followed:
    """What became of a question, by its code; Hidden for a code that belongs to none."""
    code = code_typed(typed)
    found = Voice.objects.filter(mark=mark_of(code)).select_related("agency", "article").first() if code else None
    if found is None:
        raise Hidden
    out, is_set_aside = open_row(found), found.state == State.SET_ASIDE
    return Followed(
        number=found.pk, code=in_fours(code), agency=found.agency.name, is_open=found.state in OPEN,
        is_set_aside=is_set_aside, asked_at=found.asked_at,
        due_on=found.due_on, reason=found.reason if is_set_aside else "", slug=_slug_of(found, out),
        about="article" if found.article_id else "draft" if found.draft_id else "",
        has_contact=Contact.objects.filter(voice=found).exists(),
    )  # fmt: skip


def _slug_of(voice: Voice, out: Publication | None) -> str:
    if out is None:
        return ""
    if voice.draft_id:
        shown = DraftPublication.objects.filter(until_at=None, draft=voice.draft_id).first()
        return shown.slug if shown else ""
    return voice.article.slug if voice.article else out.slug


def digest(line: Line) -> str:
    """The hash of what stands there: the last record that let it out bears the same."""
    return digest_of(line.title, line.text, line.answer)


def public_at(slug: str) -> Line | Gone:
    """What stands at an address of the portal; Hidden where nothing was ever public."""
    found = (
        Publication.objects.filter(slug=slug, article=None, draft=None).select_related("voice").order_by("-pk").first()
    )
    if found is None:
        raise Hidden
    return _line(found) if found.until_at is None else Gone(found.agency_id, found.until_at)


def public(*, agency: int = 0, after: Place | None = None, limit: int = PAGE) -> tuple[list[Line], Place | None]:
    """What is public, the last first; and the key of the next page. One query."""
    narrows = ("AND p.agency_id = %(agency)s" if agency else "") + (OLDER if after else "")
    told = {"agency": agency, "after": after and after[0], "key": after and after[1], "limit": limit + 1}
    rows, following = page(all_of(Publication, NEWEST.format(narrows), **told), "first_at", limit)
    return [_line(row) for row in rows], following


def public_of(voices: Sequence[int]) -> list[Line]:
    """Those of these questions that are public, in the order of their keys. One query."""
    return [_line(row) for row in _open().filter(voice__in=voices).select_related("voice").order_by("voice")]


def public_voices(after: int, limit: int) -> list[int]:
    """The keys of questions that are public, above `after`, in their order."""
    return list(_open().filter(voice__gt=after).order_by("voice").values_list("voice", flat=True)[:limit])


def months() -> list[datetime]:
    """The first days of the months in which something was published that is public still, the last first."""
    return months_of("voices_publication", "until_at IS NULL AND article_id IS NULL AND draft_id IS NULL", "first_at")


def addresses_between(since: datetime, until: datetime, limit: int) -> list[tuple[str, datetime]]:
    """Addresses of what was published from `since` to before `until` and is public still, with the moment of its last change."""
    found = _open().filter(first_at__gte=since, first_at__lt=until).order_by("-first_at", "-pk")
    return list(found.values_list("slug", "since_at")[:limit])


def agencies() -> list[int]:
    """The agencies of which a question or a draft is public."""
    own = Exists(_open().filter(agency=OuterRef("pk")))
    put = Exists(DraftPublication.objects.filter(until_at=None, agency=OuterRef("pk")))
    return list(Unit.objects.filter(is_agency=True).filter(own | put).values_list("pk", flat=True))


def _open() -> QuerySet[Publication]:
    """Questions; what is said of an article or a draft stands under it and nowhere else."""
    return Publication.objects.filter(until_at=None, article=None, draft=None)


def _line(out: Publication) -> Line:
    asked = out.voice
    return Line(
        publication=out.pk, voice=out.voice_id, slug=out.slug, title=out.title, text=out.text, answer=out.answer,
        agency=out.agency_id, name=asked.name if asked.shows_name else "", asked_at=asked.asked_at, first_at=out.first_at,
        since_at=out.since_at,
    )  # fmt: skip


def held_by(actor: Actor, on: date) -> list[int]:
    """The questions about which a person holds open work: their own, their unit's, what lies with or came from the unit
    that they head. One query.
    """
    hats = list(actor.worn(on))
    headed = [grant.unit for hat in hats for grant in hat.grants if grant.role == "unit_head" and grant.valid(on)]
    posts, units = actor.posts(on), [hat.unit for hat in hats]
    mine = Q(post__in=posts) | Q(post=None, unit__in=units) | Q(handed_by__in=posts)
    found = Task.objects.filter(mine | Q(post=None, unit__in=headed), ended_at=None, about__startswith="voices.voice/")
    return [parse_ref(about).pk for about in found.values_list("about", flat=True)]


def visible_to(actor: Actor, on: date) -> QuerySet[Voice]:
    """Questions that a person may see inside the house, in any of their hats: all of an agency on whose desk they sit,
    those about which they hold work, those whose answer they worded.
    """
    desks = {grant.unit for hat in actor.worn(on) for grant in hat.grants if grant.role in DESK and grant.valid(on)}
    if actor.account is None:
        return Voice.objects.none()
    return Voice.objects.filter(Q(agency__in=desks) | Q(pk__in=held_by(actor, on)) | Q(answerer=actor.account))


def one(actor: Actor, pk: int, on: date) -> Voice:
    """A question that a person may see; Hidden alike when it is not there and when it is not theirs."""
    found = visible_to(actor, on).select_related("agency").filter(pk=pk).first()
    if found is None:
        raise Hidden
    return found


@dataclass(frozen=True, slots=True)
class Row:
    """Dòng câu hỏi trong danh sách của cán bộ."""

    id: int
    title: str
    about: str
    agency: str
    state_name: str
    is_open: bool
    asked_at: datetime
    due_on: date


def voices(actor: Actor, on: date, *, waiting: bool = True, after: int = 0, limit: int = PAGE) -> tuple[list[Row], int]:
    """Questions that a person may see, the last first, those that wait for somebody or those that do not; and the key of
    the next page (0 = none). Two queries.
    """
    found = visible_to(actor, on).select_related("agency")
    states = [state.value for state in State if (state in OPEN) == waiting]
    found = found.filter(state__in=states)
    if after:
        found = found.filter(pk__lt=after)
    rows = [
        Row(
            id=one.pk, title=one.title, about="article" if one.article_id else "draft" if one.draft_id else "", agency=one.agency.name, state_name=NAMES[State(one.state)],
            is_open=one.state in OPEN, asked_at=one.asked_at, due_on=one.due_on,
        )
        for one in found.order_by("-pk")[: limit + 1]
    ]  # fmt: skip
    return rows[:limit], rows[limit - 1].id if len(rows) > limit else 0


def open_row(voice: Voice) -> Publication | None:
    """What the public sees of a question now."""
    return Publication.objects.filter(until_at=None, voice=voice.pk).first()


def log_of(voice: Voice) -> list[Publication]:
    """Every time that a question was public, the last first."""
    return list(Publication.objects.filter(voice=voice.pk).order_by("-pk"))


def contact_of(voice: Voice) -> Contact | None:
    """How to reach whoever asked, while it is kept."""
    return Contact.objects.filter(voice=voice.pk).first()


def kept_too_long(before: datetime, limit: int) -> list[int]:
    """Questions settled before a moment of which it is still kept who asked, the longest first."""
    is_kept = Q(contact__isnull=False) | (Q(shows_name=False) & ~Q(name=""))
    found = Voice.objects.filter(is_kept, settled_at__lt=before).order_by("settled_at", "pk")
    return list(found.values_list("pk", flat=True)[:limit])


@dataclass(frozen=True, slots=True)
class DraftLine:
    """Dự thảo lấy ý kiến, một dòng trên cổng."""

    publication: int
    draft: int
    slug: str
    kind_name: str
    title: str
    purpose: str
    agency: int
    first_on: date
    last_on: date
    since_at: datetime
    is_summed: bool

    def is_open(self, on: date) -> bool:
        """Whether it takes opinions on a day: to the end of the last."""
        return on <= self.last_on


@dataclass(frozen=True, slots=True)
class PublicDraft:
    """Dự thảo đang đăng: all that the public may know of it. `file`: its id, and the hash of what was agreed to."""

    line: DraftLine
    text: str
    short_reason: str
    summary: str
    file: UUID | None
    file_sha256: str
    first_at: datetime
    digest: str


DayPlace = tuple[date, int]
"""Where a page of drafts ends: the last day of its last one, and its row."""


def draft_at(slug: str) -> PublicDraft | Gone:
    """What stands at an address of the portal; Hidden where nothing was ever public."""
    found = DraftPublication.objects.filter(slug=slug).order_by("-pk").first()
    if found is None:
        raise Hidden
    if found.until_at is not None:
        return Gone(found.agency_id, found.until_at)
    return PublicDraft(
        line=_draft_line(found), text=found.text, short_reason=found.short_reason, summary=found.summary,
        file=found.file, file_sha256=found.file_sha256, first_at=found.first_at, digest=draft_digest(found),
    )  # fmt: skip


def drafts(
    *, agency: int = 0, after: DayPlace | None = None, limit: int = PAGE
) -> tuple[list[DraftLine], DayPlace | None]:
    """What is public, by the last day for opinions, the furthest first, so that what is open stands before what has ended;
    and the key of the next page. One query.
    """
    found = DraftPublication.objects.filter(until_at=None).defer("text")
    rows, following = newest_first(found.filter(agency=agency) if agency else found, "last_on", after, limit)
    return [_draft_line(row) for row in rows], following


def open_drafts(on: date, *, agency: int = 0, limit: int) -> list[DraftLine]:
    """What takes opinions on a day, the first to close first. One query."""
    statement = OPEN_DRAFTS.format("AND agency_id = %(agency)s" if agency else "")
    return [_draft_line(row) for row in all_of(DraftPublication, statement, on=on, agency=agency, limit=limit)]


def drafts_of(keys: Sequence[int]) -> list[DraftLine]:
    """Those of these drafts that are public, in the order of their keys. One query."""
    found = DraftPublication.objects.filter(until_at=None, draft__in=keys).defer("text").order_by("draft")
    return [_draft_line(row) for row in found]


def let_out(since: datetime) -> list[tuple[int, int, datetime, bool]]:
    """Drafts put to the public since a moment, and those summed up since then: draft, agency, the moment, whether summed up. One query."""
    found = DraftPublication.objects.filter(until_at=None, since_at__gte=since)
    return [(row.draft_id, row.agency_id, row.since_at, bool(row.summary)) for row in found.defer("text", "purpose")]


def public_drafts(after: int, limit: int) -> list[int]:
    """The keys of drafts that are public, above `after`, in their order."""
    found = DraftPublication.objects.filter(until_at=None, draft__gt=after).order_by("draft")
    return list(found.values_list("draft", flat=True)[:limit])


def opinions_on(draft: int, after: Place | None = None, limit: int = PAGE) -> tuple[list[Line], Place | None]:
    """What readers said of a draft that was let out, the last first; and the key of the next page. One query."""
    found = Publication.objects.filter(until_at=None, draft=draft).select_related("voice")
    rows, following = newest_first(found, "first_at", after, limit)
    return [_line(row) for row in rows], following


def draft_digest(out: DraftPublication) -> str:
    """The hash of what stands there: the record that let it out bears the same."""
    days = (out.first_on.isoformat(), out.last_on.isoformat(), out.short_reason)
    return digest_of(out.kind, out.title, out.purpose, out.text, out.file_sha256, out.summary, *days)


def open_draft(draft: Draft) -> DraftPublication | None:
    """What the public sees of a draft now."""
    return DraftPublication.objects.filter(until_at=None, draft=draft.pk).first()


def _draft_line(out: DraftPublication) -> DraftLine:
    return DraftLine(
        publication=out.pk, draft=out.draft_id, slug=out.slug, title=out.title, purpose=out.purpose,
        kind_name=settled()["drafts"]["kinds"].get(out.kind, "Dự thảo"), agency=out.agency_id, first_on=out.first_on,
        last_on=out.last_on, since_at=out.since_at, is_summed=bool(out.summary),
    )  # fmt: skip
