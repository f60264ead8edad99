"""What public documents say of each other, in both directions."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from tram.gazette.models import Link, Publication
from tram.gazette.queries.log import open_rows
from tram.gazette.rules import RELATIONS, Told
from tram.organisation.models import Unit
from tram.outgoing.models import Outgoing
from tram.outgoing.queries.documents import Relation

BACKWARD = {Relation.REPLACES: "Thay thế", Relation.CORRECTS: "Đính chính", Relation.RECALLS: "Thu hồi"}
FORWARD = {
    Relation.REPLACES: "Được thay thế bằng", Relation.CORRECTS: "Được đính chính bằng", Relation.RECALLS: "Bị thu hồi bằng",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Related:
    """Văn bản liên quan: how, which; `slug` is empty where that one is not public."""

    how: str
    code: str
    issued_date: date
    slug: str


def of_letter(letter: Outgoing) -> Iterable[Related]:
    """The letter before it and those after it that have left; of what is not public, number and day alone."""
    around = Outgoing.objects.filter(Q(pk=letter.before_id or 0) | Q(before=letter), issued_at__isnull=False)
    known = list(around.order_by("issued_date", "pk"))
    out = dict(open_rows().filter(letter__in=[one.pk for one in known]).values_list("letter", "slug")) if known else {}
    for one in known:
        is_before = one.pk == letter.before_id
        how = BACKWARD[Relation(letter.relation)] if is_before else FORWARD[Relation(one.relation)]
        if one.issued_date is not None:
            yield Related(how, one.code, one.issued_date, out.get(one.pk, ""))


def said(out: Publication) -> Iterable[Related]:
    """What it says of others, in the order of `RELATIONS`. Two queries where it says something, else one."""
    links, order = list(out.links.order_by("issued_date", "pk")), list(RELATIONS)
    targets = _targets(out, links)
    known = {one.slug for one in targets}
    by_number = {(one.code.upper(), one.issued_date): one.slug for one in targets}
    for one in sorted(links, key=lambda link: order.index(link.how)):
        slug = one.slug if one.slug in known else by_number.get((one.code, one.issued_date), "")
        yield Related(RELATIONS[one.how].name, one.code, one.issued_date, slug)


def said_of(out: Publication) -> Iterable[Related]:
    """What others say of it, those that are public alone."""
    for one in links_to(out):
        by = one.publication
        yield Related(RELATIONS[one.how].back, by.code, by.issued_date, by.slug)


def links_to(out: Publication) -> list[Link]:
    """What documents that are public say of this one: by its address, or by number and day where both are one agency's."""
    by_number = Q(slug="", agency=out.agency_id, issued_date=out.issued_date, code=out.code.upper())
    found = Link.objects.filter(Q(slug=out.slug) | by_number, publication__until_at=None)
    return list(found.select_related("publication").order_by("from_on", "pk"))


def linked(out: Publication) -> list[Publication]:
    """What is public of the documents that this one speaks of."""
    return [one for one in _targets(out, list(out.links.all())) if one.pk != out.pk]


def _targets(out: Publication, links: list[Link]) -> list[Publication]:
    slugs = [one.slug for one in links if one.slug]
    numbers = Q(pk=0)
    for one in links:
        if not one.slug:
            numbers |= Q(agency=out.agency_id, issued_date=one.issued_date, code__iexact=one.code)
    return (
        list(open_rows().filter(Q(slug__in=slugs) | numbers).select_related("letter").order_by("pk")) if links else []
    )


@dataclass(frozen=True, slots=True)
class Target:
    """Văn bản được nhắc đến: a relation whose other end is looked up; `slug` is empty for what is not public here."""

    how: str
    code: str
    day: date
    slug: str
    agency: int = 0
    """Whose it is where it is public."""


def looked_up(told: Sequence[Told], agency: int) -> list[Target | None]:
    """The other ends of relations, in their order; None for an address at which nothing is public. One query at most.

    A number is given by many: one's own agency's document is meant before another's, another's only where it is the only one.
    """
    asked = Q(slug__in=[one.slug for one in told if one.slug])
    for one in told:
        if one.day:
            asked |= Q(issued_date=one.day, code__iexact=one.code)
    rows = list(open_rows().filter(asked).order_by("pk")) if told else []
    return [_looked_up(one, rows, agency) for one in told]


def _looked_up(told: Told, rows: list[Publication], agency: int) -> Target | None:
    if told.slug:
        found = [row for row in rows if row.slug == told.slug]
    else:
        alike = [row for row in rows if row.code.upper() == told.code and row.issued_date == told.day]
        found = [row for row in alike if row.agency_id == agency] or alike
    if len(found) == 1:
        row = found[0]
        return Target(told.how, row.code.upper(), row.issued_date, row.slug, row.agency_id)
    return Target(told.how, told.code, told.day, "") if told.day else None


def stands_above(agency: int, other: int) -> bool:
    """Whether an agency is this very one, or one above it."""
    seen = set[int]()
    while other and other not in seen:
        if other == agency:
            return True
        seen.add(other)
        other = Unit.objects.values_list("parent", flat=True).get(pk=other) or 0
    return False
