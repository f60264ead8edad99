"""Reading incoming documents: what a person may see, the clerk's lanes, a document's card, duplicates."""

from collections import Counter, namedtuple
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, NamedTuple

from django.db.models import Q, QuerySet

from tram.documents.models import Incoming, IncomingFile, Proposal
from tram.documents.policy import SEES_ALL, SEES_SECRET
from tram.documents.rules import Slip, code_of, number_key, page_of
from tram.documents.states import (
    BEFORE_THE_BOOK,
    NAMES,
    NO_LETTER,
    SECRECY_NAMES,
    URGENCY_NAMES,
    Channel,
    Secrecy,
    State,
    Urgency,
)
from tram.files.queries import Card as FileCard
from tram.files.queries import cards
from tram.kernel.actors import Actor
from tram.kernel.clock import local
from tram.kernel.refs import ref_of
from tram.kernel.rows import Shown
from tram.kernel.verdicts import Hidden
from tram.tasks.events import Kind
from tram.tasks.models import Task
from tram.vietnamese.text import fold
from tram.web.rows import by_key, first_of, read

PAGE = 25


class Scope(NamedTuple):
    """What a person may read, in any of their hats: agencies whose papers they read all, those of which only the open
    ones, and the keys that open single papers."""

    full: list[int]
    open_ones: list[int]
    keys: list[str]


def _scope(actor: Actor, on: date) -> Scope:
    units: dict[str, set[int]] = {}
    for hat in actor.worn(on):
        for grant in hat.grants:
            if grant.valid(on):
                units.setdefault(grant.role, set()).add(grant.unit)
    full, open_ones = (set().union(*(units.get(role, set()) for role in roles)) for roles in (SEES_SECRET, SEES_ALL))
    return Scope(sorted(full), sorted(open_ones), actor.keys(on))


def visible_to(actor: Actor, on: date) -> QuerySet[Incoming]:
    """Documents a person may read, in any of their hats: their agency's as clerk or leader, and those opened to them.

    Rows about secret papers are for clerks and the head of the agency alone, unless a key opens one by name; a paper
    on which a stamp of secrecy was seen opens by no key until the clerk has answered.
    """
    full, open_ones, keys = _scope(actor, on)
    return Incoming.objects.filter(
        Q(agency__in=full)
        | Q(agency__in=open_ones, secrecy=Secrecy.NONE, veiled=False)
        | Q(pk__in=Incoming.objects.filter(access__key__in=keys).values("pk"), veiled=False)
    )


@dataclass(frozen=True, slots=True)
class Row(Shown):
    """Dòng văn bản đến trong danh sách."""

    id: int
    url: str
    state: str
    state_name: str
    channel: str
    arrival_number: int | None
    arrival_date: date | None
    arrived_at: datetime
    organ_name: str
    code: str
    issued_date: date | None
    type_name: str
    subject: str
    urgency: int
    urgency_name: str
    secrecy: int
    secrecy_name: str
    due_date: date | None
    to_places: str
    ended_at: datetime | None
    is_open: bool


def rows_of(documents: Iterable[Incoming]) -> list[Row]:
    """Documents as rows; no query."""
    return [
        Row(
            id=d.pk,
            url=d.url,
            state=d.state,
            state_name=NAMES[State(d.state)],
            channel=d.channel,
            arrival_number=d.arrival_number,
            arrival_date=d.arrival_date,
            arrived_at=local(d.arrived_at),
            organ_name=d.organ_name,
            code=d.code,
            issued_date=d.issued_date,
            type_name=d.type_name,
            subject=d.subject,
            urgency=d.urgency,
            urgency_name=URGENCY_NAMES[Urgency(d.urgency)],
            secrecy=d.secrecy,
            secrecy_name=SECRECY_NAMES[Secrecy(d.secrecy)],
            due_date=d.due_date,
            to_places=d.to_places,
            ended_at=d.ended_at and local(d.ended_at),
            is_open=d.ended_at is None,
        )
        for d in documents
    ]


FOLDERS = {"tat-ca": "Tất cả", "chua-giai-quyet": "Chưa giải quyết", "qua-han": "Quá hạn", "da-xong": "Đã xong"}


