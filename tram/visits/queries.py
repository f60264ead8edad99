"""Reading the sums: of pages, agencies and months; populations; rankings; ratings."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db.models import Max, Min, QuerySet, Sum
from django.db.models.functions import TruncMonth

from tram.kernel.actors import Actor
from tram.kernel.verdicts import Hidden
from tram.organisation.models import Unit
from tram.vietnamese.numbers import in_words
from tram.visits.models import AgencyVisits, PageVisits, Population, Ranking, Rating, Standing
from tram.visits.rules import Line as Line
from tram.visits.rules import Placed, ranked, settled
from tram.visits.rules import back as back
from tram.visits.rules import closes_on as closes_on
from tram.visits.rules import following as following
from tram.visits.rules import kind_name as kind_name
from tram.visits.rules import meanings as meanings
from tram.visits.rules import month_of as month_of
from tram.visits.rules import month_typed as month_typed
from tram.visits.sockets import Page, shown
from tram.web.rows import read

PAGE = 50
MOST_EDITIONS = 50


@dataclass(frozen=True, slots=True)
class Sums:
    """Lượt người xem và lượt rô-bốt."""

    visits: int = 0
    robots: int = 0


def visits_of(pages: Iterable[str]) -> dict[str, Sums]:
    """How often each page was read in all: one query. A page that nobody read is not in it."""
    found = PageVisits.objects.filter(page__in=list(pages)).values("page").annotate(v=Sum("visits"), r=Sum("robots"))
    return {row["page"]: Sums(row["v"], row["r"]) for row in found}


def months_of(page: str) -> list[tuple[date, Sums]]:
    """How often a page was read, month by month, the newest first."""
    months = PageVisits.objects.filter(page=page).annotate(month=TruncMonth("on")).values("month")
    found = months.annotate(v=Sum("visits"), r=Sum("robots")).order_by("-month")
    return [(row["month"], Sums(row["v"], row["r"])) for row in found]


@dataclass(frozen=True, slots=True)
class PageLine:
    """Một trang trong tháng; `url` is empty for one that cannot be opened (any more)."""

    page: str
    title: str
    url: str
    visits: int
    robots: int


READ_MOST = """
SELECT page, visits, robots FROM (
    SELECT page, sum(visits)::bigint AS visits, sum(robots)::bigint AS robots FROM visits_pagevisits
    WHERE agency_id = %(agency)s AND "on" >= %(first)s AND "on" < %(end)s GROUP BY page
) AS sums
WHERE %(page)s::text IS NULL OR visits < %(visits)s OR (visits = %(visits)s AND page > %(page)s)
ORDER BY visits DESC, page LIMIT %(limit)s
"""


def pages_of(
    agency: int, month: date, after: tuple[int, str] | None = None, limit: int = PAGE
) -> tuple[list[PageLine], tuple[int, str] | None]:
    """The pages of an agency in a month, the most read first; and the key of the next page."""
    visits, page = after or (0, None)
    found = read(READ_MOST, agency=agency, first=month, end=following(month), visits=visits, page=page, limit=limit + 1)
    names = named(page for page, _, _ in found[:limit])
    rows = [_page_line(page, names, *sums) for page, *sums in found[:limit]]
    return rows, (rows[-1].visits, rows[-1].page) if len(found) > limit else None


def _page_line(page: str, names: Mapping[str, Page], visits: int, robots: int) -> PageLine:
    known = names.get(page)
    if known:
        return PageLine(page, known.title, known.url, visits, robots)
    is_asked_for = page.partition("/")[0] in shown
    title = f"Trang không còn công khai ({page})" if is_asked_for else f"Trang của cổng ({page})"
    return PageLine(page, title if page else "Các trang khác", "", visits, robots)


def named(pages: Iterable[str]) -> dict[str, Page]:
    """Of these refs, those that the public sees now; asked of the rooms that show them."""
    by_kind: dict[str, list[str]] = {}
    for page in pages:
        by_kind.setdefault(page.partition("/")[0], []).append(page)
    found: dict[str, Page] = {}
    for kind, refs in by_kind.items():
        if shower := shown.find(kind):
            found |= shower.public(refs)
    return found


def circle_of(agency: int) -> Unit:
    """The agency whose ranking an agency stands in: the one above it; itself where there is none, the topmost for nobody's.

    Raises Hidden where there is no agency at all.
    """
    agencies = Unit.objects.filter(is_agency=True).select_related("parent")
    unit = agencies.filter(pk=agency).first() or agencies.filter(parent=None).order_by("order", "pk").first()
    if unit is None:
        raise Hidden
    return unit.parent if unit.parent and unit.parent.is_agency else unit


MONTH = """
SELECT u.id, u.name, u.kind, coalesce(v.visits, 0)::bigint, coalesce(v.robots, 0)::bigint,
       coalesce(p.people, 0), coalesce(p.source, ''), p.counted_on
