"""What the public may see of documents: rows of the publish log that are open, and nothing else."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet

from tram.gazette.models import PaperFile, Publication
from tram.gazette.queries.log import PAGE, kinds, open_rows
from tram.gazette.queries.relations import Related, of_letter, said, said_of
from tram.gazette.rules import LONGEST_WORDS, STATUSES, effect, is_order, legal_kinds, paragraphs_of, topics
from tram.kernel.clock import local_day
from tram.kernel.verdicts import Hidden
from tram.organisation.models import Unit
from tram.outgoing.models import Outgoing
from tram.outgoing.queries.documents import version as version_of
from tram.outgoing.queries.proofs import is_in_force, standing_of
from tram.web.rows import all_of, newest_first
from tram.web.rows import months as months_of

__all__ = ["STATUSES", "kinds", "legal_kinds", "topics"]

EARLIEST = 1945
Place = tuple[date, int]
"""Where a page ends: the day of the last letter of it, and its row."""
NEWEST = """
SELECT p.*, l.id AS "letter.id", l.state AS "letter.state"
FROM gazette_publication p LEFT JOIN outgoing_outgoing l ON l.id = p.letter_id
WHERE p.until_at IS NULL {} ORDER BY p.since_at DESC, p.id DESC LIMIT %(limit)s
"""
FACETS = """
SELECT 'kind', code FROM unnest(%(kinds)s::text[]) WITH ORDINALITY AS k (code, place)
WHERE EXISTS (SELECT 1 FROM gazette_publication WHERE until_at IS NULL AND kind = k.code {agency}{year}{topic}{status})
UNION ALL
SELECT 'year', y::text FROM generate_series(%(until)s, %(since)s, -1) AS years (y)
WHERE EXISTS (SELECT 1 FROM gazette_publication WHERE until_at IS NULL
    AND issued_date BETWEEN make_date(y, 1, 1) AND make_date(y, 12, 31) {agency}{kind}{topic}{status})
