"""Reading outgoing documents: what a person may see, lists, versions and opinions, who may sign, what goes out."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any

from django.db.models import Q, QuerySet

from tram.audit.queries import newest
from tram.files.models import File
from tram.files.queries import LOCKED_NAME, is_locked, open_blob
from tram.kernel.actors import Actor
from tram.kernel.clock import local, local_day
from tram.kernel.verdicts import Hidden
from tram.organisation.queries import calendar_of
from tram.outgoing.models import Attachment, Outgoing, Presentation, Recipient, Version
from tram.outgoing.rules import Content, bears_signature, compared, kinds
from tram.outgoing.states import (
    AT_THE_CLERK,
    BEFORE_APPROVAL,
    DELIVERY_NAMES,
    MEANINGS,
    NAMES,
    STANCE_NAMES,
    WAY_NAMES,
    Asked,
    State,
)
from tram.outgoing.states import Delivery as Delivery
from tram.outgoing.states import Relation as Relation
from tram.outgoing.states import Stance as Stance
from tram.outgoing.states import Way as Way
from tram.vietnamese.calendar import WorkingCalendar

PAGE = 25
URGENCY_NAMES = ("Thường", "KHẨN", "THƯỢNG KHẨN", "HỎA TỐC")


def visible_to(actor: Actor, on: date) -> QuerySet[Outgoing]:
    """Documents a person may read, in any of their hats: those opened to one of their keys, and no others.

    A draft is open to its drafter, the head of the unit, units asked and whoever checks or signs it; to the clerk from
    the approval on, to leaders from its number on.
    """
    return Outgoing.objects.filter(pk__in=Outgoing.objects.filter(access__key__in=actor.keys(on)).values("pk"))


def one(actor: Actor, pk: int, on: date) -> Outgoing:
    """A document that a person may read; Hidden alike when it is not there and when it is not theirs."""
    found = visible_to(actor, on).select_related("agency", "unit").filter(pk=pk).first()
    if found is None:
        raise Hidden
    return found


@dataclass(frozen=True, slots=True)
class Row:
    """Dòng văn bản đi trong danh sách."""

    id: int
    url: str
    state: str
    state_name: str
    kind_name: str
    code: str
    subject: str
    urgency: int
    urgency_name: str
    unit_name: str
    drafter_name: str
    signer_name: str
    issued_date: date | None
    due_date: date | None
    number_by: date | None
    changed_at: datetime


def kind_name(document: Outgoing) -> str:
    """What the document is called: "Công văn", "Kế hoạch"."""
    return kinds()[document.kind].name


FOLDERS = {"tat-ca": "Tất cả", "dang-soan": "Đang soạn", "van-thu": "Chờ văn thư", "da-phat-hanh": "Đã phát hành"}


def documents(
    actor: Actor, on: date, *, folder: str = "tat-ca", after: int = 0, limit: int = PAGE
) -> tuple[list[Row], int]:
    """Documents that a person may read, newest first; and the key of the next page (0 = none). One query."""
    found = visible_to(actor, on)
    if folder == "dang-soan":
        found = found.filter(state__in=BEFORE_APPROVAL)
    elif folder == "van-thu":
        found = found.filter(state__in=AT_THE_CLERK)
    elif folder == "da-phat-hanh":
        found = found.filter(issued_at__isnull=False)
    if after:
        found = found.filter(pk__lt=after)
    rows = _rows(found.select_related("unit").order_by("-pk")[: limit + 1])
    return rows[:limit], rows[limit - 1].id if len(rows) > limit else 0


def _rows(documents: Iterable[Outgoing]) -> list[Row]:
    calendar = cache(calendar_of)
    return [
        Row(
            id=d.pk, url=d.url, state=d.state, state_name=NAMES[State(d.state)], kind_name=kinds()[d.kind].name,
            code=d.code if d.number else "", subject=d.subject, urgency=d.urgency,
            urgency_name=URGENCY_NAMES[d.urgency], unit_name=d.unit.name, drafter_name=d.drafter_name,
            signer_name=d.signer_full_name, issued_date=d.issued_date, due_date=d.due_date, number_by=_number_by(d, calendar),
            changed_at=local(d.changed_at),
        )
        for d in documents
    ]  # fmt: skip


def _number_by(document: Outgoing, calendar: Callable[[int], WorkingCalendar]) -> date | None:
    """The last day to number a signed letter: an urgent one the same day, others the next working day (Điều 15.3)."""
    if document.signed_at is None or document.number is not None:
        return None
    day = local_day(document.signed_at)
    return day if document.urgency else calendar(document.agency_id).add(day, 1)


def book_page(agency: int, code: str, year: int, *, after: int = 0, limit: int = 50) -> tuple[list[Row], int]:
    """Rows of a book of outgoing documents, the last number first; and the number after which the next page begins."""
    found = Outgoing.objects.filter(agency=agency, book_code=code, year=year, number__isnull=False)
    if after:
        found = found.filter(number__lt=after)
    taken = list(found.select_related("unit").order_by("-number")[: limit + 1])
    return _rows(taken[:limit]), (taken[limit - 1].number or 0) if len(taken) > limit else 0


def numbered(agency: int, code: str, year: int, number: int) -> bool:
    """Whether a number of a book was given to a letter."""
    return Outgoing.objects.filter(agency=agency, book_code=code, year=year, number=number).exists()


def card(document: Outgoing) -> dict[str, Any]:
    """Everything the document's page shows: row, content, versions, opinions, initials, presentations, places, files."""
    (row,) = _rows([document])
    return {
        "row": row,
        "version": document.version,
        "content": Content.of(document.versions.get(number=document.version).content),
        "versions": versions(document),
        "opinions": opinions(document),
        "initials": list(document.initials.order_by("pk").values("version", "part", "by_name", "note", "at")),
        "presentations": presentations(document),
        "recipients": recipients(document),
        "files": files(document),
        "answers": document.answers_id,
        "before": document.before_id,
        "relation": document.relation,
        "later": list(document.later.order_by("pk").values_list("pk", flat=True)),
        "authority": document.authority,
        "on_paper": document.is_on_paper,
        "paper": document.paper_id,
        "outcome": document.outcome,
    }