FROM organisation_unit u
LEFT JOIN LATERAL (
    SELECT sum(visits) AS visits, sum(robots) AS robots FROM visits_agencyvisits
    WHERE agency_id = u.id AND "on" >= %(first)s AND "on" < %(end)s
) v ON true
LEFT JOIN LATERAL (
    SELECT people, source, counted_on FROM visits_population
    WHERE agency_id = u.id AND since <= %(first)s ORDER BY since DESC, id DESC LIMIT 1
) p ON true
WHERE u.is_agency AND (u.parent_id = %(above)s OR u.id = %(above)s) AND u.founded_on < %(end)s
  AND (u.abolished_on IS NULL OR u.abolished_on >= %(first)s)
ORDER BY u."order", u.id
"""


def month_of_agencies(above: int, month: date) -> list[Placed]:
    """The agencies below one, and itself, in a month: visits, population that held in it, place. One query."""
    return ranked(Line(*row) for row in read(MONTH, above=above, first=month, end=following(month)))


def counted_since() -> date | None:
    """The first day that was counted here."""
    first: date | None = AgencyVisits.objects.aggregate(first=Min("on"))["first"]
    return first


def agency_of(actor: Actor, pk: int, on: date) -> Unit:
    """An agency whose figures may be looked at: any that is there. Raises Hidden."""
    found = Unit.objects.select_related("parent").filter(pk=pk, is_agency=True, founded_on__lte=on).first()
    if found is None or actor.account is None:
        raise Hidden
    return found


def populations(agency: int) -> QuerySet[Population]:
    """What was entered for an agency, what holds latest first; nothing is ever taken away."""
    return Population.objects.filter(agency=agency).order_by("-since", "-pk")[:MOST_EDITIONS]


@dataclass(frozen=True, slots=True)
class Published:
    """Bảng xếp hạng đã công bố, for whoever shows it: nothing in it is reckoned anew."""

    ranking: int
    month: date
    number: int
    publisher: str
    at: datetime
    document: str
    reason: str
    standings: tuple[Standing, ...]


def published(agency: int, month: date) -> Published | None:
    """What an agency published of a month, its latest word; None where it published nothing. Two queries."""
    found = Ranking.objects.filter(agency=agency, month=month).order_by("-number").first()
    if found is None:
        return None
    standings = found.standings.order_by("kind", "place", "name")
    return Published(
        found.pk, found.month, found.number, found.publisher, found.at, found.document, found.reason, tuple(standings)
    )


def published_months(agency: int, limit: int = PAGE) -> list[date]:
    """The months of which an agency published a ranking, the newest first."""
    found = Ranking.objects.filter(agency=agency)
    return list(found.order_by("-month").values_list("month", flat=True).distinct()[:limit])


def published_when(agency: int, limit: int = PAGE) -> list[tuple[date, datetime]]:
    """The same with the moment of the last word on each."""
    found = Ranking.objects.filter(agency=agency).values("month").annotate(last=Max("at")).order_by("-month")
    return list(found.values_list("month", "last")[:limit])


def scores() -> list[tuple[int, str]]:
    """What may be given, with its words: (1, "Rất kém") …"""
    return list(enumerate(settled()["rating"]["words"], start=1))


def votes_needed() -> str:
    """From how many votes on the public is shown a score, in words."""
    return in_words(settled()["rating"]["least"])


@dataclass(frozen=True, slots=True)
class Stars:
    """Điểm của trang: the mean to one place, of how many votes."""

    mean: Decimal
    votes: int
    each: tuple[int, ...]


def stars(row: Rating) -> Stars | None:
    """What the public is shown of the votes; None where they are too few (catalogue/visits.yaml)."""
    each = (row.ones, row.twos, row.threes, row.fours, row.fives)
    votes = sum(each)
    if votes < settled()["rating"]["least"]:
        return None
    points = sum(score * count for score, count in enumerate(each, start=1))
    return Stars((Decimal(points) / votes).quantize(Decimal("0.1")), votes, each)


def ratings_of(pages: Sequence[str]) -> dict[str, Stars]:
    """What the public is shown of the ratings of these pages: one query. A page that has too few is not in it."""
    found = ((row.page, stars(row)) for row in Rating.objects.filter(page__in=list(pages)))
    return {page: told for page, told in found if told}
