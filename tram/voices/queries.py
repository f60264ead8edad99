"""What the public may see of questions: open rows of the publish log and nothing else; and the questions, for the house."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import TruncMonth

from tram.kernel.actors import Actor
from tram.kernel.clock import local_day
from tram.kernel.refs import parse_ref
from tram.kernel.verdicts import Hidden
from tram.news.queries.public import Public as Article
from tram.organisation.models import Appointment, RoleGrant, Unit
from tram.organisation.queries import lasting
from tram.tasks.models import Task
from tram.voices.models import Contact, Publication, Voice
from tram.voices.policy import DESK
from tram.voices.rules import code_typed, digest_of, in_fours, mark_of
from tram.voices.rules import longest as longest
from tram.voices.rules import settled as settled
from tram.voices.states import NAMES, OPEN, State

PAGE, MOST_COMMENTS = 25, 50
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
    is_comment: bool
    has_contact: bool


def takers(on: date) -> list[Unit]:
    """The agencies that somebody may ask: those where somebody sits who would answer, in the order of the organisation."""
    roles = [role for group in settled()["receivers"] for role in group]
    lasts = Q(until=None) | Q(until__gte=on)
    seated = Exists(Appointment.objects.filter(lasts, post=OuterRef("post"), since__lte=on))
    held = RoleGrant.objects.filter(lasts, seated, role__in=roles, since__lte=on).values("unit")
    return list(Unit.objects.filter(lasting(on), is_agency=True, pk__in=held).order_by("order", "search_key"))


def takes_comments(article: Article, at: datetime) -> bool:
    """Whether readers may say something of a public article: of which category, and for how long (catalogue/voices.yaml)."""
    told = settled()["comments"]
    age = local_day(at) - local_day(article.first_published_at)
    return article.category in told["categories"] and age.days <= told["open_for"]


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
        due_on=found.due_on, reason=found.reason if is_set_aside else "", slug="" if out is None else found.article.slug if found.article else out.slug, is_comment=found.article_id is not None,
        has_contact=Contact.objects.filter(voice=found).exists(),
    )  # fmt: skip


def digest(line: Line) -> str:
    """The hash of what stands there: the last record that let it out bears the same."""
    return digest_of(line.title, line.text, line.answer)


def public_at(slug: str) -> Line | Gone:
    """What stands at an address of the portal; Hidden where nothing was ever public."""
    found = Publication.objects.filter(slug=slug, article=None).select_related("voice").order_by("-pk").first()
    if found is None:
        raise Hidden
    return _line(found) if found.until_at is None else Gone(found.agency_id, found.until_at)


def public(*, agency: int = 0, after: Place | None = None, limit: int = PAGE) -> tuple[list[Line], Place | None]:
    """What is public, the last first; and the key of the next page. One query."""
    found = _open()
    if agency:
        found = found.filter(agency=agency)
    if after:
        found = found.filter(
            Q(first_at__lte=after[0]), Q(first_at__lt=after[0]) | Q(first_at=after[0], pk__lt=after[1])
        )
    rows = list(found.select_related("voice").order_by("-first_at", "-pk")[: limit + 1])
    last = rows[limit - 1] if len(rows) > limit else None
    return [_line(row) for row in rows[:limit]], (last.first_at, last.pk) if last else None


def public_of(voices: Sequence[int]) -> list[Line]:
    """Those of these questions that are public, in the order of their keys. One query."""
    return [_line(row) for row in _open().filter(voice__in=voices).select_related("voice").order_by("voice")]


def public_voices(after: int, limit: int) -> list[int]:
    """The keys of questions that are public, above `after`, in their order."""
    return list(_open().filter(voice__gt=after).order_by("voice").values_list("voice", flat=True)[:limit])


def months() -> list[datetime]:
    """The first days of the months in which something was published that is public still, the last first."""
    found = _open().annotate(month=TruncMonth("first_at")).values_list("month", flat=True)
    return list(found.distinct().order_by("-month"))


def addresses_between(since: datetime, until: datetime, limit: int) -> list[tuple[str, datetime]]:
    """Addresses of what was published from `since` to before `until` and is public still, with the moment of its last change."""
    found = _open().filter(first_at__gte=since, first_at__lt=until).order_by("-first_at", "-pk")
    return list(found.values_list("slug", "since_at")[:limit])


def agencies() -> list[int]:
    """The agencies of which a question is public."""
    own = Exists(_open().filter(agency=OuterRef("pk")))
    return list(Unit.objects.filter(is_agency=True).filter(own).values_list("pk", flat=True))


def _open() -> QuerySet[Publication]:
    """Questions; what is said of an article stands under it and nowhere else."""
    return Publication.objects.filter(until_at=None, article=None)


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
    is_comment: bool
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
            id=one.pk, title=one.title, is_comment=one.article_id is not None, agency=one.agency.name, state_name=NAMES[State(one.state)],
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
