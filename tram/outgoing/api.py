"""Outgoing documents for programs: drafted, checked, presented, approved, numbered, issued. Signing asks for a person's fresh
factor, so no program signs electronically."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Annotated, Any, Literal

from ninja import Query, Router, Schema
from pydantic import Field

from tram.documents.queries import one as incoming_seen_by
from tram.kernel.verdicts import Hidden, Invalid
from tram.organisation.models import NumberBook, Post
from tram.outgoing.commands import check, draft, issue, number, present, sign
from tram.outgoing.models import Outgoing
from tram.outgoing.policy import may_see_book, steps
from tram.outgoing.queries import documents as queries
from tram.outgoing.queries import printing
from tram.outgoing.queries.signers import signers
from tram.outgoing.rules import BOOK_NAMES, LONGEST_BODY, MOST_PLACES, Content, Place, kinds
from tram.outputs.commands import order
from tram.outputs.queries import card as card_of_output
from tram.outputs.sockets import Ordering, OutputOut
from tram.web.asked import Asked
from tram.web.programs import After, Key, Limit, Line, Page, Reason, Strict, Text, among, answers

router = Router(tags=["Văn bản đi"])


class OutgoingOut(Schema):
    """Văn bản đi trong danh sách."""

    id: int
    url: str = Field(description="Trang của văn bản")
    state: str
    state_name: str
    kind_name: str = Field(description="TypeName: tên loại")
    code: str = Field(description="CodeNumber/CodeNotation: số, ký hiệu; rỗng khi chưa cấp số")
    subject: str = Field(description="Subject: trích yếu")
    urgency: int = Field(description="Độ khẩn: 0 thường, 1 khẩn, 2 thượng khẩn, 3 hỏa tốc")
    unit_name: str
    drafter_name: str
    signer_name: str = Field(description="SignerInfo.FullName: người ký")
    issued_date: date | None = Field(description="IssuedDate: ngày văn bản")
    due_date: date | None = Field(description="DueDate: hạn trả lời")
    changed_at: datetime


class PlaceShape(Strict):
    """Nơi nhận của dự thảo."""

    name: Line = Field(max_length=200)
    unit: Key | None = Field(None, description="Đơn vị có trên hệ thống; bỏ trống thì gửi bưu chính hoặc chuyển tay")
    is_addressed: bool = Field(False, description="Đứng ở Kính gửi")
    work: Literal["handle", "inform"] = "inform"
    way: Literal["post", "hand"] = "post"
    address: Line = Field("", max_length=300)
    copies: int = Field(1, ge=1, le=999)
    group: Line = Field("", max_length=30, description="Nhóm cơ quan, ví dụ communes: từng cơ quan của nhóm nhận riêng")


class ContentShape(Strict):
    """Nội dung dự thảo: mỗi dòng của `body` là một đoạn."""

    kind: Line = Field(max_length=30, description="Mã loại văn bản, ví dụ official_letter")
    subject: Line = Field("", max_length=500)
    body: Text = Field("", max_length=LONGEST_BODY)
    bases: list[Line] = Field([], max_length=50)
    places: list[PlaceShape] = Field([], max_length=MOST_PLACES)
    urgency: int = Field(0, ge=0, le=3)
    field: Line = Field("", max_length=30, description="Lĩnh vực, quyết định ai được ký")
    due_date: date | None = None
    kept_copies: int = Field(1, ge=1, le=99)


class Drafting(Strict):
    """Dự thảo mới, có thể trả lời một văn bản đến."""

    content: ContentShape
    answers: Key | None = Field(None, description="Văn bản đến được trả lời")


class Saving(Strict):
    """Bản mới của dự thảo."""

    content: ContentShape
    seen: int = Field(ge=1, lt=2**15, description="Bản đã đọc khi sửa")


class Stepping(Strict):
    """Một bước trên bản đã đọc."""

    seen: int = Field(ge=1, lt=2**15, description="Bản đã đọc")
    note: Line = Field("", max_length=500)


class Presenting(Strict):
    """Trình ký."""

    seen: int = Field(ge=1, lt=2**15, description="Bản đã đọc")
    to: Key | None = Field(None, description="Vị trí người ký trong `signers`; bỏ trống thì người đầu")


class Numbering(Strict):
    """Cấp số."""

    kept_number: int | None = Field(None, ge=1, lt=2**31, description="Số đã giữ; bỏ trống thì số tiếp theo")


class ReportOut(Schema):
    """Báo trạng thái của một nơi nhận (QĐ 28/2018/QĐ-TTg)."""

    code: str
    meaning: str
    note: str
    at: datetime


class RecipientOut(Schema):
    """Nơi nhận và văn bản đã đến đâu."""

    id: int
    name: str
    unit: int | None
    way: str = Field(description="internal, exchange, post hoặc hand")
    copies: int
    address: str
    state: str
    state_name: str
    sent_at: datetime | None
    delivered_at: datetime | None
    reports: list[ReportOut]


class SignerOut(Schema):
    """Người ký được theo quy tắc."""

    post: int
    label: str
    authority: str = Field(description="KT., TL., TUQ.… hoặc rỗng")
    ground: str


class OutgoingCard(Schema):
    """Thẻ văn bản đi."""

    document: OutgoingOut
    version: int
    content: ContentShape
    steps: list[str] = Field(description="Bước làm được bây giờ")
    signers: list[SignerOut]
    recipients: list[RecipientOut]
    outcome: str
    is_on_paper: bool


def _one(request: Asked, pk: int) -> Outgoing:
    return queries.one(request.actor, pk, request.at.date())


def _content(told: ContentShape) -> Content:
    if told.kind not in kinds():
        raise Invalid({"kind": "Chọn mã loại văn bản trong danh mục, ví dụ official_letter."})
    plain = told.model_dump()
    places = tuple(Place(**place) for place in plain.pop("places"))
    return Content(**{**plain, "bases": tuple(plain["bases"])}, places=places)


def _recipients(document: Outgoing) -> list[dict[str, Any]]:
    return [{**row, "id": row["pk"]} for row in queries.recipients(document)]


def _card(request: Asked, pk: int) -> dict[str, Any]:
    """The letter as it is after what was done, for whoever did it."""
    document, today = Outgoing.objects.select_related("agency", "unit").get(pk=pk), request.at.date()
    card = queries.card(document)
    return {
        "document": card["row"], "version": card["version"], "content": card["content"].plain(),
        "steps": steps(request.actor, document, today), "recipients": _recipients(document),
        "signers": [
            {"post": one.post, "label": one.label, "authority": one.mark, "ground": one.ground}
            for one in signers(document, today)
        ],
        "outcome": card["outcome"], "is_on_paper": card["on_paper"],
    }  # fmt: skip


def _done(request: Asked, pk: int, command: Callable[..., object], **told: Any) -> dict[str, Any]:
    command(actor=request.actor, at=request.at, document=_one(request, pk), **told)
    return _card(request, pk)


Folder = Annotated[
    Literal["tat-ca", "dang-soan", "van-thu", "da-phat-hanh"], Query(description="Ngăn: tất cả, đang soạn…")
]


@router.get("/outgoing", response=answers(Page[OutgoingOut]), summary="Văn bản đi tôi được xem, mới nhất trước")
def listing(request: Asked, folder: Folder = "tat-ca", after: After = 0, limit: Limit = 25) -> object:
    """Outgoing documents, newest first."""
    items, following = queries.documents(request.actor, request.at.date(), folder=folder, after=after, limit=limit)
    return {"items": items, "next": str(following or "")}


@router.post("/outgoing", response=answers(OutgoingCard), summary="Mở một dự thảo")
def begin(request: Asked, told: Drafting) -> object:
    """A draft in the unit of the token's post."""
    answered = incoming_seen_by(request.actor, told.answers, request.at.date()) if told.answers else None
    made = draft.draft(actor=request.actor, at=request.at, content=_content(told.content), answers=answered)
    return _card(request, made.pk)


