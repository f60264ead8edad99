"""What the public may see: rows of the publish log that are open, and nothing else. Each read is told the moment (`at`)."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from tram.kernel.verdicts import Hidden
from tram.news.models import Address, Article, Publication
from tram.news.rules.content import Block as Block
from tram.news.rules.content import Content, digest_of
from tram.news.rules.filing import VIETNAMESE, Language, languages
from tram.news.rules.filing import categories as categories
from tram.organisation.models import Unit
from tram.web.rows import months as months_of
from tram.web.rows import read

PAGE, MOST_GUIDES = 25, 40
Place = tuple[datetime, int]
"""Where a page ends: when readers first heard of the last line of it, and its row."""
FIRST_PICTURE = '$.body[*] ? (@.kind == "picture" && @.file != "")'

LINE = """
SELECT p.id, a.slug, r.content->>'title', r.content->>'lead', p.category, p.also, p.agency_id, COALESCE(p.told_at, p.since_at),
    jsonb_path_query_first(r.content, %(picture)s::jsonpath)
"""
NEWEST = f"""
{LINE} FROM {{rows}} JOIN news_article a ON a.id = p.article_id JOIN news_revision r ON r.id = p.revision_id
WHERE p.until_at IS NULL AND (p.expires_at IS NULL OR p.expires_at > %(at)s) {{narrows}}
ORDER BY {{told}} DESC, {{key}} DESC LIMIT %(limit)s
"""
ALL = {"rows": "news_publication p", "of": "p", "key": "p.id", "told": "COALESCE(p.told_at, p.since_at)"}
FILED = {
    "rows": "news_filing f JOIN news_publication p ON p.id = f.publication_id", "of": "f", "key": "f.publication_id",
    "told": "f.told_at",
}  # fmt: skip
"""What a list walks: the publish log; or, of a category, the narrow table of where its open rows stand, whose indexes have the order: that of `models.HEARD`."""
NARROWS = {
    "agency": " AND {of}.agency_id = %(agency)s", "category": " AND {of}.category = %(category)s",
    "language": " AND {of}.language = %(language)s",
}  # fmt: skip
OLDER = " AND ({told}, {key}) < (%(after)s, %(older)s)"
NEWEST_OF_EACH = f"""
{LINE} FROM unnest(%(categories)s::text[]) AS c (code)
CROSS JOIN LATERAL (
    SELECT * FROM news_publication
    WHERE until_at IS NULL AND language = 'vi' AND category >= c.code AND category <= c.code
        AND (expires_at IS NULL OR expires_at > %(at)s) {{}}
    ORDER BY category, COALESCE(told_at, since_at) DESC, id DESC LIMIT %(limit)s
) AS p JOIN news_article a ON a.id = p.article_id JOIN news_revision r ON r.id = p.revision_id
"""
"""Statements that stand ready: ten lists put together by the ORM cost more to write than to ask. Asked for one category as a range, in
its order, it can only be answered by an index of categories; else an empty one would be looked for through all that is public."""
FILED_OF = """
SELECT p.article_id, p.category, p.also, ARRAY(
    SELECT f.category FROM news_filing f
    WHERE f.publication_id = p.id AND f.agency_id = p.agency_id AND f.language = p.language AND f.told_at = COALESCE(p.told_at, p.since_at)
) FROM news_publication p WHERE p.article_id = ANY(%(articles)s) AND p.until_at IS NULL
"""
SPOKEN_OF = """
SELECT p.procedure, COALESCE(b->>'spoken', ''), b->>'file'
FROM news_publication p JOIN news_revision r ON r.id = p.revision_id
CROSS JOIN LATERAL jsonb_path_query(r.content, '$.body[*] ? (@.kind == "recording" && @.file != "")') AS b
WHERE p.until_at IS NULL AND p.procedure <> '' AND (p.expires_at IS NULL OR p.expires_at > %(at)s)
"""
OUT_IN = """
SELECT c.code FROM unnest(%(codes)s::text[]) WITH ORDINALITY AS c (code, place)
WHERE EXISTS (
    SELECT FROM news_publication p
    WHERE p.until_at IS NULL AND p.language = c.code AND (p.expires_at IS NULL OR p.expires_at > %(at)s)
) ORDER BY c.place
"""


@dataclass(frozen=True, slots=True)
class Correction:
    """Đính chính: what was corrected, and since when the corrected text is public."""

    text: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Version:
    """Một thứ tiếng của bài: its tag, its name to those who speak it, its address."""

    code: str
    own: str
    slug: str


@dataclass(frozen=True, slots=True)
class Public:
    """Bài đang đăng: all that the public may know of an article."""

    article: int
    slug: str
    agency: int
    category: str
    also: tuple[str, ...]
    """Further categories that list it."""
    content: Content
    digest: str
    since_at: datetime
    told_at: datetime
    """When readers first heard of it: of an old article on the portal that it was taken from."""
    first_published_at: datetime
    printed_at: datetime | None
    corrections: tuple[Correction, ...]
    language: str
    versions: tuple[Version, ...]
    """The same in each language in which it is public, itself among them, Vietnamese first; empty where there is only one."""
    takes_comments: bool | None
    """Whether readers may say something of it; None: as its category does."""
    takes_ratings: bool


@dataclass(frozen=True, slots=True)
class Gone:
    """Bài không còn đăng: it was public at this address until then; why is told to the house alone."""

    agency: int
    until_at: datetime
    is_expired: bool


@dataclass(frozen=True, slots=True)
class Line:
    """Dòng tin trên cổng; `picture` is the first picture block of the article as it is kept, None where it has none."""

    publication: int
    slug: str
    title: str
    lead: str
    category: str
    also: list[str]
    agency: int
    told_at: datetime
    picture: dict[str, Any] | None


@dataclass(frozen=True, slots=True)
class LetOut:
    """Bài vừa cho đăng hoặc vừa đính chính: whoever tells readers of what is new is told this much."""

    article: int
    publication: int
    categories: tuple[str, ...]
    """The main one first."""
    agency: int
    since_at: datetime
    is_correction: bool


def public_at(slug: str, at: datetime) -> Public | Gone | str:
    """What stands at an address of the portal: the article, or the address to which an old one leads, or that it is gone.

    Raises Hidden where nothing was ever public: never written and not out yet are the same answer.
    """
    found = Address.objects.select_related("article").filter(slug=slug).first()
    if found is None:
        raise Hidden
    out = _open(at).filter(article=found.article).select_related("revision").first()
    if out is None:
        return _gone(found)
    if found.article.slug != slug:
        return found.article.slug
    earlier = found.article.publications.exclude(correction="").order_by("since_at", "pk")
    return _shown(found.article, out, earlier, _versions(found.article, at))


def _versions(article: Article, at: datetime) -> tuple[Version, ...]:
    """One query, which finds the few articles first: an "or" over both tables would walk all that is public."""
    first = article.original_id or article.pk
    family = Article.objects.filter(Q(pk=first) | Q(original=first)).values("pk")
    slugs = dict(_open(at).filter(article__in=family).values_list("language", "article__slug"))
    known = [VIETNAMESE, *languages().values()]
    found = tuple(Version(one.code, one.own, slugs[one.code]) for one in known if one.code in slugs)
    return found if len(found) > 1 else ()


def _shown(
    article: Article, out: Publication, earlier: Iterable[Publication] = (), versions: tuple[Version, ...] = ()
) -> Public:
    return Public(
        article=article.pk, slug=article.slug, agency=out.agency_id, category=out.category,
        also=tuple(out.also), content=Content.of(out.revision.content), digest=out.digest, since_at=out.since_at,
        told_at=out.told_at or out.since_at,
        first_published_at=article.first_published_at or out.since_at, printed_at=article.printed_at,
        corrections=tuple(Correction(one.correction, one.since_at) for one in earlier),
        language=out.language, versions=versions, takes_comments=out.takes_comments, takes_ratings=out.takes_ratings,
    )  # fmt: skip


def _gone(address: Address) -> Gone:
    """An address that was given after the last row ended bears words that were never public: it is not there."""
    last = Publication.objects.filter(article=address.article).order_by("-since_at", "-pk").first()
    until = (last.until_at or last.expires_at) if last else None
    if last is None or until is None or address.since_at > until:
        raise Hidden
    return Gone(last.agency_id, until, is_expired=last.expires_at is not None and last.expires_at <= until)


def public(
    at: datetime, *, agency: int = 0, category: str = "", language: str = "vi", after: Place | None = None,
    limit: int = PAGE,
) -> tuple[list[Line], Place | None]:  # fmt: skip
    """What is public in a language, what readers heard of last first; and the key of the next page. `category`: its own or a further one. One query."""
    told = {"agency": agency, "category": category, "language": language}
    narrows = "".join(NARROWS[name] for name, value in told.items() if value) + (OLDER if after else "")
    place = {"after": after and after[0], "older": after and after[1], "limit": limit + 1}
    statement = NEWEST.replace("{narrows}", narrows).format(**(FILED if category else ALL))
    lines = _lines(read(statement, picture=FIRST_PICTURE, at=at, **told, **place))
    return lines[:limit], _age(lines[limit - 1]) if len(lines) > limit else None


def public_by_category(at: datetime, *, agency: int = 0, limit: int = 4) -> dict[str, list[Line]]:
    """The newest of each main category that has any, in the order of the catalogue: nothing stands twice. One query."""
    statement = NEWEST_OF_EACH.format("AND agency_id = %(agency)s" if agency else "")
    told = {"agency": agency, "picture": FIRST_PICTURE, "categories": list(categories()), "at": at, "limit": limit}
    lines = _lines(read(statement, **told))
    found = ((code, [line for line in lines if line.category == code]) for code in categories())
    return {code: sorted(own, key=_age, reverse=True) for code, own in found if own}


def language(code: str) -> Language | None:
    """A language of the catalogue by its tag."""
    return languages().get(code)


def tongue(code: str) -> Language | None:
    """A language in which somebody may speak, Vietnamese among them."""
    return VIETNAMESE if code == VIETNAMESE.code else languages().get(code)


def public_of(articles: Sequence[int], at: datetime) -> list[Public]:
    """Those of these articles that are public, in the order of their keys, without their corrections. One query."""
    found = _open(at).filter(article__in=articles).select_related("article", "revision").order_by("article")
    return [_shown(row.article, row) for row in found]


def guides(procedure: str, at: datetime) -> list[Public]:
    """What is public as a guide to a procedure, in whichever language, the newest first. One query."""
    found = _open(at).filter(procedure=procedure).exclude(procedure="").select_related("article", "revision")
    shown = [_shown(row.article, row) for row in found.order_by("-since_at", "-pk")[:MOST_GUIDES]]
    return [one for one in shown if one.content.procedure == procedure]


def heard_of(at: datetime) -> list[tuple[str, str, str]]:
    """The recordings of all guides that are public: procedure, language that is spoken ("" where nobody speaks), file. One query."""
    return [(procedure, spoken, file) for procedure, spoken, file in read(SPOKEN_OF, at=at)]


def let_out(since: datetime, at: datetime) -> list[LetOut]:
    """What was let out for the first time since a moment, or corrected, in Vietnamese, and is public; not what a former portal had
    printed. One query."""
    found = _open(at).filter(since_at__gte=since, language=VIETNAMESE.code)
    told = []
    for row in found.select_related("article"):
        first, filed = row.article.first_published_at, (row.category, *row.also)
        if first and row.told_at and row.told_at < first:
            continue
        kinds = [*([False] if first and first >= since else []), *([True] if row.correction else [])]
        told += [LetOut(row.article_id, row.pk, filed, row.agency_id, row.since_at, kind) for kind in kinds]
    return told


def titles_of(articles: Sequence[int], at: datetime) -> dict[int, tuple[str, str]]:
    """Title and address of those of these articles that are public. One query, none for none."""
    found = _open(at).filter(article__in=articles) if articles else Publication.objects.none()
    rows = found.values_list("article", "revision__content__title", "article__slug")
    return {article: (title, slug) for article, title, slug in rows}


def languages_out(at: datetime) -> list[Language]:
    """The languages, other than Vietnamese, in which something is public, in the order of the catalogue. One query."""
    return [languages()[code] for (code,) in read(OUT_IN, codes=list(languages()), at=at)]


def digests_kept(articles: Sequence[int], at: datetime) -> dict[int, str]:
    """Of those of these articles that are public the hash of what the database holds now: article -> hash. One query."""
    rows = _open(at).filter(article__in=articles).values_list("article", "revision__content")
    return {article: digest_of(kept) for article, kept in rows}


def filed_of(articles: Sequence[int]) -> dict[int, list[str]]:
    """Of those of these articles that are public the categories, the main one first; none where the lists say otherwise than the
    publish log. One query.
    """
    found = read(FILED_OF, articles=list(articles))
    return {
        article: [main, *also] if sorted(lists) == sorted([main, *also]) else [] for article, main, also, lists in found
    }


def public_articles(at: datetime, after: int, limit: int) -> list[int]:
    """The keys of articles that are public, above `after`, in their order."""
    return list(_open(at).filter(article__gt=after).order_by("article").values_list("article", flat=True)[:limit])


def months(at: datetime) -> list[datetime]:
    """The first days of the months in which something was let out that is public still, the last first."""
    return months_of("news_publication", "until_at IS NULL AND (expires_at IS NULL OR expires_at > %(at)s)", at=at)


def addresses_between(since: datetime, until: datetime, at: datetime, limit: int) -> list[tuple[str, datetime]]:
    """Addresses of what was let out from `since` to before `until` and is public still, with the moment."""
    found = _open(at).filter(since_at__gte=since, since_at__lt=until).order_by("-since_at", "-pk")
    return list(found.values_list("article__slug", "since_at")[:limit])


def agencies(at: datetime) -> list[int]:
    """The agencies of which something is public."""
    own = Exists(_open(at).filter(agency=OuterRef("pk")))
    return list(Unit.objects.filter(is_agency=True).filter(own).values_list("pk", flat=True))


def _open(at: datetime) -> QuerySet[Publication]:
    """Open rows; one whose last hour has come is closed already, though the clockwork has not been by."""
    return Publication.objects.filter(Q(expires_at=None) | Q(expires_at__gt=at), until_at=None)


def _lines(rows: Iterable[Any]) -> list[Line]:
    return [Line(*[*row, json.loads(picture or "null")]) for *row, picture in rows]


def _age(line: Line) -> Place:
    return line.told_at, line.publication
