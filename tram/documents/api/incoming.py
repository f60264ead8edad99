"""Incoming documents for programs: arrive, register, direct, settle."""

from typing import Annotated, Any, Literal

from ninja import File, Query, Router
from ninja.files import UploadedFile

from tram.documents import queries
from tram.documents.api.shapes import (
    Correcting,
    Directing,
    DocumentCard,
    DocumentOut,
    LaneOut,
    Outcome,
    Presenting,
    Registering,
    SlipIn,
    TargetIn,
    Twin,
)
from tram.documents.commands import arrive, direct, register, settle
from tram.documents.models import Direction, Incoming
from tram.documents.policy import may_register
from tram.documents.rules import Slip
from tram.documents.screens.cards import card as card_of
from tram.documents.states import Channel
from tram.files.commands import store
from tram.kernel.actors import LEADERS
from tram.kernel.verdicts import Hidden, Invalid
from tram.organisation import queries as organisation
from tram.organisation.models import Post, Unit
from tram.web.asked import Asked
from tram.web.programs import After, Key, Limit, Page, Reason, answers
from tram.web.rows import by_key, first_of, read

router = Router(tags=["Văn bản đến"])
Paper = Annotated[UploadedFile, File(description="Tệp PDF, DOCX, XLSX, JPG hoặc PNG")]


def _one(request: Asked, pk: int) -> Incoming:
    return queries.one(request.actor, pk, request.at.date())


def _card(document: Incoming) -> object:
    """The card as an answer, of the document as it is now."""
    return _shown(card_of(by_key(Incoming, document.pk)))


def _shown(card: dict[str, Any]) -> object:
    return {**card, "document": card["row"]}


def _agency(request: Asked) -> Unit:
    """The clerk's agency; refuses everybody else."""
    may_register(request.actor, request.actor.agency, request.at.date()).or_refuse()
    return by_key(Unit, request.actor.agency)


def _leader(request: Asked, agency: int, post: int, field: str) -> Post:
    if post not in {seat.post for seat in organisation.seats_with_role(list(LEADERS), agency, request.at.date())}:
        raise Invalid({field: "Chọn lãnh đạo đang giữ vị trí trong cơ quan; xem /api/seats."})
    return Post.objects.select_related("unit").get(pk=post)


def _slip(told: SlipIn) -> Slip:
    if told.organ_unit and not read("SELECT id FROM organisation_unit WHERE id = %s", told.organ_unit):
        raise Invalid({"organ_unit": "Không có đơn vị này; xem /api/units, hoặc chỉ ghi organ_name."})
    return Slip(**told.model_dump())


def _target(told: TargetIn) -> direct.Target:
    post = Post.objects.select_related("unit").filter(pk=told.post).first() if told.post else None
    unit = post.unit if post else first_of(Unit, "SELECT * FROM organisation_unit WHERE id = %s", told.unit or 0)
    if unit is None or (told.post and told.unit) or (told.post and post is None):
        raise Invalid({"lead": "Mỗi nơi nhận ghi một khóa có thật: `unit` cho đơn vị, hoặc `post` cho một người."})
    return direct.Target(unit, post)


@router.get("/documents", response=answers(Page[DocumentOut]), summary="Văn bản đến tôi được xem, mới nhất trước")
def documents(
    request: Asked,
    folder: Annotated[
        Literal["tat-ca", "chua-giai-quyet", "qua-han", "da-xong"], Query(description="Ngăn: tất cả, chưa giải quyết…")
    ] = "tat-ca",
    after: After = 0,
    limit: Limit = 25,
) -> object:
    """Documents in the book, newest first."""
    items, following = queries.documents(request.actor, request.at.date(), folder=folder, after=after, limit=limit)
    return {"items": items, "next": str(following or "")}


@router.get("/documents/lanes", response=answers(dict[str, int]), summary="Số văn bản chờ vào sổ ở mỗi đường đến")
def lanes(request: Asked) -> object:
    """How many papers wait in each lane of the clerk's desk, counted to 100."""
    return queries.lane_sizes(_agency(request).pk)


@router.get("/documents/lanes/{channel}", response=answers(Page[LaneOut]), summary="Văn bản chờ vào sổ")
def lane(request: Asked, channel: Channel, after: After = 0, limit: Limit = 50) -> object:
    """What waits in one lane, urgent and oldest first."""
    items, following = queries.lane(_agency(request).pk, channel, after=after, limit=limit)
    return {"items": items, "next": str(following or "")}


@router.post("/documents/arrivals", response=answers(DocumentCard), summary="Nhận một tệp vào bàn văn thư")
def bring(request: Asked, file: Paper) -> object:
    """A file comes to the clerk's desk: judged, kept, read."""
    return _card(
        arrive.bring(actor=request.actor, at=request.at, agency=_agency(request), stream=file, name=file.name or "")
    )


@router.post("/documents", response=answers(DocumentCard), summary="Vào sổ một văn bản giấy")
def register_paper(request: Asked, told: Registering) -> object:
    """Enter a paper that has no file in the book."""
    return _register(request, told, None)


