"""What the pages of drafts show to officials."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import IO, Any

from django.db.models import Q, QuerySet

from tram.kernel.actors import Actor
from tram.kernel.clock import local
from tram.kernel.refs import parse_ref
from tram.kernel.verdicts import Hidden
from tram.outputs.sockets import Keys, Tell, Wanted, list_wanted
from tram.tasks.models import Task
from tram.voices.models import Draft, DraftPublication, Voice
from tram.voices.policy import DESK
from tram.voices.queries import PAGE, settled
from tram.voices.states import DRAFT_NAMES, NAMES, DraftState, State
from tram.web.binding import PART, counted
from tram.web.sheets import write_sheet

MAKER = "voices.opinions"
MOST_EXPORTED = 20_000
"""So far they are counted; beyond that only their file is longer."""
HEADINGS = (
    ("Số", 8), ("Gửi lúc", 18), ("Người góp ý", 24), ("Ý kiến", 80), ("Trả lời của cơ quan", 50), ("Trạng thái", 18),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class DraftRow:
    """Dòng dự thảo trong danh sách của cán bộ. `last_on`: while it is public."""

    id: int
    title: str
    kind_name: str
    agency: str
    state_name: str
    begun_at: datetime
    last_on: date | None
    is_summed: bool


@dataclass(frozen=True, slots=True)
class OpinionRow:
    """Dòng góp ý về một dự thảo."""

    id: int
    text: str
    state_name: str
    asked_at: datetime


def drafts_held_by(actor: Actor, on: date) -> list[int]:
    """The drafts about which a person holds open work. One query."""
    hats = list(actor.worn(on))
    mine = Q(post__in=actor.posts(on)) | Q(post=None, unit__in=[hat.unit for hat in hats])
    found = Task.objects.filter(mine, ended_at=None, about__startswith="voices.draft/")
    return [parse_ref(about).pk for about in found.values_list("about", flat=True)]


def drafts_visible_to(actor: Actor, on: date) -> QuerySet[Draft]:
    """Drafts that a person may see inside the house: all of an agency on whose desk they sit, those about which they hold work."""
    if actor.account is None:
        return Draft.objects.none()
    desks = {grant.unit for hat in actor.worn(on) for grant in hat.grants if grant.role in DESK and grant.valid(on)}
    return Draft.objects.filter(Q(agency__in=desks) | Q(pk__in=drafts_held_by(actor, on)))


def draft(actor: Actor, pk: int, on: date) -> Draft:
    """A draft that a person may see; Hidden alike when it is not there and when it is not theirs."""
    found = drafts_visible_to(actor, on).select_related("agency", "file").filter(pk=pk).first()
    if found is None:
        raise Hidden
    return found


def drafts(actor: Actor, on: date, *, after: int = 0, limit: int = PAGE) -> tuple[list[DraftRow], int]:
    """Drafts that a person may see, the last first; and the key of the next page (0 = none). Three queries."""
    found = drafts_visible_to(actor, on).select_related("agency").order_by("-pk")
    rows = list((found.filter(pk__lt=after) if after else found)[: limit + 1])
    out = DraftPublication.objects.filter(until_at=None, draft__in=[row.pk for row in rows])
    shown = {row.draft_id: row for row in out}
    lines = [_row(one, shown.get(one.pk)) for one in rows[:limit]]
    return lines, lines[-1].id if len(rows) > limit else 0


def _row(one: Draft, out: DraftPublication | None) -> DraftRow:
    return DraftRow(
        id=one.pk, title=one.title, kind_name=settled()["drafts"]["kinds"].get(one.kind, "Dự thảo"), agency=one.agency.name,
        state_name=DRAFT_NAMES[DraftState(one.state)], begun_at=one.begun_at, last_on=out.last_on if out else None,
        is_summed=bool(out and out.summary),
    )  # fmt: skip


def log_of(draft: Draft) -> list[DraftPublication]:
    """Every time that a draft was public, the last first."""
    return list(DraftPublication.objects.filter(draft=draft.pk).order_by("-pk"))


def opinions(draft: Draft, *, after: int = 0, limit: int = PAGE) -> tuple[list[OpinionRow], int]:
    """All that was said of a draft, the last first; and the key of the next page (0 = none). One query."""
    found = Voice.objects.filter(draft=draft.pk)
    rows = list((found.filter(pk__lt=after) if after else found).order_by("-pk")[: limit + 1])
    lines = [
        OpinionRow(id=one.pk, text=one.text, state_name=NAMES[State(one.state)], asked_at=one.asked_at)
        for one in rows[:limit]
    ]
    return lines, lines[-1].id if len(rows) > limit else 0


def wanted(draft: Draft, *, url: str) -> Wanted:
    """All that was said of a draft as Excel, for whoever sums it up."""
    rows = Voice.objects.filter(draft=draft.pk)[:MOST_EXPORTED].count()
    return list_wanted(
        MAKER, {"draft": draft.pk}, "xlsx", agency=draft.agency_id, rows=rows, title=f"ý kiến góp ý: {draft.title}"[:200],
        stem=f"gop-y-du-thao-{draft.pk}", url=url,
    )  # fmt: skip


def make(keys: Keys, *, by: str, at: datetime, out: IO[bytes], tell: Tell) -> None:
    """What was wanted, written into a file of the disk; asks no rights."""
    draft = Draft.objects.get(pk=keys["draft"])
    notes = [
        ("Dự thảo", draft.title), ("Người xuất", by), ("Lúc", f"{local(at):%H:%M %d/%m/%Y}"),
        ("Tên", "Chỉ tên mà người góp ý cho hiện; không có cách liên hệ."),
    ]  # fmt: skip
    write_sheet(out, "Góp ý", HEADINGS, counted(_opinions(draft), tell), notes)


def _opinions(draft: Draft) -> Iterator[list[Any]]:
    """All that was said of it, as typed, the first first.

    No contact, and a name only where its owner shows it: what is copied out of the house no erasing reaches.
    """
    after, found = 0, Voice.objects.filter(draft=draft.pk).order_by("pk")
    while rows := list(found.filter(pk__gt=after)[:PART]):
        for one in rows:
            yield [
                one.pk, f"{local(one.asked_at):%d/%m/%Y %H:%M}", one.name if one.shows_name else "", one.typed_text,
                one.answer, NAMES[State(one.state)],
            ]  # fmt: skip
        after = rows[-1].pk