@router.get("/outgoing/{outgoing}", response=answers(OutgoingCard), summary="Thẻ văn bản đi")
def one(request: Asked, outgoing: Key) -> object:
    """One letter."""
    return _card(request, _one(request, outgoing).pk)


@router.get("/outgoing/{outgoing}/recipients", response=answers(list[RecipientOut]), summary="Văn bản đã đến đâu")
def recipients(request: Asked, outgoing: Key) -> object:
    """Every place with what it reported."""
    return _recipients(_one(request, outgoing))


@router.post("/outgoing/{outgoing}/versions", response=answers(OutgoingCard), summary="Lưu bản mới của dự thảo")
def save(request: Asked, outgoing: Key, told: Saving) -> object:
    """Another version; 409 when somebody saved since."""
    return _done(request, outgoing, draft.save_version, content=_content(told.content), seen=told.seen)


@router.post("/outgoing/{outgoing}/submit", response=answers(OutgoingCard), summary="Trình kiểm tra")
def submit(request: Asked, outgoing: Key, told: Stepping) -> object:
    """Before the head of the unit."""
    return _done(request, outgoing, check.submit, seen=told.seen)


@router.post("/outgoing/{outgoing}/check_content", response=answers(OutgoingCard), summary="Ký tắt nội dung")
def check_content(request: Asked, outgoing: Key, told: Stepping) -> object:
    """The head answers for the content."""
    return _done(request, outgoing, check.check_content, seen=told.seen, note=told.note)