def versions(document: Outgoing) -> list[dict[str, Any]]:
    """Every version, the last first: number, what changed, the Word file it came in, who and when."""
    rows = Version.objects.filter(document=document).order_by("-number")
    return [dict(row) for row in rows.values("number", "changed", "source", "by_name", "at")]


def version(document: Outgoing, number: int) -> Content:
    """The content of one version; Hidden when there is none."""
    found = document.versions.filter(number=number).first()
    if found is None:
        raise Hidden
    return Content.of(found.content)


def comparison(document: Outgoing, before: int, after: int) -> list[tuple[str, str]]:
    """The bodies of two versions line by line: "=" stayed, "-" went, "+" came."""
    return compared(version(document, before).body, version(document, after).body)


def opinions(document: Outgoing) -> list[dict[str, Any]]:
    """Every opinion asked, oldest first: unit, version, due_on, state, stance, text, who and when, the marked copy."""
    rows = document.opinions.order_by("pk")
    named = (
        "pk",
        "unit",
        "unit__name",
        "version",
        "due_on",
        "state",
        "stance",
        "text",
        "by_name",
        "given_at",
        "marked",
    )
    return [
        {**row, "stance_name": STANCE_NAMES[Stance(row["stance"])] if row["stance"] else "",
         "is_waiting": row["state"] == Asked.WAITING}
        for row in rows.values(*named)
    ]  # fmt: skip


def opinion_asked_of(actor: Actor, document: Outgoing, on: date) -> int:
    """The opinion that this person may give now, in any of their hats; 0 when nobody asks them."""
    posts, units = actor.posts(on), [hat.unit for hat in actor.worn(on)]
    asked = document.opinions.filter(state=Asked.WAITING)
    mine = asked.filter(Q(task__post__in=posts) | Q(task__post=None, task__unit__in=units))
    return mine.order_by("pk").values_list("pk", flat=True).first() or 0


