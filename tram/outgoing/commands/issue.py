"""Issuing: to units of the agency as work, to agencies here into their clerk's lane, to others by post or hand (Điều 18)."""

from datetime import datetime

from tram.audit.commands import atomic, record
from tram.documents.commands.exchange import take_in
from tram.documents.commands.register import Slip
from tram.documents.commands.settle import answer
from tram.files.models import File
from tram.kernel.actors import Actor, entitled
from tram.kernel.crashpoints import crashpoint
from tram.kernel.verdicts import Invalid, WrongState
from tram.organisation.models import Unit
from tram.outgoing.commands.after import apply_relation
from tram.outgoing.commands.cards import content_of, end_work, give, lock, open_to, show, tell_drafter
from tram.outgoing.models import Outgoing, Recipient, Report
from tram.outgoing.policy import may_keep, may_told
from tram.outgoing.queries.documents import files_to_send
from tram.outgoing.queries.places import each, way_of
from tram.outgoing.rules import Place, kinds
from tram.outgoing.states import DELIVERY_NAMES, MEANINGS, MOVES, WAY_NAMES, Delivery, State, Way, delivery_of
from tram.tasks.events import Kind
from tram.tasks.models import Task


@atomic
def issue(*, actor: Actor, at: datetime, document: Outgoing) -> Outgoing:
    """Send a numbered letter to every place that its approved version names; what it answers stops its clock.

    An electronic letter must bear the agency's seal. A letter on paper goes into other agencies' lanes only with its
    scan; without one those places get the paper by post or hand as the draft says. Raises WrongState otherwise.
    """
    document = lock(document)
    actor = entitled(actor, document, may_keep, at.date())
    if not document.is_on_paper and document.state != State.SEALED:
        raise WrongState("Văn bản điện tử phải có chữ ký số của cơ quan rồi mới phát hành.")
    document.state = MOVES.after(document.state, "issue")
    content = content_of(document)
    document.issued_at = document.changed_at = at
    places = each(content.places, document.agency_id, at.date())
    document.issued_amount = sum(place.copies for place in places if place.unit is None) + content.kept_copies
    document.save()
    files = files_to_send(document)
    for order, place in enumerate(places, start=1):
        _send(actor, at, document, order, place, files)
    crashpoint("outgoing.issue.sent")
    end_work(document, Kind.REVIEW, actor=actor, at=at, result=f"Đã phát hành {document.code}")
    record(
        actor=actor, at=at, what="outgoing.issued", about=document.ref, agency=document.agency_id, code=document.code,
        count=len(places), amount=document.issued_amount,
    )  # fmt: skip
    if document.answers is not None:
        answer(actor=actor, at=at, document=document.answers, code=document.code)
    apply_relation(actor=actor, at=at, document=document)
    tell_drafter(document, "outgoing.issued", actor=actor, at=at, code=document.code)
    show(document, actor=actor, at=at)
    return document


def _send(actor: Actor, at: datetime, document: Outgoing, order: int, place: Place, files: list[File]) -> None:
    unit = Unit.objects.get(pk=place.unit) if place.unit else None
    row = Recipient(
        document=document, place=order, name=place.name, unit=unit, way=way_of(document, unit, place, has_file=bool(files)),
        work=place.work, address=place.address, copies=place.copies,
    )  # fmt: skip
    row.save()
    if row.way == Way.INTERNAL:
        assert unit is not None
        _inside(actor, at, document, row, unit)
    elif row.way == Way.EXCHANGE:
        assert unit is not None
        row.letter = take_in(
            actor=actor, at=at, agency=unit, origin=row.ref, slip=slip_of(document, files), files=files
        )
        Report.objects.create(recipient=row, code="01", at=at)
        row.state, row.sent_at, row.delivered_at = Delivery.ARRIVED, at, at
    row.save()


def _inside(actor: Actor, at: datetime, document: Outgoing, row: Recipient, unit: Unit) -> None:
    """A unit of the agency gets it as work: to do, which the signer judges, or to know."""
    signer = document.signer
    if row.work == "handle":
        due = document.due_date
        row.task = give(document, Kind.HANDLE, unit, actor=actor, at=at, due_on=due, on_behalf=signer)
    else:
        row.task = give(document, Kind.INFORM, unit, actor=actor, at=at)
    row.state, row.sent_at, row.delivered_at = Delivery.ARRIVED, at, at


def slip_of(document: Outgoing, files: list[File]) -> Slip:
    """What the receiving clerk finds in the slip: the metadata of Phụ lục VI."""
    pages = files[0].blob.pages if files else None
    return Slip(
        organ_name=document.agency.name[:200], organ_unit=document.agency_id, code_number=document.code_number,
        code_notation=document.code_notation, issued_date=document.issued_date,
        type_name=kinds()[document.kind].name, subject=document.subject, urgency=document.urgency,
        page_amount=min(pages, 999) if pages else None, due_date=document.due_date,
        signer_position=document.signer_position, signer_full_name=document.signer_full_name,
    )  # fmt: skip