def documents(
    actor: Actor, on: date, *, folder: str = "tat-ca", after: int = 0, limit: int = PAGE
) -> tuple[list[Row], int]:
    """Documents in the book that a person may read, newest first; and the key of the next page (0 = none)."""
    found = visible_to(actor, on).exclude(state__in=(*BEFORE_THE_BOOK, *NO_LETTER))
    if folder == "chua-giai-quyet":
        found = found.filter(ended_at=None)
    elif folder == "qua-han":
        found = found.filter(ended_at=None, due_date__lt=on)
    elif folder == "da-xong":
        found = found.exclude(ended_at=None)
    if after:
        found = found.filter(pk__lt=after)
    rows = rows_of(found.order_by("-pk")[: limit + 1])
    return rows[:limit], rows[limit - 1].id if len(rows) > limit else 0


@dataclass(frozen=True, slots=True)
class LaneRow(Shown):
    """Dòng trong bàn văn thư: a paper that waits for its number."""

    id: int
    name: str
    title: str
    organ_name: str
    urgency: int
    arrived_at: datetime
    doubts: int
    is_read: bool
    asks: str
    letters: int
    is_looked: bool


def lane(agency: int, channel: str, *, after: int = 0, limit: int = 50) -> tuple[list[LaneRow], int]:
    """What waits in one lane of the clerk's desk, urgent and oldest first; and the key of the next page."""
    waiting = Incoming.objects.filter(agency=agency, channel=channel, state__in=BEFORE_THE_BOOK)
    if after:
        last = Incoming.objects.filter(pk=after).values("urgency", "pk").first()
        if last:
            waiting = waiting.filter(Q(urgency__lt=last["urgency"]) | Q(urgency=last["urgency"], pk__gt=last["pk"]))
    found = list(waiting.select_related("proposal", "split_proposal").order_by("-urgency", "pk")[: limit + 1])
    papers = IncomingFile.objects.filter(document__in=found, place=0)
    named = {pk: told for pk, *told in papers.values_list("document", "file__name", "file__blob__pages")}
    rows = [_lane_row(document, *named.get(document.pk, ("Bản giấy", 1))) for document in found[:limit]]
    return rows, rows[-1].id if len(found) > limit else 0


def _lane_row(document: Incoming, name: str, pages: int | None) -> LaneRow:
    proposal, cuts = getattr(document, "proposal", None), getattr(document, "split_proposal", None)
    fields = proposal.fields if proposal else {}
    words = {field: fields.get(field, {}).get("value") or "" for field in ("subject", "organ_name")}
    doubts = sum(1 for value in fields.values() if value.get("doubtful"))
    stub = f"Văn bản {SECRECY_NAMES[Secrecy(document.secrecy)]}: ghi sổ mật" if document.secrecy else ""
    return LaneRow(
        id=document.pk,
        name=name,
        title=stub or (name if document.veiled else words["subject"] or name),
        organ_name=words["organ_name"],
        urgency=document.urgency,
        arrived_at=local(document.arrived_at),
        doubts=doubts,
        is_read=proposal is not None or document.veiled,
        asks="Máy thấy dấu mật. Nhìn bản giấy rồi trả lời." if document.veiled else "",
        letters=cuts.letters if cuts else 0,
        is_looked=cuts is not None or (pages or 1) == 1,
    )


def lane_sizes(agency: int, most: int = 100) -> dict[str, int]:
    """How many papers wait in each lane, counted no further than `most`."""
    return {
        channel: Incoming.objects.filter(agency=agency, channel=channel, state__in=BEFORE_THE_BOOK)[:most].count()
        for channel in Channel
    }


ONE = (
    "SELECT d.* FROM documents_incoming d WHERE d.id = %(pk)s AND (d.agency_id = ANY(%(full)s)"
    " OR NOT d.veiled AND (d.agency_id = ANY(%(open_ones)s) AND d.secrecy = 0 OR EXISTS"
    " (SELECT FROM documents_access a WHERE a.document_id = d.id AND a.key = ANY(%(keys)s))))"
)
"""`visible_to` of one document, which nearly every page and step asks for."""


