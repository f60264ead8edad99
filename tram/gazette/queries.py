"""What the public may see of letters: rows of the publish log that are open, and nothing else; and the log, for the house."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import TruncMonth

from tram.files.queries import Card, cards
from tram.gazette.models import Publication
from tram.gazette.rules import EFFECTIVE, effect
from tram.kernel.clock import local_day
from tram.kernel.verdicts import Hidden
from tram.organisation.models import Unit
from tram.outgoing.models import Outgoing
from tram.outgoing.queries.documents import Relation, files_to_send
from tram.outgoing.queries.documents import version as version_of
from tram.outgoing.queries.proofs import is_in_force, kind_names, standing_of

PAGE = 25
EARLIEST = 1990
Place = tuple[date, int]
"""Where a page ends: the day of the last letter of it, and its row."""
FACETS = """
SELECT 'kind', code FROM unnest(%(kinds)s::text[]) WITH ORDINALITY AS k (code, place)
WHERE EXISTS (SELECT 1 FROM gazette_publication WHERE until_at IS NULL AND kind = k.code {agency})
UNION ALL
SELECT 'year', year::text FROM generate_series(%(until)s, %(since)s, -1) AS y (year)
WHERE EXISTS (SELECT 1 FROM gazette_publication WHERE until_at IS NULL
    AND issued_date BETWEEN make_date(year, 1, 1) AND make_date(year, 12, 31) {agency} {kind})