def _carried(document: Outgoing, recipient: Recipient) -> Recipient:
    row = Recipient.objects.select_for_update().get(pk=recipient.pk, document=document)
    if row.way not in (Way.POST, Way.HAND):
        raise WrongState(f"{row.name} nhận qua {WAY_NAMES[Way(row.way)].lower()}; trạng thái do nơi nhận báo về.")
    return row


@atomic
def dispatch(
    *, actor: Actor, at: datetime, document: Outgoing, recipient: Recipient, way: Way, note: str = ""
) -> Recipient:  # fmt: skip
    """A paper went out of the house: by post (its number) or by hand (who took it). Raises Invalid for another way."""
    document = lock(document)
    actor = entitled(actor, document, may_keep, at.date())
    row = _carried(document, recipient)
    if way not in (Way.POST, Way.HAND):
        raise Invalid({"way": "Chọn bưu chính hoặc chuyển tay."})
    if row.state != Delivery.QUEUED:
        raise WrongState(f"{row.name}: {DELIVERY_NAMES[Delivery(row.state)].lower()}. Không chuyển lần nữa.")
    row.way, row.state, row.sent_at = way, Delivery.SENT, at
    _noted(row, "sent", note, at)
    record(
        actor=actor, at=at, what="outgoing.dispatched", about=document.ref, agency=document.agency_id, name=row.name,
        way=WAY_NAMES[way].lower(), note=note or "không ghi", recipient=row.pk,
    )  # fmt: skip
    return row


@atomic
def confirm_delivery(
    *, actor: Actor, at: datetime, document: Outgoing, recipient: Recipient, note: str = ""
) -> Recipient:  # fmt: skip
    """A paper that went out was received: who signed for it, or the post's word."""
    document = lock(document)
    actor = entitled(actor, document, may_keep, at.date())
    row = _carried(document, recipient)
    if row.state != Delivery.SENT:
        raise WrongState(f"{row.name}: {DELIVERY_NAMES[Delivery(row.state)].lower()}. Chỉ ghi nhận bản đã chuyển đi.")
    row.state, row.delivered_at = Delivery.ARRIVED, at
    _noted(row, "received", note, at)
    record(
        actor=actor, at=at, what="outgoing.delivered", about=document.ref, agency=document.agency_id, name=row.name,
        note=note or "không ghi", recipient=row.pk,
    )  # fmt: skip
    return row


def _noted(row: Recipient, code: str, note: str, at: datetime) -> None:
    row.save()
    Report.objects.create(recipient=row, code=code, note=note[:1000], at=at)


@atomic
def keep_report(*, actor: Actor, at: datetime, recipient: int, code: str, note: str = "") -> None:
    """A place told how far a letter came (QĐ 28/2018/QĐ-TTg). The same code again changes nothing, late ones never step back."""
    may_told(actor).or_refuse()
    row = Recipient.objects.select_for_update(of=("self",)).select_related("document").get(pk=recipient)
    if row.reports.filter(code=code).exists():
        return
    Report.objects.create(recipient=row, code=code, note=note[:1000], at=at)
    row.state = delivery_of(row.reports.values_list("code", flat=True))
    row.save(update_fields=["state"])
    crashpoint("outgoing.report.kept")
    document = row.document
    record(
        actor=actor, at=at, what="outgoing.status_told", about=document.ref, agency=document.agency_id, name=row.name,
        code=code, meaning=MEANINGS[code].lower(), note=note, recipient=row.pk,
    )  # fmt: skip
    if code in ("02", "16"):
        tell_drafter(
            document,
            "outgoing.status_told",
            actor=actor,
            at=at,
            name=row.name,
            meaning=MEANINGS[code].lower(),
            note=note,
        )


@atomic
def open_to_holder(*, actor: Actor, at: datetime, document: Outgoing, task: Task) -> None:
    """Work about the document went to other hands: they read it."""
    may_told(actor).or_refuse()
    document = lock(document)
    key, holder = f"unit.{task.turn_unit_id}", task.turn_unit.name
    if task.turn_post is not None:
        key, holder = f"post.{task.turn_post_id}", task.turn_post.title
    open_to(document, [key], at=at, cause=task.ref)
    record(actor=actor, at=at, what="outgoing.passed_on", about=document.ref, agency=document.agency_id, holder=holder)
    show(document, actor=actor, at=at)


@atomic
def keep_inner_report(*, actor: Actor, at: datetime, document: Outgoing, task: int, state: Delivery) -> None:
    """Work that the letter gave to a unit of the agency began, is done, or came back."""
    may_told(actor).or_refuse()
    row = Recipient.objects.select_for_update().filter(document=document, task=task).first()
    if row is None or row.state == state:
        return
    row.state = state
    row.save(update_fields=["state"])
    document = lock(document)
    record(
        actor=actor, at=at, what="outgoing.status_told", about=document.ref, agency=document.agency_id, name=row.name,
        code="nội bộ", meaning=DELIVERY_NAMES[state].lower(), recipient=row.pk,
    )  # fmt: skip
