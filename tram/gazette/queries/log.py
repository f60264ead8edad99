"""The publish log as the house sees it: what is public of a letter or a paper, each time that it was; the papers of a clerk."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import OuterRef, QuerySet, Subquery

from tram.files.models import File
from tram.files.queries import Card, cards
from tram.gazette.models import Paper, Publication
from tram.gazette.policy import agencies_of
from tram.gazette.rules import legal_kinds
from tram.kernel.actors import LEADERS, Actor
from tram.kernel.verdicts import Hidden
from tram.outgoing.models import Outgoing
from tram.outgoing.queries.documents import files_to_send
from tram.outgoing.queries.proofs import kind_names

PAGE = 25


def kinds() -> dict[str, str]:
    """Kinds of documents on the portal, letters' and legal texts': code -> name."""
    return kind_names() | legal_kinds()


def open_rows() -> QuerySet[Publication]:
    """Rows of the log that are open."""
    return Publication.objects.filter(until_at=None)


def open_row(thing: Outgoing | Paper) -> Publication | None:
    """What the public sees of a letter or a paper now."""
    return open_rows().filter(**_of(thing)).select_related("letter").first()


def log_of(thing: Outgoing | Paper) -> list[Publication]:
    """Every time that it was public, the last first."""
    return list(Publication.objects.filter(**_of(thing)).order_by("-pk"))


def _of(thing: Outgoing | Paper) -> dict[str, int]:
    return {"letter" if isinstance(thing, Outgoing) else "paper": thing.pk}


def files_of(thing: Outgoing | Paper) -> list[Card]:
    """What may be shown: of a letter the page as signed first, then its annexes; of a paper its files in their order."""
    if isinstance(thing, Paper):
        return cards(list(thing.files.order_by("place").values_list("file", flat=True)))
    return cards([file.pk for file in files_to_send(thing)])


def held_still(files: Sequence[UUID]) -> list[Card]:
    """Cards of files on which no stamp of secrecy can be noted before the transaction ends."""
    list(File.objects.select_for_update().filter(pk__in=files).order_by("pk").values_list("pk", flat=True))
    return cards(files)


def holding(file: UUID) -> list[Outgoing | Paper]:
    """The letters and papers that show a file to the public, in their order."""
    found = (
        open_rows()
        .filter(files__contains=[{"id": str(file)}])
        .select_related("letter", "paper")
        .order_by("letter", "paper")
    )
    return [thing for out in found if (thing := out.letter or out.paper)]


def signer_of(letter: Outgoing) -> str:
    """Who signed, as it stands on the paper: "KT. GIÁM ĐỐC Trần Văn Sơn"."""
    return f"{letter.authority} {letter.signer_position} {letter.signer_full_name}".strip()[:250]


def visible_to(actor: Actor, on: date) -> QuerySet[Paper]:
    """Papers that a person may see: those of the agencies for which they bring them, or which they lead."""
    led = {grant.unit for hat in actor.worn(on) for grant in hat.grants if grant.role in LEADERS and grant.valid(on)}
    return Paper.objects.filter(agency__in={*agencies_of(actor, on), *led})


def one_paper(actor: Actor, pk: int, on: date) -> Paper:
    """A paper that a person may see; Hidden alike when it is not there and when it is not theirs."""
    found = visible_to(actor, on).filter(pk=pk).first()
    if found is None:
        raise Hidden
    return found


@dataclass(frozen=True, slots=True)
class PaperRow:
    """Một văn bản đưa lên trong danh sách của văn thư."""

    id: int
    title: str
    subject: str
    issuer: str
    issued_date: date | None
    brought_by: str
    slug: str
    """Its address where it is public."""


def papers(actor: Actor, on: date, *, after: int = 0) -> tuple[list[PaperRow], int]:
    """What a person has brought or may see, the last first; and the key of the next page. One query."""
    own = open_rows().filter(paper=OuterRef("pk")).values("slug")[:1]
    found = visible_to(actor, on).annotate(slug=Subquery(own)).order_by("-pk")
    rows = list((found.filter(pk__lt=after) if after else found)[: PAGE + 1])
    names = kinds()
    return [
        PaperRow(
            one.pk, f"{names.get(one.kind, '')} {one.code}".strip(), one.subject, one.issuer, one.issued_date,
            one.brought_by, one.slug or "",
        )
        for one in rows[:PAGE]
    ], rows[PAGE - 1].pk if len(rows) > PAGE else 0  # fmt: skip
