"""Scans for programs: where letters begin in one, cutting it, putting it back; stamps of secrecy that a machine saw."""

from uuid import UUID

from ninja import Router

from tram.documents.api.shapes import Cut, DocumentCard, MarkedOut, MarkOut, SeenMark, SplitOut
from tram.documents.commands import split as commands
from tram.documents.policy import may_register
from tram.documents.screens import papers as screens
from tram.documents.screens.cards import card as card_of
from tram.files import queries as files
from tram.files.commands import destroy, release
from tram.web.asked import Asked
from tram.web.programs import Key, answers

router = Router(tags=["Văn bản đến"])


def _clerks(request: Asked) -> int:
    """The agency whose clerk asks; refuses everybody else."""
    may_register(request.actor, request.actor.agency, request.at.date()).or_refuse()
    return request.actor.agency


@router.get("/documents/marked", response=answers(list[MarkedOut]), summary="Tệp máy thấy dấu mật, chờ trả lời")
def marked(request: Asked) -> object:
    """Files that are locked until the clerk answers, the longest waiting first."""
    return files.marked_files(_clerks(request))


@router.post("/documents/marked/{file}", response=answers(MarkOut), summary="Trả lời về dấu mật")
def answer_mark(request: Asked, file: UUID, told: SeenMark) -> object:
    """A level destroys the file and leaves an empty row for the secret book; "none" opens the file again."""
    if told.level == "none":
        release(actor=request.actor, at=request.at, file=file)
        return {"is_destroyed": False, "row": None}
    before = screens.stubs(request.actor.agency)
    destroy(actor=request.actor, at=request.at, file=file, level=told.level)
    return {"is_destroyed": True, "row": max(screens.stubs(request.actor.agency) - before, default=None)}


@router.get("/documents/{document}/split", response=answers(SplitOut), summary="Chỗ tách đề nghị và các phần đã tách")
def proposal(request: Asked, document: Key) -> object:
    """Where letters seem to begin in a scan that waits; of one that was split, its parts."""
    return _split(screens.scan(request.actor, _clerks(request), document, request.at.date()).pk)


@router.post("/documents/{document}/split", response=answers(SplitOut), summary="Tách bản quét thành nhiều văn bản")
def split(request: Asked, document: Key, told: Cut) -> object:
    """Cut a waiting PDF into letters that begin on these pages; each waits in the same lane."""
    scan = screens.scan(request.actor, _clerks(request), document, request.at.date())
    commands.split(actor=request.actor, at=request.at, document=scan, starts=told.start, drops=told.drop)
    return _split(scan.pk)


@router.post("/documents/{document}/rejoin", response=answers(DocumentCard), summary="Gộp lại bản quét đã tách")
def rejoin(request: Asked, document: Key) -> object:
    """Take a split back, while none of its letters has left the desk."""
    scan = screens.scan(request.actor, _clerks(request), document, request.at.date())
    card = card_of(commands.rejoin(actor=request.actor, at=request.at, document=scan))
    return {**card, "document": card["row"]}


def _split(pk: int) -> object:
    starts, drops = screens.split_proposal(pk)
    return {"starts": starts, "drops": drops, "parts": screens.parts(pk)}