def one(actor: Actor, pk: int, on: date) -> Incoming:
    """A document that a person may read; Hidden alike when it is not there and when it is not theirs."""
    found = first_of(Incoming, ONE, pk=pk, **_scope(actor, on)._asdict())
    if found is None:
        raise Hidden
    return found


def proposal(document: int) -> tuple[dict[str, Any], str] | None:
    """What the machine read: field -> {value, confidence, place, raw, doubtful}, and the text; None when not read yet."""
    return Proposal.objects.filter(document=document).values_list("fields", "text").first()


def files(document: int) -> list[FileCard]:
    """A document's files, the paper itself first."""
    keys = read("SELECT file_id FROM documents_incomingfile WHERE document_id = %s ORDER BY place", document)
    return cards([key for (key,) in keys]) if keys else []


TWINS = (
    "SELECT id, organ_name, subject FROM documents_incoming WHERE agency_id = %(agency)s AND number_key = %(key)s"
    " AND arrival_number IS NOT NULL AND secrecy = 0 AND id <> %(exclude)s AND (%(year)s::int IS NULL"
    " OR issued_date IS NULL OR extract(year FROM issued_date) = %(year)s) ORDER BY id DESC LIMIT 500"
)


def find_duplicate(agency: int, slip: Slip, exclude: int | None = None) -> Incoming | None:
    """The document in the agency's books with the same number of the same sender and year.

    Of two that bear a notation without a number, the subject must be the same too. Nothing is told of secret papers.
    """
    key = number_key(slip.code_number, slip.code_notation)
    if not key or slip.secrecy:
        return None
    year = slip.issued_date.year if slip.issued_date else None
    twins = read(TWINS, agency=agency, key=key, year=year, exclude=exclude or 0)
    wanted = (fold(slip.organ_name), "" if slip.code_number else fold(slip.subject))
    same = (pk for pk, name, subject in twins if (fold(name), "" if slip.code_number else fold(subject)) == wanted)
    found = next(same, None)
    return by_key(Incoming, found) if found else None


PAST = (
    "SELECT id, type_name FROM (SELECT id, organ_name, type_name FROM documents_incoming WHERE agency_id = %s"
    " AND arrival_number IS NOT NULL ORDER BY id DESC LIMIT 400) lately WHERE organ_name = %s ORDER BY id DESC"
)


def past_papers(agency: int, organ_name: str, type_name: str, most: int = 5) -> tuple[list[int], bool]:
    """Latest papers of this sender among the agency's last 400; and whether they are of the same kind too."""
    own = read(PAST, agency, organ_name)
    same = [pk for pk, kind in own if kind == type_name]
    return (same or [pk for pk, _ in own])[:most], bool(same)


def usual_leader(papers: list[int]) -> tuple[int, int] | None:
    """The post before which most of these papers were put, and how often."""
    refs = [ref_of("documents", "incoming", pk) for pk in papers]
    posts = Task.objects.filter(about__in=refs, kind=Kind.DIRECT).exclude(post=None).values_list("post", flat=True)
    return next(iter(Counter(posts).most_common(1)), None)


LED = (
    "SELECT t.unit_id, count(*) FROM documents_share s JOIN documents_direction d ON d.id = s.direction_id"
    " JOIN tasks_task t ON t.id = s.task_id WHERE d.document_id = ANY(%s::bigint[]) AND s.part = 'lead' GROUP BY t.unit_id"
)


def usual_units(papers: list[int]) -> Counter[int]:
    """How often each unit led the work on these papers."""
    return Counter(dict(read(LED, papers)))


def last_registered(agency: int, year: int) -> Incoming | None:
    """The last paper in this year's book."""
    rows = Incoming.objects.filter(agency=agency, book_code="incoming", year=year, arrival_number__isnull=False)
    return rows.order_by("-arrival_number").first()


def senders(agency: int, text: str, limit: int = 8) -> list[str]:
    """Senders this agency had papers from lately, by letters of each word (`stttt`) or words with or without marks."""
    recent = Incoming.objects.filter(agency=agency).exclude(organ_name="").order_by("-pk")
    names = dict.fromkeys(recent.values_list("organ_name", flat=True)[:400])
    wanted = fold(text)
    return [name for name in names if _matches(wanted, name)][:limit]


