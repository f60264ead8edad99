"""Reading what lies in a file: its papers as this person may see them, the letters behind them, what stands in the way."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from hashlib import sha256

from django.db.models import Q, QuerySet

from tram.documents.models import Incoming, IncomingFile
from tram.documents.queries import visible_to as incoming_visible_to
from tram.kernel.actors import Actor
from tram.kernel.clock import local_day
from tram.outgoing.models import Attachment, Outgoing
from tram.outgoing.queries.documents import kind_name
from tram.outgoing.queries.documents import visible_to as outgoing_visible_to
from tram.tasks.events import KIND_NAMES, Kind
from tram.tasks.models import Task
from tram.workfiles.models import Paper, WorkFile
from tram.workfiles.states import SEALED

PAGE = 100


@dataclass(frozen=True, slots=True)
class Facts:
    """Nội dung một dòng của mục lục văn bản, read from the letter itself: nothing is copied that might be a secret."""

    code: str
    issued_date: str
    type_name: str
    subject: str
    organ_name: str


@dataclass(frozen=True, slots=True)
class PaperRow:
    """Dòng của mục lục văn bản."""

    id: int
    ordinal: int | None
    way: str
    url: str
    code: str
    issued_date: date | None
    type_name: str
    subject: str
    organ_name: str
    pages: int
    is_changed: bool


def papers_of(file: WorkFile) -> QuerySet[Paper]:
    """What lies in a file now, in the order of days, with the letters."""
    found = Paper.objects.filter(file=file, taken_out_at=None).order_by("dated", "pk")
    return found.select_related("incoming", "outgoing__agency")


def facts(paper: Paper) -> Facts:
    """What the list says of a paper."""
    if paper.incoming is not None:
        letter = paper.incoming
        day = letter.issued_date.isoformat() if letter.issued_date else ""
        return Facts(letter.code, day, letter.type_name, letter.subject, letter.organ_name)
    draft = paper.outgoing
    assert draft is not None, "a paper is one thing"
    day = draft.issued_date.isoformat() if draft.issued_date else ""
    code = draft.code if draft.number else ""
    return Facts(code, day, kind_name(draft), draft.subject, draft.agency.name)


def day_of(letter: Incoming | Outgoing) -> date:
    """The day by which a letter stands in the list: its own, else that of its arrival or of the draft's last change."""
    if letter.issued_date:
        return letter.issued_date
    return local_day(letter.arrived_at if isinstance(letter, Incoming) else letter.changed_at)


def contents(
    actor: Actor, file: WorkFile, on: date, *, after: int = 0, limit: int = PAGE
) -> tuple[list[PaperRow], int, int]:
    """A page of a file's list, as this person may read the letters; how many of the page they may not; the next key.

    The same number of queries whatever the file holds.
    """
    found = papers_of(file)
    last = Paper.objects.filter(pk=after, file=file).values("dated").first() if after else None
    if last:
        found = found.filter(Q(dated__gt=last["dated"]) | Q(dated=last["dated"], pk__gt=after))
    papers = list(found[: limit + 1])
    following = papers[limit - 1].pk if len(papers) > limit else 0
    papers = papers[:limit]
    mine = _readable(actor, papers, on)
    changed = _changed(papers) if file.state in SEALED else set()
    rows = [_row(paper, paper.pk in changed) for paper in papers if paper.pk in mine]
    return rows, len(papers) - len(rows), following


def _readable(actor: Actor, papers: Sequence[Paper], on: date) -> set[int]:
    """Of these papers, those whose letter this person may read."""
    came = incoming_visible_to(actor, on).filter(pk__in=[p.incoming_id for p in papers if p.incoming_id])
    gone = outgoing_visible_to(actor, on).filter(pk__in=[p.outgoing_id for p in papers if p.outgoing_id])
    incoming, outgoing = set(came.values_list("pk", flat=True)), set(gone.values_list("pk", flat=True))
    return {p.pk for p in papers if p.incoming_id in incoming or p.outgoing_id in outgoing}


def _row(paper: Paper, is_changed: bool) -> PaperRow:
    letter = paper.incoming or paper.outgoing
    assert letter is not None, "a paper is one thing"
    told = facts(paper)
    return PaperRow(
        id=paper.pk, ordinal=paper.ordinal, way="Đến" if paper.incoming_id else "Đi", url=letter.url, code=told.code,
        issued_date=letter.issued_date, type_name=told.type_name, subject=told.subject, organ_name=told.organ_name,
        pages=paper.page_amount, is_changed=is_changed,
    )  # fmt: skip


def _changed(papers: Sequence[Paper]) -> set[int]:
    """Papers that are no longer what they were when the file was archived."""
    now = digests(papers)
    return {paper.pk for paper in papers if paper.digest and paper.digest != now[paper.pk]}


def digests(papers: Sequence[Paper]) -> dict[int, str]:
    """What each paper is: SHA-256 of what the list says of it and of its files' hashes. Two queries."""
    hashes: dict[tuple[str, int], list[str]] = {}
    came = IncomingFile.objects.filter(document__in=[p.incoming_id for p in papers if p.incoming_id])
    for document, blob in came.order_by("document", "place").values_list("document", "file__blob"):
        hashes.setdefault(("incoming", document), []).append(blob)
    gone = Attachment.objects.filter(document__in=[p.outgoing_id for p in papers if p.outgoing_id])
    for document, blob in gone.order_by("document", "place").values_list("document", "file__blob"):
        hashes.setdefault(("outgoing", document), []).append(blob)
    found = {}
    for paper in papers:
        key = ("incoming", paper.incoming_id) if paper.incoming_id else ("outgoing", paper.outgoing_id or 0)
        own = [str(paper.outgoing.paper_id)] if paper.outgoing and paper.outgoing.paper_id else []
        told = json.dumps([asdict(facts(paper)), *own, *hashes.get(key, [])], ensure_ascii=False, sort_keys=True)
        found[paper.pk] = sha256(told.encode()).hexdigest()
    return found