UNION ALL
SELECT 'topic', code FROM unnest(%(topics)s::text[]) WITH ORDINALITY AS t (code, place)
WHERE EXISTS (SELECT 1 FROM gazette_publication WHERE until_at IS NULL AND topic = t.code {agency}{kind}{year}{status})
"""
"""Each kind, year and topic is one look into an index: what lies behind them is never counted through."""
OF_STATUS = (
    " UNION ALL SELECT 'status', '{name}' WHERE EXISTS (SELECT 1 FROM gazette_publication WHERE until_at IS NULL"
    " {agency}{kind}{year}{topic} AND {holds})"
)
HOLDS = {
    "in_force": "effective_on <= %(today)s AND (lapses_on IS NULL OR lapses_on > %(today)s)",
    "partly": "changed_on <= %(today)s AND (lapses_on IS NULL OR lapses_on > %(today)s)",
    "ended": "lapses_on <= %(today)s",
    "not_yet": "effective_on > %(today)s AND (lapses_on IS NULL OR lapses_on > %(today)s)",
}


@dataclass(frozen=True, slots=True)
class Line:
    """Dòng văn bản trên cổng. `holds`: neither recalled, replaced nor past its last day; `issuer` of a paper alone."""

    publication: int
    ref: str
    letter: int
    paper: int
    slug: str
    kind: str
    kind_name: str
    code: str
    subject: str
    agency: int
    issuer: str
    topic: str
    issued_date: date
    since_at: datetime
    status: str
    holds: bool

    @property
    def title(self) -> str:
        """What it is called: "Quyết định 12/QĐ-UBND"."""
        return f"{self.kind_name} {self.code}"


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
    is_silent: bool
    """Whether a file of it is a picture, in which no word is found."""
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
    today, letter = local_day(at), out.letter
    bases, paragraphs, is_silent = words_of_letter(letter) if letter else words_of_files(out)
    around = [*(of_letter(letter) if letter else ()), *said(out), *said_of(out)]
    return Public(
        line=_line(out, today), signer=out.signer, effective_on=out.effective_on, effective_until=out.effective_until,
        standing=_standing(out, today), is_order=is_order(out.kind), bases=bases, paragraphs=paragraphs,
        is_silent=is_silent, files=tuple((UUID(one["id"]), one["sha256"]) for one in out.files), first_at=out.first_at,
        related=tuple(around), proof_code=(letter.proof_code or "") if letter else "",
    )  # fmt: skip


def digest(found: Public) -> str:
    """SHA-256 of what the public is shown of a document, but for what becomes of it later."""
    line = found.line
    said = [
        line.kind, line.code, line.subject, line.slug, line.issued_date, found.signer, found.effective_on,
        found.effective_until, found.bases, found.paragraphs, found.files, *([line.issuer] if line.issuer else ()),
    ]  # fmt: skip
    return sha256(json.dumps(said, ensure_ascii=False, default=str).encode()).hexdigest()


def words_of_letter(letter: Outgoing) -> tuple[tuple[str, ...], tuple[str, ...], bool]:
    """What was signed: bases, paragraphs; nothing of it is a picture alone."""
    content = version_of(letter, letter.version)
    return content.bases, tuple(line for line in content.body.splitlines() if line.strip()), False


def words_of_files(out: Publication) -> tuple[tuple[str, ...], tuple[str, ...], bool]:
    """What stands in the files that were agreed to, as they came."""
    shown = [one["id"] for one in out.files]
    words = list(PaperFile.objects.filter(file__in=shown).order_by("place").values_list("words", flat=True))
    return (), tuple(paragraphs_of("\n\n".join(words))), "" in words or not words


def _standing(out: Publication, today: date) -> str:
    """Its own days first; what became of it in the house after them. One that holds no more has no days."""
    days, letter = out.days, out.letter
    if letter is None or days.status(today) in ("ended", "partly"):
        became = standing_of(letter) if letter and not is_in_force(letter) else ""
        return became or days.words(today)
    became = standing_of(letter)
    own = effect(out.effective_on, out.effective_until, today)[0]
    if not own or not is_in_force(letter):
        return became
    rest = became.removeprefix("Còn hiệu lực").lstrip(":; ")
    return f"{own} {rest[:1].upper()}{rest[1:]}"


@dataclass(frozen=True, slots=True)
class Narrow:
    """Thu hẹp danh sách: by agency, kind, year, topic and status; what is empty does not narrow."""

    agency: int = 0
    kind: str = ""
    year: int = 0
    topic: str = ""
    status: str = ""

    def __bool__(self) -> bool:
        return any((self.kind, self.year, self.topic, self.status))


NOTHING = Narrow()


def public(
    at: datetime, narrow: Narrow = NOTHING, *, after: Place | None = None, limit: int = PAGE
) -> tuple[list[Line], Place | None]:
    """What is public, the last issued first; and the key of the next page. One query."""
    found = _narrowed(narrow, local_day(at)).select_related("letter")
    rows, following = newest_first(found, "issued_date", after, limit)
    return _lines(rows, at), following


def newest(at: datetime, *, agency: int = 0, limit: int = PAGE) -> list[Line]:
    """What was made public last. One query."""
    statement = NEWEST.format("AND p.agency_id = %(agency)s" if agency else "")
    return _lines(all_of(Publication, statement, agency=agency, limit=limit), at)


def let_out(since: datetime) -> list[tuple[int, int, int, datetime]]:
    """What was made public for the first time since a moment and is public: letter, paper (0 for none), agency, the moment. One query."""
    found = open_rows().filter(since_at__gte=since, first_at__gte=since)
    rows = found.values_list("letter", "paper", "agency", "first_at")
    return [(letter or 0, paper or 0, agency or 0, first_at) for letter, paper, agency, first_at in rows]


def facets(at: datetime, narrow: Narrow = NOTHING) -> dict[str, list[str]]:
    """ "kind", "year", "topic" and "status" -> those of which something is public under everything else that narrows. One query."""
    parts = {
        "agency": "AND agency_id = %(agency)s " if narrow.agency else "",
        "kind": "AND kind = %(kind)s " if narrow.kind else "",
        "year": "AND issued_date BETWEEN make_date(%(year)s, 1, 1) AND make_date(%(year)s, 12, 31) " if narrow.year else "",
        "topic": "AND topic = %(topic)s " if narrow.topic else "",
        "status": f"AND {HOLDS[narrow.status]} " if narrow.status else "",
    }  # fmt: skip
    told: dict[str, Any] = asdict(narrow) | {
        "kinds": list(kinds()), "topics": list(topics()), "since": EARLIEST, "until": local_day(at).year,
        "today": local_day(at),
    }  # fmt: skip
    asked = FACETS + "".join(
        OF_STATUS.replace("{name}", name).replace("{holds}", holds) for name, holds in HOLDS.items()
    )
    with connection.cursor() as cursor:
        cursor.execute(asked.format(**parts), told)
        rows = cursor.fetchall()
    return {facet: [value for what, value in rows if what == facet] for facet in ("kind", "year", "topic", "status")}


def public_of(
    at: datetime, *, letters: Sequence[int] = (), papers: Sequence[int] = (), slugs: Sequence[str] = ()
) -> list[Line]:
    """Those of these letters and papers, or at these addresses, that are public, in the order of their keys. One query."""
    found = open_rows().filter(Q(letter__in=letters) | Q(paper__in=papers) | Q(slug__in=slugs))
    return _lines(found.select_related("letter").order_by("letter", "paper"), at)


def public_papers(after: int, limit: int) -> list[int]:
    """The keys of papers that are public, above `after`, in their order."""
    return list(open_rows().filter(paper__gt=after).order_by("paper").values_list("paper", flat=True)[:limit])


def words_of_papers(papers: Sequence[int]) -> dict[int, str]:
    """What stands in the files of papers that are public: key -> words. One query."""
    found: dict[int, str] = {}
    for paper, words in _words(papers):
        found[paper] = f"{found.get(paper, '')}\n{words}"[:LONGEST_WORDS]
    return found


WORDS = """
SELECT f.paper_id, f.words FROM gazette_paperfile f JOIN gazette_publication p ON p.paper_id = f.paper_id
WHERE p.until_at IS NULL AND f.paper_id = ANY(%s) AND p.files @> jsonb_build_array(jsonb_build_object('id', f.file_id::text))
ORDER BY f.paper_id, f.place
"""


def _words(papers: Sequence[int]) -> list[tuple[int, str]]:
    with connection.cursor() as cursor:
        cursor.execute(WORDS, [list(papers)])
        rows: list[tuple[int, str]] = cursor.fetchall()
    return rows


def public_letters(after: int, limit: int) -> list[int]:
    """The keys of letters that are public, above `after`, in their order."""
    return list(open_rows().filter(letter__gt=after).order_by("letter").values_list("letter", flat=True)[:limit])


def months() -> list[datetime]:
    """The first days of the months in which something was made public that is public still, the last first."""
    return months_of("gazette_publication", "until_at IS NULL")


def addresses_between(since: datetime, until: datetime, limit: int) -> list[tuple[str, datetime]]:
    """Addresses of what was made public from `since` to before `until` and is public still, with the moment."""
    found = open_rows().filter(since_at__gte=since, since_at__lt=until).order_by("-since_at", "-pk")
    return list(found.values_list("slug", "since_at")[:limit])


def agencies() -> list[int]:
    """The agencies of which a letter is public."""
    own = Exists(open_rows().filter(agency=OuterRef("pk")))
    return list(Unit.objects.filter(is_agency=True).filter(own).values_list("pk", flat=True))


def _narrowed(narrow: Narrow, today: date) -> QuerySet[Publication]:
    same = {name: value for name in ("agency", "kind", "topic") if (value := getattr(narrow, name))}
    found = open_rows().filter(**same)
    if narrow.year:
        found = found.filter(issued_date__range=(date(narrow.year, 1, 1), date(narrow.year, 12, 31)))
    stays = Q(lapses_on=None) | Q(lapses_on__gt=today)
    match narrow.status:
        case "in_force":
            return found.filter(stays, effective_on__lte=today)
        case "partly":
            return found.filter(stays, changed_on__lte=today)
        case "ended":
            return found.filter(lapses_on__lte=today)
        case "not_yet":
            return found.filter(stays, effective_on__gt=today)
    return found


def _lines(rows: Iterable[Publication], at: datetime) -> list[Line]:
    today = local_day(at)
    return [_line(out, today) for out in rows]


def _line(out: Publication, today: date) -> Line:
    letter, status = out.letter, out.days.status(today)
    return Line(
        publication=out.pk, ref=out.ref, letter=out.letter_id or 0, paper=out.paper_id or 0, slug=out.slug, kind=out.kind,
        kind_name=kinds().get(out.kind, ""), code=out.code, subject=out.subject, agency=out.agency_id, issuer=out.issuer,
        topic=out.topic, issued_date=out.issued_date, since_at=out.since_at, status=status,
        holds=status != "ended" and (letter is None or is_in_force(letter)),
    )  # fmt: skip