def _matches(wanted: str, name: str) -> bool:
    words = fold(name).split()
    initials = "".join(word[0] for word in words)
    return wanted.replace(" ", "") in initials or all(part in fold(name) for part in wanted.split())


def today_counts(agency: int, on: date, next_number: int) -> dict[str, int]:
    """Counters of the clerk's desk: registered today (from the book's next number), flash papers that wait."""
    before = Incoming.objects.filter(agency=agency, book_code="incoming", year=on.year, arrival_date__lt=on)
    last = before.order_by("-arrival_number").values_list("arrival_number", flat=True).first() or 0
    flash = Incoming.objects.filter(agency=agency, state__in=BEFORE_THE_BOOK, urgency=Urgency.FLASH)
    return {"registered": next_number - 1 - last, "flash": flash[:100].count()}


@dataclass(frozen=True, slots=True)
class BookRow(Shown):
    """Dòng sổ đăng ký văn bản đến: the ten columns of NĐ 30/2020 Phụ lục IV, and what was struck through."""

    id: int
    url: str
    arrival_date: date
    arrival_number: int
    author: str = ""
    code: str = ""
    issued_date: date | None = None
    subject: str = ""
    receiver: str = ""
    passed_on: date | None = None
    signed: str = ""
    remark: str = ""
    struck: dict[str, list[str]] = field(default_factory=dict)


_Entry = namedtuple(
    "_Entry", "id arrival_date arrival_number organ_name code_number code_notation issued_date type_name subject"
    " to_places description state secrecy keeping_place veiled",
)  # fmt: skip
"""What the book reads of a document."""
BOOK = (
    f"SELECT {', '.join(_Entry._fields)} FROM documents_incoming WHERE agency_id = %(agency)s AND book_code = %(code)s"
    " AND year = %(year)s AND arrival_number BETWEEN %(first)s AND %(last)s ORDER BY arrival_number LIMIT %(limit)s"
)
STRUCK = "SELECT document_id, field, before FROM documents_correction WHERE document_id = ANY(%s::bigint[]) ORDER BY id"
MOST = 2**31 - 1


def book_page(
    agency: int, code: str, year: int, *, first: int = 1, last: int | None = None, limit: int = PAGE
) -> list[BookRow]:
    """Rows of a book from number `first` (to `last`), in order: two queries, whatever the number of rows."""
    until = MOST if last is None else last
    rows = read(BOOK, agency=agency, code=code, year=year, first=first, last=until, limit=limit)
    found = [_Entry(*row) for row in rows]
    struck: dict[int, dict[str, list[str]]] = {}
    for document, name, before in read(STRUCK, [entry.id for entry in found]):
        struck.setdefault(document, {}).setdefault(name, []).append(before)
    return [_book_row(entry, struck.get(entry.id, {})) for entry in found]


AWAITS = "Máy thấy dấu mật: chờ văn thư trả lời"
"""All that the book tells of a veiled paper beside its number and day, to whomever."""


def _book_row(document: _Entry, struck: dict[str, list[str]]) -> BookRow:
    known = (document.id, page_of(document.id), document.arrival_date, document.arrival_number)
    if document.veiled:
        return BookRow(*known, remark=AWAITS)
    remarks = [document.description]
    if document.state == State.CANCELLED_BY_RECALL:
        remarks.append("Nơi gửi đã thu hồi")
    if document.state == State.PURGED:
        remarks.append("Văn bản mật: đã hủy nội dung, chuyển sổ mật")
    if document.secrecy:
        remarks.append(f"{SECRECY_NAMES[Secrecy(document.secrecy)]}; giữ tại {document.keeping_place}")
    kind_and_subject = f"{document.type_name}: {document.subject}" if document.type_name else document.subject
    return BookRow(
        *known,
        author=document.organ_name,
        code=code_of(document.code_number, document.code_notation),
        issued_date=document.issued_date,
        subject=kind_and_subject,
        receiver=document.to_places,
        passed_on=document.arrival_date if document.to_places else None,
        signed="Nhận trên hệ thống" if document.to_places else "",
        remark="; ".join(remark for remark in remarks if remark),
        struck=struck,
    )