@router.post("/documents/{document}/register", response=answers(DocumentCard), summary="Vào sổ văn bản đang chờ")
def register_waiting(request: Asked, document: Key, told: Registering) -> object:
    """Enter a waiting paper in the book."""
    return _register(request, told, _one(request, document))


def _register(request: Asked, told: Registering, document: Incoming | None) -> object:
    agency = _agency(request)
    leader = _leader(request, agency.pk, told.present_to, "present_to") if told.present_to else None
    entered = register.register(
        actor=request.actor, at=request.at, agency=agency, slip=_slip(told.slip), document=document,
        present_to=leader, duplicate_reason=told.duplicate_reason, kept_number=told.kept_number,
    )  # fmt: skip
    return _shown(card_of(entered, is_new=document is None))


@router.get("/documents/{document}", response=answers(DocumentCard), summary="Thẻ văn bản đến")
def document_card(request: Asked, document: Key) -> object:
    """One document."""
    return _card(_one(request, document))


@router.post("/documents/{document}/files", response=answers(DocumentCard), summary="Thêm tệp đến sau")
def add_file(request: Asked, document: Key, file: Paper) -> object:
    """Add an annex that came later."""
    found, name = _one(request, document), file.name or ""
    may_register(request.actor, found.agency_id, request.at.date()).or_refuse()
    kept = store(
        actor=request.actor, at=request.at, stream=file, name=name, agency=found.agency_id,
        look=lambda content: arrive.no_secret(content, name),
    )  # fmt: skip
    arrive.add_file(actor=request.actor, at=request.at, document=found, file=kept)
    return _card(found)


@router.post("/documents/{document}/correct", response=answers(DocumentCard), summary="Chữa sổ")
def correct(request: Asked, document: Key, told: Correcting) -> object:
    """Correct a row of the book; the old words stay, struck through."""
    found = _one(request, document)
    _slip(told.changes)
    changes = told.changes.model_dump(exclude_unset=True)
    register.correct(actor=request.actor, at=request.at, document=found, changes=changes, reason=told.reason)
    return _card(found)


@router.post("/documents/{document}/present", response=answers(DocumentCard), summary="Trình lãnh đạo")
def present(request: Asked, document: Key, told: Presenting) -> object:
    """Put a document before a leader."""
    found = _one(request, document)
    to = _leader(request, found.agency_id, told.to, "to")
    direct.present(actor=request.actor, at=request.at, document=found, to=to)
    return _card(found)


@router.post("/documents/{document}/direct", response=answers(DocumentCard), summary="Cho ý kiến chỉ đạo")
def give_direction(request: Asked, document: Key, told: Directing) -> object:
    """A leader's direction: lead, helpers, those told, a note and a day."""
    found = _one(request, document)
    direct.direct(
        actor=request.actor, at=request.at, document=found, lead=_target(told.lead) if told.lead else None,
        coordinating=[_target(one) for one in told.coordinating], informed=[_target(one) for one in told.informed],
        note=told.note, due_date=told.due_date,
    )  # fmt: skip
    return _card(found)


@router.post(
    "/documents/{document}/directions/{direction}/recall", response=answers(DocumentCard),
    summary="Thu hồi ý kiến chỉ đạo",
)  # fmt: skip
def recall_direction(request: Asked, document: Key, direction: Key, told: Reason) -> object:
    """Take a direction back; once it was read, with the reason."""
    found = _one(request, document)
    given = Direction.objects.select_related("document").filter(pk=direction, document=found).first()
    if given is None:
        raise Hidden
    direct.recall_direction(actor=request.actor, at=request.at, direction=given, reason=told.reason)
    return _card(found)


@router.post("/documents/{document}/close", response=answers(DocumentCard), summary="Kết thúc văn bản")
def close(request: Asked, document: Key, told: Outcome) -> object:
    """Close a document that no running work is about."""
    found = _one(request, document)
    settle.close(actor=request.actor, at=request.at, document=found, outcome=told.outcome)
    return _card(found)


@router.post("/documents/{document}/return-to-sender", response=answers(DocumentCard), summary="Trả lại nơi gửi")
def return_to_sender(request: Asked, document: Key, told: Reason) -> object:
    """Refuse a paper before it is in the book."""
    found = _one(request, document)
    arrive.return_to_sender(actor=request.actor, at=request.at, document=found, reason=told.reason)
    return _card(found)


@router.post("/documents/{document}/duplicate", response=answers(DocumentCard), summary="Ghi trùng văn bản đã vào sổ")
def duplicate(request: Asked, document: Key, told: Twin) -> object:
    """The paper is in the book already."""
    found = _one(request, document)
    arrive.mark_duplicate(actor=request.actor, at=request.at, document=found, of=_one(request, told.of))
    return _card(found)


@router.post("/documents/{document}/cancel", response=answers(DocumentCard), summary="Nơi gửi thu hồi văn bản")
def cancel(request: Asked, document: Key, told: Reason) -> object:
    """The sender recalled the paper."""
    found = _one(request, document)
    register.cancel(actor=request.actor, at=request.at, document=found, reason=told.reason)
    return _card(found)