def pages(papers: Sequence[Paper]) -> dict[int, int]:
    """How many pages each paper has: what the book says, else its files. Two queries."""
    counted: dict[tuple[str, int], int] = {}
    came = IncomingFile.objects.filter(document__in=[p.incoming_id for p in papers if p.incoming_id])
    for document, number in came.values_list("document", "file__blob__pages"):
        counted["incoming", document] = counted.get(("incoming", document), 0) + (number or 0)
    gone = Outgoing.objects.filter(pk__in=[p.outgoing_id for p in papers if p.outgoing_id])
    for document, number in gone.values_list("pk", "paper__blob__pages"):
        counted["outgoing", document] = number or 0
    return {
        paper.pk: (paper.incoming.page_amount or counted.get(("incoming", paper.incoming.pk), 0))
        if paper.incoming
        else counted.get(("outgoing", paper.outgoing_id or 0), 0)
        for paper in papers
    }


def work_about(actor: Actor, file: WorkFile, on: date) -> tuple[list[Task], int]:
    """Open work about the letters of a file which this person may read of; and how much there is besides."""
    papers = list(papers_of(file))
    mine = _readable(actor, papers, on)
    open_work = open_tasks(papers)
    known = {letter.ref for p in papers if p.pk in mine and (letter := p.incoming or p.outgoing)}
    return [task for task in open_work if task.about in known], sum(task.about not in known for task in open_work)


def open_tasks(papers: Iterable[Paper]) -> list[Task]:
    """Work that runs about these papers; what is only to be read holds nothing up. One query."""
    refs = [letter.ref for paper in papers if (letter := paper.incoming or paper.outgoing)]
    return list(
        Task.objects.filter(about__in=refs, ended_at=None)
        .exclude(kind=Kind.INFORM)
        .select_related("unit")
        .order_by("pk")
    )


@dataclass(frozen=True, slots=True)
class Obstacle:
    """Điều còn vướng: why a file cannot be closed yet, in words, and where it is mended; `about` names the thing."""

    words: str
    url: str


HIDDEN_LETTER = "một văn bản bạn không được xem"


def obstacles(actor: Actor, file: WorkFile, on: date) -> list[Obstacle]:
    """What stands in the way of closing: no paper, work that runs, letters not settled, drafts not issued, no number.

    Of a letter that this person may not read only that there is one. The same number of queries for any file.
    """
    papers = list(papers_of(file))
    if not papers:
        return [Obstacle("Hồ sơ chưa có văn bản nào.", "")]
    mine = _readable(actor, papers, on)
    named, urls = {}, {}
    for paper in papers:
        letter = paper.incoming or paper.outgoing
        assert letter is not None, "a paper is one thing"
        told = facts(paper)
        shown = paper.pk in mine
        named[letter.ref] = f"{told.code or told.type_name} “{told.subject}”" if shown else HIDDEN_LETTER
        urls[letter.ref] = letter.url if shown else ""
    found = [
        Obstacle(f"Còn việc chưa xong ({KIND_NAMES[Kind(task.kind)].lower()}, {task.unit.name}): {named[task.about]}",
                 urls[task.about])
        for task in open_tasks(papers)
    ]  # fmt: skip
    for paper in papers:
        letter = paper.incoming or paper.outgoing
        why = _unfinished(paper)
        if letter is not None and why:
            found.append(Obstacle(f"{why}: {named[letter.ref]}", urls[letter.ref]))
    return found + _answers_under_way(actor, papers, on)


def _unfinished(paper: Paper) -> str:
    """Why a letter is not finished; "" when it is."""
    if paper.incoming is not None:
        if paper.incoming.arrival_number is None:
            return "Văn bản đến chưa có số"
        return "" if paper.incoming.ended_at else "Văn bản đến chưa giải quyết xong"
    draft = paper.outgoing
    if draft is None or draft.issued_at or draft.ended_at:
        return ""
    return "Văn bản đi chưa phát hành" if draft.number else "Dự thảo chưa ký, chưa có số"


def _answers_under_way(actor: Actor, papers: Sequence[Paper], on: date) -> list[Obstacle]:
    """Drafts outside the file that answer one of its letters and have not left."""
    inside = [paper.outgoing_id for paper in papers if paper.outgoing_id]
    asked = [paper.incoming_id for paper in papers if paper.incoming_id]
    waiting = Outgoing.objects.filter(answers__in=asked, issued_at=None, ended_at=None).exclude(pk__in=inside)
    drafts = list(waiting.order_by("pk"))
    readable = set(outgoing_visible_to(actor, on).filter(pk__in=[d.pk for d in drafts]).values_list("pk", flat=True))
    return [
        Obstacle(f"Văn bản trả lời còn dự thảo: “{draft.subject}”", draft.url)
        if draft.pk in readable
        else Obstacle(f"Văn bản trả lời còn dự thảo: {HIDDEN_LETTER}", "")
        for draft in drafts
    ]
