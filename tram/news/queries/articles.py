"""Reading articles: what a person may see inside the house, and whose hour has come. What is public: `public.py`."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time

from django.db.models import OuterRef, Q, QuerySet, Subquery

from tram.kernel.actors import LEADERS, Actor
from tram.kernel.clock import LOCAL
from tram.kernel.verdicts import Hidden
from tram.news.models import Address, Article, Comment, OldFile, Publication, Revision
from tram.news.policy import DESK, EDITORS, verdicts
from tram.news.queries.public import Correction, Public
from tram.news.rules.content import Content, obstacles, untranslated
from tram.news.rules.dates import EARLIEST
from tram.news.rules.diffs import Difference, differences
from tram.news.rules.filing import categories, languages
from tram.news.sockets import guided
from tram.news.states import NAMES, State
from tram.vietnamese.text import fold

PAGE, MOST_DUE = 25, 200
ON_PORTAL = re.compile(r"/cong/tin/([a-z0-9-]+)")
SEES_ALL = frozenset({*DESK, *LEADERS})


def visible_to(actor: Actor, on: date) -> QuerySet[Article]:
    """Articles that a person may see inside the house, in any of their hats: their own, and all of an agency whose editor,
    publisher or leader they are.
    """
    agencies = {
        grant.unit for hat in actor.worn(on) for grant in hat.grants if grant.role in SEES_ALL and grant.valid(on)
    }
    own = Q(writer=actor.account) if actor.account is not None else Q(pk__in=())
    return Article.objects.filter(own | Q(agency__in=agencies))


def one(actor: Actor, pk: int, on: date) -> Article:
    """An article that a person may see; Hidden alike when it is not there and when it is not theirs."""
    found = visible_to(actor, on).select_related("agency").filter(pk=pk).first()
    if found is None:
        raise Hidden
    return found


def at_address(actor: Actor, text: str, on: date) -> int:
    """The article that a person may see and that has, or had, the address on the portal that a text holds; 0 for none."""
    told = ON_PORTAL.search(text)
    address = Address.objects.filter(slug=told[1], article__in=visible_to(actor, on)).first() if told else None
    return address.article_id if address else 0


def lacking(article: Article, content: Content) -> list[str]:
    """What stands in the way of showing it to the public; of a translation also what is not translated yet."""
    found = obstacles(content)
    if article.original_id:
        original = Revision.objects.filter(article=article.original_id).order_by("-number")[0]
        found += untranslated(content, Content.of(original.content))
    return found


@dataclass(frozen=True, slots=True)
class Version:
    """Bản dịch của một bài, cho người trong cơ quan."""

    id: int
    name: str
    title: str
    state_name: str


def translations(article: Article) -> list[Version]:
    """The translations that an article has, in the order of the catalogue. One query."""
    order = list(languages())
    found = sorted(
        article.translations.all(), key=lambda one: order.index(one.language) if one.language in order else 99
    )
    return [Version(one.pk, language_name(one.language), one.title, NAMES[State(one.state)]) for one in found]


def procedures() -> dict[str, str]:
    """The procedures to which an article may be the guide: address -> name, in the order in which they are shown."""
    return {slug: name for _room, told in guided.items() for slug, name in told().items()}


def language_name(code: str) -> str:
    """A language by its Vietnamese name; its tag for one that is in the catalogue no more."""
    return languages()[code].name if code in languages() else code


@dataclass(frozen=True, slots=True)
class Row:
    """Dòng tin bài trong danh sách."""

    id: int
    title: str
    state: str
    state_name: str
    category_name: str
    writer_name: str
    number: int
    changed_at: datetime
    publish_at: datetime | None
    first_published_at: datetime | None


def articles(
    actor: Actor, on: date, *, states: Iterable[State] = (), words: str = "", after: int = 0, limit: int = PAGE
) -> tuple[list[Row], int]:
    """Articles that a person may see, newest first; and the key of the next page (0 = none). One query.

    `words`: those in whose title every one of these stands, with or without marks.
    """
    found = visible_to(actor, on)
    for word in fold(words).split():
        found = found.filter(title_key__contains=word)
    wanted = [state.value for state in states]
    if wanted:
        found = found.filter(state__in=wanted)
    if after:
        found = found.filter(pk__lt=after)
    rows = [_row(article) for article in found.order_by("-pk")[: limit + 1]]
    return rows[:limit], rows[limit - 1].id if len(rows) > limit else 0


def at_a_step(
    actor: Actor, on: date, step: str, state: State, *, after: int = 0, limit: int = PAGE
) -> tuple[list[tuple[Row, str]], int]:
    """Articles in a state that a person may see, oldest first, each with why they may not take the step ("": they may); and the key
    of the next page (0 = none). One query.
    """
    author = Revision.objects.filter(article=OuterRef("pk"), number=OuterRef("number")).values("account")
    found = visible_to(actor, on).filter(state=state.value, pk__gt=after).annotate(author=Subquery(author[:1]))
    here = list(found.order_by("pk")[: limit + 1])
    rows = [(_row(one), verdicts(actor, one, one.author or 0, on)[step].reason) for one in here[:limit]]
    return rows, here[limit - 1].pk if len(here) > limit else 0


def _row(article: Article) -> Row:
    return Row(
        id=article.pk, title=article.title, state=article.state, state_name=NAMES[State(article.state)],
        category_name=categories().get(article.category, article.category), writer_name=article.writer_name,
        number=article.number, changed_at=article.changed_at, publish_at=article.publish_at,
        first_published_at=article.first_published_at,
    )  # fmt: skip


def content(article: Article, number: int = 0) -> Content:
    """What a revision says, the newest when no number is given; Hidden when there is none of that number."""
    found = article.revisions.filter(number=number or article.number).first()
    if found is None:
        raise Hidden
    return Content.of(found.content)


def told_first(article: Article, content: Content, at: datetime) -> datetime | None:
    """When readers first heard of an article, where that was before `at`: on the portal that it was taken from, or here before it was
    corrected. An old article that bears no moment of its own stands on the day of what it tells.
    """
    first = article.original or article
    printed = first.printed_at
    day = content.event_on
    if printed is None and day and day.year >= EARLIEST and OldFile.objects.filter(article=first).exists():
        printed = datetime.combine(day, time(), LOCAL)
    moments = [moment for moment in (printed, article.first_published_at) if moment and moment < at]
    return min(moments, default=None)


def as_public(article: Article, at: datetime) -> tuple[Public, bool]:
    """Its newest revision as everybody would read it, were it let out now, and whether they read it already: for whoever may see it in the house."""
    last, row = Revision.objects.get(article=article, number=article.number), out(article)
    says = Content.of(last.content)
    shows = (last.digest, article.category, article.also)
    is_out = row is not None and (row.digest, row.category, row.also) == shows
    told = article.publications.exclude(correction="").order_by("since_at", "pk")
    corrections = [Correction(one.correction, one.since_at) for one in told]
    if article.correction:
        corrections.append(Correction(article.correction, at))
    since_at = row.since_at if row and is_out and not article.correction else at
    shown = Public(
        article=article.pk, slug=article.slug, agency=article.agency_id, category=article.category,
        also=tuple(article.also), content=says, digest=last.digest, since_at=since_at, told_at=told_first(article, says, at) or at, language=article.language, versions=(),
        first_published_at=article.first_published_at or at, printed_at=article.printed_at,
        corrections=tuple(corrections), takes_comments=article.takes_comments, takes_ratings=article.takes_ratings,
    )  # fmt: skip
    return shown, is_out


def revisions(article: Article) -> list[Revision]:
    """Every revision, the newest first, without what it says."""
    return list(article.revisions.defer("content").order_by("-number"))


def author(article: Article) -> int:
    """The account that saved its newest revision."""
    return article.revisions.values_list("account", flat=True).get(number=article.number)


def comments(article: Article) -> list[Comment]:
    """What colleagues said of it, what is not dealt with first, the newest first."""
    return sorted(article.comments.order_by("-pk"), key=lambda said: said.settled_at is not None)


def addresses(article: Article) -> list[str]:
    """The addresses that lead to it from former days, the last of them first."""
    return list(article.addresses.exclude(slug=article.slug).order_by("-since_at").values_list("slug", flat=True))


def out(article: Article) -> Publication | None:
    """What the public sees of it now, with the revision; None when nothing."""
    return article.publications.filter(until_at=None).select_related("revision").defer("revision__content").first()


def compared(article: Article, before: int, after: int) -> list[Difference]:
    """What differs between two revisions, in the order of the page; Hidden when one of them is not there."""
    return differences(content(article, before), content(article, after))


def to_appear(at: datetime) -> list[int]:
    """Scheduled articles whose hour has come, the longest waiting first."""
    found = Article.objects.filter(state=State.SCHEDULED.value, publish_at__lte=at).order_by("publish_at")
    return list(found.values_list("pk", flat=True)[:MOST_DUE])


def to_expire(at: datetime) -> list[int]:
    """Articles of which what is public has come to its last hour."""
    found = Publication.objects.filter(until_at=None, expires_at__lte=at).order_by("expires_at")
    return list(found.values_list("article", flat=True)[:MOST_DUE])


def old_files_visible_to(actor: Actor, on: date) -> QuerySet[OldFile]:
    """Old files of the agencies whose editor a person is, in any of their hats."""
    agencies = {
        grant.unit for hat in actor.worn(on) for grant in hat.grants if grant.role in EDITORS and grant.valid(on)
    }
    return OldFile.objects.filter(agency__in=agencies)
