"""The page, the signer's hand and the agency's seal: electronic through the room of signing, or on paper (Điều 13, 17)."""

from datetime import datetime
from io import BytesIO
from uuid import UUID

from tram.audit.commands import atomic, record, together
from tram.files.commands import store
from tram.files.models import File
from tram.formats.queries import printed
from tram.identity.commands.entering import FreshProof
from tram.kernel.actors import Actor, entitled
from tram.kernel.crashpoints import crashpoint
from tram.kernel.verdicts import Invalid, WrongState
from tram.organisation.models import Post
from tram.outgoing.commands.cards import end_work, give, lock, must_own, show
from tram.outgoing.models import Outgoing
from tram.outgoing.policy import may_decide, may_keep, may_make_paper
from tram.outgoing.queries.copies import copied_pages
from tram.outgoing.queries.documents import annexes_to_sign
from tram.outgoing.queries.sheets import sheet_of
from tram.outgoing.rules import bears_signature, day_words, kinds
from tram.outgoing.states import MOVES, Outcome, State
from tram.signing.commands import sign as signing
from tram.signing.commands.wanted import ATTACHMENT, COPY, SEAL, Capacity, Field, Filled, Wanted
from tram.signing.models import Act
from tram.tasks.events import Kind

NUMBER, DAY, MONTH, SIGNER, AGENCY = "so", "ngay", "thang", "nguoi_ky", "co_quan"
"""The reserved places of a page."""
SIGNED_ORIGINAL = (
    "Văn bản gốc đã ký số: gửi chính tệp ấy, hoặc sao sang giấy. In trang văn bản, lấy chữ ký và đóng dấu bằng tay rồi chọn"
    " “Đã ký trên giấy” (Điều 25 Nghị định 30/2020/NĐ-CP)."
)
TIPS = {
    NUMBER: "Số", DAY: "Ngày", MONTH: "Tháng", SIGNER: "Chữ ký của người có thẩm quyền", AGENCY: "Chữ ký số của cơ quan"
}  # fmt: skip


def wanted_from_signer(document: Outgoing, certificate: int) -> Wanted:
    """What the signer signs: the page made from the approved version, in the authority of the presentation."""
    shown = document.presentations.filter(outcome=Outcome.APPROVED).order_by("-pk").first()
    if document.paper_id is None or shown is None:
        raise WrongState("Văn bản chưa có trang để ký. Văn thư dựng trang văn bản trước.")
    return Wanted(
        about=document.ref, file=document.paper_id, certificate=certificate, field=SIGNER, certifies=True, lasts=False,
        capacity=Capacity(shown.authority, shown.ground, tuple(shown.evidence)), name=f"van-ban-{document.pk}-da-ky.pdf",
    )  # fmt: skip


def wanted_from_clerk(document: Outgoing, certificate: int) -> Wanted:
    """What the clerk seals: the signed page, number and day filled in the same breath, after which nothing changes."""
    if document.paper_id is None or document.issued_date is None:
        raise WrongState("Văn bản chưa có trang đã ký và số để đóng dấu.")
    name = f"{document.code.replace('/', '-')}.pdf"
    if document.original_id is not None:
        corner = f"{kinds()[document.kind].name.upper()}; {document.agency.name}"
        return Wanted(document.ref, document.paper_id, certificate, AGENCY, role=COPY, corner=corner, name=name)
    day, month, _year = day_words(document.issued_date)
    values = {NUMBER: document.code_number, DAY: day, MONTH: month}
    fills = tuple(
        Filled(name, values[name], box[3] - box[1], box[4] - box[2], is_italic=name != NUMBER, is_right=name == NUMBER)
        for name, box in document.places.items()
        if name in values
    )
    return Wanted(
        about=document.ref,
        file=document.paper_id,
        certificate=certificate,
        field=AGENCY,
        role=SEAL,
        fills=fills,
        name=name,
    )


@atomic
def make_paper(*, actor: Actor, at: datetime, document: Outgoing) -> Outgoing:
    """Draw the official page of the approved version, with places kept for number, day and the two signatures.

    The signer gets the work of signing it. Drawn once: WrongState when it lies there already. An electronic copy is the
    original itself: it takes the agency's signature alone (Phụ lục III, mẫu 3.2), so its approval is all that it needs of
    the signer; WrongState for an original that is signed electronically (Điều 25: such a one is copied onto paper alone).
    """
    document = lock(document)
    actor = entitled(actor, document, may_make_paper, at.date())
    if document.state != State.APPROVED or document.paper_id is not None:
        raise WrongState("Trang văn bản chỉ dựng một lần, sau khi duyệt. Mở tệp đã dựng để xem.")
    if document.original_id is not None:
        return _copied(actor, at, document)
    made = printed(sheet_of(document, at.date()))
    name, agency = f"van-ban-{document.pk}.pdf", document.agency_id
    drawn = store(actor=actor, at=at, stream=BytesIO(made.pdf), name=name, agency=agency)
    fields = [
        Field(field, box, is_signature=field in (SIGNER, AGENCY), locks=field == AGENCY, tip=TIPS[field])
        for field, box in made.places.items()
    ]
    document.paper = signing.reserve_fields(actor=actor, at=at, file=drawn.pk, fields=fields, agency=agency, name=name)
    document.places = {
        field: [box.page, box.left, box.bottom, box.right, box.top]
        for field, box in made.places.items()
        if field in (NUMBER, DAY, MONTH)
    }
    document.changed_at = at
    document.save(update_fields=["paper", "places", "changed_at"])
    post = Post.objects.select_related("unit").get(pk=document.signer_id or 0)
    give(document, Kind.APPROVE, post.unit, post, actor=actor, at=at, note="Trang văn bản đã dựng: ký số")
    record(
        actor=actor, at=at, what="outgoing.paper_made", about=document.ref, agency=agency, number=document.version,
        file=document.paper.ref,
    )  # fmt: skip
    return document