def presentations(document: Outgoing) -> list[dict[str, Any]]:
    """Every time it lay before a signer, oldest first, with the rule that chose them and what became of it."""
    rows = Presentation.objects.filter(document=document).order_by("pk")
    named = (
        "version", "signer_name", "authority", "ground", "rule", "by_name", "at", "outcome", "note", "marks", "decided_by",
        "decided_at",
    )  # fmt: skip
    return [dict(row) for row in rows.values(*named)]


@dataclass(frozen=True, slots=True)
class Return:
    """Lần trả lại: who sent which version back and why; `marks`: line of its body -> what to change there."""

    who: str
    at: datetime
    reason: str
    version: int
    marks: dict[int, list[str]]

    def lines(self, content: Content) -> list[tuple[int, str, list[str]]]:
        """Each line of the body as it was returned, with what is to be changed in it."""
        return [(at, line, self.marks.get(at, [])) for at, line in enumerate(content.body.splitlines(), start=1)]


def returned(document: Outgoing) -> Return | None:
    """Of a draft that was sent back to be changed, whoever sent it: what its drafter is to know."""
    told = newest(document.ref, "outgoing.returned") if document.state == State.RETURNED else None
    if told is None:
        return None
    marks: dict[int, list[str]] = {}
    for mark in told.detail.get("marks", []):
        marks.setdefault(mark["line"], []).append(mark["text"])
    return Return(told.who, told.at, told.detail["reason"], told.detail["number"], marks)


def recipients(document: Outgoing) -> list[dict[str, Any]]:
    """Where it went and how far it came, in the order of the letter, each with what was reported."""
    rows = Recipient.objects.filter(document=document).order_by("place").prefetch_related("reports")
    return [
        {
            "pk": row.pk, "name": row.name, "unit": row.unit_id, "way": row.way, "way_name": WAY_NAMES[Way(row.way)],
            "copies": row.copies, "address": row.address, "state": row.state,
            "state_name": DELIVERY_NAMES[Delivery(row.state)], "sent_at": row.sent_at, "delivered_at": row.delivered_at,
            "reports": [
                {"code": one.code, "meaning": MEANINGS.get(one.code, ""), "note": one.note, "at": one.at}
                for one in sorted(row.reports.all(), key=lambda one: one.pk)
            ],
        }
        for row in rows
    ]  # fmt: skip


def carried_places(document: Outgoing) -> list[dict[str, Any]]:
    """Places to which it goes by post or hand, in the order of the letter: name, address, copies."""
    rows = Recipient.objects.filter(document=document, way__in=(Way.POST, Way.HAND)).order_by("place")
    return [dict(row) for row in rows.values("name", "address", "copies")]


def files(document: Outgoing) -> list[dict[str, Any]]:
    """Annexes and the Word files of versions: id, name, version (0 = annex), pages, size."""
    rows = document.attachments.order_by("place").select_related("file__blob", "file__marked")
    return [
        {
            "pk": row.pk, "id": row.file.pk, "name": LOCKED_NAME if is_locked(row.file) else row.file.name,
            "version": row.version, "pages": row.file.blob.pages, "size": row.file.blob.size,
        }
        for row in rows
    ]  # fmt: skip


def files_to_send(document: Outgoing) -> list[File]:
    """What goes with the letter: the signed page first, then the annexes; none for a paper without a scan."""
    if document.paper_id is None:
        return []
    first = File.objects.select_related("blob").get(pk=document.paper_id)
    annexes = document.attachments.filter(version=0).order_by("place").select_related("file__blob")
    return [first, *(row.file for row in annexes)]


def annexes_to_sign(document: Outgoing) -> list[Attachment]:
    """Annexes that the agency signs when it seals the letter: those in PDF that bear no signature of their own, which
    another one might break."""
    rows = document.attachments.filter(version=0, file__blob__kind="pdf").order_by("place").select_related("file")
    return [row for row in rows if not bears_signature(open_blob(row.file_id).read_bytes())]