"""
"""Each kind and each year is one look into an index: what lies behind them is never counted through."""
BACKWARD = {Relation.REPLACES: "Thay thế", Relation.CORRECTS: "Đính chính", Relation.RECALLS: "Thu hồi"}
FORWARD = {
    Relation.REPLACES: "Được thay thế bằng", Relation.CORRECTS: "Được đính chính bằng", Relation.RECALLS: "Bị thu hồi bằng",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Line:
    """Dòng văn bản trên cổng. `holds`: neither recalled, replaced nor past its last day."""

    publication: int
    letter: int
    slug: str
    kind: str
    kind_name: str
    code: str
    subject: str
    agency: int
    issued_date: date
    since_at: datetime
    holds: bool

    @property
    def title(self) -> str:
        """What it is called: "Quyết định 12/QĐ-UBND"."""
        return f"{self.kind_name} {self.code}"


@dataclass(frozen=True, slots=True)
class Related:
    """Văn bản liên quan: how, which; `slug` is empty where that one is not public."""

    how: str
    code: str
    issued_date: date
    slug: str


@dataclass(frozen=True, slots=True)
class Public:
    """Văn bản đang công khai: all that the public may know of a letter."""

    line: Line
    signer: str
    effective_on: date | None
    effective_until: date | None
    standing: str
    """Whether it holds, since when and until when; by which letter it was replaced or corrected."""
    is_order: bool
    """Whether its kind orders something, as a decision does."""
    bases: tuple[str, ...]
    paragraphs: tuple[str, ...]
    files: tuple[tuple[UUID, str], ...]
    """Id and SHA-256 of what was agreed to, the page as signed first."""
    first_at: datetime
    related: tuple[Related, ...]
    proof_code: str


@dataclass(frozen=True, slots=True)
class Gone:
    """Văn bản không còn công khai: it was public at this address until then; why is told to the house alone."""

    agency: int
    until_at: datetime


def public_at(slug: str, at: datetime) -> Public | Gone:
    """What stands at an address of the portal; Hidden where nothing was ever public."""
    found = Publication.objects.filter(slug=slug).select_related("letter").order_by("-pk").first()
    if found is None:
        raise Hidden
    return as_shown(found, at) if found.until_at is None else Gone(found.agency_id, found.until_at)


def as_shown(out: Publication, at: datetime) -> Public:
    """What the public sees by a row that is open."""
    letter, today = out.letter, local_day(at)
    content = version_of(letter, letter.version)
    return Public(
        line=_line(out, today), signer=out.signer, effective_on=out.effective_on, effective_until=out.effective_until,
        standing=_standing(out, today), is_order=out.kind in EFFECTIVE,
        bases=content.bases, paragraphs=tuple(line for line in content.body.splitlines() if line.strip()),
        files=tuple((UUID(one["id"]), one["sha256"]) for one in out.files), first_at=out.first_at,
        related=tuple(_related(letter)), proof_code=letter.proof_code or "",
    )  # fmt: skip


def digest(found: Public) -> str:
    """SHA-256 of what the public is shown of a letter, but for what becomes of it later."""
    line = found.line
    said = [
        line.kind, line.code, line.subject, line.slug, line.issued_date, found.signer, found.effective_on,
        found.effective_until, found.bases, found.paragraphs, found.files,
    ]  # fmt: skip
    return sha256(json.dumps(said, ensure_ascii=False, default=str).encode()).hexdigest()


def _standing(out: Publication, today: date) -> str:
    """Its own days first; what became of it in the house after them. One that holds no more has no days."""
    days, became = effect(out.effective_on, out.effective_until, today)[0], standing_of(out.letter)
    if not days or not is_in_force(out.letter):
        return became
    rest = became.removeprefix("Còn hiệu lực").lstrip(":; ")
    return f"{days} {rest[:1].upper()}{rest[1:]}"


def _related(letter: Outgoing) -> Iterable[Related]:
    """The letter before it and those after it that have left; of what is not public, number and day alone."""
    around = Outgoing.objects.filter(Q(pk=letter.before_id or 0) | Q(before=letter), issued_at__isnull=False)
    known = list(around.order_by("issued_date", "pk"))
    out = dict(_open().filter(letter__in=[one.pk for one in known]).values_list("letter", "slug")) if known else {}
    for one in known:
        is_before = one.pk == letter.before_id
        how = BACKWARD[Relation(letter.relation)] if is_before else FORWARD[Relation(one.relation)]
        if one.issued_date is not None:
            yield Related(how, one.code, one.issued_date, out.get(one.pk, ""))


def public(
    at: datetime, *, agency: int = 0, kind: str = "", year: int = 0, after: Place | None = None, limit: int = PAGE
) -> tuple[list[Line], Place | None]:
    """What is public, the last issued first; and the key of the next page. One query."""
    found = _narrowed(agency, kind)
    if year:
        found = found.filter(issued_date__range=(date(year, 1, 1), date(year, 12, 31)))
    if after:
        found = found.filter(
            Q(issued_date__lte=after[0]), Q(issued_date__lt=after[0]) | Q(issued_date=after[0], pk__lt=after[1])
        )
    rows = list(found.select_related("letter").order_by("-issued_date", "-pk")[: limit + 1])
    last = rows[limit - 1] if len(rows) > limit else None
    return _lines(rows[:limit], at), (last.issued_date, last.pk) if last else None


def newest(at: datetime, *, agency: int = 0, limit: int = PAGE) -> list[Line]:
    """What was made public last. One query."""
    return _lines(_narrowed(agency).select_related("letter").order_by("-since_at", "-pk")[:limit], at)


def facets(at: datetime, *, agency: int = 0, kind: str = "") -> tuple[list[str], list[int]]:
    """The kinds of which something is public there, and the years of those of this kind, the last first. One query."""
    narrowed = {"agency": "AND agency_id = %(agency)s" if agency else "", "kind": "AND kind = %(kind)s" if kind else ""}
    told: dict[str, Any] = {
        "kinds": list(kind_names()),
        "since": EARLIEST,
        "until": local_day(at).year,
        "agency": agency,
        "kind": kind,
    }
    with connection.cursor() as cursor:
        cursor.execute(FACETS.format(**narrowed), told)
        rows = cursor.fetchall()
    return [value for what, value in rows if what == "kind"], [int(value) for what, value in rows if what == "year"]


def public_of(letters: Sequence[int], at: datetime, *, slugs: Sequence[str] = ()) -> list[Line]:
    """Those of these letters, or at these addresses, that are public, in the order of their keys. One query."""
    return _lines(
        _open().filter(Q(letter__in=letters) | Q(slug__in=slugs)).select_related("letter").order_by("letter"), at
    )


def public_letters(after: int, limit: int) -> list[int]:
    """The keys of letters that are public, above `after`, in their order."""
    return list(_open().filter(letter__gt=after).order_by("letter").values_list("letter", flat=True)[:limit])


def months() -> list[datetime]:
    """The first days of the months in which something was made public that is public still, the last first."""
    found = _open().annotate(month=TruncMonth("since_at")).values_list("month", flat=True)
    return list(found.distinct().order_by("-month"))


def addresses_between(since: datetime, until: datetime, limit: int) -> list[tuple[str, datetime]]:
    """Addresses of what was made public from `since` to before `until` and is public still, with the moment."""
    found = _open().filter(since_at__gte=since, since_at__lt=until).order_by("-since_at", "-pk")
    return list(found.values_list("slug", "since_at")[:limit])


def agencies() -> list[int]:
    """The agencies of which a letter is public."""
    own = Exists(_open().filter(agency=OuterRef("pk")))
    return list(Unit.objects.filter(is_agency=True).filter(own).values_list("pk", flat=True))


def open_row(letter: Outgoing) -> Publication | None:
    """What the public sees of a letter now."""
    return _open().filter(letter=letter.pk).first()


def log_of(letter: Outgoing) -> list[Publication]:
    """Every time that a letter was public, the last first."""
    return list(Publication.objects.filter(letter=letter.pk).order_by("-pk"))


def files_of(letter: Outgoing) -> list[Card]:
    """What may be shown of a letter: the page as signed first, then its annexes."""
    return cards([file.pk for file in files_to_send(letter)])


def holding(file: UUID) -> list[int]:
    """The letters that show a file to the public, in their order."""
    found = _open().filter(files__contains=[{"id": str(file)}]).order_by("letter")
    return list(found.values_list("letter", flat=True))


def signer_of(letter: Outgoing) -> str:
    """Who signed, as it stands on the paper: "KT. GIÁM ĐỐC Trần Văn Sơn"."""
    return f"{letter.authority} {letter.signer_position} {letter.signer_full_name}".strip()[:250]


def _open() -> QuerySet[Publication]:
    return Publication.objects.filter(until_at=None)


def _narrowed(agency: int = 0, kind: str = "") -> QuerySet[Publication]:
    asked: dict[str, Any] = {"agency": agency, "kind": kind}
    return _open().filter(**{name: value for name, value in asked.items() if value})


def _lines(rows: Iterable[Publication], at: datetime) -> list[Line]:
    today = local_day(at)
    return [_line(out, today) for out in rows]


def _line(out: Publication, today: date) -> Line:
    holds = is_in_force(out.letter) and effect(out.effective_on, out.effective_until, today)[1]
    return Line(
        publication=out.pk, letter=out.letter_id, slug=out.slug, kind=out.kind, kind_name=kind_names().get(out.kind, ""),
        code=out.code, subject=out.subject, agency=out.agency_id, issued_date=out.issued_date, since_at=out.since_at,
        holds=holds,
    )  # fmt: skip