@router.post("/outgoing/{outgoing}/check_form", response=answers(OutgoingCard), summary="Ký tắt thể thức")
def check_form(request: Asked, outgoing: Key, told: Stepping) -> object:
    """The office chief answers for the form."""
    return _done(request, outgoing, check.check_form, seen=told.seen, note=told.note)


@router.post("/outgoing/{outgoing}/present", response=answers(OutgoingCard), summary="Trình ký")
def present_to(request: Asked, outgoing: Key, told: Presenting) -> object:
    """Before one whom the rule names."""
    document = _one(request, outgoing)
    post = Post.objects.filter(pk=told.to).first() if told.to else None
    if told.to and (post is None or post.pk not in {one.post for one in signers(document, request.at.date())}):
        raise Invalid({"to": "Chọn một vị trí trong `signers` của thẻ văn bản."})
    return _done(request, outgoing, present.present, seen=told.seen, to=post)


@router.post("/outgoing/{outgoing}/approve", response=answers(OutgoingCard), summary="Duyệt")
def approve(request: Asked, outgoing: Key, told: Stepping) -> object:
    """The signer approves the version that was read."""
    return _done(request, outgoing, present.approve, seen=told.seen, note=told.note)


@router.post("/outgoing/{outgoing}/send_back", response=answers(OutgoingCard), summary="Trả lại dự thảo")
def send_back(request: Asked, outgoing: Key, told: Reason) -> object:
    """To its drafter, with the reason."""
    return _done(request, outgoing, check.send_back, reason=told.reason)


@router.post("/outgoing/{outgoing}/sign_on_paper", response=answers(OutgoingCard), summary="Ghi bản giấy đã ký")
def sign_on_paper(request: Asked, outgoing: Key) -> object:
    """The clerk holds the paper with the signer's hand."""
    return _done(request, outgoing, sign.sign_on_paper)


@router.post("/outgoing/{outgoing}/number", response=answers(OutgoingCard), summary="Cấp số")
def give_number(request: Asked, outgoing: Key, told: Numbering) -> object:
    """Number, notation and day from the book of its kind."""
    return _done(request, outgoing, number.number, kept_number=told.kept_number)


@router.post("/outgoing/{outgoing}/issue", response=answers(OutgoingCard), summary="Phát hành")
def send(request: Asked, outgoing: Key) -> object:
    """To every place of the approved version."""
    return _done(request, outgoing, issue.issue)


@router.post(
    "/outgoing/books/{year}/{code}/file", response=answers(OutputOut), summary="Đặt làm tệp của sổ đăng ký văn bản đi"
)
def order_file(
    request: Asked, year: Annotated[int, Field(ge=2000, le=2100)], code: Annotated[str, among(BOOK_NAMES)], told: Ordering
) -> object:  # fmt: skip
    """Made by the worker whatever its length; `/outputs/{output}` tells how far it is."""
    actor = request.actor
    may_see_book(actor, actor.agency, request.at.date()).or_refuse()
    found = NumberBook.objects.filter(agency=actor.agency, code=code, year=year).first()
    if found is None:
        raise Hidden
    first, last = told.span(found.next_number - 1)
    return card_of_output(
        order(actor=actor, at=request.at, wanted=printing.wanted(found, first, last, told.form)), request.at
    )