def _copied(actor: Actor, at: datetime, document: Outgoing) -> Outgoing:
    content = copied_pages(document)
    if bears_signature(content):
        raise WrongState(SIGNED_ORIGINAL)
    document.state = MOVES.after(document.state, "sign")
    name, agency = f"ban-sao-{document.pk}.pdf", document.agency_id
    kept = store(actor=actor, at=at, stream=BytesIO(content), name=name, agency=agency)
    _signed(actor, at, document, kept.pk)
    record(
        actor=actor, at=at, what="outgoing.copied", about=document.ref, agency=agency, number=document.version,
        file=kept.ref,
    )  # fmt: skip
    show(document, actor=actor, at=at)
    return document


@atomic
def sign(
    *, actor: Actor, at: datetime, document: Outgoing, certificate: int, proof: FreshProof, pin: str = ""
) -> Outgoing:
    """The signer signs the approved page with their own certificate; `proof` fresh for this very letter.

    Raises what `signing.commands.sign.sign` raises.
    """
    document = lock(document)
    actor = entitled(actor, document, may_decide, at.date())
    document.state = MOVES.after(document.state, "sign")
    wanted = wanted_from_signer(document, certificate)
    act = signing.sign(actor=actor, at=at, wanted=wanted, proof=proof, pin=pin)
    _signed(actor, at, document, act.result_id)
    crashpoint("outgoing.sign.kept")
    record(
        actor=actor, at=at, what="outgoing.signed", about=document.ref, agency=document.agency_id,
        authority=document.authority or "ký trực tiếp", act=act.pk,
    )  # fmt: skip
    show(document, actor=actor, at=at)
    return document


def _signed(actor: Actor, at: datetime, document: Outgoing, paper: UUID | None) -> None:
    document.paper_id = paper
    document.signed_at = document.changed_at = at
    document.save()
    end_work(document, Kind.APPROVE, actor=actor, at=at, result="Đã ký")


@atomic
def sign_on_paper(*, actor: Actor, at: datetime, document: Outgoing, scan: File | None = None) -> Outgoing:
    """The clerk holds the paper that the signer signed by hand; a scan of it goes out where no paper does.

    Raises Hidden for a scan that somebody else brought, Invalid for one that is no PDF.
    """
    document = lock(document)
    actor = entitled(actor, document, may_keep, at.date())
    document.state = MOVES.after(document.state, "sign")
    if scan is not None:
        must_own(actor, [scan])
        if scan.blob.kind != "pdf":
            raise Invalid({"scan": "Bản quét phải là PDF."})
    document.is_on_paper, document.places = True, {}
    _signed(actor, at, document, scan.pk if scan else None)
    record(
        actor=actor, at=at, what="outgoing.signed_on_paper", about=document.ref, agency=document.agency_id,
        signer=f"{document.signer_full_name}, {document.signer_position}", scan=scan and scan.ref,
    )  # fmt: skip
    show(document, actor=actor, at=at)
    return document


@atomic
def seal(
    *, actor: Actor, at: datetime, document: Outgoing, certificate: int, proof: FreshProof, pin: str = ""
) -> Outgoing:
    """The clerk fills number and day and signs for the agency; the page is locked by it. Annexes in PDF are signed with it,
    at the top right of their first page, with number and hour (Phụ lục I, Phần I, Mục II, khoản 8).

    A letter signed on paper is sealed by hand and issued as it is: WrongState. Raises what signing raises.
    """
    document = lock(document)
    actor = entitled(actor, document, may_keep, at.date())
    if document.is_on_paper:
        raise WrongState("Văn bản ký giấy được đóng dấu bằng tay. Phát hành luôn.")
    document.state = MOVES.after(document.state, "seal")
    wanted = wanted_from_clerk(document, certificate)
    act = signing.sign(actor=actor, at=at, wanted=wanted, proof=proof, pin=pin)
    document.paper_id, document.changed_at = act.result_id, at
    document.save(update_fields=["state", "paper", "changed_at"])
    left = _seal_annexes(actor, at, document, act, pin)
    crashpoint("outgoing.seal.kept")
    record(
        actor=actor, at=at, what="outgoing.sealed", about=document.ref, agency=document.agency_id, act=act.pk,
        code=document.code, unsigned=left,
    )  # fmt: skip
    show(document, actor=actor, at=at)
    return document


def _seal_annexes(actor: Actor, at: datetime, document: Outgoing, act: Act, pin: str) -> list[str]:
    """Names of those that could not be signed: they go as they are, for the letter has its number already."""
    left = []
    for annex in annexes_to_sign(document):
        wanted = Wanted(
            about=document.ref, file=annex.file_id, certificate=act.certificate_id, field=AGENCY, role=ATTACHMENT,
            corner=document.code, name=annex.file.name,
        )  # fmt: skip
        try:
            with together():
                annex.file_id = signing.sign_beside(actor=actor, at=at, wanted=wanted, act=act, pin=pin).result_id
                annex.save(update_fields=["file"])
        except (Invalid, WrongState):
            left.append(annex.file.name)
    return left
